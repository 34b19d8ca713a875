import type { AddressHealth } from "../../domain/address-health.ts";
import { cut, foreign, type Html, html } from "../html.ts";
import { atInstant, moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { heartbeat, paths, type Room } from "../room.ts";
import { counted, fill } from "../wording.ts";

/** So many are named and counted; beyond, a list helps nobody. */
const SHOWN = 100;

/** How the monitor fares: whether it runs, and whom it cannot reach. Addresses only in the form in which others may see them. */
export async function statusPage(room: Room): Promise<Html> {
  const { ledger, words } = room;
  const { status: say, health } = words;
  const [beat, untold, failing, dead] = await Promise.all([
    heartbeat(room),
    ledger.outbox({ limit: 1 }),
    ledger.failingAddresses({ limit: SHOWN }),
    ledger.deadNotices({ limit: SHOWN }),
  ]);
  const given = dead.rows.length;
  const body = html`<h1>${say.title}</h1>
${beat.alive && beat.lastTick !== null && html`<p>${atInstant(words, health.alive, beat.lastTick)}</p>`}
<p><a href="${paths.coverage}">${words.coverage.title}</a></p>
<section aria-labelledby="telling"><h2 id="telling">${say.telling}</h2>
<p>${untold.rows[0] ? fill(say.untold, { at: moment(words, untold.rows[0].at) }) : say.allTold}</p></section>
<section aria-labelledby="receivers"><h2 id="receivers">${say.receivers}</h2>
${
  failing.rows.length === 0
    ? html`<p>${say.none}</p>`
    : html`<ul class="captures">${failing.rows.map((health) => receiver(room, health))}</ul>`
}
${given > 0 && html`<p class="warning">${counted(words, dead.next ? say.givenUpMany : say.givenUp, given)}</p>`}
<p class="note">${say.advice}</p></section>
<section aria-labelledby="cost"><h2 id="cost">${say.cost}</h2>
<p>${say.costText}</p></section>`;
  return layout(room, { title: say.title, body, heartbeat: beat });
}

function receiver(
  { words }: Room,
  { channel, shown, detail, since, notBefore, failures, suspended }: AddressHealth,
): Html {
  const { status: say } = words;
  return html`<li><p>${foreign(`${channel} ${shown}`)}: ${foreign(cut(detail, 200))}</p>
<p class="evidence-line">${counted(words, say.failures, failures)}, ${fill(say.since, { at: moment(words, since) })}; ${
    suspended ? say.suspended : fill(say.next, { at: moment(words, notBefore) })
  }</p></li>`;
}
