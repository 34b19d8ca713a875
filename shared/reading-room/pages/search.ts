import { asksForSomething, parseSearchQuery, QUERY_CHARACTERS, type SearchQuery } from "../../domain/search-query.ts";
import { hostOf } from "../../domain/url.ts";
import type { Watch } from "../../domain/watch.ts";
import { fillText } from "../../domain/wording.ts";
import type { SearchHit, SearchIndex } from "../../ports/search-index.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { type ExcerptPart, markedTerms, searchExcerpt } from "../search-excerpt.ts";
import { findTexts, readHit } from "../search-hits.ts";
import { fill } from "../wording.ts";

/** Each reads an article from the archive. */
const HITS_PER_PAGE = 10;

/** Articles in whose texts the words stand or stood, and whether they still do. @throws NotFound where there is no search */
export async function searchPage(room: Room, asked: string, after: string | undefined): Promise<Html> {
  const { words, search } = room;
  if (!search) throw new NotFound();
  const { search: say } = words;
  const query = parseSearchQuery(asked);
  const results = asksForSomething(query) ? await resultsOf(room, search, query, asked, after) : null;
  const body = html`<h1>${say.title}</h1>
${form(room, asked)}
${results ?? html`<p class="note">${asked.trim() === "" ? say.about : say.nothingAsked}</p>`}
${!results && help(room)}`;
  const title = results ? fillText(say.titleOf, { query: asked.slice(0, QUERY_CHARACTERS) }) : say.title;
  return layout(room, { title, body, here: "search" });
}

function form({ words: { search: say } }: Room, asked: string): Html {
  return html`<form class="compare search" action="${paths.search}" method="get" role="search"><fieldset>
<label for="q">${say.label}</label>
<input id="q" type="search" name="q" value="${asked}" maxlength="${QUERY_CHARACTERS}" dir="auto" required>
<button type="submit">${say.button}</button></fieldset></form>`;
}

function help({ words: { search: say } }: Room): Html {
  return html`<dl class="claims">${say.help.map(
    ({ form, meaning }) => html`<div><dt><code>${form}</code></dt><dd>${meaning}</dd></div>`,
  )}</dl>`;
}

async function resultsOf(
  room: Room,
  search: SearchIndex,
  query: SearchQuery,
  asked: string,
  after: string | undefined,
): Promise<Html> {
  const { words } = room;
  const page = { limit: HITS_PER_PAGE, ...(after !== undefined && { after }) };
  const found = await findTexts(room, search, query, page);
  const cards = await Promise.all(found.hits.map((hit) => card(room, query, hit, found.watches.get(hit.watchId))));
  const none = after || found.next ? words.search.noneHere : words.search.none;
  return html`${cards.length > 0 ? cards : html`<div class="empty"><p><strong>${none}</strong></p></div>`}
${pager(room, asked, after, found.next)}`;
}

async function card(room: Room, query: SearchQuery, hit: SearchHit, watch: Watch | undefined): Promise<Html> {
  const { watchId, number } = hit;
  const article = await readHit(room, hit);
  const excerpt = article && searchExcerpt(article, query.all);
  const title = titleOf(article?.headline, watch?.url ?? watchId);
  return html`<article class="happening found">
<p class="kicker"><a href="${paths.watch(watchId)}">${foreign(hostOf(watch?.url ?? ""))}</a></p>
<h2 class="headline"${foreignAttributes(article?.language)}><a href="${paths.revision(watchId, number)}">${parts(markedTerms(title, query.all))}</a></h2>
${excerpt && html`<p class="excerpt"${foreignAttributes(article?.language)}>${parts(excerpt)}</p>`}
${standing(room, hit)}
</article>`;
}

const parts = (excerpt: readonly ExcerptPart[]): Html =>
  html`${excerpt.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))}`;

/** What a journalist wants to know: whether it still says so. */
function standing({ words: { search: say } }: Room, { watchId, number, newest }: SearchHit): Html {
  if (number === newest) return html`<p class="when">${fillText(say.stands, { number })}</p>`;
  const change = html`<a href="${paths.change(watchId, number + 1)}">${fillText(say.inRevision, { number: number + 1 })}</a>`;
  return html`<p class="when"><strong class="bad">${fill(say.gone, { change })}</strong> ${fillText(say.lastStood, { number })}</p>`;
}

function pager({ words: { search: say } }: Room, asked: string, after: string | undefined, next: string | undefined) {
  if (!next && !after) return null;
  const place = (query: Record<string, string>) => `${paths.search}?${new URLSearchParams(query).toString()}`;
  return html`<nav class="pager" aria-label="${say.title}">
${after && html`<a href="${place({ q: asked })}">${say.newest}</a>`}
${next && html`<a href="${place({ q: asked, after: next })}" rel="next">${say.older}</a>`}
</nav>`;
}
