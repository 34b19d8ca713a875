import { compareArticles } from "../../diff/compare.ts";
import type { Comparison } from "../../domain/comparison.ts";
import { sha256 } from "../../domain/digest.ts";
import { kindsOf } from "../../domain/label.ts";
import type { Revision } from "../../domain/revision.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readArticle, readComparison } from "../../ports/derived-store.ts";
import { tags } from "../change-facts.ts";
import { comparisonView, inView, markedHeadline, type View } from "../comparison-view.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { keysHint, layout } from "../layout.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import { fill } from "../wording.ts";
import { evidenceBox } from "./change-evidence.ts";

/** Which two, and what an address that cites them remembers of what was shown. */
export interface Compared {
  readonly a: number;
  readonly b: number;
  readonly seen?: string;
}

/**
 * Any two revisions. Both texts are fixed for ever by their revisions' digests. The comparison of neighbours is the
 * recorded one; another is made when it is asked for, within the differ's bound of work, and its address to cite holds
 * its fingerprint: a later differ that sees it otherwise does not change silently what was cited.
 */
export async function comparePage(room: Room, id: string, { a, b, seen }: Compared, view: View): Promise<Html> {
  const { ledger, words } = room;
  const [standing, from, to] = await Promise.all([ledger.overview(id), ledger.revision(id, a), ledger.revision(id, b)]);
  if (!standing || !from || !to) throw new NotFound();
  const { compare } = words;
  const title = fillText(compare.title, { a, b });
  const same = from.reading === to.reading;
  const comparison = await comparisonOf(room, from, to);
  const fingerprint = fingerprintOf(comparison);
  const labels = kindsOf(comparison.labels);
  const hints = kindsOf(comparison.hints);
  const headline = to.headline?.trim() || words.reading.noHeadline;
  const body = html`<p class="kicker"><a href="${paths.watch(id)}">${foreign(hostOf(standing.watch.url))}</a> · ${title}</p>
${markedHeadline(words, comparison.headline, headline, to.language)}
<p class="when">${fill(compare.between, { a, b, from: moment(words, from.firstSeen), to: moment(words, to.firstSeen) })}</p>
${
  same
    ? html`<p class="note">${compare.same}</p>`
    : html`<p class="note">${compare.note}</p>
${tags(words, { significance: comparison.significance, disclosure: null, labels, hints, cause: "edit" })}`
}
${seen !== undefined && seen !== fingerprint && html`<p class="warning">${compare.seenOtherwise}</p>`}
${from.normaliser !== to.normaliser && html`<p class="warning">${compare.twoReaders}</p>`}
<nav class="pager" aria-label="${title}">
<a href="${paths.revision(id, a)}">${fillText(words.change.readBefore, { number: a })}</a>
<a href="${paths.revision(id, b)}">${fillText(words.change.readAfter, { number: b })}</a>
${a !== b && html`<a href="${inView(paths.compare(id, b, a), view)}">${compare.reverse}</a>`}
${b === a + 1 && to.change && html`<a href="${paths.change(id, b)}">${compare.consecutive}</a>`}
</nav>
${comparisonView(words, {
  comparison,
  language: to.language,
  view,
  otherwise: (other) => inView(paths.compare(id, a, b), other, seen === undefined ? {} : { seen }),
})}
${keysHint(words, "comparison")}
<section class="about" aria-labelledby="cite"><h2 id="cite">${compare.cite}</h2>
<p class="note">${seen === fingerprint ? compare.seenSame : compare.citeMeaning}</p>
<p class="links"><a href="${inView(paths.compare(id, a, b), { side: false, whole: false }, { seen: fingerprint })}">${compare.citeLink}</a></p></section>
${evidenceBox(words, from, to)}`;
  return layout(room, { title: `${title}: ${to.headline ?? standing.watch.url}`, body, keys: true });
}

async function comparisonOf({ derived }: Room, from: Revision, to: Revision): Promise<Comparison> {
  if (to.number === from.number + 1 && to.change) return readComparison(derived, to.change.comparison);
  const [before, after] = await Promise.all([readArticle(derived, from.article), readArticle(derived, to.article)]);
  return compareArticles(before, after);
}

/** Names what is shown: both texts, every segment, label and finding. */
const fingerprintOf = (comparison: Comparison): string => sha256(JSON.stringify(comparison)).slice(0, 16);
