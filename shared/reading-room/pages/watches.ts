import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import type { Overview } from "../../ports/ledger.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { heartbeat, paths, type Room } from "../room.ts";
import { counted, fill, period } from "../wording.ts";
import { firstWatchCommand } from "./home.ts";

const WATCHES_PER_PAGE = 25;

/** What is watched, in the order in which it was added, and how each stands. */
export async function watchesPage(room: Room, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const [page, beat] = await Promise.all([
    ledger.overviews({ limit: WATCHES_PER_PAGE, ...(after && { after }) }),
    heartbeat(room),
  ]);
  const { rows } = page;
  const body = html`<h1>${words.watches.title}</h1>
${
  rows.length > 0
    ? html`<ul class="watches">${rows.map((overview) => row(room, overview))}</ul>`
    : html`<div class="empty"><p><strong>${words.watches.none}</strong></p><p>${words.watches.noneAdvice}</p>${firstWatchCommand}</div>`
}
${
  (page.next || after) &&
  html`<nav class="pager" aria-label="${words.watches.title}">
${after && html`<a href="${paths.watches}">${words.watch.newest}</a>`}
${page.next && html`<a href="${paths.watches}?after=${encodeURIComponent(page.next)}" rel="next">${words.watch.older}</a>`}
</nav>`
}`;
  return layout(room, { title: words.watches.title, body, here: "watches", heartbeat: beat });
}

function row({ words }: Room, { watch, state, newest }: Overview): Html {
  const facts = [
    newest && counted(words, words.watches.revisions, newest.number),
    fillText(words.watches.cadence, { period: period(words, watch.cadenceSeconds) }),
    state.lastSeen !== null && fill(words.watch.lastSeen, { at: moment(words, state.lastSeen) }),
  ].filter((fact) => fact !== null && fact !== false);
  return html`<li class="watch">
<p class="kicker">${foreign(hostOf(watch.url))}</p>
<h2 class="headline"${foreignAttributes(newest?.language)}><a href="${paths.watch(watch.id)}">${titleOf(newest?.headline, watch.url)}</a></h2>
<p class="when">${facts.map((fact, index) => [index > 0 && " · ", fact])}</p>
<ul class="tags">${[
    watch.status === "paused" && html`<li class="tag technical">${words.watches.paused}</li>`,
    state.unpublished && html`<li class="tag unmarked">${words.watches.unpublished}</li>`,
    !newest && html`<li class="tag technical">${words.watches.unread}</li>`,
    state.failures > 0 && html`<li class="tag unmarked">${counted(words, words.watches.failing, state.failures)}</li>`,
    watch.tags.map((tag) => html`<li class="tag"><a href="${paths.tag(tag)}">${foreign(tag)}</a></li>`),
  ]}</ul>
</li>`;
}
