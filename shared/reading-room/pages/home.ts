import { type Choice, choiceQuery, type Found, isChoosing, lookFor } from "../chosen.ts";
import { type Html, html } from "../html.ts";
import { atInstant, moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { type Heartbeat, heartbeat, paths, type Room } from "../room.ts";
import { counted, countedWith } from "../wording.ts";
import { choiceForm, countsLine } from "./choice-form.ts";
import { happeningList } from "./happening-list.ts";

const HAPPENINGS_PER_PAGE = 50;

/** So many watches are counted one by one; beyond, the page says "more than". Its cost stays the same. */
const COUNTED_WATCHES = 100;

/** The newest changes of all watches, or those that are chosen, under the days on which they were seen. */
export async function homePage(room: Room, choice: Choice, after: string | undefined): Promise<Html> {
  return isChoosing(choice) ? narrowed(room, choice, after) : everything(room, after);
}

async function everything(room: Room, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const [{ rows, next }, watches, beat] = await Promise.all([
    ledger.recent({ limit: HAPPENINGS_PER_PAGE, ...(after && { after }) }),
    ledger.watches({ limit: COUNTED_WATCHES }),
    heartbeat(room),
  ]);
  const watched = watches.rows.length;
  const paused = watches.rows.filter(({ status }) => status === "paused").length;
  const body = html`<h1 class="tagline">${words.tagline}</h1>
${standing(room, beat, { watched, more: watches.next !== undefined, paused })}
${!after && countsLine(room, rows)}
${choiceForm(room, {}, rows)}
${rows.length > 0 ? happeningList(room, rows) : emptyState(room, watched)}
${pager(room, {}, next, after)}`;
  return layout(room, { title: words.home.title, body, here: "home", heartbeat: beat });
}

/** So often a narrowed page looks for more; by a tag it asks for the watches as well. */
const timesFor = ({ tag }: Choice): number => (tag === undefined ? 2 : 1);

async function narrowed(room: Room, choice: Choice, after: string | undefined): Promise<Html> {
  const { words } = room;
  const [found, beat] = await Promise.all([lookFor(room, choice, { after, times: timesFor(choice) }), heartbeat(room)]);
  const body = html`<h1 class="tagline">${words.tagline}</h1>
${choiceForm(room, choice, found.happenings)}
${howFar(room, found)}
${happeningList(room, found.happenings)}
${pager(room, choice, found.next, after)}`;
  return layout(room, { title: words.home.title, body, here: "home", heartbeat: beat });
}

/** What was found is no more than what was looked at; the page says how far that was. */
export function howFar({ words }: Pick<Room, "words">, { happenings, looked, back, next }: Found): Html {
  const { home } = words;
  const sentence = next === undefined ? home.lookedAll : home.looked;
  return html`<p class="note">${counted(words, home.fitting, happenings.length)} ${back !== null && countedWith(words, sentence, looked, { at: moment(words, back) })}</p>`;
}

interface Counts {
  readonly watched: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly paused: number;
}

function standing({ words }: Room, beat: Heartbeat, { watched, more, paused }: Counts): Html {
  const { some, many, paused: pausedWords } = words.watching;
  return html`<p class="standing"><a href="${paths.watches}">${counted(words, more ? many : some, watched)}</a>${
    paused > 0 && html` (${counted(words, pausedWords, paused)})`
  }. ${beat.alive && beat.lastTick !== null && atInstant(words, words.health.alive, beat.lastTick)} <a href="${paths.coverage}">${words.coverage.title}</a>, <a href="${paths.status}">${words.status.title}</a></p>`;
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
