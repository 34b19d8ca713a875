import type { Segment, WordMark } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";

/** One replacement inside an edited segment; a side without words is empty. */
export interface Replacement {
  readonly before: Span;
  readonly after: Span;
}

/** A segment whose words changed, with what was replaced in it. */
export interface Edit {
  readonly segment: Segment;
  readonly replacements: readonly Replacement[];
}

/** The stretches of both sides that an edited segment's marks replace. */
export function replacementsIn(segment: Segment): Replacement[] {
  const { before, after, words } = segment;
  if (!before || !after || !words) return [];
  const replacements: Replacement[] = [];
  let [b, a] = [before.start, after.start];
  for (let index = 0; index < words.length; ) {
    const [b0, a0] = [b, a];
    for (let mark: WordMark | undefined = words[index]; mark && mark.mark !== "="; mark = words[++index]) {
      if (mark.mark === "-") b += mark.text.length;
      else a += mark.text.length;
    }
    if (b > b0 || a > a0) {
      replacements.push({
        before: { paragraph: before.paragraph, start: b0, end: b },
        after: { paragraph: after.paragraph, start: a0, end: a },
      });
    }
    for (let mark = words[index]; mark && mark.mark === "="; mark = words[++index]) {
      b += mark.text.length;
      a += mark.text.length;
    }
  }
  return replacements;
}

/** True for a segment whose words say something else than before. */
export const isReworded = (segment: Segment): boolean =>
  segment.cosmetic !== true && (segment.kind === "edited" || segment.edited === true);
