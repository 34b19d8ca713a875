import type { CardContent, CardDrawer } from "../ports/card-drawer.ts";
import type { Message } from "../ports/message.ts";
import { cardOf } from "./card.ts";

/** A picture that goes along with a message. */
export interface Picture {
  /** Of `CARD_SIZE`. */
  readonly png: Uint8Array;
  /** The same told in words. */
  readonly alt: string;
}

/** The picture of what a message tells; null where it tells no single change, and where none could be drawn. */
export type Pictures = (message: Message) => Promise<Picture | null>;

export const NO_PICTURES: Pictures = async () => null;

/**
 * Pictures by a drawer. What cannot be drawn costs no notice: it goes without.
 * @param report - told of what the drawing broke on
 */
export const picturesBy =
  (cards: CardDrawer, report: (error: unknown) => void): Pictures =>
  async (message) => {
    if (message.kind !== "change" && message.kind !== "oscillation") return null;
    if (!("comparison" in message.told)) return null;
    const card = await cardOf(message.told);
    const png = await drawn(card, cards, report);
    return png && { png, alt: card.alt };
  };

async function drawn(card: CardContent, cards: CardDrawer, report: (error: unknown) => void) {
  try {
    return await cards.draw(card);
  } catch (error) {
    report(error);
    return null;
  }
}
