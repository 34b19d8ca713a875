import type { Capture } from "../../domain/capture.ts";
import { FAILURES } from "../../domain/failure.ts";
import { fillText } from "../../domain/wording.ts";
import { isWithheld } from "../gate.ts";
import { cut, foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import type { Room } from "../room.ts";

export const CAPTURES_SHOWN = 50;

/** The newest captures with what came of each, failures in plain words. */
export function captureList({ words }: Room, captures: readonly Capture[]): Html {
  const { watch } = words;
  if (captures.length === 0)
    return html`<section><h2>${watch.captures}</h2><p class="note">${watch.noCaptures}</p></section>`;
  return html`<section aria-labelledby="captures"><h2 id="captures">${watch.captures}</h2>
<p class="note">${fillText(watch.capturesNote, { count: CAPTURES_SHOWN })}</p>
<ol class="captures">${captures.map(
    (capture) => html`<li>
<p>${moment(words, capture.at)} · ${capture.status ?? watch.noAnswer} · ${outcome(words.watch.captureGood, capture)}</p>
<p class="evidence-line">${isWithheld(capture.warc) ? words.restricted.text : html`<code>${capture.warc}</code>`}</p>
</li>`,
  )}</ol></section>`;
}

function outcome(good: string, { failure }: Capture): Html {
  if (!failure) return html`<span class="good">${good}</span>`;
  const { meaning } = FAILURES[failure.kind];
  return html`<span class="bad">${meaning}</span> <span class="detail">(${foreign(cut(failure.detail, 200))})</span>`;
}
