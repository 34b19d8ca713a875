import { CADENCE_CLASSES, phaseOf, wholeSecond } from "../../domain/cadence.ts";
import { addSeconds, type Instant, toDigits, toInstant } from "../../domain/time.ts";
import type { Watch, WatchId } from "../../domain/watch.ts";
import type { Key } from "./dynamo-ledger-table.ts";

/**
 * Keys of the one table; docs/access-patterns.md tells which question each answers.
 *
 * In a watch's partition nothing but WATCH, VOLATILE, STATE and revisions may sort between `REV#` and `WATCH`: `standing`
 * reads that range from its end.
 */
export const partitionOf = (id: WatchId): string => `WATCH#${id}`;

export const watchKey = (id: WatchId): Key => ({ pk: partitionOf(id), sk: "WATCH" });
export const stateKey = (id: WatchId): Key => ({ pk: partitionOf(id), sk: "STATE" });
export const ROTATING = "VOLATILE";
export const rotatingKey = (id: WatchId): Key => ({ pk: partitionOf(id), sk: ROTATING });
export const recheckKey = (id: WatchId): Key => ({ pk: partitionOf(id), sk: "RECHECK" });
export const eventItemKey = (id: WatchId, key: string): Key => ({ pk: partitionOf(id), sk: `EVT#${key}` });
export const hostKey = (host: string): Key => ({ pk: `HOST#${host}`, sk: "HOST" });
export const noticeKey = (id: string): Key => ({ pk: `NOTICE#${id}`, sk: "NOTICE" });
export const tellingKey = (happening: string): Key => ({ pk: `TELLING#${happening}`, sk: "TELLING" });
export const subscriptionPointerKey = (id: string): Key => ({ pk: `SUB#${id}`, sk: "SUB" });
export const subscriptionKey = (selector: string, id: string): Key => ({ pk: `SUBS#${selector}`, sk: id });
export const addressKey = (digest: string): Key => ({ pk: `ADDRESS#${digest}`, sk: "ADDRESS" });
export const turnsKey = (key: string, from: Instant): Key => ({ pk: `TURNS#${key}`, sk: from });
export const threadKey = (subscription: string, key: string): Key => ({ pk: `THREAD#${subscription}`, sk: key });
export const gatheredKey = (subscription: string, box: string, at: Instant, key: string): Key => ({
  pk: `DIGEST#${subscription}`,
  sk: `${box}#${at}#${key}`,
});
export const filterKey = (name: string): Key => ({ pk: FILTERS, sk: name });
/** What was used on the day of an instant. */
export const meterKey = (at: Instant): Key => ({ pk: `METER#${at.slice(0, 7)}`, sk: at.slice(0, 10) });
export const FILTERS = "FILTERS";
export const RESTRICTIONS = "RESTRICTIONS";
export const restrictionKey = (position: string): Key => ({ pk: RESTRICTIONS, sk: position });
export const TICK: Key = { pk: "TICK", sk: "TICK" };

export const REVISIONS = "REV#";
export const EVENTS = "EVT#";
export const CAPTURES = "CAP#";

export const revisionKey = (id: WatchId, number: number): Key => ({
  pk: partitionOf(id),
  sk: `${REVISIONS}${sortable(number)}`,
});

export const captureKey = (id: WatchId, at: Instant, recordId: string): Key => ({
  pk: partitionOf(id),
  sk: `${CAPTURES}${toDigits(at)}#${recordId}`,
});

/** Six digits; from a million on, a letter that tells how many more, so that text sorts as numbers do: `a1000000`. */
export function sortable(number: number): string {
  const more = String(number).length - 6;
  return more > 0 ? `${String.fromCharCode(96 + more)}${number}` : String(number).padStart(6, "0");
}

// ── the due index ──────────────────────────────────────────────────────────────────────────────────────────────────
/** A watch's place in the due index: the same for as long as its class stays, so that a check moves no index entry. */
export function dueKey({ id, cadenceSeconds }: Watch): { readonly duePk: string; readonly dueSk: string } {
  const phase = phaseOf(id, cadenceSeconds);
  const width = slotSeconds(cadenceSeconds);
  return { duePk: duePartition(cadenceSeconds, Math.floor(phase / width)), dueSk: `${twoDigits(phase % width)}#${id}` };
}

/** A stretch of the due index. */
export interface DueRange {
  readonly partition: string;
  readonly from: string;
  readonly to: string;
}

/** Where the watches of all classes lie that have a due second in `(after, until]`: a range per class and minute. */
export function* dueRanges(after: Instant, until: Instant): Generator<DueRange & { readonly period: number }> {
  const first = Math.floor(Date.parse(after) / 1000) + 1;
  const last = Math.floor(Date.parse(until) / 1000);
  if (last < first) return;
  for (const period of CADENCE_CLASSES) {
    const width = slotSeconds(period);
    const slots = period / width;
    const isWhole = last - first + 1 >= period;
    const [from, to] = isWhole ? [0, period - 1] : [first, last];
    for (let slot = Math.floor(from / width); slot <= Math.floor(to / width); slot++) {
      const [begin, end] = [Math.max(from - slot * width, 0), Math.min(to - slot * width, width - 1)];
      const partition = duePartition(period, slot % slots);
      yield { period, partition, from: twoDigits(begin), to: `${twoDigits(end)}${LAST}` };
    }
  }
}

/** A requested check's place in the due index: a partition per hour, so that a day's catch-up asks 24 of them. */
export const onceKey = (id: WatchId, due: Instant): { readonly duePk: string; readonly dueSk: string } => ({
  duePk: oncePartition(due),
  dueSk: `${due}#${id}`,
});

/** Where the checks lie that were requested for a whole second in `(after, until]`. */
export function* onceRanges(after: Instant, until: Instant): Generator<DueRange> {
  const from = wholeSecond(addSeconds(after, 0.001));
  if (from > until) return;
  for (let hour = Math.floor(Date.parse(from) / HOUR); hour * HOUR <= Date.parse(until); hour++) {
    yield { partition: oncePartition(toInstant(hour * HOUR)), from, to: `${until}${LAST}` };
  }
}

const HOUR = 3_600_000;

/** Sorts after everything that follows a key's fixed part. */
export const LAST = "~";

const slotSeconds = (period: number): number => Math.min(period, 60);
const duePartition = (period: number, slot: number): string => `DUE#${period}#${slot}`;
const oncePartition = (due: Instant): string => `ONCE#${due.slice(0, 13)}`;
const twoDigits = (second: number): string => String(second).padStart(2, "0");

// ── the indexes of recent happenings, of the outbox, and of lists ──────────────────────────────────────────────────
export const RECENT = "RECENT";
export const OUTBOX = "OUTBOX";
/** In the outbox index, too: what the search index has not taken in. */
export const UNINDEXED = "UNINDEXED";
export const WATCHES = "WATCHES";
export const SUBSCRIPTIONS = "SUBSCRIPTIONS";
export const FAILING = "FAILING";
export const DEAD = "DEAD";
export const waitingPartition = (channel: string): string => `WAITING#${channel}`;
export const noticesPartition = (subscription: string): string => `NOTICES#${subscription}`;
