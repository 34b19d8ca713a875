/** An ISO 8601 UTC string with milliseconds, as in `2026-03-01T12:00:00.000Z`. Compares as text. */
export type Instant = string;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** True for a string in the one form that we store. */
export const isInstant = (text: string): text is Instant => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/** The instant of a date, or of milliseconds since 1970. @throws RangeError if it is no date */
export const toInstant = (date: Date | number): Instant => new Date(date).toISOString();

/** The instant `seconds` (may be negative or fractional) after another. */
export const addSeconds = (instant: Instant, seconds: number): Instant =>
  toInstant(Date.parse(instant) + Math.round(seconds * 1000));

/** Seconds from one instant to another; negative if `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** The earlier of two instants. */
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** The later of two instants. */
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The 17 digits (`20260301120000123`) that archive keys and CDXJ use. */
export const toDigits = (instant: Instant): string => instant.replace(/\D/g, "");

/** The instant that 17 digits name. @throws RangeError if they name none */
export function fromDigits(digits: string): Instant {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(digits);
  if (!match) throw new RangeError(`not 17 digits: ${digits}`);
  const [, year, month, day, hour, minute, second, milli] = match;
  return toInstant(new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`));
}
