import { sha256 } from "../domain/digest.ts";
import { ICON_SVG } from "./icon.ts";
import { KEYS_JS } from "./keys.ts";
import { STYLE_CSS } from "./style.ts";

/** A file that pages load. Its name holds its digest, so that it may be kept for ever. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const asset = (name: string, ending: string, type: string, text: string): Asset => ({
  path: `/assets/${name}.${sha256(text).slice(0, 16)}.${ending}`,
  type,
  text,
});

export const STYLE = asset("reading-room", "css", "text/css; charset=utf-8", STYLE_CSS);
export const ICON = asset("variorum", "svg", "image/svg+xml", ICON_SVG);

export const KEYS = asset("keys", "js", "text/javascript; charset=utf-8", KEYS_JS);

/** All of them. */
export const ASSETS: readonly Asset[] = [STYLE, ICON, KEYS];
