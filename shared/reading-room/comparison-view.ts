import { raw } from "hono/html";
import { changeAsHtml } from "../diff/render/html.ts";
import type { Comparison, FieldChange } from "../domain/comparison.ts";
import { clean, type Html, html } from "./html.ts";
import { foreignAttributes, marked } from "./marks.ts";
import type { Words } from "./strings.ts";

/** The page's heading: the headline with its changes marked, or as it stands where it did not change. */
export const markedHeadline = (
  words: Words,
  change: FieldChange | undefined,
  headline: string,
  language: string | null,
): Html => html`<h1${foreignAttributes(language)}>${change ? marked(words, change.words) : headline}</h1>`;

interface View {
  readonly comparison: Comparison;
  readonly language: string | null;
  /** The text that did not change, too. */
  readonly whole: boolean;
  /** The same page with the other choice of `whole`. */
  readonly otherwise: string;
}

/** What changed, inline. The headline is not here: it heads the page. */
export function comparisonView(words: Words, { comparison, language, whole, otherwise }: View): Html {
  const { headline: _shownAbove, ...rest } = comparison;
  const { change } = words;
  const hasMoves = comparison.segments.some(({ kind }) => kind === "moved");
  return html`<section class="comparison" aria-label="${change.whatChanged}">
<p class="legend"><ins>${change.legendAdded}</ins> <del>${change.legendRemoved}</del> ${hasMoves && html`<span class="moved">${change.legendMoved}</span>`} <a href="${otherwise}">${whole ? change.changesOnly : change.wholeText}</a></p>
<div class="change-text"${foreignAttributes(language)}>${
    raw(
      clean(changeAsHtml(rest, { whole, strings: words.marks })),
    ) /* escaped where it is made; a test here holds it to that */
  }</div>
</section>`;
}
