import { type Article, comparedBlocks } from "../../domain/article.ts";
import { DEFAULT_CADENCE_SECONDS } from "../../domain/cadence.ts";
import { type Enrolment, MOST_ENROLLED, OFFERED_CADENCES } from "../../domain/enrolment.ts";
import { FAILURES } from "../../domain/failure.ts";
import { fillText } from "../../domain/wording.ts";
import type { EnrolmentProblem, EnrolmentWish } from "../../ports/enrolment-desk.ts";
import { titleOf } from "../happening.ts";
import { cut, foreign, type Html, html, languageTag, plain } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { paths, type Room } from "../room.ts";
import { counted, fill, period } from "../wording.ts";
import { ENTRY_STANDINGS, type Enrolled, type EntryStanding, NO_GOOD } from "./standing.ts";

/** So many pages of a list are shown with what is read of them; they are long to look through. */
const ENTRIES_PER_PAGE = 50;

const PREVIEW_CHARS = 280;

/** What the form shows: as an address filled it in, or as it was sent. */
export type Filled = Partial<EnrolmentWish>;

/** The form that takes a list. @param token - without which it is not taken */
export function formPage(room: Room, token: string, address: string, filled: Filled, wrong?: EnrolmentProblem): Html {
  const { words } = room;
  const { form: say, problem } = words.enrolling;
  const cadence = filled.cadenceSeconds ?? DEFAULT_CADENCE_SECONDS;
  const body = html`<h1>${say.title}</h1>
<p>${say.lead}</p>
${wrong && html`<div class="warning" role="alert"><p><strong>${problem.title}</strong> ${problem[wrong]}</p></div>`}
<form class="subscribing" method="post" action="${paths.enrol}">
<input type="hidden" name="token" value="${token}">
<label class="field">${say.urls} <textarea name="urls" rows="12" spellcheck="false" required aria-describedby="urls">${textareaText(filled.urls)}</textarea></label>
<p class="note" id="urls">${say.urlsNote}</p>
<label class="field">${say.tags} <input name="tags" maxlength="700" value="${filled.tags}" aria-describedby="tags"></label>
<p class="note" id="tags">${say.tagsNote}</p>
<label class="field">${say.cadence} <select name="every">${OFFERED_CADENCES.map(
    (seconds) =>
      html`<option value="${seconds}"${seconds === cadence && html` selected`}>${period(words, seconds)}</option>
`,
  )}</select></label>
<p class="buttons"><button>${say.button}</button></p>
</form>
<section class="apart" aria-labelledby="bookmarklet"><h2 id="bookmarklet">${say.bookmarklet}</h2>
<p>${say.bookmarkletNote}</p>
<p><a href="${bookmarklet(address)}">${say.bookmarkletName}</a></p></section>`;
  return sheet(room, say.title, body);
}

/** A parser drops the first line break of a textarea. */
const textareaText = (text = ""): string => `\n${text}`;

/** Opens the form with the address of the page on which it is pressed. The room’s address comes from its operator. */
const bookmarklet = (address: string): string =>
  `javascript:location.href=${JSON.stringify(`${address}${paths.enrol}?url=`)}+encodeURIComponent(location.href)`;

/** Which of a list's pages are shown. */
export interface Shown {
  readonly standing?: EntryStanding;
  /** The first of them, counted from 0. */
  readonly from: number;
}

/** What became of a list, now: it can be looked at again. */
export function answerPage(
  room: Room,
  {
    id,
    token,
    enrolment,
    enrolled,
  }: { id: string; token: string; enrolment: Enrolment; enrolled: readonly Enrolled[] },
  { standing, from }: Shown,
): Html {
  const { words } = room;
  const { answer: say } = words.enrolling;
  const wanted = enrolled.filter((one) => standing === undefined || one.standing === standing);
  const rows = wanted.slice(from, from + ENTRIES_PER_PAGE);
  const canTakeBack = rows.some(isTakeable);
  const here = placeOf(id, { from, ...(standing && { standing }) });
  const at = (start: number) => placeOf(id, { from: start, ...(standing && { standing }) });
  const list = html`<ol class="enrolled" start="${from + 1}">${rows.map((one) =>
    row(room, one, standing !== undefined && NO_GOOD.has(standing)),
  )}</ol>`;
  const body = html`<h1>${say.title}</h1>
<p>${fill(say.given, { at: moment(words, enrolment.at), period: period(words, enrolment.cadenceSeconds) })}</p>
${enrolment.tags.length > 0 && html`<ul class="tags">${enrolment.tags.map((tag) => html`<li class="tag">${foreign(tag)}</li>`)}</ul>`}
${tally(room, id, enrolled, standing)}
<p class="links"><a href="${here}">${say.again}</a> <a href="${paths.enrol}">${say.more}</a></p>
${
  canTakeBack
    ? html`<form class="subscribing" method="post" action="${here}"><input type="hidden" name="token" value="${token}">
${list}
<p class="buttons"><button class="second">${say.takeBack}</button></p><p class="note">${say.takeBackNote}</p></form>`
    : list
}
${
  wanted.length > ENTRIES_PER_PAGE &&
  html`<nav class="pager" aria-label="${say.title}">
${from > 0 && html`<a href="${at(Math.max(0, from - ENTRIES_PER_PAGE))}" rel="prev">${say.earlier}</a>`}
${from + ENTRIES_PER_PAGE < wanted.length && html`<a href="${at(from + ENTRIES_PER_PAGE)}" rel="next">${say.further}</a>`}
</nav>`
}`;
  return sheet(room, say.title, body);
}

/** Where a part of a list stands. */
export function placeOf(id: string, { standing, from }: Shown): string {
  const query = new URLSearchParams({ ...(standing && { show: standing }), ...(from > 0 && { from: String(from) }) });
  return `${paths.enrolment(id)}${query.size > 0 ? `?${query}` : ""}`;
}

/** The part of a list that a request names; what it cannot mean is all of it. */
export function shownFrom(show: string | undefined, start: string | undefined): Shown {
  const standing = ENTRY_STANDINGS.find((one) => one === show);
  const from = Number(start);
  return { from: Number.isInteger(from) && from > 0 && from < MOST_ENROLLED ? from : 0, ...(standing && { standing }) };
}

function tally({ words }: Room, id: string, enrolled: readonly Enrolled[], shown: EntryStanding | undefined): Html {
  const { answer: say, standing: names } = words.enrolling;
  const count = (standing: EntryStanding) => enrolled.filter((one) => one.standing === standing).length;
  const some = ENTRY_STANDINGS.map((standing) => [standing, count(standing)] as const).filter(
    ([, number]) => number > 0,
  );
  const current = (is: boolean) => is && html` aria-current="page"`;
  return html`<nav aria-label="${say.counts}"><ul class="tags">
<li class="tag"><a href="${placeOf(id, { from: 0 })}"${current(shown === undefined)}>${say.all}: ${counted(words, say.urls, enrolled.length)}</a></li>
${some.map(
  ([standing, number]) =>
    html`<li class="tag"><a href="${placeOf(id, { from: 0, standing })}"${current(shown === standing)}>${names[standing].name}: ${number}</a></li>
`,
)}</ul></nav>`;
}

const isTakeable = ({ entry, standing }: Enrolled): boolean =>
  entry.kind === "added" && standing !== "taken-back" && standing !== "hidden";

function row(room: Room, enrolled: Enrolled, chosen: boolean): Html {
  const { words } = room;
  const { answer: say, standing: names } = words.enrolling;
  const { entry, standing, overview, article, failure } = enrolled;
  const { name, meaning } = names[standing];
  const address = overview?.watch.url ?? entry.given;
  const box =
    entry.kind !== "refused" &&
    isTakeable(enrolled) &&
    html`<input type="checkbox" name="watch" value="${entry.watchId}" aria-label="${fillText(say.choose, { url: plain(address) })}"${chosen && html` checked`}>`;
  return html`<li>
<p class="enrolled-head">${box} <strong class="${NO_GOOD.has(standing) || standing === "refused" ? "bad" : standing === "readable" ? "good" : "neutral"}">${name}</strong> <span class="address">${foreign(cut(address, 300))}</span></p>
${article && overview?.newest ? preview(room, article) : html`<p class="note">${meaning}</p>`}
${entry.kind === "refused" && html`<p>${foreign(cut(entry.problem, 300))}</p>`}
${
  failure &&
  html`<p>${FAILURES[failure.kind].meaning} (${foreign(cut(failure.detail, 300))}).</p>
<p class="note">${fillText(words.watch.failureAdvice, { advice: FAILURES[failure.kind].advice })}</p>`
}
${overview && standing !== "taken-back" && html`<p class="links"><a href="${paths.watch(overview.watch.id)}">${entry.kind === "added" ? say.watch : titleOf(overview.newest?.headline, overview.watch.url)}</a></p>`}
</li>`;
}

/** What the normaliser reads: enough to see that it is the article, and that it is whole. */
function preview({ words }: Room, article: Article): Html {
  const { answer: say, standing } = words.enrolling;
  const blocks = comparedBlocks(article);
  const facts = [
    counted(words, say.words, wordCount(blocks.map(({ text }) => text).join("\n"), article.language)),
    article.byline !== null && fill(say.byline, { byline: foreign(cut(article.byline, 100)) }),
    article.byline === null && article.published === null && say.noClaims,
    article.flags.some((flag) => flag.startsWith("paywall:")) && standing.stub.meaning,
  ].filter((fact) => fact !== false);
  return html`<div class="enrolled-reading" role="group" aria-label="${say.reads}">
<p class="headline"${foreignAttributes(article.language)}>${article.headline === null ? say.noHeadline : cut(article.headline, 200)}</p>
<p${foreignAttributes(article.language)}>${cut(
    blocks
      .map(({ text }) => text)
      .join(" ")
      .slice(0, PREVIEW_CHARS * 2),
    PREVIEW_CHARS,
  )}</p>
<p class="evidence-line">${facts.map((fact, index) => [index > 0 && " · ", fact])}</p></div>`;
}

/** Words as the text's language has them: Thai and Japanese write none apart. */
function wordCount(text: string, language: string | null): number {
  const segmenter = new Intl.Segmenter(languageTag(language) ?? "en", { granularity: "word" });
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** What whoever may not use the form sees. */
export const closedPage = (room: Room, why: "noLink" | "noForms"): Html => {
  const { closed: say } = room.words.enrolling;
  return sheet(room, say.title, html`<h1>${say.title}</h1><p>${say[why]}</p>`);
};

/** An editor need be no reader of a private room: its feeds' key is none of theirs. */
const sheet = (room: Room, title: string, body: Html): Html =>
  layout(room, { title, body, toAnyone: room.access.kind === "private" && room.viewer !== "operator" });
