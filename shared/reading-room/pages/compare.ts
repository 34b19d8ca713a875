import { compareArticles } from "../../diff/compare.ts";
import { kindsOf } from "../../domain/label.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readArticle } from "../../ports/derived-store.ts";
import { tags } from "../change-facts.ts";
import { comparisonView, inView, markedHeadline, type View } from "../comparison-view.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { keysHint, layout } from "../layout.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { fill } from "../wording.ts";

/** Any two revisions, compared when asked; the comparison itself is bounded by work. */
export async function comparePage(room: Room, id: string, a: number, b: number, view: View): Promise<Html> {
  const { ledger, derived, words } = room;
  const [standing, from, to] = await Promise.all([ledger.standing(id), ledger.revision(id, a), ledger.revision(id, b)]);
  if (!standing || !from || !to) throw new NotFound();
  const [before, after] = await Promise.all([readArticle(derived, from.article), readArticle(derived, to.article)]);
  const { compare } = words;
  const title = fillText(compare.title, { a, b });
  const same = from.reading === to.reading;
  const comparison = compareArticles(before, after);
  const labels = kindsOf(comparison.labels);
  const hints = kindsOf(comparison.hints);
  const body = html`<p class="kicker"><a href="${paths.watch(id)}">${foreign(hostOf(standing.watch.url))}</a> · ${title}</p>
${markedHeadline(words, comparison.headline, after.headline?.trim() || words.reading.noHeadline, to.language)}
<p class="when">${fill(compare.between, { a, b, from: moment(words, from.firstSeen), to: moment(words, to.firstSeen) })}</p>
${
  same
    ? html`<p class="note">${compare.same}</p>`
    : html`<p class="note">${compare.note}</p>
${tags(words, { significance: comparison.significance, disclosure: null, labels, hints, cause: "edit" })}`
}
${from.normaliser !== to.normaliser && html`<p class="warning">${compare.twoReaders}</p>`}
<nav class="pager" aria-label="${title}">
<a href="${paths.revision(id, a)}">${fillText(words.change.readBefore, { number: a })}</a>
<a href="${paths.revision(id, b)}">${fillText(words.change.readAfter, { number: b })}</a>
${a !== b && html`<a href="${inView(paths.compare(id, b, a), view)}">${compare.reverse}</a>`}
${b === a + 1 && to.change && html`<a href="${paths.change(id, b)}">${compare.consecutive}</a>`}
</nav>
${comparisonView(words, { comparison, language: to.language, view, otherwise: (other) => inView(paths.compare(id, a, b), other) })}
${keysHint(words, "comparison")}`;
  return layout(room, { title: `${title}: ${after.headline ?? standing.watch.url}`, body, keys: true });
}
