import type { Segment } from "../domain/comparison.ts";
import type { Span } from "../domain/span.ts";
import { isReworded, type Replacement, replacementsIn } from "./changed-words.ts";
import { type Findings, type Found, labelOf, wordCount } from "./findings.ts";
import { type Quotation, quotationsIn } from "./quotations.ts";
import { textOf } from "./spans.ts";

interface Texts {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Fewer words between quotation marks are a name, a title or irony. */
const FEWEST_WORDS_QUOTED = 4;

/** Words inside a quotation changed, came or went. Not: a whole quotation that came or went with its sentence. */
export function quotedChanges({ before, after }: Texts, segments: readonly Segment[]): Found {
  const findings = segments.flatMap((segment): (Findings & { readonly isFirm: boolean })[] => {
    if (isReworded(segment))
      return replacementsIn(segment).flatMap((replacement) => changeIn({ before, after }, replacement) ?? []);
    const [texts, side] = segment.kind === "removed" ? ([before, "before"] as const) : ([after, "after"] as const);
    const span = segment[side];
    if ((segment.kind !== "removed" && segment.kind !== "added") || !span) return [];
    const around = quotationAround(texts, span);
    if (!around || around.end - around.start <= span.end - span.start + 1) return [];
    return [{ [side]: [span], isFirm: isSpeech(texts[span.paragraph]!, around) }];
  });
  return {
    label: labelOf(
      "quotation",
      findings.filter(({ isFirm }) => isFirm),
    ),
    doubtful: labelOf(
      "quotation",
      findings.filter(({ isFirm }) => !isFirm),
    ),
  };
}

/** Each side that has words must have them inside a quotation: else the marks themselves came or went. */
function changeIn({ before, after }: Texts, replacement: Replacement) {
  const sides = [
    [before, replacement.before],
    [after, replacement.after],
  ] as const;
  const worded = sides.filter(([texts, span]) => hasWords(textOf(texts, span)));
  const quoted = sides.map(([texts, span]) => quotationAround(texts, span));
  if (worded.length === 0 || !quoted[0] || !quoted[1]) return undefined;
  const isFirm = sides.every(([texts, span], side) => isSpeech(texts[span.paragraph]!, quoted[side]!));
  const spanOn = (side: 0 | 1) => (worded.includes(sides[side]) ? [sides[side][1]] : []);
  return { before: spanOn(0), after: spanOn(1), isFirm };
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** The quotation of enough words that a span lies in. */
const quotationAround = (texts: readonly string[], { paragraph, start, end }: Span): Quotation | undefined =>
  quotationsIn(texts[paragraph]!).find(
    (quoted) =>
      quoted.start <= start &&
      end <= quoted.end &&
      wordCount(texts[paragraph]!.slice(quoted.start, quoted.end)) >= FEWEST_WORDS_QUOTED,
  );

/** A mark before a quotation that says that somebody speaks. */
const INTRODUCED = /[:：,，،—–]\s*.$/u;
const ENDS_LIKE_SPEECH = /[.!?,;…。！？，؟،।]\s*$/u;

/** Scripts without capitals do not tell a term from speech, but terms are short. */
const FEWEST_WORDS_SPOKEN = 8;

/** Before the title of a section or a page. */
const TITLED = /(?:section|rubrique|page|article|heading|chapter|bagian|halaman|titled|called|intitulée?)s?\s*.$/iu;

/**
 * True for what reads as somebody's words. Not: a title or a defined term (a capital letter, and no mark at its end), an
 * attribute of markup, an opening mark that is never closed and that nothing introduces.
 */
function isSpeech(text: string, { start, end, isClosed }: Quotation): boolean {
  const [lead, quoted] = [text.slice(Math.max(0, start - 40), start), text.slice(start, end).trim()];
  if (quoted.includes("://") || TITLED.test(lead)) return false;
  if (/[=({]\s?["'“]$|\{%|\]\(|:\/\/|\.\w{2,4}"?\s"$/u.test(lead)) return false;
  const isIntroduced = INTRODUCED.test(lead) || lead.length <= 1;
  if (!isClosed) return isIntroduced;
  if (isIntroduced || ENDS_LIKE_SPEECH.test(quoted) || /^\p{Ll}/u.test(quoted)) return true;
  return /^\p{Lo}/u.test(quoted) && wordCount(quoted) >= FEWEST_WORDS_SPOKEN;
}
