import type { Comparison, WordMark } from "../domain/comparison.ts";
import { isReworded } from "./changed-words.ts";
import { textOf } from "./spans.ts";

/** Of the whole excerpt, in UTF-16 units. */
const LONGEST = 300;
/** Of the kept words on either side of a change. */
const CONTEXT = 40;
const ELLIPSIS = "…";

/**
 * The first changed words with a little context: the headline's if it changed, else those of the first segment that was
 * reworded, added, removed or moved, else of the first field or cosmetic segment. At most about 300 characters.
 */
export function excerptOf(comparison: Comparison): WordMark[] {
  const { headline, standfirst, byline, segments } = comparison;
  const first =
    headline?.words ??
    standfirst?.words ??
    marksOf(comparison, segments.find(isReworded)) ??
    marksOf(
      comparison,
      segments.find(({ kind }) => kind === "added" || kind === "removed"),
    ) ??
    byline?.words ??
    marksOf(
      comparison,
      segments.find(({ kind }) => kind !== "unchanged"),
    ) ??
    [];
  return shortened(contextCut(first));
}

function marksOf(
  { before, after }: Comparison,
  segment: Comparison["segments"][number] | undefined,
): readonly WordMark[] | undefined {
  if (!segment) return undefined;
  if (segment.words) return segment.words;
  if (!segment.after) return [{ mark: "-", text: textOf(before, segment.before!) }];
  return [{ mark: segment.before ? "=" : "+", text: textOf(after, segment.after) }];
}

/** Long kept runs cut down to what stands beside a change. */
export function contextCut(marks: readonly WordMark[], context = CONTEXT): WordMark[] {
  return marks.map((mark, index) => {
    if (mark.mark !== "=" || marks.length === 1) return mark;
    const [isFirst, isLast] = [index === 0, index === marks.length - 1];
    if (mark.text.length <= (isFirst || isLast ? context : 2 * context) + 8) return mark;
    const head = isFirst ? "" : headOf(mark.text, context);
    const tail = isLast ? "" : tailOf(mark.text, context);
    return { mark: "=", text: `${head}${ELLIPSIS}${tail}` };
  });
}

function shortened(marks: readonly WordMark[]): WordMark[] {
  const short: WordMark[] = [];
  let left = LONGEST;
  for (const [index, { mark, text }] of marks.entries()) {
    // A replaced stretch leaves room for what replaces it.
    const room =
      mark === "-" && marks[index + 1]?.mark === "+"
        ? Math.max(Math.floor(left / 2), left - marks[index + 1]!.text.length)
        : left;
    if (text.length <= room) {
      short.push({ mark, text });
      left -= text.length;
      continue;
    }
    const head = headOf(text, room);
    short.push({ mark, text: `${head}${ELLIPSIS}` });
    left -= head.length;
    if (left < CONTEXT && mark !== "-") break;
  }
  return short;
}

/** Up to `length` units from the start, whole words; where script has no spaces, whole characters. */
export function headOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length + 1);
  const space = cut.search(/\s\S*$/);
  return space > length / 2 ? cut.slice(0, space + 1) : wholeCharacters(text, 0, length);
}

function tailOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(text.length - length - 1);
  const space = cut.search(/\s/);
  return space >= 0 && space < length / 2 ? cut.slice(space) : wholeCharacters(text, text.length - length, text.length);
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The graphemes that lie wholly within the offsets. */
function wholeCharacters(text: string, from: number, to: number): string {
  const margin = 32; // longer than any grapheme worth showing; the segmenter needs what is around the cut
  const start = Math.max(0, from - margin);
  const whole = [...graphemes.segment(text.slice(start, to + margin))].filter(
    ({ index, segment }) => start + index >= from && start + index + segment.length <= to,
  );
  return whole.map(({ segment }) => segment).join("");
}
