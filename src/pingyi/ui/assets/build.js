// Bundles the style sheet and scripts and draws the icon sprite. Run by scripts/build-assets.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { plain, used } from "./style.js";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "ui", "build");
const outline = join(here, "../../../..", "node_modules/@tabler/icons/icons/outline");

function symbol(name) {
  const svg = readFileSync(join(outline, `${name}.svg`), "utf8").replace(/<!--[\s\S]*?-->/, "");
  const shapes = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
  const stroke = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${stroke}>${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
}

mkdirSync(out, { recursive: true });
const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("\n")}</svg>\n`;
writeFileSync(join(out, "icons.svg"), sprite);

// The browsers of office machines are old; nothing newer than this is written out.
const target = ["chrome86", "firefox78", "safari15"];
const onlyUsed = {
  name: "only-what-is-used",
  setup: ({ onLoad }) =>
    onLoad({ filter: /tabler\.css$/ }, async ({ path }) => ({
      contents: await used(readFileSync(path, "utf8"), join(here, "../..")),
      loader: "css",
    })),
};
const shared = { outdir: out, bundle: true, target, legalComments: "linked", logLevel: "warning" };

const scripts = ["app.js", "booth.js", "charts.js"].map((name) => join(here, name));
await build({ ...shared, entryPoints: scripts, minify: true, format: "iife" });

const sheet = await build({ ...shared, entryPoints: [join(here, "app.css")], plugins: [onlyUsed], write: false });
for (const { path, text } of sheet.outputFiles) {
  const isStyle = path.endsWith(".css");
  const done = isStyle ? await transform(await plain(text), { loader: "css", minify: true, target }) : { code: text };
  writeFileSync(path, done.code);
}
