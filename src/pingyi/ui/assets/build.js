// Bundles the style sheet and scripts and draws the icon sprite. Run by scripts/build-assets.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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

await build({
  entryPoints: ["app.css", "app.js", "charts.js"].map((name) => join(here, name)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  // The browsers of office machines are old; nothing newer than this is written out.
  target: ["chrome86", "firefox78", "safari15"],
  legalComments: "linked",
  logLevel: "warning",
});
