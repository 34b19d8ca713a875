import type { Segment } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";
import type { Pair } from "./align.ts";
import { sentencesOf } from "./sentences.ts";
import { textOf } from "./spans.ts";
import type { Lexicon } from "./tokens.ts";
import { foldSpace, sameButTypography } from "./typography.ts";
import type { Unit, Units } from "./units.ts";
import { markWords } from "./words.ts";
import type { WorkBudget } from "./work-budget.ts";

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The aligned units as segments, in the reading order of after; what was removed follows what it followed before. */
export function segmentsOf(
  texts: Texts,
  units: Units,
  pairs: readonly Pair[],
  lexicon: Lexicon,
  budget: WorkBudget,
): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < units.head; index++) pushUnchanged(segments, texts.before[index]!, index, index);

  const pairOfAfter = new Map<number, Pair>(pairs.map((pair) => [pair.a0, pair]));
  const isPaired = new Uint8Array(units.before.length);
  for (const { b0, b1 } of pairs) isPaired.fill(1, b0, b1);
  const removeFrom = (from: number) => {
    for (let index = from; index < units.before.length; index++) {
      if (isPaired[index] && !isMoved[index]) return;
      if (!isPaired[index]) segments.push(...sentencesIn(texts.before, units.before[index]!).map(removed));
    }
  };
  const isMoved = new Uint8Array(units.before.length);
  for (const { b0, b1, moved } of pairs) if (moved) isMoved.fill(1, b0, b1);

  removeFrom(0);
  for (let index = 0; index < units.after.length; ) {
    const pair = pairOfAfter.get(index);
    if (!pair) {
      segments.push(...sentencesIn(texts.after, units.after[index]!).map(added));
      index++;
      continue;
    }
    pushPaired(segments, texts, units, pair, lexicon, budget);
    if (!pair.moved) removeFrom(pair.b1);
    index = pair.a1;
  }
  for (let k = units.tail; k > 0; k--) {
    const [b, a] = [texts.before.length - k, texts.after.length - k];
    pushUnchanged(segments, texts.before[b]!, b, a);
  }
  return segments;
}

const removed = (before: Span): Segment => ({ kind: "removed", before });
const added = (after: Span): Segment => ({ kind: "added", after });

/** The sentences of a unit. */
const sentencesIn = (texts: readonly string[], { paragraph, start, end, whole }: Unit): Span[] =>
  whole ? sentencesOf(texts[paragraph]!).map((stretch) => ({ paragraph, ...stretch })) : [{ paragraph, start, end }];

/** A paragraph that is the same on both sides, sentence by sentence. */
function pushUnchanged(
  segments: Segment[],
  text: string,
  before: number,
  after: number,
  kind: "unchanged" | "moved" = "unchanged",
): void {
  for (const { start, end } of sentencesOf(text)) {
    segments.push({ kind, before: { paragraph: before, start, end }, after: { paragraph: after, start, end } });
  }
}

function pushPaired(
  segments: Segment[],
  texts: Texts,
  units: Units,
  pair: Pair,
  lexicon: Lexicon,
  budget: WorkBudget,
): void {
  const kind = pair.moved ? "moved" : "unchanged";
  const [left, right] = [units.before[pair.b0]!, units.after[pair.a0]!];
  if (left.whole && right.whole && left.id === right.id) {
    const [from, to] = [texts.before[left.paragraph]!, texts.after[right.paragraph]!];
    if (from === to) {
      pushUnchanged(segments, from, left.paragraph, right.paragraph, kind);
      return;
    }
  }
  const before = { paragraph: left.paragraph, start: left.start, end: units.before[pair.b1 - 1]!.end };
  const after = { paragraph: right.paragraph, start: right.start, end: units.after[pair.a1 - 1]!.end };
  const [from, to] = [textOf(texts.before, before), textOf(texts.after, after)];
  if (from === to || foldSpace(from) === foldSpace(to)) {
    segments.push({ kind, before, after });
    return;
  }
  const places = [
    { text: texts.before[before.paragraph]!, ...before },
    { text: texts.after[after.paragraph]!, ...after },
  ] as const;
  const words = markWords(...places, lexicon, budget);
  const cosmetic = sameButTypography(from, to) ? { cosmetic: true } : {};
  if (pair.moved) segments.push({ kind, before, after, edited: true, ...cosmetic, words });
  else segments.push({ kind: "edited", before, after, ...cosmetic, words });
}
