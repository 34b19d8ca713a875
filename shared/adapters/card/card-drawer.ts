import type { CardContent, CardDrawer } from "../../ports/card-drawer.ts";

/** What `draw.ts` exports. */
export type Drawing = Pick<typeof import("./draw.ts"), "draw">;

/** Drawn cards that are kept for the next who asks: one change is told to many. A PNG is some 100 KB. */
const MOST_KEPT = 20;

/**
 * Draws cards without a browser: words shaped by HarfBuzz, shapes filled by resvg. One card is drawn at a time, for each
 * takes the processor for some tenths of a second; what a card may hold bounds its time and memory.
 *
 * @param load - brings `draw.ts` with its fonts and libraries, when the first card is drawn
 */
export function cardDrawer(load: () => Promise<Drawing>): CardDrawer {
  const kept = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();
  const drawn = (card: CardContent) => {
    const drawing = last.then(async () => (await load()).draw(card));
    last = drawing.catch(() => {});
    return drawing;
  };
  return {
    draw(card) {
      const key = JSON.stringify(card);
      const drawing = kept.get(key) ?? drawn(card);
      kept.delete(key); // and behind the others again
      kept.set(key, drawing);
      drawing.catch(() => kept.delete(key));
      for (const [oldest] of kept) if (kept.size > MOST_KEPT) kept.delete(oldest);
      return drawing;
    },
  };
}
