import type { ObservedInterval } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { fillText } from "../domain/wording.ts";
import type { NoticeWords } from "./words.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does. */
function format(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.keys(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, known);
  return known;
}

const DAY = { day: "numeric", month: "long", year: "numeric" } as const;
const MINUTES = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** `1 March 2026` and `13:30`, on the reader's clock. */
export function dayAndClock({ locale }: NoticeWords, at: Instant, timeZone: string, seconds = false) {
  const date = new Date(at);
  const clock = seconds ? { ...MINUTES, second: "2-digit" as const } : MINUTES;
  return {
    day: format(locale, timeZone, DAY).format(date),
    clock: format(locale, timeZone, clock).format(date),
  };
}

/** `between 13:30 and 14:00 on 1 March 2026 (Europe/Berlin)`: never one false instant. To the second within one minute. */
export function observedText(words: NoticeWords, { lastSeen, firstSeen }: ObservedInterval, timeZone: string): string {
  const seconds = lastSeen.slice(0, 16) === firstSeen.slice(0, 16);
  const from = dayAndClock(words, lastSeen, timeZone, seconds);
  const to = dayAndClock(words, firstSeen, timeZone, seconds);
  const { sameDay, days, same } = words.observed;
  const sentence = from.day !== to.day ? days : from.clock === to.clock ? same : sameDay;
  const parts = { from: from.clock, to: to.clock, day: to.day, fromDay: from.day, toDay: to.day, zone: timeZone };
  return fillText(sentence, parts);
}
