import type { Segment, WordMark } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";
import { compareTexts } from "./compare.ts";
import { isSameList } from "./same-list.ts";
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
    else if (!isSameList(previous.after, step.before)) living = readOtherwise(living, previous, step);
    const next: Living[] = [];
    const byParagraph = Map.groupBy(living, ({ at }) => at.paragraph);
    for (const segment of step.segments) {
      const parents = segment.before ? overlapping(byParagraph, segment.before) : [];
      if (segment.after) next.push(...grown(step, segment, segment.after, parents));
      else for (const { at: _at, ...sentence } of parents) gone.push({ ...sentence, gone: step.revision });
    }
    living = next;
  });
  return [...living, ...gone];
}

type Living = SentenceHistory & { readonly at: Span };

/** The sentences of the baseline, as the first comparison cuts them. */
const sentencesBefore = ({ before, segments }: RevisionStep, baseline: number): Living[] =>
  segments
    .flatMap(({ before: at }) => (at ? [{ text: textOf(before, at), at, appeared: baseline, events: [] }] : []))
    .toSorted((a, b) => a.at.paragraph - b.at.paragraph || a.at.start - b.at.start);

/** The same sentences in another reading of the same revision. What only that has is as old as the revision. */
function readOtherwise(
  living: readonly Living[],
  { revision, after }: RevisionStep,
  { before }: RevisionStep,
): Living[] {
  const byParagraph = Map.groupBy(living, ({ at }) => at.paragraph);
  return compareTexts(after, before).flatMap((segment) => {
    if (!segment.after) return [];
    const parents = segment.before ? overlapping(byParagraph, segment.before) : [];
    const text = textOf(before, segment.after);
    return parents.length > 0
      ? followed(segment.before!, segment.after, text, parents)
      : [{ text, at: segment.after, appeared: revision, events: [] }];
  });
}

/**
 * What lies within a span, each cut to it. The sentences of a paragraph stand in its order: a page without blank lines has
 * thousands in one. Two comparisons may cut one text differently: a paragraph that stayed whole in
 * one is sentences in the next.
 */
function overlapping(byParagraph: ReadonlyMap<number, readonly Living[]>, span: Span): Living[] {
  const { paragraph, start, end } = span;
  const sentences = byParagraph.get(paragraph) ?? [];
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.at.end > start) high = middle;
    else low = middle + 1;
  }
  const found: Living[] = [];
  for (let index = low; index < sentences.length && sentences[index]!.at.start < end; index++) {
    const { at, text } = sentences[index]!;
    const cut = { paragraph, start: Math.max(at.start, start), end: Math.min(at.end, end) };
    const within = text.slice(cut.start - at.start, cut.end - at.start);
    if (within.trim() !== "") found.push({ ...sentences[index]!, text: within, at: cut });
  }
  return found;
}

function grown(
  { revision, before, after }: RevisionStep,
  segment: Segment,
  at: Span,
  parents: readonly Living[],
): Living[] {
  const text = textOf(after, at);
  if (!segment.before) return [{ text, at, appeared: revision, events: [] }];
  const sentences = followed(segment.before, at, text, parents);
  const kind = eventOf(segment);
  if (!kind) return sentences;
  const { words } = segment;
  const event = { revision, kind, from: textOf(before, segment.before), ...(words ? { words } : {}) };
  return sentences.map((sentence) => ({ ...sentence, events: [...sentence.events, event] }));
}

/** Sentences in their new place: each as it was where the text is the same, else all of them as one. */
function followed(from: Span, at: Span, text: string, parents: readonly Living[]): Living[] {
  const { paragraph } = at;
  const shift = at.start - from.start;
  const isSame = parents.every(
    ({ at: { start, end }, text: old }) => text.slice(start - from.start, end - from.start) === old,
  );
  if (isSame && at.end - at.start === from.end - from.start)
    return parents.map((parent) => ({
      ...parent,
      at: { paragraph, start: parent.at.start + shift, end: parent.at.end + shift },
    }));
  const appeared = Math.min(...parents.map((parent) => parent.appeared));
  return [{ text, at, appeared, events: eventsOf(parents) }];
}

/** Of those of all parents, the latest: parts of a text that was one and is many again each have all of them. */
const MOST_EVENTS = 50;

/** What the parents went through, oldest first; what they went through as one is told once. */
const eventsOf = (parents: readonly Living[]): SentenceEvent[] =>
  [
    ...new Map(
      parents.flatMap(({ events }) => events.map((event) => [`${event.revision} ${event.from}`, event] as const)),
    ).values(),
  ]
    .toSorted((a, b) => a.revision - b.revision)
    .slice(-MOST_EVENTS);

function eventOf({ kind, cosmetic }: Segment): SentenceEvent["kind"] | undefined {
  if (kind === "moved") return "moved";
  if (kind !== "edited") return undefined;
  return cosmetic ? "restyled" : "edited";
}
