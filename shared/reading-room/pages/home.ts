import { type Choice, choiceQuery, type Found, isChoosing, lookFor } from "../chosen.ts";
import { type Html, html } from "../html.ts";
import { atInstant, moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { type Heartbeat, heartbeat, paths, type Room } from "../room.ts";
import { counted, countedWith } from "../wording.ts";
import { choiceForm, countsLine } from "./choice-form.ts";
import { happeningList } from "./happening-list.ts";

const HAPPENINGS_PER_PAGE = 30;

/** Looked at beside those of the first page, for the line that says what is among them. */
const COUNTED_BESIDE = 120;

/** So many watches are counted one by one; beyond, the page says "more than". Its cost stays the same. */
const COUNTED_WATCHES = 100;

/** The newest changes of all watches, or those that are chosen, under the days on which they were seen. */
export async function homePage(room: Room, choice: Choice, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const choosing = isChoosing(choice);
  const [found, watches, beat] = await Promise.all([
    choosing ? lookFor(room, choice, after) : newest(room, after),
    ledger.watches({ limit: COUNTED_WATCHES }),
    heartbeat(room),
  ]);
  const { happenings, beside = happenings, next } = found;
  const watched = watches.rows.length;
  const body = html`<h1 class="tagline">${words.tagline}</h1>
${standing(room, beat, watched, watches.next !== undefined, watches.rows.filter(({ status }) => status === "paused").length)}
${!choosing && !after && countsLine(room, beside)}
${choiceForm(room, choice, beside)}
${choosing && howFar(room, found)}
${happenings.length > 0 ? happeningList(room, happenings) : !choosing && emptyState(room, watched)}
${pager(room, choice, next, after)}`;
  return layout(room, { title: words.home.title, body, here: "home", heartbeat: beat });
}

/** A page of all happenings; beside the first, more of them to count. */
async function newest({ ledger }: Room, after: string | undefined): Promise<Found> {
  const { rows, next } = await ledger.recent({ limit: HAPPENINGS_PER_PAGE, ...(after && { after }) });
  const found = { happenings: rows, looked: rows.length, back: rows.at(-1)?.at ?? null, ...(next && { next }) };
  if (after || !next) return found;
  const more = await ledger.recent({ limit: COUNTED_BESIDE, after: next });
  return { ...found, beside: [...rows, ...more.rows] };
}

/** What was found is no more than what was looked at; the page says how far that was. */
export function howFar({ words }: Pick<Room, "words">, { happenings, looked, back, next }: Found): Html {
  const { home } = words;
  const sentence = next === undefined ? home.lookedAll : home.looked;
  return html`<p class="note">${counted(words, home.fitting, happenings.length)} ${back !== null && countedWith(words, sentence, looked, { at: moment(words, back) })}</p>`;
}

function standing({ words }: Room, beat: Heartbeat, watched: number, more: boolean, paused: number): Html {
  const { some, many, paused: pausedWords } = words.watching;
  return html`<p class="standing"><a href="${paths.watches}">${counted(words, more ? many : some, watched)}</a>${
    paused > 0 && html` (${counted(words, pausedWords, paused)})`
  }. ${beat.alive && beat.lastTick !== null && atInstant(words, words.health.alive, beat.lastTick)} <a href="${paths.status}">${words.status.title}</a></p>`;
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

function pager({ words }: Room, choice: Choice, next: string | undefined, after: string | undefined): Html | null {
  if (!next && !after) return null;
  const at = (place: Record<string, string>) => {
    const query = new URLSearchParams({ ...choiceQuery(choice), ...place });
    return query.size > 0 ? `${paths.home}?${query}` : paths.home;
  };
  return html`<nav class="pager" aria-label="${words.home.title}">
${after && html`<a href="${at({})}">${words.home.newer}</a>`}
${next && html`<a href="${at({ after: next })}" rel="next">${words.home.older}</a>`}
</nav>`;
}
