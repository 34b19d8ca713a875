import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readArticle } from "../../ports/derived-store.ts";
import { articleText } from "../article-text.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { keysHint, layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { fill } from "../wording.ts";
import { citeBox } from "./cite.ts";

/** The article as one revision reads. */
export async function revisionPage(room: Room, id: string, number: number): Promise<Html> {
  const { ledger, derived, words } = room;
  const [standing, revision] = await Promise.all([ledger.overview(id), ledger.revision(id, number)]);
  if (!standing || !revision) throw new NotFound();
  const article = await readArticle(derived, revision.article);
  const newest = Math.max(number, standing.newest?.number ?? 0);
  const { reading } = words;
  const body = html`<p class="kicker"><a href="${paths.watch(id)}">${foreign(hostOf(standing.watch.url))}</a> · ${fillText(reading.title, { number })}</p>
<h1${foreignAttributes(article.language)}>${article.headline?.trim() || reading.noHeadline}</h1>
<p class="when">${fill(reading.firstSeen, { at: moment(words, revision.firstSeen) })}. ${number === newest && reading.newest}</p>
${article.flags.length > 0 && html`<p class="warning">${fill(reading.flags, { flags: foreign(article.flags.join("; ")) })}</p>`}
<nav class="pager" aria-label="${fillText(reading.title, { number })}">
${number > 1 && html`<a href="${paths.revision(id, number - 1)}" rel="prev">← ${fillText(reading.previous, { number: number - 1 })}</a>`}
${revision.change && html`<a href="${paths.change(id, number)}">${reading.change}</a>`}
<a href="${paths.watch(id)}">${reading.watch}</a>
${number < newest && html`<a href="${paths.revision(id, number + 1)}" rel="next">${fillText(reading.next, { number: number + 1 })} →</a>`}
</nav>
${articleText(words, article)}
${citeBox(room, { url: standing.watch.url, revision, article })}
${keysHint(words, "revision")}`;
  const title = `${fillText(reading.title, { number })}: ${titleOf(article.headline, standing.watch.url)}`;
  return layout(room, { title, body, keys: true });
}
