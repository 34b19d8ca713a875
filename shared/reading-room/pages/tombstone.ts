import type { Revision } from "../../domain/revision.ts";
import { fillText } from "../../domain/wording.ts";
import type { Restricted } from "../gate.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { paths, type Room } from "../room.ts";
import { fill } from "../wording.ts";

/** 451 where it was demanded (RFC 7725), 410 for what went by the operator's own decision, 403 for what may come back. */
export const tombstoneStatus = ({ restriction }: Restricted): 403 | 410 | 451 => {
  if (restriction.kind !== "takedown") return 403;
  return restriction.legal ? 451 : 410;
};

/**
 * Stands where words are hidden: what hides them, and the hashes of what is kept, so that whoever has the words can show
 * that they are these. Not a word of the publisher's, nor its address, which often tells the headline.
 */
export function tombstonePage(room: Room, { restriction, revisions }: Restricted): Html {
  const { words } = room;
  const { restricted: say } = words;
  const { watchId, revision } = restriction;
  const { title } = say[restriction.kind];
  const body = html`${
    revision &&
    html`<p class="kicker"><a href="${paths.watch(watchId)}">${words.reading.watch}</a>${
      revisions[0] && html` · ${fillText(words.reading.title, { number: revisions[0].number })}`
    }</p>`
  }
<h1>${title}</h1>
${restrictionText(room, restriction)}
<section class="evidence" aria-labelledby="kept"><h2 id="kept">${say.kept}</h2>
<p class="note">${say.keptMeaning}</p>
${revisions.map((one) => hashes(room, one))}</section>`;
  return layout(room, { title, body, toAnyone: true });
}

/** Since when and why, as far as readers are told. */
export function restrictionText({ words }: Room, restriction: Restricted["restriction"]): Html {
  const say = words.restricted;
  switch (restriction.kind) {
    case "hold":
      return html`<p>${say.hold.text}</p>`;
    case "embargo":
      return html`<p>${fill(say.embargo.text, { until: moment(words, restriction.until) })}</p>`;
    case "takedown":
      return html`<p>${fill(restriction.legal ? say.takedown.legal : say.takedown.text, { at: moment(words, restriction.at) })}</p>
<p>${fill(say.takedown.reason, { reason: foreign(restriction.reason) })}</p>`;
  }
}

function hashes({ words }: Room, { number, firstSeen, reading, recordId }: Revision): Html {
  const { change, watch } = words;
  return html`<div class="side"><h3>${fillText(watch.revision, { number })}</h3>
<dl><div><dt>${words.restricted.firstSeen}</dt><dd>${moment(words, firstSeen)}</dd></div>
<div><dt>${change.readingDigest}</dt><dd><code>${reading}</code></dd></div>
<div><dt>${change.capture}</dt><dd><code>${recordId}</code></dd></div></dl></div>
`;
}
