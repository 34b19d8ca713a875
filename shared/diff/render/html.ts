import type { Comparison, WordMark } from "../../domain/comparison.ts";
import { escapeHtml } from "./escape.ts";
import { isChanged, isSameMove, type Passage, type Piece, passagesOf } from "./passages.ts";
import { type ChangeStrings, countedIn, fill, stringsWith } from "./strings.ts";

export interface HtmlOptions {
  /** Show unchanged paragraphs too, not only how many there are. */
  readonly whole?: boolean;
  readonly strings?: Partial<ChangeStrings>;
  /** Begins the ids of moved passages; give one to each change on a page. Letters, digits and hyphens. */
  readonly idPrefix?: string;
}

/**
 * A change as HTML: `ins` and `del` with words for screen readers around them, moved passages at both ends with links
 * between, everything escaped. Classes only; every paragraph finds its own direction.
 */
export function changeAsHtml(comparison: Comparison, options: HtmlOptions = {}): string {
  const page = { strings: stringsWith(options.strings), idPrefix: options.idPrefix ?? "moved" };
  const lines: string[] = [];
  for (const name of ["headline", "standfirst", "byline"] as const) {
    const change = comparison[name];
    if (!change) continue;
    const label = `<span class="change-field">${escapeHtml(page.strings[name])}</span>`;
    lines.push(`<p class="change-${name}">${label} <span dir="auto">${marked(change.words, page)}</span></p>`);
  }
  lines.push(...passageLines(passagesOf(comparison), options.whole === true, page));
  if (comparison.pagedOut) lines.push(aside("change-note", countedIn(page.strings, "pagedOut", comparison.pagedOut)));
  if (comparison.degraded) {
    lines.push(aside("change-degraded", fill(page.strings.degraded, "reason", comparison.degraded.reason)));
  }
  return `<div class="change">\n${lines.join("\n")}\n</div>`;
}

interface Page {
  readonly strings: ChangeStrings;
  readonly idPrefix: string;
}

function passageLines(passages: readonly Passage[], whole: boolean, page: Page): string[] {
  const lines: string[] = [];
  let folded = 0;
  const unfold = () => {
    if (folded > 0) lines.push(aside("change-folded", countedIn(page.strings, "unchanged", folded)));
    folded = 0;
  };
  for (const passage of passages) {
    if (!whole && !passage.pieces.some(isChanged)) {
      folded++;
      continue;
    }
    unfold();
    lines.push(`<p dir="auto">${piecesHtml(passage.pieces, page)}</p>`);
  }
  unfold();
  return lines;
}

const aside = (name: string, text: string): string => `<p class="${name}">${escapeHtml(text)}</p>`;

/** Pieces that moved together stand in one element. */
function piecesHtml(pieces: readonly Piece[], page: Page): string {
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

function pieceHtml({ segment, move, marks }: Piece, page: Page): string {
  const inner = marked(marks, page);
  if (move !== undefined || !segment.cosmetic) return inner;
  return `<span class="cosmetic">${hidden(`(${page.strings.cosmetic})`)} ${inner}</span>`;
}

/** Where one end of a move begins, with a link to the other. */
function moveStart({ segment, move, end }: Piece, page: Page): string {
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

const marked = (marks: readonly WordMark[], page: Page): string => marks.map((mark) => markHtml(mark, page)).join("");

function markHtml({ mark, text }: WordMark, { strings }: Page): string {
  if (mark === "=") return escapeHtml(text);
  const [tag, start, end] =
    mark === "-"
      ? (["del", strings.removedStart, strings.removedEnd] as const)
      : (["ins", strings.addedStart, strings.addedEnd] as const);
  return `<${tag}>${hidden(`${start} `)}${escapeHtml(text)}${hidden(end)}</${tag}>`;
}

/**
 * Heard, not seen: the page's style sheet hides the class from sight only. Its own direction keeps its words, which are
 * not the article's, from deciding that of the paragraph they stand in.
 */
const hidden = (text: string): string => `<span class="visually-hidden" dir="auto">${escapeHtml(text)}</span>`;
