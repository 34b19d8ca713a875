import { type Stretch, sentencesOf } from "./sentences.ts";
import { foldSpace } from "./typography.ts";
import { MAX_SENTENCES, type WorkBudget } from "./work-budget.ts";

/** What is matched: a sentence, or a whole paragraph that stands once on each side. */
export interface Unit extends Stretch {
  readonly paragraph: number;
  /** Equal text (white space folded), equal number. */
  readonly id: number;
  /** A whole paragraph; it may hold several sentences. */
  readonly whole: boolean;
}

/** Both sides cut into units, without the paragraphs that are equal at the head and at the tail. */
export interface Units {
  /** Equal paragraphs at the head; they have the same indexes on both sides. */
  readonly head: number;
  /** Equal paragraphs at the tail. */
  readonly tail: number;
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
}

export function unitsOf(before: readonly string[], after: readonly string[], budget: WorkBudget): Units {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;

  const ids = new Map<string, number>();
  const idOf = (text: string) => {
    const folded = foldSpace(text);
    const known = ids.get(folded);
    if (known !== undefined) return known;
    ids.set(folded, ids.size);
    return ids.size - 1;
  };
  const sides = [
    { texts: before, from: head, to: before.length - tail },
    { texts: after, from: head, to: after.length - tail },
  ] as const;
  const wholes = onceOnEach(...sides);
  const cut = (side: Middle, everyWhole: boolean): Unit[] => {
    const units: Unit[] = [];
    for (let paragraph = side.from; paragraph < side.to; paragraph++) {
      const text = side.texts[paragraph]!;
      const whole = everyWhole || wholes.has(text);
      for (const { start, end } of whole ? trimmed(text) : sentencesOf(text)) {
        units.push({ paragraph, start, end, whole, id: idOf(whole ? text : text.slice(start, end)) });
      }
    }
    return units;
  };
  const [left, right] = [cut(sides[0], false), cut(sides[1], false)];
  if (Math.max(left.length, right.length) <= MAX_SENTENCES) return { head, tail, before: left, after: right };
  budget.degrade("too many sentences: whole paragraphs were compared");
  return { head, tail, before: cut(sides[0], true), after: cut(sides[1], true) };
}

interface Middle {
  readonly texts: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The paragraphs that occur exactly once on each side. */
function onceOnEach(before: Middle, after: Middle): ReadonlySet<string> {
  const right = once(after);
  return new Set([...once(before)].filter((text) => right.has(text)));
}

function once({ texts, from, to }: Middle): Set<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (let index = from; index < to; index++) (seen.has(texts[index]!) ? again : seen).add(texts[index]!);
  for (const text of again) seen.delete(text);
  return seen;
}

function trimmed(text: string): Stretch[] {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return end > start ? [{ start, end }] : [];
}
