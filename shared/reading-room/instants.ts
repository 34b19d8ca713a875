import type { ObservedInterval } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { fillText } from "../domain/wording.ts";
import { type Html, html } from "./html.ts";
import type { Words } from "./strings.ts";
import { fill } from "./wording.ts";

/** How an instant is written, always in UTC. */
interface Written {
  readonly day: string;
  readonly clock: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does. */
function format(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  formats.set(key, known);
  return known;
}

const DAY = { day: "numeric", month: "long", year: "numeric" } as const;
const MINUTES = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

function written({ locale }: Words, at: Instant, seconds = false): Written {
  const date = new Date(at);
  const clock = seconds
    ? format(locale, "seconds", { ...MINUTES, second: "2-digit" })
    : format(locale, "minutes", MINUTES);
  return { day: format(locale, "day", DAY).format(date), clock: clock.format(date) };
}

const time = (at: Instant, text: string): Html => html`<time datetime="${at}">${text}</time>`;

/** `Sunday, 1 March 2026`. */
export const dayName = ({ locale }: Words, at: Instant): string =>
  format(locale, "weekday", { ...DAY, weekday: "long" }).format(new Date(at));

/** `1 March 2026, 10:02 UTC`, as plain text. */
export function momentText(words: Words, at: Instant): string {
  const { day, clock } = written(words, at);
  return `${day}, ${clock} UTC`;
}

/** The same as an element. */
export const moment = (words: Words, at: Instant): Html => time(at, momentText(words, at));

/** A sentence with places `{at}` (time of day) and `{day}`. */
export function atInstant(words: Words, sentence: string, at: Instant): Html {
  const { day, clock } = written(words, at);
  return fill(sentence, { at: time(at, clock), day });
}

/** The sentence for an interval, and the texts of its two ends; to the second where both lie in one minute. */
function worded(words: Words, { lastSeen, firstSeen }: ObservedInterval) {
  const seconds = lastSeen.slice(0, 16) === firstSeen.slice(0, 16);
  const from = written(words, lastSeen, seconds);
  const to = written(words, firstSeen, seconds);
  const { sameDay, days, same } = words.observed;
  const sentence = from.day !== to.day ? days : from.clock === to.clock ? same : sameDay;
  return { sentence, from, to };
}

/** The same as plain text. */
export function intervalText(words: Words, observed: ObservedInterval): string {
  const { sentence, from, to } = worded(words, observed);
  return fillText(sentence, { from: from.clock, to: to.clock, day: to.day, fromDay: from.day, toDay: to.day });
}

/** `between 10:02 and 10:17 UTC on 1 March 2026`: never one false instant. */
export function interval(words: Words, observed: ObservedInterval): Html {
  const { sentence, from, to } = worded(words, observed);
  return fill(sentence, {
    from: time(observed.lastSeen, from.clock),
    to: time(observed.firstSeen, to.clock),
    day: to.day,
    fromDay: from.day,
    toDay: to.day,
  });
}
