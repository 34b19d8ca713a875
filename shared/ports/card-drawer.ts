/** What a card shows of one change: the words of a picture that stands for it in a chat or a timeline. */
export interface CardContent {
  /** What the picture is of, in one short line: "Changed · harbour.example". */
  readonly kicker: string;
  /** The article's headline. */
  readonly heading: string;
  /** When it was edited: one sentence. */
  readonly fact: string;
  /** The most telling passage; empty of an availability event. */
  readonly passage: readonly CardRun[];
  /** Said in place of a passage whose script no font here can draw. */
  readonly notDrawn: string;
  /** Short words at the foot: labels, "unmarked". */
  readonly badges: readonly string[];
  /** BCP 47, of the article, as far as it is known: Han characters are drawn as it writes them. */
  readonly language: string | null;
  /** The same told in words, for those who do not see the picture. */
  readonly alt: string;
}

export interface CardRun {
  readonly kind: "kept" | "removed" | "added" | "aside";
  readonly text: string;
}

/** Pixels; what the large services show uncut. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

export interface CardDrawer {
  /** @returns a PNG of `CARD_SIZE`; the same content gives the same bytes */
  draw(card: CardContent): Promise<Uint8Array>;
}
