import { type Article, type Block, isCompared } from "../domain/article.ts";
import { type Instant, secondsBetween } from "../domain/time.ts";
import { folded } from "./canonical.ts";

/** A reading of one capture of a watch. */
export interface EarlierReading {
  readonly at: Instant;
  readonly blocks: readonly Block[];
}

/**
 * A place between two blocks whose content rotates without an editor's hand: a promotion set as a paragraph, a "quote of
 * the hour", a date that depends on which server answered.
 */
export interface VolatileSlot {
  /** Texts of the blocks around it; null at the start and at the end of the story. */
  readonly after: string | null;
  readonly before: string | null;
  readonly why: Rotation;
  /** Texts in it that stayed from one capture to the next: an editor's paragraph beside a rotating one is compared. */
  readonly settled: readonly string[];
}

/** `swapped`: unlike contents one after the other; `flips`: back to contents seen before; `counts`: another at each look. */
export type Rotation = "swapped" | "flips" | "counts";

/** Readings that are looked back on. */
const MOST_READINGS = 8;
/** Captures so close that an editor's hand between each of them is unlikely. */
const CLOSE_SECONDS = 15 * 60;
/** Equal contents at the end after which a place is settled, and what it once did forgotten. */
const SETTLED_READINGS = 3;
/** A place that holds more than this share of the text is the story itself. */
const MOST_OF_TEXT = 0.25;

/**
 * Which places rotate, learnt from a watch's readings, oldest first. Conservative: one change is an edit, a change and a
 * return is a correction taken back, and a paragraph that changes a few words at a time is being edited, however often.
 * Fewer than three readings teach nothing.
 */
export function volatileSlots(earlier: readonly EarlierReading[]): VolatileSlot[] {
  const readings = earlier.slice(-MOST_READINGS);
  if (readings.length < 3) return [];
  const texts = readings.map(({ blocks }) => blocks.filter(isText).map(({ text }) => text));
  const anchors = commonInOrder(texts);
  const gaps = texts.map((list) => gapsOf(list, anchors));
  const close = readings.map(({ at }, i) => i > 0 && secondsBetween(readings[i - 1]!.at, at) <= CLOSE_SECONDS);
  const most = MOST_OF_TEXT * Math.max(...texts.map(charsOf));
  const slots: VolatileSlot[] = [];
  for (let gap = 0; gap <= anchors.length; gap += 1) {
    const contents = gaps.map((list) => list[gap] ?? []);
    if (contents.some((content) => charsOf(content) > most)) continue;
    const why = rotationOf(contents, close);
    if (why === null) continue;
    slots.push({ after: anchors[gap - 1] ?? null, before: anchors[gap] ?? null, why, settled: settledIn(contents) });
  }
  return slots;
}

/**
 * The article with the blocks of rotating places marked: kept and shown, not compared. A place whose surroundings changed
 * is not found again, and all of it is compared.
 */
export function withVolatile(article: Article, slots: readonly VolatileSlot[]): Article {
  if (slots.length === 0) return article;
  const { blocks } = article;
  const marked = new Set<Block>();
  for (const { after, before, settled } of slots) {
    const from = after === null ? -1 : blocks.findIndex(({ text }) => text === after);
    const to = before === null ? blocks.length : blocks.findIndex(({ text }, at) => at > from && text === before);
    if ((after !== null && from < 0) || to < 0) continue;
    for (const block of blocks.slice(from + 1, to))
      if (isText(block) && !settled.includes(block.text)) marked.add(block);
  }
  return marked.size === 0
    ? article
    : { ...article, blocks: blocks.map((block) => (marked.has(block) ? { ...block, volatile: true } : block)) };
}

/** What may be compared at all, whether it was marked before or not: learning must see what it taught. */
const isText = ({ kind, text }: Block): boolean => isCompared({ kind, text });
const charsOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

function rotationOf(contents: readonly (readonly string[])[], close: readonly boolean[]): Rotation | null {
  const keys = contents.map((content) => content.join("\n"));
  if (keys.slice(-SETTLED_READINGS).every((key) => key === keys.at(-1))) return null;
  const steps = keys.map((key, at) => at > 0 && key !== keys[at - 1]);
  const returns = keys.filter((key, at) => steps[at] && keys.slice(0, at).includes(key)).length;
  if (returns >= 2) return "flips";
  const longest = (counts: (at: number) => boolean) => {
    let best = { steps: 0, close: 0 };
    let run = { steps: 0, close: 0 };
    for (const at of keys.keys()) {
      run =
        steps[at] && counts(at)
          ? { steps: run.steps + 1, close: run.close + (close[at] ? 1 : 0) }
          : { steps: 0, close: 0 };
      if (run.steps > best.steps) best = run;
    }
    return best;
  };
  const swapped = longest((at) => unlike(keys[at]!, keys[at - 1]!));
  if (swapped.steps >= 3 || (swapped.steps === 2 && swapped.close > 0 && returns === 0)) return "swapped";
  const counted = longest(() => true);
  return counted.steps >= 4 && counted.close >= 2 ? "counts" : null;
}

/** Texts that have less than half of their words in common; nothing is unlike nothing. */
function unlike(a: string, b: string): boolean {
  const [left, right] = [a, b].map(
    (text) =>
      new Set(
        folded(text)
          .split(" ")
          .filter((word) => word !== ""),
      ),
  ) as [Set<string>, Set<string>];
  if (left.size === 0 || right.size === 0) return false;
  return left.intersection(right).size < 0.5 * Math.min(left.size, right.size);
}

function settledIn(contents: readonly (readonly string[])[]): string[] {
  const [before = [], last = []] = contents.slice(-2);
  return last.filter((text) => before.includes(text));
}

/** Texts that stand once in every list, as many as stand in the same order everywhere. */
function commonInOrder(lists: readonly (readonly string[])[]): string[] {
  const once = lists.map((list) => {
    const counts = new Map<string, number>();
    for (const text of list) counts.set(text, (counts.get(text) ?? 0) + 1);
    return counts;
  });
  let common = lists[0]!.filter((text) => once.every((counts) => counts.get(text) === 1));
  for (const list of lists.slice(1)) {
    const places = new Map(list.map((text, at) => [text, at]));
    const rising = longestRising(common.map((text) => places.get(text)!));
    common = rising.map((at) => common[at]!);
  }
  return common;
}

/** Indexes of a longest rising run of values, not necessarily adjacent (patience sorting: n log n). */
function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? tails[low - 1]! : -1);
    tails[low] = at;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) run.unshift(at);
  return run;
}

/** What stands before the first anchor, between each two, and after the last. */
function gapsOf(texts: readonly string[], anchors: readonly string[]): string[][] {
  const gaps: string[][] = [[]];
  for (const text of texts) {
    if (text === anchors[gaps.length - 1]) gaps.push([]);
    else gaps.at(-1)!.push(text);
  }
  return gaps;
}
