import { type Cut, cutAlsoAt, cutSentences, type Stretch } from "./sentences.ts";
import { foldSpace, foldTypography } from "./typography.ts";
import { MAX_PARAGRAPHS, MAX_SENTENCES, type WorkBudget } from "./work-budget.ts";

/** What is matched: a sentence, or a whole paragraph: one that stands once on each side, or any where there are too many. */
export interface Unit extends Stretch {
  readonly paragraph: number;
  /** Equal text (white space folded), equal number. */
  readonly id: number;
  /** A whole paragraph with its equal on the other side; it may hold several sentences. */
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
  /** False when there are too many to look for what they have in common. */
  readonly matchable: boolean;
}

export function unitsOf(before: readonly string[], after: readonly string[], budget: WorkBudget): Units {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;

  const paragraphs = Math.max(before.length, after.length) - tail - head;
  if (paragraphs > MAX_PARAGRAPHS) {
    budget.degrade("too many paragraphs changed to compare them");
    const all = (texts: readonly string[]) => inOnePiece({ texts, from: head, to: texts.length - tail });
    return { head, tail, before: all(before), after: all(after), matchable: false };
  }
  const ids = new Map<string, number>();
  const idOf = (text: string) => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    ids.set(text, ids.size);
    return ids.size - 1;
  };
  const sides = [
    { texts: before, from: head, to: before.length - tail },
    { texts: after, from: head, to: after.length - tail },
  ] as const;
  const wholes = paragraphs > MAX_SENTENCES ? new Set<string>() : onceOnEach(...sides);
  const cut = (sentencesOn: Sentences, { texts, from, to }: Middle): Unit[] => {
    const units: Unit[] = [];
    for (let paragraph = from; paragraph < to; paragraph++) {
      const text = texts[paragraph]!;
      const sentences = sentencesOn.get(paragraph);
      if (wholes.has(text)) {
        const id = idOf(text); // it has its equal: nothing needs folding
        for (const { start, end } of trimmed(text)) units.push({ paragraph, start, end, whole: true, id });
        continue;
      }
      for (const { start, end } of sentences ?? trimmed(text)) {
        units.push({ paragraph, start, end, whole: false, id: idOf(foldSpace(text.slice(start, end))) });
      }
    }
    return units;
  };
  const both = paragraphs > MAX_SENTENCES ? undefined : sentencesOfBoth(...sides, wholes, budget);
  if (both) return { head, tail, before: cut(both[0], sides[0]), after: cut(both[1], sides[1]), matchable: true };
  budget.degrade("too many sentences: whole paragraphs were compared");
  return { head, tail, before: cut(new Map(), sides[0]), after: cut(new Map(), sides[1]), matchable: true };
}

/** Sentences by paragraph; a paragraph that is missing stays in one piece. */
type Sentences = ReadonlyMap<number, readonly Stretch[]>;

/**
 * Both sides cut into sentences; where one side is in doubt about a boundary, the other decides. Undefined when there
 * are too many.
 */
function sentencesOfBoth(
  before: Middle,
  after: Middle,
  wholes: ReadonlySet<string>,
  budget: WorkBudget,
): [Sentences, Sentences] | undefined {
  const left = cutsOf(before, wholes);
  const right = left && cutsOf(after, wholes);
  return right && [decided(before, left, after, right, budget), decided(after, right, before, left, budget)];
}

type Cuts = ReadonlyMap<number, Cut>;

function cutsOf({ texts, from, to }: Middle, wholes: ReadonlySet<string>): Cuts | undefined {
  const cuts = new Map<number, Cut>();
  let left = MAX_SENTENCES;
  for (let index = from; index < to; index++) {
    if (wholes.has(texts[index]!)) continue;
    const cut = cutSentences(texts[index]!, left);
    left -= cut.sentences.length + cut.doubtful.length;
    if (left < 0) return undefined;
    cuts.set(index, cut);
  }
  return cuts;
}

/** Steps that looking at one end of a sentence costs. */
const EDGE_COST = 40;
/** Characters on either side of a boundary by which it is known again on the other side. */
const CONTEXT = 16;

/**
 * A doubtful place is a boundary where a sentence of the other side ends with the same words, or begins with them, and
 * none of this side does: the edit beside it is what raised the doubt.
 */
function decided(side: Middle, cuts: Cuts, other: Middle, otherCuts: Cuts, budget: WorkBudget): Sentences {
  const sentences = new Map([...cuts].map(([paragraph, cut]) => [paragraph, cut.sentences]));
  const doubtedThere = surroundingsOf(other, otherCuts);
  const doubted = [...cuts].flatMap(([paragraph, cut]) => {
    const doubtful = cut.doubtful.filter((place) => !doubtedThere.has(surroundingAt(side.texts[paragraph]!, place)));
    return doubtful.length > 0 ? [[paragraph, { ...cut, doubtful }] as const] : [];
  });
  if (doubted.length === 0) return sentences;
  const edges = [...cuts.values(), ...otherCuts.values()].reduce((sum, cut) => sum + cut.sentences.length, 0);
  const places = doubted.reduce((sum, [, { doubtful }]) => sum + doubtful.length, 0);
  if (!budget.spend((edges + places) * EDGE_COST, "too many doubtful ends of sentences")) return sentences;
  const others = edgesOf(other, otherCuts);
  const found = doubted.flatMap(([paragraph, { doubtful }]) =>
    doubtful.map((place) => edgesAt(side.texts[paragraph]!, place)),
  );
  if (!found.some(({ ending, beginning }) => others.endings.has(ending) || others.beginnings.has(beginning))) {
    return sentences;
  }
  const own = edgesOf(side, cuts);
  for (const [paragraph, cut] of doubted) {
    const isBoundary = (place: Stretch) => {
      const { ending, beginning } = edgesAt(side.texts[paragraph]!, place);
      return (
        (others.endings.has(ending) && !own.endings.has(ending)) ||
        (others.beginnings.has(beginning) && !own.beginnings.has(beginning))
      );
    };
    sentences.set(paragraph, cutAlsoAt(side.texts[paragraph]!, cut, isBoundary));
  }
  return sentences;
}

/** The places in doubt, by what stands around them: what both sides doubt alike is no boundary on either. */
function surroundingsOf({ texts }: Middle, cuts: Cuts): ReadonlySet<string> {
  const surroundings = new Set<string>();
  for (const [paragraph, { doubtful }] of cuts) {
    for (const place of doubtful) surroundings.add(surroundingAt(texts[paragraph]!, place));
  }
  return surroundings;
}

const surroundingAt = (text: string, { start, end }: Stretch): string =>
  text.slice(Math.max(0, start - CONTEXT), end + CONTEXT);

/** How the sentences of a side begin and end. */
function edgesOf({ texts }: Middle, cuts: Cuts) {
  const beginnings = new Set<string>();
  const endings = new Set<string>();
  for (const [paragraph, { sentences }] of cuts) {
    const text = texts[paragraph]!;
    for (const { start, end } of sentences) {
      beginnings.add(beginningAt(text, start));
      endings.add(endingAt(text, end));
    }
  }
  return { beginnings, endings };
}

const edgesAt = (text: string, { start, end }: Stretch) => ({
  ending: endingAt(text, start),
  beginning: beginningAt(text, end),
});

const beginningAt = (text: string, start: number): string => foldTypography(text.slice(start, start + CONTEXT));
const endingAt = (text: string, end: number): string => foldTypography(text.slice(Math.max(0, end - CONTEXT), end));

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

/** Paragraphs as units that are equal to none. */
function inOnePiece({ texts, from, to }: Middle): Unit[] {
  const units: Unit[] = [];
  for (let paragraph = from; paragraph < to; paragraph++) {
    for (const { start, end } of trimmed(texts[paragraph]!))
      units.push({ paragraph, start, end, whole: false, id: -1 });
  }
  return units;
}

function trimmed(text: string): Stretch[] {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return end > start ? [{ start, end }] : [];
}
