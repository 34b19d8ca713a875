import type { CardDrawer } from "../../ports/card-drawer.ts";

/**
 * Draws cards without a browser: words shaped by HarfBuzz, shapes filled by resvg. Both are loaded when the first card is
 * drawn, and one card is drawn at a time: each takes the processor for a tenth of a second.
 */
export function cardDrawer(): CardDrawer {
  let last: Promise<unknown> = Promise.resolve();
  return {
    draw(card) {
      const drawn = last.then(async () => (await import("./draw.ts")).draw(card));
      last = drawn.catch(() => {});
      return drawn;
    },
  };
}
