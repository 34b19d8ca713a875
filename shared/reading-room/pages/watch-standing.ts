import { FAILURES } from "../../domain/failure.ts";
import { fillText } from "../../domain/wording.ts";
import type { Overview } from "../../ports/ledger.ts";
import { cut, foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { paths, type Room } from "../room.ts";
import { fill, period } from "../wording.ts";

/** How a watch stands: last seen, last checked, and in plain words what failed last. */
export function standingFacts({ words }: Room, { watch, state, newest }: Overview): Html {
  const { failure } = state;
  const lines = [
    watch.status === "paused" && html`<p class="warning">${words.watch.paused}</p>`,
    watch.status === "removed" && html`<p class="warning">${words.watch.removed}</p>`,
    state.unpublished && html`<p class="warning">${words.watches.unpublished}.</p>`,
    state.lastSeen !== null && html`<p>${fill(words.watch.lastSeen, { at: moment(words, state.lastSeen) })}.</p>`,
    html`<p>${
      state.checked === null
        ? words.watch.notYet
        : html`${fill(words.watch.lastChecked, { at: moment(words, state.checked) })};`
    } ${fillText(words.watches.cadence, { period: period(words, watch.cadenceSeconds) })}.</p>`,
    !newest && state.checked !== null && html`<p class="warning">${words.watch.notReadYet}</p>`,
    failure &&
      html`<div class="warning"><p>${fill(words.watch.failure, {
        at: moment(words, failure.at),
        meaning: FAILURES[failure.kind].meaning,
      })} (${foreign(cut(failure.detail, 300))}).</p>
<p>${fillText(words.watch.failureAdvice, { advice: FAILURES[failure.kind].advice })}</p></div>`,
    state.unfit &&
      html`<p class="warning">${fill(words.watch.unfit, {
        at: moment(words, state.unfit.since),
        detail: foreign(state.unfit.detail),
      })}</p>`,
    watch.robotsOverride !== undefined &&
      html`<p>${fill(words.watch.robotsOverride, { reason: foreign(watch.robotsOverride) })}</p>`,
    watch.tags.length > 0 &&
      html`<ul class="tags">${watch.tags.map((tag) => html`<li class="tag"><a href="${paths.tag(tag)}">${foreign(tag)}</a></li>`)}</ul>`,
  ];
  return html`<section class="facts" aria-label="${words.watch.standing}">${lines}</section>`;
}
