import { REFUSALS_BEFORE_UNPUBLISHED } from "../domain/check.ts";
import type { Happening } from "../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../domain/revision.ts";
import { fillText } from "../domain/wording.ts";
import { countsText, tags } from "./change-facts.ts";
import { cut, foreign, type Html, html } from "./html.ts";
import { interval } from "./instants.ts";
import { foreignAttributes, marked } from "./marks.ts";
import { paths } from "./room.ts";
import type { Words } from "./strings.ts";
import { counted, fill } from "./wording.ts";

/** An event that a revision tells of as well: lists of changes show it there, the article's timeline shows both. */
export const isToldElsewhere = (happening: Happening): boolean =>
  happening.kind === "event" && happening.event.toldWith !== undefined;

/** Longer headlines are cut in lists; the article's own page has them whole. */
const HEADLINE_CHARACTERS = 240;

/** What a list calls an article: its headline, else its address. */
export const titleOf = (headline: string | null | undefined, url: string): string =>
  cut(headline?.trim() || url, HEADLINE_CHARACTERS);

/** The words that changed, and what is known of the change. For the lists; the change's page has it whole. */
export function changeInBrief(words: Words, { change, cause, language, restores }: Revision): Html | null {
  if (!change) return null;
  const counts = countsText(words, change.counts);
  return html`${restores !== undefined && html`<p class="event restored"><strong>${words.events.restores}.</strong></p>`}
${change.excerpt.length > 0 && html`<p class="excerpt"${foreignAttributes(language)}>${marked(words, change.excerpt)}</p>`}
<p class="when">${interval(words, change.observed)}${counts && html` · ${counts}`}</p>
${tags(words, { ...change, cause })}`;
}

/** An availability event in a sentence or two. */
export function eventInBrief(words: Words, event: AvailabilityEvent): Html {
  const { events } = words;
  const observed = event.kind === "unpublished" ? events.unpublishedObserved : events.restoredObserved;
  const refusals = counted(words, events.refusals, event.refusals ?? REFUSALS_BEFORE_UNPUBLISHED);
  const detail = event.detail ? fill(events.detail, { refusals, detail: foreign(cut(event.detail, 200)) }) : refusals;
  const meaning = event.kind === "unpublished" ? detail : events.restoredMeaning;
  const told = event.toldWith;
  const change =
    told !== undefined &&
    fill(events.toldWith, {
      change: html`<a href="${paths.change(event.watchId, told)}">${fillText(words.change.title, { number: told })}</a>`,
    });
  return html`<p class="event ${event.kind}"><strong>${events[event.kind]}</strong> ${meaning} ${change}</p>
<p class="when">${fill(observed, { interval: interval(words, event.observed) })}</p>`;
}
