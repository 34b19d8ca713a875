import type { Segment, WordMark } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";
import { compareTexts } from "./compare.ts";
import { textOf } from "./spans.ts";

/** A revision's comparison with the one before, as far as its history needs it. */
export interface RevisionStep {
  /** Number of the newer revision; steps come in order. */
  readonly revision: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly segments: readonly Segment[];
}

/** Something that a revision did to a sentence. */
export interface SentenceEvent {
  readonly revision: number;
  /** `edited`: its words; `restyled`: its typography; `moved`: its place, perhaps with words. */
  readonly kind: "edited" | "restyled" | "moved";
  /** What it said before. */
  readonly from: string;
  /** Its words with what was taken out and put in, where they changed. */
  readonly words?: readonly WordMark[];
}

/** A sentence and what became of it. */
export interface SentenceHistory {
  /** As it stands in the newest revision, or stood in the last that had it. */
  readonly text: string;
  /** Where it stands in the newest revision; absent of a sentence that is gone. */
  readonly at?: Span;
  /** The revision that first had it; the baseline's number for what was there from the start. */
  readonly appeared: number;
  /** What happened to it since, oldest first. */
  readonly events: readonly SentenceEvent[];
  /** Of a sentence that is gone: the first revision without it. */
  readonly gone?: number;
}

/**
 * Who changed what, sentence by sentence: for every sentence of the newest revision when it appeared, when and how it
 * changed, whether it moved; and for every sentence that is gone, when it went.
 *
 * A sentence that was split goes on in each of its parts, sentences that were merged go on in the whole with the events of
 * all of them. A sentence that went and came back is one that is gone and a new one: a comparison of neighbours cannot know.
 *
 * A step may start from another text than the one before it ended with: a live blog's entries in another order, without those
 * that left its page, or the same page read by another rule. That is nobody's edit: sentences are followed through it and
 * nothing is told of it.
 *
 * @param steps - comparisons of consecutive revisions, oldest first
 * @param baseline - number of the revision that the first step starts from
 * @returns sentences of the newest revision in reading order, then those that are gone in the order they went
 */
export function sentenceHistory(steps: readonly RevisionStep[], baseline = 1): SentenceHistory[] {
  let living: Living[] = [];
  const gone: SentenceHistory[] = [];
  steps.forEach((step, index) => {
    const previous = steps[index - 1];
    if (!previous) living = sentencesBefore(step, baseline);
    else if (String(previous.after) !== String(step.before)) living = readOtherwise(living, previous, step);
    const next: Living[] = [];
    const byParagraph = Map.groupBy(living, ({ at }) => at.paragraph);
    for (const segment of step.segments) {
      const parents = segment.before ? overlapping(byParagraph, segment.before) : [];
      if (segment.after) next.push(grown(step, segment, segment.after, parents));
      else for (const { at: _at, ...sentence } of parents) gone.push({ ...sentence, gone: step.revision });
    }
    living = next;
  });
  return [...living, ...gone];
}

type Living = SentenceHistory & { readonly at: Span };

/** The sentences of the baseline, as the first comparison cuts them. */
const sentencesBefore = ({ before, segments }: RevisionStep, baseline: number): Living[] =>
  segments.flatMap(({ before: at }) => (at ? [{ text: textOf(before, at), at, appeared: baseline, events: [] }] : []));

/** The same sentences in another reading of the same revision. What only that has is as old as the revision. */
function readOtherwise(
  living: readonly Living[],
  { revision, after }: RevisionStep,
  { before }: RevisionStep,
): Living[] {
  const byParagraph = Map.groupBy(living, ({ at }) => at.paragraph);
  return compareTexts(after, before).flatMap(({ before: from, after: at }) => {
    if (!at) return [];
    const text = textOf(before, at);
    const parents = from ? overlapping(byParagraph, from) : [];
    return [parents.length > 0 ? inherited(text, at, parents) : { text, at, appeared: revision, events: [] }];
  });
}

/** Two comparisons may cut one text differently: whatever shares characters is the same sentence. */
const overlapping = (byParagraph: ReadonlyMap<number, readonly Living[]>, { paragraph, start, end }: Span): Living[] =>
  (byParagraph.get(paragraph) ?? []).filter(({ at }) => at.start < end && start < at.end);

function grown(
  { revision, before, after }: RevisionStep,
  segment: Segment,
  at: Span,
  parents: readonly Living[],
): Living {
  const text = textOf(after, at);
  if (!segment.before) return { text, at, appeared: revision, events: [] };
  const sentence = inherited(text, at, parents);
  const kind = eventOf(segment);
  if (!kind) return sentence;
  const { words } = segment;
  const event = { revision, kind, from: textOf(before, segment.before), ...(words ? { words } : {}) };
  return { ...sentence, events: [...sentence.events, event] };
}

/** What its parents went through; that of all of them, where sentences were merged. */
const inherited = (text: string, at: Span, parents: readonly Living[]): Living => ({
  text,
  at,
  appeared: Math.min(...parents.map(({ appeared }) => appeared)),
  events: unique(parents.flatMap(({ events }) => events)).toSorted((a, b) => a.revision - b.revision),
});

function eventOf({ kind, cosmetic }: Segment): SentenceEvent["kind"] | undefined {
  if (kind === "moved") return "moved";
  if (kind !== "edited") return undefined;
  return cosmetic ? "restyled" : "edited";
}

/** Sentences that were one share its events: each is told once when they are merged again. */
const unique = (events: readonly SentenceEvent[]): SentenceEvent[] =>
  events.filter(
    (event, index) => events.findIndex((one) => one.revision === event.revision && one.from === event.from) === index,
  );
