import type { Span } from "../domain/span.ts";

/** Lengths, in UTF-16 units, of what two stretches have in common at their head and at their tail; they do not overlap. */
export interface CommonEnds {
  readonly head: number;
  readonly tail: number;
}

/** A stretch of one side's text. */
export type Place = Pick<Span, "start" | "end"> & { readonly text: string };

export function commonEnds(before: Place, after: Place): CommonEnds {
  const shorter = Math.min(before.end - before.start, after.end - after.start);
  let head = 0;
  while (head < shorter && before.text.charCodeAt(before.start + head) === after.text.charCodeAt(after.start + head)) {
    head++;
  }
  let tail = 0;
  while (
    tail < shorter - head &&
    before.text.charCodeAt(before.end - 1 - tail) === after.text.charCodeAt(after.end - 1 - tail)
  ) {
    tail++;
  }
  return { head, tail };
}

/**
 * The same, cut back to where words certainly begin and end on both sides: at ASCII white space between printable ASCII
 * characters. What is between can be cut into words on its own, with the same words as in the whole.
 */
export function commonWords(before: Place, after: Place): CommonEnds {
  let { head, tail } = commonEnds(before, after);
  while (head > 0 && !isWordStart(before, before.start + head, after, after.start + head)) head--;
  while (tail > 0 && !isWordStart(before, before.end - tail, after, after.end - tail)) tail--;
  return { head, tail };
}

/** A space lies before both places, and printable ASCII after; a mark after a space would belong to it. */
const isWordStart = (before: Place, b: number, after: Place, a: number): boolean =>
  b < before.end && a < after.end && isEdge(before.text, b) && isEdge(after.text, a);

function isEdge(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return text.charCodeAt(at - 1) === 0x20 && !isCombining(code);
}

/** Not printable ASCII, and perhaps a mark that joins what stands before it. */
const isCombining = (code: number): boolean => code <= 0x20 || code >= 0x7f;
