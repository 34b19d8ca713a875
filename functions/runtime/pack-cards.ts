import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

/**
 * `pack-cards FOLDER`: lays there what draws pictures, for functions to load when they draw the first: `draw.mjs`, and the
 * libraries and fonts that it reads beside it, where Node finds packages. Run when it is bundled.
 */
const [folder = ""] = process.argv.slice(2);
const DRAWING = join(import.meta.dirname, "../../shared/adapters/card/draw.ts");

/** Of each package, what is read when cards are drawn, and its licence. */
const PACKAGES: Readonly<Record<string, readonly RegExp[]>> = {
  "@resvg/resvg-wasm": [/^index\.mjs$/, /^index_bg\.wasm$/],
  "bidi-js": [/^dist\/bidi\.m?js$/, /^LICENSE/],
  harfbuzzjs: [/^dist\/(?:index\.mjs|harfbuzz\.(?:js|wasm))$/, /^LICENSE/],
  wawoff2: [/^decompress\.js$/, /^build\/decompress/, /^LICENSE/],
  "@fontsource-variable/noto-sans": FONT(),
  "@fontsource-variable/noto-sans-arabic": FONT(),
  "@fontsource-variable/noto-sans-jp": FONT(),
  "@fontsource-variable/noto-sans-sc": FONT(),
};

function FONT(): readonly RegExp[] {
  return [/^unicode\.json$/, /^files\/.*-wght-normal\.woff2$/, /^LICENSE/];
}

buildSync({
  entryPoints: [DRAWING],
  outfile: join(folder, "draw.mjs"),
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node24",
  logLevel: "error",
});

const { resolve } = createRequire(DRAWING);
for (const [name, wanted] of Object.entries(PACKAGES)) {
  const from = folderOf(name);
  for (const path of readdirSync(from, { recursive: true, encoding: "utf8" })) {
    if (path !== "package.json" && !wanted.some((pattern) => pattern.test(path))) continue;
    const to = join(folder, "node_modules", name, path);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(from, path), to);
  }
}

/** Found as Node does: not every package lets its `package.json` be asked for. */
function folderOf(name: string): string {
  const found = resolve
    .paths(name)
    ?.map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`the package ${name} is not installed`);
  return found;
}
