import type { Piece } from "../page/outline.ts";

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
export const SENTENCE_END = /[.!?…。！？।؟۔"”»」』)\]:;]$/u;

/** Characters as a measure of how much is said: one of a Chinese, Japanese or Korean text says as much as two and a half. */
export function weightOf(text: string): number {
  const wide = text.match(WIDE);
  return text.length + (wide ? wide.length * 1.5 : 0);
}

/** How much a piece speaks for its surroundings being the story (above 0) or not (below). */
export function speaksFor(piece: Piece): number {
  const { text, kind } = piece;
  const weight = weightOf(text);
  const linked = piece.linkChars / text.length;
  if (kind === "heading") return linked > 0.5 ? -20 : 0;
  if (linked > 0.5) return -10 - Math.min(weight, 60) / 2;
  if (kind === "table-row" || kind === "code") return weight * 0.3 * (1 - linked);
  const prose = weight >= 80 || (weight >= LEAST_LINE && SENTENCE_END.test(text));
  if (!prose) return kind === "list-item" ? 0 : -5;
  return weight * (1 - linked) * (kind === "list-item" ? 0.6 : 1);
}

/** Running text with hardly a link in it: nobody leads elsewhere with that. */
export const isProse = (piece: Piece): boolean => speaksFor(piece) > 0 && linkedShare(piece) <= MOST_LINKED;
export const MOST_LINKED = 0.1;
export const linkedShare = (piece: Piece): number => piece.linkChars / piece.text.length;
/** Nothing but a link: its white space and marks aside. */
export const isLink = (piece: Piece): boolean => linkedShare(piece) >= 0.85;

/** Of a paragraph that may say something, weighed: names, dates and labels say less. */
export const LEAST_LINE = 25;

/** Least a page must say to be read by its elements' names; with less, the names are misleading us. */
export const LEAST_SAID = 250;

/** Running sums, one longer than the values: the sum of a stretch is the difference of two. */
export function prefixSums(values: readonly number[]): number[] {
  const sums = [0];
  let sum = 0;
  for (const value of values) {
    sum += value;
    sums.push(sum);
  }
  return sums;
}
