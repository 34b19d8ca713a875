import { addSeconds, type Instant, toInstant } from "./time.ts";

/** A time of day on the reader's clock, as in `07:30`. */
export type LocalTime = string;

/** When a subscription hears: each happening by itself, or what gathered since the last digest. */
export const RHYTHMS = ["at-once", "hourly", "daily", "weekly"] as const;

export interface Rhythm {
  readonly kind: (typeof RHYTHMS)[number];
  /** IANA name of the reader's time zone; the times here are on its clock. */
  readonly timeZone: string;
  /** When a daily or weekly digest is due: also the digest of what an at-once subscription's filter leaves. */
  readonly at: LocalTime;
  /** Of a weekly digest: 1, Monday, to 7. */
  readonly weekday: number;
  /** Nothing is told from `from` up to `to`, which may lie past midnight: what falls in it is told together at `to`. */
  readonly quiet?: { readonly from: LocalTime; readonly to: LocalTime };
  /** Of an at-once subscription: what becomes of that which its filter does not pass. */
  readonly rest: "daily" | "nothing";
}

export const isLocalTime = (text: string): text is LocalTime => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** The end of the quiet hours that the instant lies in; null outside of them. */
export function quietUntil({ timeZone, quiet }: Rhythm, at: Instant): Instant | null {
  if (!quiet || quiet.from === quiet.to) return null;
  const { from, to } = quiet;
  const time = wallClock(at, timeZone).slice(11, 16);
  const isQuiet = from < to ? from <= time && time < to : from <= time || time < to;
  return isQuiet ? nextTime(to, timeZone, at) : null;
}

/** The instant after `at` at which the next digest of this rhythm is due; one that would fall in quiet hours is due at their end. */
export function nextDigest(rhythm: Rhythm, at: Instant, kind: Exclude<Rhythm["kind"], "at-once">): Instant {
  const due = DUE_AFTER[kind](rhythm, at);
  return quietUntil(rhythm, due) ?? due;
}

const DUE_AFTER: Readonly<Record<Exclude<Rhythm["kind"], "at-once">, (rhythm: Rhythm, at: Instant) => Instant>> = {
  hourly: ({ timeZone }, at) => nextFullHour(timeZone, at),
  daily: ({ timeZone, at: time }, at) => nextTime(time, timeZone, at),
  weekly: ({ timeZone, at: time, weekday }, at) => nextTime(time, timeZone, at, weekday),
};

const DAY_SECONDS = 86_400;

/** Zones are a whole number of minutes from UTC, not of hours: the reader's full hour is asked for minute by minute. */
function nextFullHour(timeZone: string, at: Instant): Instant {
  const minute = Number(wallClock(at, timeZone).slice(14, 16));
  return addSeconds(`${at.slice(0, 16)}:00.000Z`, (60 - minute) * 60);
}

/**
 * The next instant after `at` at which the zone's clock shows the time, on the weekday if one is given. A time that the
 * clock skips in spring is taken an hour later; one that it shows twice in autumn counts the first time.
 */
function nextTime(time: LocalTime, timeZone: string, at: Instant, weekday?: number): Instant {
  const today = wallClock(at, timeZone).slice(0, 10);
  for (let days = 0; ; days += 1) {
    const date = toInstant(Date.parse(`${today}T00:00:00.000Z`) + days * DAY_SECONDS * 1000).slice(0, 10);
    if (weekday !== undefined && weekdayOf(date) !== weekday) continue;
    const instant = instantOf(`${date}T${time}:00`, timeZone);
    if (instant > at) return instant;
  }
}

/** 1, Monday, to 7. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00.000Z`).getUTCDay() || 7;

/** The first instant at which the zone's clock shows this, `2026-03-29T02:30:00`; when it skips it, as if it had not. */
function instantOf(wall: string, timeZone: string): Instant {
  const asUtc = Date.parse(`${wall}.000Z`);
  const offsetAt = (ms: number) => Date.parse(`${wallClock(toInstant(ms), timeZone)}.000Z`) - ms;
  // No zone is further from UTC than 14 hours, and none shifts its clock twice within two days.
  const [before, after] = [offsetAt(asUtc - DAY_SECONDS * 1000), offsetAt(asUtc + DAY_SECONDS * 1000)];
  const shows = [asUtc - before, asUtc - after].filter((ms) => ms + offsetAt(ms) === asUtc);
  return toInstant(Math.min(...(shows.length > 0 ? shows : [asUtc - before])));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than a thousand uses of it. @throws RangeError for no time zone */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** What the zone's clock shows: `2026-03-01T13:00:00`. */
function wallClock(at: Instant, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(Date.parse(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const date = `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
  return `${date}T${part("hour")}:${part("minute")}:${part("second")}`;
}
