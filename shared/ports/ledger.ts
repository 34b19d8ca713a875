import type { Capture } from "../domain/capture.ts";
import type { Happening } from "../domain/happening.ts";
import type { AvailabilityEvent, Revision } from "../domain/revision.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import type { Instant } from "../domain/time.ts";
import type { Watch, WatchId, WatchState } from "../domain/watch.ts";
import type { NoticeLedger } from "./notice-ledger.ts";
import type { RestrictionLedger } from "./restriction-ledger.ts";

/** What one consistent read tells about a watch before a request is sent. */
export interface Standing {
  readonly watch: Watch;
  readonly state: WatchState;
  /** The newest revision by its own row, also when `state.newest` was not yet brought up to it; null before the baseline. */
  readonly newest: Revision | null;
  /** What its captures taught: places whose content rotates without an editor's hand. */
  readonly rotating: readonly RotatingPlace[];
}

/** What a page shows of a watch: read in one look that may miss the last second's. */
export type Overview = Pick<Standing, "watch" | "state" | "newest">;

/** A watch that a tick found due. */
export interface DueWatch {
  readonly watchId: WatchId;
  readonly url: string;
  /** The instant it is due; never after the tick's `until`. */
  readonly due: Instant;
  /** By `requestCheck`, not by its cadence. */
  readonly asked?: true;
}

/** A page of rows, newest or first by key; `next` continues it and is absent on the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** What is known of a host: when it may be asked again, and what its robots.txt said. */
export interface HostRecord {
  readonly host: string;
  /** No request may start before it. */
  readonly freeAt: Instant;
  readonly robots?: RobotsRecord;
}

/** The last answer for a host's robots.txt. */
export interface RobotsRecord {
  readonly at: Instant;
  /** `rules`: a body to obey; `none`: 4xx, everything allowed; `unreachable`: 5xx or no answer, everything forbidden. */
  readonly kind: "rules" | "none" | "unreachable";
  /** Of `rules`: key of the body in the derived archive. */
  readonly body?: string;
}

/**
 * The append-only record. Each method is one atomic step; there are no transactions across methods, so the pipeline is
 * written to be right when it stops between any two. "Consistent" reads see every write that finished before them.
 * Unknown ids are `null` or an empty page, never an error. A ledger that cannot be reached, or is damaged, throws.
 */
export interface Ledger extends NoticeLedger, RestrictionLedger {
  // ── watches ──────────────────────────────────────────────────────────────────────────────────────────────────────
  /**
   * Adds a watch unless one with its id exists; a removed one comes back as it is given here, with its history.
   * @returns the watch as it now stands, and whether this call made it active
   */
  addWatch(watch: Watch): Promise<{ readonly watch: Watch; readonly added: boolean }>;
  /** Consistent. */
  watch(id: WatchId): Promise<Watch | null>;
  /** Active and paused watches, in the order in which they were added. May miss one added in the last second. */
  watches(page: PageRequest): Promise<Page<Watch>>;
  /** The same list with how each stands; `newest` is the revision that the state names. */
  overviews(page: PageRequest): Promise<Page<Overview>>;
  /** Those of the given watches that there are, removed ones too. May miss the last second's. */
  watchesById(ids: readonly WatchId[]): Promise<ReadonlyMap<WatchId, Watch>>;
  /** Replaces the given fields. @returns the watch as it now stands; null when there is none */
  changeWatch(
    id: WatchId,
    change: Partial<Pick<Watch, "tags" | "cadenceSeconds" | "status" | "robotsOverride">>,
  ): Promise<Watch | null>;

  // ── schedule ─────────────────────────────────────────────────────────────────────────────────────────────────────
  /**
   * Active watches due at a whole second in `(after, until]` by their cadence (`nextDue`) or by `requestCheck`. Complete
   * for watches added or changed before `after`; a watch may come twice, or come although it was checked since.
   */
  dueWatches(after: Instant, until: Instant): AsyncIterable<DueWatch>;
  /** Has the watch checked at `at` (rounded up to a whole second) beside its cadence. The earliest pending one stays. */
  requestCheck(id: WatchId, at: Instant, now: Instant): Promise<void>;
  /** The last tick recorded; null before the first. Consistent. The heartbeat. */
  lastTick(): Promise<Instant | null>;
  /** Moves the last tick forward; an earlier one changes nothing. */
  recordTick(at: Instant): Promise<void>;

  // ── a watch's record ─────────────────────────────────────────────────────────────────────────────────────────────
  /** Watch, state, newest revision and what was learnt, read consistently; null for an unknown watch. */
  standing(id: WatchId): Promise<Standing | null>;
  /** How a watch stands, for whoever reads; null for an unknown watch. */
  overview(id: WatchId): Promise<Overview | null>;
  /**
   * The commit point: writes the revision if and only if that number is free.
   * With `change` and cause `edit`, it also enters the outbox and, unless `unlisted`, the list of recent happenings in
   * the same write.
   * @returns false when the number is taken: somebody else committed first, and nothing was written
   */
  recordRevision(revision: Revision, url: string): Promise<boolean>;
  /**
   * Records an availability event if its key is free; it enters the outbox (unless `toldWith`) and the recent happenings
   * in the same write. @returns false when it was there already
   */
  recordEvent(event: AvailabilityEvent, url: string): Promise<boolean>;
  /**
   * Settles a check: replaces the state, unless a check that was requested later has settled already.
   * Both conditions hold at once: `state.checked` is later than what is stored, `state.newest` is not lower.
   * @returns false when it was not written
   */
  settle(id: WatchId, state: WatchState): Promise<boolean>;
  /**
   * Replaces what was learnt of a watch's rotating places, unless something was learnt from a capture at or after `at`.
   * @param at - when the capture that taught it was requested
   */
  recordRotating(id: WatchId, places: readonly RotatingPlace[], at: Instant): Promise<void>;
  /** Records a capture; the same record id again changes nothing. */
  recordCapture(capture: Capture): Promise<void>;

  revision(id: WatchId, number: number): Promise<Revision | null>;
  /** Newest first. */
  revisions(id: WatchId, page: PageRequest): Promise<Page<Revision>>;
  /** The newest revision before `before` (a number) with this reading digest; null when there is none. Consistent. */
  revisionWithReading(id: WatchId, reading: string, before: number): Promise<Revision | null>;
  /** The newest availability event by key; null when there is none. Consistent. */
  newestEvent(id: WatchId): Promise<AvailabilityEvent | null>;
  event(id: WatchId, key: string): Promise<AvailabilityEvent | null>;
  /** Newest first by key. */
  events(id: WatchId, page: PageRequest): Promise<Page<AvailabilityEvent>>;
  /** Newest first. */
  captures(id: WatchId, page: PageRequest): Promise<Page<Capture>>;
  /** True when a capture with this record id was recorded for the watch at that instant. Consistent. */
  hasCapture(id: WatchId, at: Instant, recordId: string): Promise<boolean>;

  // ── across watches ───────────────────────────────────────────────────────────────────────────────────────────────
  /** Changes (no baselines) and events of all watches, newest first. May miss the last second's. */
  recent(page: PageRequest): Promise<Page<Happening>>;

  // ── outbox ───────────────────────────────────────────────────────────────────────────────────────────────────────
  /** Happenings not yet told, oldest first. May miss the last second's, and still show one just told. */
  outbox(page: PageRequest): Promise<Page<Happening>>;
  /** Takes a happening out of the outbox. Idempotent. */
  markTold(happening: Happening): Promise<void>;

  // ── the search index's list ──────────────────────────────────────────────────────────────────────────────────────
  /**
   * Revisions that the search index has not taken in, oldest first: told ones from when they left the outbox, `unlisted`
   * ones never. May miss the last second's, and still show one just taken.
   */
  unindexed(page: PageRequest): Promise<Page<Revision>>;
  /** Takes them off that list. Idempotent. */
  markIndexed(revisions: readonly Revision[]): Promise<void>;
  /** Puts all revisions of the listed watches on it again, for an index that was lost. Idempotent. */
  unindexAll(): Promise<void>;

  // ── hosts ────────────────────────────────────────────────────────────────────────────────────────────────────────
  /** Consistent. */
  host(host: string): Promise<HostRecord | null>;
  /**
   * Takes the host's turn until `until`, if it is free at `now`: of many that try at once, one gets it.
   * @returns when the host is free otherwise
   */
  claimHost(
    host: string,
    now: Instant,
    until: Instant,
  ): Promise<{ readonly claimed: true } | { readonly claimed: false; readonly freeAt: Instant }>;
  /** Whoever holds the turn moves its end, forward only. */
  extendHost(host: string, until: Instant): Promise<void>;
  /** Remembers what robots.txt said. */
  recordRobots(host: string, robots: RobotsRecord): Promise<void>;
}

/** What a ledger on disk throws when its file is not a ledger, or is damaged. The message says what to do. */
export class LedgerUnusable extends Error {
  override readonly name = "LedgerUnusable";
}
