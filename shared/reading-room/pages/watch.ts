import type { Revision } from "../../domain/revision.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import type { Overview } from "../../ports/ledger.ts";
import { isWithheld } from "../gate.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html, outwardLink } from "../html.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { NotFound } from "../parameters.ts";
import { heartbeat, paths, type Room } from "../room.ts";
import { takesNewcomers } from "../services.ts";

import { timelinePicture } from "./timeline-picture.ts";
import { toldText } from "./told-text.ts";
import { CAPTURES_SHOWN, captureList } from "./watch-captures.ts";
import { standingFacts } from "./watch-standing.ts";
import { type Moment, timeline } from "./watch-timeline.ts";

const REVISIONS_PER_PAGE = 50;
const EVENTS_SHOWN = 200;

/** Where the timeline goes on: the ledger's cursor, and the instant that the page before ended at. */
export interface TimelinePlace {
  readonly after?: string;
  readonly before?: string;
}

/** All that happened to one article, its text now, and what was captured. */
export async function watchPage(room: Room, id: string, { after, before }: TimelinePlace): Promise<Html> {
  const { ledger, words } = room;
  const [standing, revisions, events, captures, beat] = await Promise.all([
    ledger.overview(id),
    ledger.revisions(id, { limit: REVISIONS_PER_PAGE, ...(after && { after }) }),
    ledger.events(id, { limit: EVENTS_SHOWN }),
    ledger.captures(id, { limit: CAPTURES_SHOWN }),
    heartbeat(room),
  ]);
  if (!standing) throw new NotFound();
  const { watch, newest } = standing;
  const until = revisions.next ? (revisions.rows.at(-1)?.firstSeen ?? "") : "";
  const moments: Moment[] = [
    ...revisions.rows.map((revision) => ({ kind: "revision" as const, at: revision.firstSeen, revision })),
    ...events.rows.map((event) => ({ kind: "event" as const, at: event.observed.firstSeen, event })),
  ]
    .filter(({ at }) => at >= until && (!before || at < before))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const body = html`${head(standing)}
${standingFacts(room, standing)}
${takesNewcomers(room.subscribing) && html`<p class="links"><a href="${paths.subscribeTo(id)}">${words.subscribing.subscribe.here}</a></p>`}
<section aria-labelledby="timeline"><h2 id="timeline">${words.watch.timeline}</h2>
${timelinePicture(room, moments, standing.state.checked ?? "")}
${timeline(room, moments)}
${pager(room, id, after, revisions.next, until)}
${newest && newest.number > 1 && html`<p class="links"><a href="${paths.history(id)}">${words.watch.history}</a></p>`}
${newest && newest.number > 1 && compareForm(room, id, newest.number)}
</section>
${newest && !after && (await currentText(room, newest, revisions.rows))}
${captureList(room, captures.rows)}`;
  const title = titleOf(newest?.headline, watch.url);
  const feed = { path: paths.watchFeed(id), title: fillText(words.feed.one, { headline: title }) };
  return layout(room, { title, body, feed, heartbeat: beat });
}

function head({ watch, newest }: Overview): Html {
  return html`<p class="kicker"><a href="${paths.source(hostOf(watch.url))}">${foreign(hostOf(watch.url))}</a></p>
<h1${foreignAttributes(newest?.language)}>${newest?.headline?.trim() || watch.url}</h1>
<p class="address">${outwardLink(watch.url, watch.url)}</p>`;
}

async function currentText(room: Room, newest: Revision, rows: readonly Revision[]): Promise<Html> {
  const { words } = room;
  const title = html`<h2 id="now">${words.watch.text}</h2>`;
  if (isWithheld(newest.article)) {
    return html`<section aria-labelledby="now">${title}
<p class="note"><a href="${paths.revision(newest.watchId, newest.number)}">${words.restricted.text}</a></p></section>`;
  }
  return html`<section aria-labelledby="now">${title}
<p class="note"><a href="${paths.revision(newest.watchId, newest.number)}">${fillText(words.watch.textOf, { number: newest.number })}</a></p>
${await toldText(room, newest, rows)}</section>`;
}

function pager({ words }: Room, id: string, after: string | undefined, next: string | undefined, until: string) {
  if (!next && !after) return null;
  const query = next && new URLSearchParams({ after: next, before: until });
  return html`<nav class="pager" aria-label="${words.watch.timeline}">
${after && html`<a href="${paths.watch(id)}">${words.watch.newest}</a>`}
${query && html`<a href="${paths.watch(id)}?${query.toString()}" rel="next">${words.watch.older}</a>`}
</nav>`;
}

/** Numbers, since a long history makes a list of choices that nobody scrolls through. */
function compareForm({ words }: Room, id: string, newest: number): Html {
  const { compare, compareFrom, compareTo, compareButton } = words.watch;
  return html`<form class="compare" action="${paths.compareForm(id)}" method="get"><fieldset><legend>${compare}</legend>
<label>${compareFrom} <input type="number" name="a" min="1" max="${newest}" value="1" required></label>
<label>${compareTo} <input type="number" name="b" min="1" max="${newest}" value="${newest}" required></label>
<button type="submit">${compareButton}</button></fieldset></form>`;
}
