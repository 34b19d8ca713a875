import type { Comparison } from "../../domain/comparison.ts";
import { type ChangeSummary, hintsBeside, type Revision } from "../../domain/revision.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readArticle, readComparison } from "../../ports/derived-store.ts";
import { cardOfRevision } from "../card.ts";
import { isUnmarked, tags } from "../change-facts.ts";
import { comparisonView, inView, markedHeadline, type View } from "../comparison-view.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { interval } from "../instants.ts";
import { keysHint, layout } from "../layout.ts";
import { NotFound } from "../parameters.ts";
import { CHANGE_FORMATS, paths, type Room } from "../room.ts";
import { claims, evidenceBox } from "./change-evidence.ts";
import { citeBox } from "./cite.ts";

/** What changed from revision n-1 to n, when, whether readers were told, and the evidence for it. */
export async function changePage(room: Room, id: string, number: number, view: View): Promise<Html> {
  const { ledger, derived, words } = room;
  const [standing, before, after] = await Promise.all([
    ledger.overview(id),
    ledger.revision(id, number - 1),
    ledger.revision(id, number),
  ]);
  if (!standing || !before || !after?.change) throw new NotFound();
  const [comparison, article] = await Promise.all([
    readComparison(derived, after.change.comparison),
    readArticle(derived, after.article),
  ]);
  const newest = Math.max(number, standing.newest?.number ?? 0);
  const body = html`${head(room, standing.watch.url, after, after.change, comparison)}
${comparisonView(words, { comparison, language: after.language, view, otherwise: (other) => inView(paths.change(id, number), other) })}
${steps(room, id, number, newest, view)}
${keysHint(words, "change")}
<section class="about" aria-labelledby="about"><h2 id="about">${words.change.about}</h2>
${isUnmarked({ ...after.change, cause: after.cause }) && html`<p class="note">${words.unmarkedMeaning}</p>`}
${after.cause === "edit" && hintsBeside(after.change).length > 0 && html`<p class="note">${words.hintMeaning}</p>`}
${claims(words, after.change, comparison, article)}
${handedOn(room, id, number)}
</section>
${citeBox(room, { url: standing.watch.url, revision: after, before, article })}
${evidenceBox(words, before, after)}`;
  const title = fillText(words.change.shortTitle, { number, headline: titleOf(after.headline, standing.watch.url) });
  if (!room.cards) return layout(room, { title, body, keys: true });
  const { alt } = await cardOfRevision(standing.watch.url, after, comparison);
  return layout(room, { title, body, keys: true, card: { path: paths.card(id, number), alt, title } });
}

function head({ words }: Room, url: string, after: Revision, change: ChangeSummary, comparison: Comparison): Html {
  const { watchId, number, headline, language, cause } = after;
  return html`<p class="kicker"><a href="${paths.watch(watchId)}">${foreign(hostOf(url))}</a> · ${fillText(words.change.title, { number })}</p>
${markedHeadline(words, comparison.headline, headline?.trim() || words.reading.noHeadline, language)}
<p class="when">${words.change.observed} ${interval(words, change.observed)}</p>
${tags(words, { ...change, cause })}`;
}

/** The change in other forms, and what became of its sentences before and after it. */
function handedOn({ words, cards }: Room, id: string, number: number): Html {
  const { as, history, picture } = words.change;
  return html`<p class="links">${cards && html`<a href="${paths.card(id, number)}">${picture}</a> `}${CHANGE_FORMATS.map((format) => html`<a href="${paths.changeAs(id, number, format)}">${as[format]}</a> `)}
<a href="${paths.history(id)}">${history}</a></p>`;
}

/** Whoever reads change after change stays with the view that was chosen. */
function steps({ words }: Room, id: string, number: number, newest: number, view: View): Html {
  const { change } = words;
  const changeAt = (number: number) => inView(paths.change(id, number), view);
  return html`<nav class="pager" aria-label="${change.pages}">
${number > 2 && html`<a href="${changeAt(number - 1)}" rel="prev">← ${change.previous}</a>`}
<a href="${paths.revision(id, number - 1)}">${fillText(change.readBefore, { number: number - 1 })}</a>
<a href="${paths.revision(id, number)}">${fillText(change.readAfter, { number })}</a>
${number < newest && html`<a href="${changeAt(number + 1)}" rel="next">${change.next} →</a>`}
</nav>`;
}
