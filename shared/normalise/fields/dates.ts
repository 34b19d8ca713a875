const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s?(?<half>[ap])\.?m\.?)?`;
const zoned = (names: string) =>
  String.raw`(?:\s?(?<zone>Z|(?:GMT|UTC)?[+-]\d{2}(?::?\d{2})?|${names})(?:\s\([^)]{0,60}\))?)?`;
/** Names of zones that mean the same everywhere. */
const ZONE = zoned("GMT|UTC");
/** Those that RFC 2822 §4.3 defines beside them; elsewhere they mean other zones too. */
const MAIL_ZONE = zoned("GMT|UTC|[ECMP][SD]T");
const AT = String.raw`(?:,?\s(?:at\s)?${TIME}`;
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s)`;
const MONTH = String.raw`(?<month>[a-z]{3,9})\.?`;
const DAY = String.raw`(?<day>\d{1,2})`;
const YEAR = String.raw`(?<year>\d{4})`;

/** Forms in which day and month cannot be confused. */
const FORMS = [
  String.raw`${YEAR}[-/.](?<month>\d{1,2})[-/.]${DAY}(?:(?:T|\s)${TIME}${ZONE})?`, // ISO 8601, and its common variants
  String.raw`${YEAR}(?<month>\d{2})(?<day>\d{2})(?:T?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?${ZONE})?`, // ISO 8601, basic
  String.raw`${WEEKDAY}?${DAY}\s${MONTH},?\s${YEAR}${AT}${MAIL_ZONE})?`, // RFC 2822
  String.raw`${WEEKDAY}?${MONTH}\s${DAY}(?:st|nd|rd|th)?,?\s${YEAR}${AT}${ZONE})?`, // in words; JavaScript's own
  String.raw`${WEEKDAY}${MONTH}\s${DAY}\s${TIME}${ZONE}\s${YEAR}`, // Unix `date`
].map((form) => new RegExp(`^${form}$`, "i"));
const EPOCH = /^\d{10}(?:\d{3})?$/;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const OFFSETS: Readonly<Record<string, string>> = {
  ...{ z: "Z", gmt: "Z", utc: "Z", est: "-05:00", edt: "-04:00", cst: "-06:00", cdt: "-05:00" },
  ...{ mst: "-07:00", mdt: "-06:00", pst: "-08:00", pdt: "-07:00" },
};
const MOST_CHARS = 100;

/**
 * A date as a page claims it, in ISO 8601 with the claim's own precision and offset; null when it cannot be understood
 * without guessing, and where it names no day that ever was. Never compared, only shown and used to tell that a page says
 * it was modified.
 */
export function claimedInstant(claim: string): string | null {
  const text = claim.slice(0, MOST_CHARS).trim().replace(/\s+/g, " ");
  if (EPOCH.test(text)) return isoOf(text.length === 10 ? Number(text) * 1000 : Number(text));
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts) return instantOf(parts);
  }
  return null;
}

function instantOf({ year = "", month = "", day = "", hour, minute = "", second = "00", half, zone }: Parts) {
  const date = [year, two(/\d/.test(month) ? month : monthOf(month)), two(day)].join("-");
  if (Number(year) < EARLIEST_YEAR || !isDate(date)) return null;
  if (hour === undefined) return date;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  return `${date}T${two(hours)}:${minute}:${second}${zone === undefined ? "" : offsetOf(zone)}`;
}

type Parts = Readonly<Record<string, string | undefined>>;

/** Earlier ones are what a program writes for "no date". */
const EARLIEST_YEAR = 1600;

const two = (number: string | number): string => String(number).padStart(2, "0");
const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function offsetOf(zone: string): string {
  const named = OFFSETS[zone.toLowerCase()];
  if (named) return named;
  const [, hours, minutes = "00"] = /([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${hours}:${minutes}`;
}

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(".000Z", "Z");
