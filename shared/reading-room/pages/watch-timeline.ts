import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import { fillText } from "../../domain/wording.ts";
import { isWithheld } from "../gate.ts";
import { changeInBrief, eventInBrief } from "../happening.ts";
import { type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { paths, type Room } from "../room.ts";
import { fill } from "../wording.ts";

/** What has a place in the timeline. */
export type Moment =
  | { readonly kind: "revision"; readonly at: string; readonly revision: Revision }
  | { readonly kind: "event"; readonly at: string; readonly event: AvailabilityEvent };

/** Revisions and availability events, newest first. */
export function timeline(room: Room, moments: readonly Moment[]): Html {
  if (moments.length === 0) return html`<p class="note">${room.words.watch.timelineEmpty}</p>`;
  return html`<ol class="timeline" reversed>${moments.map((moment) =>
    moment.kind === "revision"
      ? revisionEntry(room, moment.revision)
      : html`<li class="moment" id="${moment.event.key}">${eventInBrief(room.words, moment.event)}</li>`,
  )}</ol>`;
}

function revisionEntry({ words }: Room, revision: Revision): Html {
  const { watchId, number, change } = revision;
  return html`<li class="moment" id="r${number}">
<h3>${fillText(words.watch.revision, { number })}</h3>
${isWithheld(revision.article) && html`<p class="note">${words.restricted.text}</p>`}
${
  change
    ? changeInBrief(words, revision)
    : html`<p>${words.baseline}.</p>
<p class="when">${fill(words.reading.firstSeen, { at: moment(words, revision.firstSeen) })}</p>`
}
<p class="links">${change && html`<a href="${paths.change(watchId, number)}">${words.watch.change}</a> `}<a href="${paths.revision(watchId, number)}">${words.watch.read}</a></p>
</li>`;
}
