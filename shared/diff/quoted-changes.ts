import type { Segment } from "../domain/comparison.ts";
import type { Edit, Replacement } from "./changed-words.ts";
import { type Findings, type Found, labelOf, wordCount } from "./findings.ts";
import type { Quotation } from "./quotations.ts";
import type { SideIndex } from "./side-index.ts";
import { textOf } from "./spans.ts";

interface Sides {
  readonly before: SideIndex;
  readonly after: SideIndex;
}

type Finding = Findings & { readonly isFirm: boolean };
/** Whether a quotation reads as speech; asked once for each, since every change inside it asks. */
type IsSpoken = (text: string, quoted: Quotation) => boolean;

/** Words inside a quotation changed, came or went. Not: a whole quotation that came or went with its sentence. */
export function quotedChanges(sides: Sides, segments: readonly Segment[], edits: readonly Edit[]): Found {
  const known = new Map<Quotation, boolean>();
  const isSpoken: IsSpoken = (text, quoted) => {
    const answer = known.get(quoted) ?? isSpeech(text, quoted);
    known.set(quoted, answer);
    return answer;
  };
  const editOf = new Map(edits.map((edit) => [edit.segment, edit]));
  const findings = segments.flatMap((segment): Finding[] => {
    const edit = editOf.get(segment);
    if (edit) return edit.replacements.flatMap((replacement) => changeIn(sides, replacement, isSpoken) ?? []);
    return sentenceChange(sides, segment, isSpoken);
  });
  const label = (isFirm: boolean) =>
    labelOf(
      "quotation",
      findings.filter((finding) => finding.isFirm === isFirm),
    );
  return { label: label(true), doubtful: label(false) };
}

/** A sentence that came into a quotation or went from it, but not the whole quotation. */
function sentenceChange(sides: Sides, segment: Segment, isSpoken: IsSpoken): Finding[] {
  const side = segment.kind === "removed" ? "before" : "after";
  const span = segment[side];
  if ((segment.kind !== "removed" && segment.kind !== "added") || !span) return [];
  const around = sides[side].quotationAround(span);
  if (!around || around.end - around.start <= span.end - span.start + 1) return [];
  return [{ [side]: [span], isFirm: isSpoken(sides[side].texts[span.paragraph]!, around) }];
}

/** Each side that has words must have them inside a quotation: else the marks themselves came or went. */
function changeIn({ before, after }: Sides, replacement: Replacement, isSpoken: IsSpoken): Finding | undefined {
  const sides = [
    [before, replacement.before],
    [after, replacement.after],
  ] as const;
  const worded = sides.filter(([{ texts }, span]) => hasWords(textOf(texts, span)));
  const quoted = sides.map(([side, span]) => side.quotationAround(span));
  if (worded.length === 0 || !quoted[0] || !quoted[1]) return undefined;
  const isFirm = sides.every(([{ texts }, span], side) => isSpoken(texts[span.paragraph]!, quoted[side]!));
  const spanOn = (side: 0 | 1) => (worded.includes(sides[side]) ? [sides[side][1]] : []);
  return { before: spanOn(0), after: spanOn(1), isFirm };
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

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
