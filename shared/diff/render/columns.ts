import type { Comparison, WordMark } from "../../domain/comparison.ts";
import { escapeHtml } from "./escape.ts";
import type { HtmlOptions } from "./html.ts";
import { gapBefore, isChanged, type Passage, type Piece, passagesOf } from "./passages.ts";
import {
  changedFields,
  closingNotes,
  foldedPassages,
  type HtmlPage,
  heard,
  markedHtml,
  piecesHtml,
} from "./passages-html.ts";
import { stringsWith } from "./strings.ts";

type Side = "before" | "after";

/** Of each side: the end of a move that stands there, and the mark that does not. */
const SIDES = {
  before: { notHere: "to", without: "+" },
  after: { notHere: "from", without: "-" },
} as const;

/**
 * A change as HTML in two columns: what was beside what is, paragraph by paragraph, each paragraph a `div.pair` of two
 * cells. A style sheet makes columns of them; read one after the other they tell the same. Else as `changeAsHtml`.
 */
export function changeAsColumns(comparison: Comparison, options: HtmlOptions = {}): string {
  const page = { strings: stringsWith(options.strings), idPrefix: options.idPrefix ?? "moved" };
  const folding = { whole: options.whole === true, typography: options.typography ?? "shown" };
  const fields = changedFields(comparison).map(([name, { words }]) => {
    const label = `<p class="change-field">${escapeHtml(page.strings[name])}</p>`;
    const side = (side: Side) => cell(side, [`<p dir="auto">${markedHtml(marksOn(side, words), page)}</p>`], page);
    return `${label}\n${pair(true, side("before"), side("after"))}`;
  });
  const passages = foldedPassages(passagesOf(comparison), folding, page, (passage) => {
    const side = (side: Side) => cell(side, paragraphs(side, passage, comparison, page), page);
    return pair(passage.pieces.some(isChanged), side("before"), side("after"));
  });
  return `<div class="change columns">\n${[...fields, ...passages, ...closingNotes(comparison, page)].join("\n")}\n</div>`;
}

const pair = (changed: boolean, before: string, after: string): string =>
  `<div class="pair${changed ? "" : " same"}">${before}${after}</div>`;

function cell(side: Side, paragraphs: readonly string[], { strings }: HtmlPage): string {
  return paragraphs.length === 0
    ? `<div class="${side} none">${heard(strings[`${side}None`])}</div>`
    : `<div class="${side}"><span class="cell-name">${escapeHtml(strings[side])}</span>${paragraphs.join("")}</div>`;
}

/** A passage can be of several paragraphs before: they were made one. */
function paragraphs(side: Side, { pieces }: Passage, comparison: Comparison, page: HtmlPage): string[] {
  const there = pieces.flatMap((piece) => {
    const span = piece.segment[side];
    if (!span || piece.end === SIDES[side].notHere) return [];
    const marks = marksOn(side, piece.segment.words ?? piece.marks);
    return [{ paragraph: span.paragraph, piece: { ...piece, marks, gap: gapBefore(comparison[side], span) } }];
  });
  return [...Map.groupBy(there, ({ paragraph }) => paragraph).values()].map(
    (those) =>
      `<p dir="auto">${piecesHtml(
        those.map(({ piece }): Piece => piece),
        page,
      )}</p>`,
  );
}

const marksOn = (side: Side, marks: readonly WordMark[]): WordMark[] =>
  marks.filter(({ mark }) => mark !== SIDES[side].without);
