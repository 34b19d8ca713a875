import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { CardContent } from "../../ports/card-drawer.ts";
import { cardSvg } from "./card-svg.ts";
import { packagedFonts } from "./fonts.ts";

const fonts = packagedFonts();
const { resolve } = createRequire(import.meta.url);
/** Once for the process: it refuses to be loaded twice. */
const loading = readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")).then((bytes) => initWasm(bytes));

/** A card as a PNG. */
export async function draw(card: CardContent): Promise<Uint8Array> {
  const svg = await cardSvg(card, fonts);
  await loading;
  const picture = new Resvg(svg, { font: { fontBuffers: [] } });
  const rendered = picture.render();
  const png = rendered.asPng();
  rendered.free();
  picture.free();
  return png;
}
