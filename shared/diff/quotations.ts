import type { Stretch } from "./sentences.ts";

/** What stands between two quotation marks, or from the one to the end of the paragraph. */
export interface Quotation extends Stretch {
  readonly isClosed: boolean;
}

const OPENING: Readonly<Record<string, string>> = {
  "“": "”",
  "„": "“”",
  "«": "»",
  "「": "」",
  "『": "』",
  "‹": "›",
  "»": "«",
};
const STRAIGHT = '"';
/** Closing marks of any kind end a quotation that a double mark opened: pages mix them. */
const CLOSING = /["”»」』]/;

/**
 * What is quoted in a paragraph, marks excluded. A quotation that is not closed goes to the end of its paragraph, as in
 * speech that runs over several paragraphs. Single marks quote only where they are paired, since they are apostrophes
 * too, and may stand inside a quotation of double marks. Both lists are in reading order.
 */
export function quotationsIn(text: string): { readonly double: Quotation[]; readonly single: Quotation[] } {
  const found: Quotation[] = [];
  const lastReversedEnd = text.lastIndexOf("«");
  let open: { readonly start: number; readonly closes: string } | undefined;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (open) {
      if (open.closes.includes(mark) || (CLOSING.test(mark) && !(mark in OPENING))) {
        found.push({ start: open.start, end: at, isClosed: true });
        open = undefined;
      }
    } else if (isReversed(mark)) {
      if (lastReversedEnd > at) open = { start: at + 1, closes: "«" };
    } else if (mark in OPENING || (mark === STRAIGHT && !isInches(text, at))) {
      open = { start: at + 1, closes: OPENING[mark] ?? STRAIGHT };
    }
  }
  if (open) found.push({ start: open.start, end: text.length, isClosed: false });
  return { double: found, single: singleQuoted(text) };
}

const SINGLE = /(?<![\p{L}\p{N}])[‘'](?=\S)([^‘'’]+(?:(?<=\p{L})['’](?=\p{L})[^‘'’]+)*)['’](?![\p{L}\p{N}])/gu;

const singleQuoted = (text: string): Quotation[] =>
  [...text.matchAll(SINGLE)].map((match) => {
    const start = match.index + 1;
    return { start, end: start + match[1]!.length, isClosed: true };
  });

/** Opens in »this« style; elsewhere it is a closing mark whose opening one was lost. */
const isReversed = (mark: string): boolean => mark === "»";

const isInches = (text: string, at: number): boolean => /\d/.test(text[at - 1] ?? "");
