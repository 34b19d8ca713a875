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
  for (let index = 0; index < units.head; index++) segments.push(...unchanged(texts.before[index]!, index, index));

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
    segments.push(...paired(texts, units, pair, lexicon, budget));
    if (!pair.moved) removeFrom(pair.b1);
    index = pair.a1;
  }
  for (let k = units.tail; k > 0; k--) {
    const [b, a] = [texts.before.length - k, texts.after.length - k];
    segments.push(...unchanged(texts.before[b]!, b, a));
  }
  return segments;
}

const removed = (before: Span): Segment => ({ kind: "removed", before });
const added = (after: Span): Segment => ({ kind: "added", after });

/** The sentences of a unit. */
const sentencesIn = (texts: readonly string[], { paragraph, start, end, whole }: Unit): Span[] =>
  whole ? sentencesOf(texts[paragraph]!).map((stretch) => ({ paragraph, ...stretch })) : [{ paragraph, start, end }];

/** A paragraph that is the same on both sides, sentence by sentence. */
const unchanged = (text: string, before: number, after: number): Segment[] =>
  sentencesOf(text).map(({ start, end }) => ({
    kind: "unchanged",
    before: { paragraph: before, start, end },
    after: { paragraph: after, start, end },
  }));

function paired(texts: Texts, units: Units, pair: Pair, lexicon: Lexicon, budget: WorkBudget): Segment[] {
  const kind = pair.moved ? "moved" : "unchanged";
  const [left, right] = [units.before[pair.b0]!, units.after[pair.a0]!];
  if (left.whole && right.whole && left.id === right.id) {
    const [from, to] = [texts.before[left.paragraph]!, texts.after[right.paragraph]!];
    if (from === to) {
      return unchanged(from, left.paragraph, right.paragraph).map((segment) => ({ ...segment, kind }));
    }
  }
  const before = { paragraph: left.paragraph, start: left.start, end: units.before[pair.b1 - 1]!.end };
  const after = { paragraph: right.paragraph, start: right.start, end: units.after[pair.a1 - 1]!.end };
  const [from, to] = [textOf(texts.before, before), textOf(texts.after, after)];
  if (foldSpace(from) === foldSpace(to)) return [{ kind, before, after }];
  const places = [
    { text: texts.before[before.paragraph]!, ...before },
    { text: texts.after[after.paragraph]!, ...after },
  ] as const;
  const words = markWords(...places, lexicon, budget);
  const cosmetic = sameButTypography(from, to) ? { cosmetic: true } : {};
  if (pair.moved) return [{ kind, before, after, edited: true, ...cosmetic, words }];
  return [{ kind: "edited", before, after, ...cosmetic, words }];
}
