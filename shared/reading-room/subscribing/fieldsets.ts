import { RHYTHMS } from "../../domain/rhythm.ts";
import { fillText } from "../../domain/wording.ts";
import { type Html, html } from "../html.ts";
import type { Words } from "../strings.ts";
import { CHOOSABLE, type Chosen, hasKept, phrasesText } from "./form.ts";

const checked = (is: boolean): Html | null => (is ? html` checked` : null);
const selected = (is: boolean): Html | null => (is ? html` selected` : null);

const box = (name: string, text: string, is: boolean, value = "1"): Html =>
  html`<label class="box"><input type="checkbox" name="${name}" value="${value}"${checked(is)}> ${text}</label>
`;

/** Which changes; of a filter by name its name alone, since it is not the subscriber's. */
export function filterFields(words: Words, { filter }: Chosen, saved: string | null): Html {
  const { filter: say } = words.subscribing;
  if (saved !== null) {
    return html`<fieldset><legend>${say.title}</legend><p class="note">${fillText(say.saved, { name: saved })}</p></fieldset>`;
  }
  const { labels = [], unmarked, removed, enters = [], leaves = [] } = filter.changes ?? {};
  return html`<fieldset><legend>${say.title}</legend>
<p class="note">${say.note}</p>
<div role="group" aria-label="${say.labels}"><p>${say.labels}</p>
<div class="boxes">${CHOOSABLE.map((kind) => box("label", words.labels[kind], labels.includes(kind), kind))}</div></div>
${box("unmarked", say.unmarked, unmarked === true)}
${box("removed", say.removed, removed === true)}
<label class="field">${say.enters} <input name="enters" maxlength="1000" value="${phrasesText(enters)}" aria-describedby="words"></label>
<label class="field">${say.leaves} <input name="leaves" maxlength="1000" value="${phrasesText(leaves)}" aria-describedby="words"></label>
<p class="note" id="words">${say.words}</p>
${box("availability", say.availability, filter.availability)}
${hasKept(filter) && html`<p class="note">${say.kept}</p>`}
</fieldset>`;
}

/** When; the times are on the subscriber's clock. */
export function rhythmFields(words: Words, { rhythm }: Chosen): Html {
  const { rhythm: say } = words.subscribing;
  const day = new Intl.DateTimeFormat(words.locale, { weekday: "long", timeZone: "UTC" });
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((number) => [number, day.format(Date.UTC(2024, 0, number))] as const); // a Monday
  return html`<fieldset><legend>${say.title}</legend>
<label class="field">${say.kind} <select name="kind">${RHYTHMS.map(
    (kind) => html`<option value="${kind}"${selected(kind === rhythm.kind)}>${say[kind]}</option>
`,
  )}</select></label>
<div class="row">
<label class="field">${say.at} <input type="time" name="at" value="${rhythm.at}" required></label>
<label class="field">${say.weekday} <select name="weekday">${weekdays.map(
    ([number, name]) => html`<option value="${number}"${selected(number === rhythm.weekday)}>${name}</option>
`,
  )}</select></label>
</div>
<label class="field">${say.zone} <select name="zone">${zones(rhythm.timeZone).map(
    (zone) => html`<option${selected(zone === rhythm.timeZone)}>${zone}</option>
`,
  )}</select></label>
<div class="row" role="group" aria-label="${say.quiet}">
<label class="field">${say.quiet} ${say.quietFrom} <input type="time" name="quietFrom" value="${rhythm.quiet?.from}" aria-describedby="quiet"></label>
<label class="field">${say.quietTo} <input type="time" name="quietTo" value="${rhythm.quiet?.to}" aria-describedby="quiet"></label>
</div>
<p class="note" id="quiet">${say.quietNote}</p>
${box("rest", say.rest, rhythm.rest === "daily")}
</fieldset>`;
}

/** Names that browsers and we know alike; one that was given by hand is kept. */
const zones = (own: string): readonly string[] => [...new Set(["UTC", own, ...Intl.supportedValuesOf("timeZone")])];
