import { sha256 } from "../domain/digest.ts";
import { fromDigits, type Instant, toDigits } from "../domain/time.ts";

const day = (at: Instant): string => at.slice(0, 10).replaceAll("-", "/");

/** Where the WARC of one capture lies: `captures/2026/03/01/<url digest>/<17 digits>-<record id>.warc.gz`. */
export const captureKey = (url: string, at: Instant, recordId: string): string =>
  `${capturesOfDay(at)}${sha256(url).slice(0, 16)}/${toDigits(at)}-${recordId}.warc.gz`;

/** Where the WARC of the unchanged checks of one batch lies: `revisits/2026/03/01/<17 digits>-<record id>.warc.gz`. */
export const revisitsKey = (at: Instant, recordId: string): string =>
  `revisits/${day(at)}/${toDigits(at)}-${recordId}.warc.gz`;

/** The prefix under which all captures of an instant's day lie. */
export const capturesOfDay = (at: Instant): string => `captures/${day(at)}/`;

/** What a capture's key tells; null for a key of another kind. */
export function readCaptureKey(key: string): { readonly at: Instant; readonly recordId: string } | null {
  const match = /^captures\/\d{4}\/\d\d\/\d\d\/[0-9a-f]{16}\/(\d{17})-([0-9a-f-]{36})\.warc\.gz$/.exec(key);
  return match ? { at: fromDigits(match[1] ?? ""), recordId: match[2] ?? "" } : null;
}
