import { raw } from "hono/html";
import { changeAsColumns } from "../diff/render/columns.ts";
import { changeAsHtml } from "../diff/render/html.ts";
import type { Comparison, FieldChange } from "../domain/comparison.ts";
import { clean, type Html, html } from "./html.ts";
import { foreignAttributes, marked } from "./marks.ts";
import type { Words } from "./strings.ts";

/** How a comparison is shown. */
export interface View {
  /** In two columns, before beside after. */
  readonly side: boolean;
  /** The text that did not change, too. */
  readonly whole: boolean;
}

/** As a page's query has it; what it does not know, it does not mind. */
export const viewFrom = (query: (name: string) => string | undefined): View => ({
  side: query("view") === "side",
  whole: query("whole") === "1",
});

/** The address of a page shown this way, with whatever else its query names. */
export function inView(path: string, { side, whole }: View, rest: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...(side && { view: "side" }), ...(whole && { whole: "1" }), ...rest });
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The page's heading: the headline with its changes marked, or as it stands where it did not change. */
export const markedHeadline = (
  words: Words,
  change: FieldChange | undefined,
  headline: string,
  language: string | null,
): Html => html`<h1${foreignAttributes(language)}>${change ? marked(words, change.words) : headline}</h1>`;

interface Shown {
  readonly comparison: Comparison;
  readonly language: string | null;
  readonly view: View;
  /** The page's own address, shown another way. */
  readonly otherwise: (view: View) => string;
}

/** What changed. The headline is not here: it heads the page. */
export function comparisonView(words: Words, { comparison, language, view, otherwise }: Shown): Html {
  const { headline: _shownAbove, ...rest } = comparison;
  const { change } = words;
  const hasMoves = comparison.segments.some(({ kind }) => kind === "moved");
  const draw = view.side ? changeAsColumns : changeAsHtml;
  return html`<section class="comparison" aria-label="${change.whatChanged}">
<p class="legend"><ins>${change.legendAdded}</ins> <del>${change.legendRemoved}</del> ${hasMoves && html`<span class="moved">${change.legendMoved}</span>`}
<span class="views"><a href="${otherwise({ ...view, side: !view.side })}">${view.side ? change.inline : change.sideBySide}</a> <a href="${otherwise({ ...view, whole: !view.whole })}">${view.whole ? change.changesOnly : change.wholeText}</a></span></p>
<div class="change-text"${foreignAttributes(language)}>${
    raw(
      clean(draw(rest, { whole: view.whole, typography: "folded", strings: words.marks })),
    ) /* escaped where it is made; a test here holds it to that */
  }</div>
</section>`;
}
