// Unpacks each browser beside its package: node_modules/chromium-92/chromium.
import { chmodSync, createReadStream, createWriteStream, existsSync, renameSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

for (const name of ["chromium-92", "chromium-109"]) {
  const folder = new URL(`./node_modules/${name}/`, import.meta.url);
  const browser = new URL("chromium", folder);
  if (existsSync(browser)) continue;
  const part = new URL("chromium.part", folder);
  await pipeline(createReadStream(new URL("bin/chromium.br", folder)), createBrotliDecompress(), createWriteStream(part));
  chmodSync(part, 0o755);
  renameSync(part, browser);
}
