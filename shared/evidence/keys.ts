import { fromDigits, type Instant, toDigits } from "../domain/time.ts";
import type { WatchId } from "../domain/watch.ts";

const day = (at: Instant): string => at.slice(0, 10).replaceAll("-", "/");

/**
 * Where the WARC of one capture lies: `captures/2026/03/01/<watch id>/<17 digits>-<record id>.warc.gz`. The watch id is
 * the URL's digest, so the key tells whose capture it is without the ledger.
 */
export const captureKey = (watchId: WatchId, at: Instant, recordId: string): string =>
  `${capturesOfDay(at)}${watchId}/${toDigits(at)}-${recordId}.warc.gz`;

/** Where the WARC of the unchanged checks of one batch lies: `revisits/2026/03/01/<17 digits>-<record id>.warc.gz`. */
export const revisitsKey = (at: Instant, recordId: string): string =>
  `revisits/${day(at)}/${toDigits(at)}-${recordId}.warc.gz`;

/** The prefix under which all captures of an instant's day lie. */
export const capturesOfDay = (at: Instant): string => `captures/${day(at)}/`;

export interface CaptureKey {
  readonly watchId: WatchId;
  readonly at: Instant;
  readonly recordId: string;
}

/** What a capture's key tells; null for a key of another kind. */
export function readCaptureKey(key: string): CaptureKey | null {
  const match = /^captures\/\d{4}\/\d\d\/\d\d\/([0-9a-f]{16})\/(\d{17})-([0-9a-f-]{36})\.warc\.gz$/.exec(key);
  return match ? { watchId: match[1] ?? "", at: fromDigits(match[2] ?? ""), recordId: match[3] ?? "" } : null;
}
