import type { Comparison, Segment, WordMark } from "../../shared/domain/comparison.ts";
import type { Span } from "../../shared/domain/span.ts";
import type { Wording } from "../support/scenario.ts";

/**
 * Where an edited segment's marked words lie, against the phrases that were edited. Also that its words rebuild both
 * sides: what is shown as the old or the new sentence must be it.
 *
 * @returns what is wrong, one line each
 */
export function markedWordProblems(comparison: Comparison, wordings: readonly Wording[]): string[] {
  const edited = comparison.segments.filter(({ kind, edited }) => kind === "edited" || edited === true);
  const problems = edited.flatMap((segment) => segmentProblems(comparison, segment, wordings));
  for (const { from, to } of wordings) {
    const shown = edited.some(
      ({ before, after }) =>
        sliceOf(comparison.before, before).includes(from) && sliceOf(comparison.after, after).includes(to),
    );
    if (!shown) problems.push(`no edited sentence goes from "${from}" to "${to}"`);
  }
  return problems;
}

function segmentProblems(
  comparison: Comparison,
  { before, after, words = [] }: Segment,
  wordings: readonly Wording[],
): string[] {
  return [
    ...sideProblems(
      "-",
      words,
      sliceOf(comparison.before, before),
      wordings.map(({ from }) => from),
    ),
    ...sideProblems(
      "+",
      words,
      sliceOf(comparison.after, after),
      wordings.map(({ to }) => to),
    ),
  ];
}

function sideProblems(
  mark: "-" | "+",
  words: readonly WordMark[],
  sentence: string,
  phrases: readonly string[],
): string[] {
  const side = words.filter((word) => word.mark === "=" || word.mark === mark);
  const rebuilt = side.map(({ text }) => text).join("");
  if (rebuilt !== sentence) return [`the words under "=" and "${mark}" make "${rebuilt}", not "${sentence}"`];
  const editedStretches = phrases.flatMap((phrase) => stretchesOf(phrase, sentence));
  let at = 0;
  return side.flatMap(({ mark: own, text }) => {
    const start = at + (text.length - text.trimStart().length);
    const end = at + text.trimEnd().length;
    at += text.length;
    const outside =
      own === mark && start < end && !editedStretches.some(([first, last]) => first <= start && end <= last);
    return outside ? [`"${text}" is marked "${mark}" in "${sentence}", outside the edited words`] : [];
  });
}

/** Offsets of every place where a phrase stands. */
function stretchesOf(phrase: string, sentence: string): (readonly [start: number, end: number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = sentence.indexOf(phrase); phrase && at >= 0; at = sentence.indexOf(phrase, at + 1)) {
    found.push([at, at + phrase.length]);
  }
  return found;
}

/** The text that a span covers; empty for none. */
export const sliceOf = (paragraphs: readonly string[], span: Span | undefined): string =>
  span ? (paragraphs[span.paragraph] ?? "").slice(span.start, span.end) : "";
