import { type Happening, happeningKey, watchIdOfHappening } from "../../domain/happening.ts";
import { hostOf } from "../../domain/url.ts";
import type { Page } from "../../ports/ledger.ts";
import { changeInBrief, eventInBrief, isToldElsewhere, titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { atInstant, dayName } from "../instants.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { type Heartbeat, heartbeat, paths, type Room } from "../room.ts";
import { counted } from "../wording.ts";

const HAPPENINGS_PER_PAGE = 30;

/** So many watches are counted one by one; beyond, the page says "more than". Its cost stays the same. */
const COUNTED_WATCHES = 100;

/** The newest changes of all watches, under the days on which they were seen. */
export async function homePage(room: Room, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const [recent, watches, beat] = await Promise.all([
    ledger.recent({ limit: HAPPENINGS_PER_PAGE, ...(after && { after }) }),
    ledger.watches({ limit: COUNTED_WATCHES }),
    heartbeat(room),
  ]);
  const watched = watches.rows.length;
  const body = html`<h1 class="tagline">${words.tagline}</h1>
${standing(room, beat, watched, watches.next !== undefined, watches.rows.filter(({ status }) => status === "paused").length)}
${recent.rows.length > 0 ? days(room, recent.rows) : emptyState(room, watched)}
${pager(room, recent, after)}`;
  return layout(room, { title: words.home.title, body, here: "home", heartbeat: beat });
}

function standing({ words }: Room, beat: Heartbeat, watched: number, more: boolean, paused: number): Html {
  const { some, many, paused: pausedWords } = words.watching;
  return html`<p class="standing"><a href="${paths.watches}">${counted(words, more ? many : some, watched)}</a>${
    paused > 0 && html` (${counted(words, pausedWords, paused)})`
  }. ${beat.alive && beat.lastTick !== null && atInstant(words, words.health.alive, beat.lastTick)} <a href="${paths.status}">${words.status.title}</a></p>`;
}

function days(room: Room, happenings: readonly Happening[]): Html {
  const shown = happenings.filter((happening) => !isToldElsewhere(happening));
  const byDay = Object.entries(Object.groupBy(shown, ({ at }) => at.slice(0, 10)));
  return html`${byDay.map(
    ([day, those]) => html`<section class="day">
<h2 class="day-name">${dayName(room.words, `${day}T00:00:00.000Z`)}</h2>
${those?.map((happening) => card(room, happening))}
</section>`,
  )}`;
}

function card({ words }: Room, happening: Happening): Html {
  const id = watchIdOfHappening(happening);
  const told = happening.kind === "revision" ? happening.revision : happening.event;
  const language = happening.kind === "revision" ? happening.revision.language : null;
  const page = happening.kind === "revision" ? paths.change(id, happening.revision.number) : paths.watch(id);
  return html`<article class="happening" id="${happeningKey(happening)}">
<p class="kicker"><a href="${paths.watch(id)}">${foreign(hostOf(happening.url))}</a></p>
<h3 class="headline"${foreignAttributes(language)}><a href="${page}">${titleOf(told.headline, happening.url)}</a></h3>
${happening.kind === "revision" ? changeInBrief(words, happening.revision) : eventInBrief(words, happening.event)}
</article>`;
}

function emptyState({ words }: Room, watched: number): Html {
  if (watched > 0)
    return html`<div class="empty"><p><strong>${words.home.nothing}</strong></p><p>${words.home.nothingAdvice}</p>
<p><a href="${paths.watches}">${words.watches.title}</a></p></div>`;
  return html`<div class="empty"><p><strong>${words.home.noWatches}</strong></p><p>${words.home.noWatchesAdvice}</p>
${firstWatchCommand}</div>`;
}

/** How the operator adds a watch; a command, so the same in every language. */
export const firstWatchCommand = html`<pre><code>npm run -s variorum -- watch add https://example.org/an-article</code></pre>`;

function pager({ words }: Room, { next }: Page<Happening>, after: string | undefined): Html | null {
  if (!next && !after) return null;
  return html`<nav class="pager" aria-label="${words.home.title}">
${after && html`<a href="${paths.home}">${words.home.newer}</a>`}
${next && html`<a href="${paths.home}?after=${encodeURIComponent(next)}" rel="next">${words.home.older}</a>`}
</nav>`;
}
