import { FAILURES, type FailureKind } from "../../domain/failure.ts";
import { isUnseen } from "../../domain/life-signs.ts";
import type { Instant } from "../../domain/time.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import type { Overview } from "../../ports/ledger.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { heartbeat, paths, type Room } from "../room.ts";
import { counted, fill } from "../wording.ts";

/** Watches that one page looks through: one query and two batches, however many there are. */
const LOOKED_THROUGH = 100;

/** Why an article is not seen as it should be; each is in the first that fits. */
export const GAPS = ["neverRead", "failing", "unseen", "away", "paused"] as const;
type Gap = (typeof GAPS)[number];

/** What keeps an article from being seen now; null where nothing does. */
export function gapOf({ watch, state, newest }: Overview, now: Instant): Gap | null {
  if (watch.status === "paused") return "paused";
  if (!newest) return state.checked === null ? null : "neverRead";
  if (state.unpublished) return "away";
  if (state.failures > 0) return "failing";
  return isUnseen({ watch, state }, now) ? "unseen" : null;
}

/** What is not seen, and since when: an archive is known by its gaps as well. */
export async function coveragePage(room: Room, after: string | undefined): Promise<Html> {
  const { ledger, clock, words } = room;
  const say = words.coverage;
  const [page, beat] = await Promise.all([
    ledger.overviews({ limit: LOOKED_THROUGH, ...(after && { after }) }),
    heartbeat(room),
  ]);
  const now = clock.now();
  const byGap = Map.groupBy(page.rows, (overview) => gapOf(overview, now));
  const inOrder = byGap.get(null)?.length ?? 0;
  const body = html`<h1>${say.title}</h1>
<p class="note">${counted(words, page.next || after ? say.lookedThrough : say.all, page.rows.length)} ${counted(words, say.inOrder, inOrder)}</p>
${GAPS.map((gap) => section(room, gap, byGap.get(gap) ?? []))}
<p class="note">${say.notKnown}</p>
${
  (page.next || after) &&
  html`<nav class="pager" aria-label="${say.title}">
${after && html`<a href="${paths.coverage}">${words.groups.first}</a>`}
${page.next && html`<a href="${paths.coverage}?after=${encodeURIComponent(page.next)}" rel="next">${words.groups.further}</a>`}
</nav>`
}`;
  return layout(room, { title: say.title, body, heartbeat: beat });
}

function section(room: Room, gap: Gap, overviews: readonly Overview[]): Html | null {
  if (overviews.length === 0) return null;
  const { words } = room;
  const reasons = Map.groupBy(overviews, ({ state }) => reasonOf(gap, state.failure?.kind));
  return html`<section aria-labelledby="${gap}"><h2 id="${gap}">${counted(words, words.coverage[gap], overviews.length)}</h2>
${[...reasons].map(
  ([
    kind,
    those,
  ]) => html`${kind && html`<h3 class="reason">${FAILURES[kind].meaning}</h3><p class="note">${fillText(words.watch.failureAdvice, { advice: FAILURES[kind].advice })}</p>`}
<ul class="captures">${those.map((overview) => row(room, overview))}</ul>`,
)}</section>`;
}

/** By what a section is divided: what failed last; a pause has no reason of the page's. */
const reasonOf = (gap: Gap, kind: FailureKind | undefined): FailureKind | null =>
  gap === "paused" || gap === "unseen" ? null : (kind ?? null);

function row({ words }: Room, { watch, state, newest }: Overview): Html {
  const say = words.coverage;
  const seen = state.lastSeen === null ? say.never : fill(words.watch.lastSeen, { at: moment(words, state.lastSeen) });
  return html`<li><p><a href="${paths.watch(watch.id)}"${foreignAttributes(newest?.language)}>${titleOf(newest?.headline, watch.url)}</a></p>
<p class="evidence-line">${foreign(hostOf(watch.url))} · ${seen}${
    state.failures > 0 && html` · ${counted(words, words.watches.failing, state.failures)}`
  }${state.checked !== null && html` · ${fill(words.watch.lastChecked, { at: moment(words, state.checked) })}`}</p></li>
`;
}
