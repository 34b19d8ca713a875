import type { Comparison, FieldChange, WordMark } from "../../domain/comparison.ts";
import { escapeHtml } from "./escape.ts";
import { isChanged, isSameMove, type Passage, type Piece } from "./passages.ts";
import { type ChangeStrings, countedIn, fill } from "./strings.ts";

/** What all of one change's HTML is made with. */
export interface HtmlPage {
  readonly strings: ChangeStrings;
  readonly idPrefix: string;
}

/** What stands open: `typography` that alone changed in a paragraph is shown among the rest, or folded away but there. */
export interface Folding {
  readonly whole: boolean;
  readonly typography: "shown" | "folded";
}

const FIELDS = ["headline", "standfirst", "byline"] as const;

/** The fields that changed, in the order in which a page has them. */
export const changedFields = (comparison: Comparison): (readonly [(typeof FIELDS)[number], FieldChange])[] =>
  FIELDS.flatMap((name) => {
    const change = comparison[name];
    return change ? [[name, change] as const] : [];
  });

/** Passages one after the other, each as `draw` has it. What is not shown is counted, or stands in a `details`. */
export function foldedPassages(
  passages: readonly Passage[],
  { whole, typography }: Folding,
  { strings }: HtmlPage,
  draw: (passage: Passage) => string,
): string[] {
  const lines: string[] = [];
  const open = typography === "folded" && !passages.some((passage) => kindOf(passage) === "changed") ? " open" : "";
  for (const [kind, those] of runsOf(passages, kindOf)) {
    if (kind === "unchanged" && !whole)
      lines.push(aside("change-folded", countedIn(strings, "unchanged", those.length)));
    else if (kind === "typography" && typography === "folded" && !whole) {
      const summary = `<summary>${escapeHtml(countedIn(strings, "typography", those.length))}</summary>`;
      lines.push(`<details class="change-typography"${open}>${summary}`, ...those.map(draw), "</details>");
    } else lines.push(...those.map(draw));
  }
  return lines;
}

type PassageKind = "unchanged" | "typography" | "changed";

function kindOf({ pieces }: Passage): PassageKind {
  const changed = pieces.filter(isChanged);
  if (changed.length === 0) return "unchanged";
  return changed.every(({ segment, move }) => segment.cosmetic === true && move === undefined)
    ? "typography"
    : "changed";
}

/** Neighbours of one kind together. */
function runsOf<Item, Kind>(items: readonly Item[], kindOf: (item: Item) => Kind): [Kind, Item[]][] {
  const runs: [Kind, Item[]][] = [];
  for (const item of items) {
    const kind = kindOf(item);
    const last = runs.at(-1);
    if (last && last[0] === kind) last[1].push(item);
    else runs.push([kind, [item]]);
  }
  return runs;
}

/** What is to be said of the comparison as a whole, below it. */
export const closingNotes = ({ pagedOut, degraded }: Comparison, { strings }: HtmlPage): string[] => [
  ...(pagedOut ? [aside("change-note", countedIn(strings, "pagedOut", pagedOut))] : []),
  ...(degraded ? [aside("change-degraded", fill(strings.degraded, "reason", degraded.reason))] : []),
];

const aside = (name: string, text: string): string => `<p class="${name}">${escapeHtml(text)}</p>`;

/** Pieces that moved together stand in one element. */
export function piecesHtml(pieces: readonly Piece[], page: HtmlPage): string {
  return pieces
    .map((piece, index) => {
      const [last, next] = [pieces[index - 1], pieces[index + 1]];
      const gap = last ? escapeHtml(piece.gap) : "";
      const open = isSameMove(last, piece) ? "" : moveStart(piece, page);
      const close = piece.move === undefined || isSameMove(piece, next) ? "" : "</span>";
      return `${gap}${open}${pieceHtml(piece, page)}${close}`;
    })
    .join("");
}

function pieceHtml({ segment, move, marks }: Piece, page: HtmlPage): string {
  const inner = markedHtml(marks, page);
  if (move !== undefined || !segment.cosmetic) return inner;
  return `<span class="cosmetic">${heard(`(${page.strings.cosmetic})`)} ${inner}</span>`;
}

/** Where one end of a move begins, with a link to the other. */
function moveStart({ segment, move, end }: Piece, page: HtmlPage): string {
  if (move === undefined) return "";
  const { movedFrom, movedTo } = page.strings;
  const id = `${page.idPrefix}-${move}`;
  const text =
    end === "to"
      ? fill(movedFrom, "n", segment.before!.paragraph + 1)
      : fill(movedTo, "n", segment.after!.paragraph + 1);
  const other = end === "to" ? "from" : "to";
  const link = `<a class="moved-link" dir="auto" href="#${id}-${other}">${escapeHtml(text)}</a>`;
  return `<span class="moved moved-${end}" id="${id}-${end}">${link} `;
}

/** Words with `ins` and `del`, and words for screen readers around them. */
export const markedHtml = (marks: readonly WordMark[], page: HtmlPage): string =>
  marks.map((mark) => markHtml(mark, page)).join("");

function markHtml({ mark, text }: WordMark, { strings }: HtmlPage): string {
  if (mark === "=") return escapeHtml(text);
  const [tag, start, end] =
    mark === "-"
      ? (["del", strings.removedStart, strings.removedEnd] as const)
      : (["ins", strings.addedStart, strings.addedEnd] as const);
  return `<${tag}>${heard(`${start} `)}${escapeHtml(text)}${heard(end)}</${tag}>`;
}

/**
 * Heard, not seen: the page's style sheet hides the class from sight only. Its own direction keeps its words, which are
 * not the article's, from deciding that of the paragraph they stand in.
 */
export const heard = (text: string): string => `<span class="visually-hidden" dir="auto">${escapeHtml(text)}</span>`;
