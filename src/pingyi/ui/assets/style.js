// Makes the style sheet small and plain: of Tabler only what some page uses, and every colour in the way that
// all browsers know. Cores of domestic browsers (Chromium 92, 109) know neither oklch() nor color-mix() nor
// light-dark(), and leave out every declaration in which they stand.
import { join } from "node:path";
import { color, serializeRGB } from "@csstools/css-color-parser";
import { parseComponentValue } from "@csstools/css-parser-algorithms";
import { tokenize } from "@csstools/css-tokenizer";
import postcss from "postcss";
import valueParser from "postcss-value-parser";
import { PurgeCSS } from "purgecss";

// Styles of our own, or words in templates, that have the names of components of Tabler which no page has.
const NOT_TABLERS = /\.(alert|legend|status|steps)(?![a-z])/;
const RECKONED = /^(color-mix|oklch|oklab|lab|lch|hwb|color)$/;
const UNKNOWN = /(?<![\w-])(light-dark|color-mix|oklch|oklab|lab|lch|hwb|color)(\(|%28)/;
// In a picture that is written into the style sheet.
const IN_PICTURE = /(oklch|oklab|lab|lch|hwb|color)%28.*?%29/g;
// A colour made paler by an opacity that nobody sets is the colour itself, whatever it is there.
const NOT_PALER = /color-mix\(in oklab, (var\([\w-]+\)) calc\(var\([\w-]+-opacity, 1\) \* 100%\), transparent\)/g;

// Django draws it; no template says of what kind it is.
const DRAWN = { raw: '<input type="radio">', extension: "html" };

// Tabler's rules for the classes, elements and states that stand in templates, tags and scripts.
export async function used(css, source) {
  const content = ["**/*.html", "ui/**/*.py", "ui/assets/*.js"].map((some) => join(source, some));
  const purged = await new PurgeCSS().purge({
    content: [...content, join(source, "../../tests/ui/**/*.html"), DRAWN],
    css: [{ raw: css }],
    variables: true,
  });
  const root = postcss.parse(purged[0].css);
  root.walkRules((rule) => {
    if (NOT_TABLERS.test(rule.selector)) rule.remove();
  });
  return root.toString();
}

// What a variable is on every page: its last value at the root.
function valuesAtTheRoot(root) {
  const values = new Map();
  root.walkRules((rule) => {
    const everywhere = rule.selectors.includes(":root") && rule.parent.type === "root";
    if (everywhere) rule.walkDecls(/^--/, ({ prop, value }) => void values.set(prop, value));
  });
  return values;
}

// A value with the light one of two colours, and with figures for each colour that has to be reckoned.
function plainValue(value, values) {
  const parsed = valueParser(value);
  parsed.walk((node) => {
    if (node.type !== "function") return;
    if (node.value === "light-dark") become(node, plainValue(firstOf(node), values));
    else if (RECKONED.test(node.value)) become(node, figures(withoutVariables(valueParser.stringify(node), values)));
    else return;
    return false;
  }, true);
  return parsed.toString();
}

const become = (node, text) => Object.assign(node, { type: "word", value: text, nodes: undefined });

const firstOf = ({ nodes }) => valueParser.stringify(nodes.slice(0, nodes.findIndex(({ type }) => type === "div")));

function withoutVariables(value, values) {
  const parsed = valueParser(value);
  parsed.walk((node) => {
    if (node.type !== "function" || node.value !== "var") return;
    const [name, , ...otherwise] = node.nodes;
    const found = values.get(name.value) ?? valueParser.stringify(otherwise);
    become(node, plainValue(withoutVariables(found, values), values));
    return false;
  });
  return parsed.toString();
}

// rgb() in figures; what cannot be reckoned stays as it is, and is found at the end.
function figures(text) {
  const known = color(parseComponentValue(tokenize({ css: text })));
  return known ? serializeRGB(known).toString() : text;
}

const plainColours = {
  postcssPlugin: "plain-colours",
  Once(root) {
    const values = valuesAtTheRoot(root);
    root.walkDecls((one) => {
      if (!UNKNOWN.test(one.value)) return;
      const known = one.value.replace(IN_PICTURE, (text) => encodeURIComponent(figures(decodeURIComponent(text))));
      one.value = plainValue(known.replace(NOT_PALER, "$1"), values);
    });
  },
};

// No page is written from right to left.
const plainSides = {
  postcssPlugin: "plain-sides",
  Once(root) {
    root.walkDecls("float", (one) => {
      one.value = one.value.replace("inline-start", "left").replace("inline-end", "right");
    });
  },
};

// A selector that an old browser does not know takes its whole rule away, so it stands alone.
const newSelectorsAlone = {
  postcssPlugin: "new-selectors-alone",
  Once(root) {
    root.walkRules((rule) => {
      const fresh = rule.selectors.filter((selector) => selector.includes(":has("));
      const old = rule.selectors.filter((selector) => !fresh.includes(selector));
      if (!fresh.length || !old.length) return;
      rule.cloneAfter({ selectors: fresh });
      rule.selectors = old;
    });
  },
};

export async function plain(css) {
  const done = await postcss([plainColours, plainSides, newSelectorsAlone]).process(css, { from: undefined });
  const left = done.css.split("\n").filter((line) => UNKNOWN.test(line));
  if (left.length) throw new Error(`Old browsers do not know what is left in the style sheet:\n${left.join("\n")}`);
  return done.css;
}
