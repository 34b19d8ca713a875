const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;
/** Only forms that name their zone: others would be read in the zone of the machine. */
const RFC_2822 =
  /^(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?\s+(?:GMT|UTC|Z|[+-]\d{4})$/;
const EPOCH = /^\d{10}(?:\d{3})?$/;

/**
 * A date as a page claims it, in ISO 8601 with the claim's own precision and offset; null when it cannot be understood
 * without guessing. Never compared, only shown and used to tell that a page says it was modified.
 */
export function claimedInstant(claim: string): string | null {
  const text = claim.trim();
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    if (Number.isNaN(Date.UTC(Number(year), Number(month) - 1, Number(day))) || Number(month) > 12 || Number(day) > 31)
      return null;
    if (hour === undefined) return `${year}-${month}-${day}`;
    const offset =
      zone === undefined
        ? ""
        : /^z$/i.test(zone)
          ? "Z"
          : zone.length === 3
            ? `${zone}:00`
            : zone.replace(/^(...):?(..)$/, "$1:$2");
    return `${year}-${month}-${day}T${hour}:${minute}:${second ?? "00"}${offset}`;
  }
  if (RFC_2822.test(text)) return isoOf(Date.parse(text));
  if (EPOCH.test(text)) return isoOf(text.length === 10 ? Number(text) * 1000 : Number(text));
  return null;
}

const isoOf = (milliseconds: number): string | null =>
  Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString().replace(".000Z", "Z");
