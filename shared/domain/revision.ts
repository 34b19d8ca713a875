import type { Disclosure, SegmentCounts, Significance, WordMark } from "./comparison.ts";
import type { Digest } from "./digest.ts";
import type { LabelKind } from "./label.ts";
import { NOTICE_KINDS } from "./notice-words.ts";
import { type Instant, toDigits } from "./time.ts";
import type { WatchId } from "./watch.ts";

/** `edit`: the publisher's; `reextraction`: our own better reading of what was read before, recorded and never told. */
export type Cause = "edit" | "reextraction";

/** An edit happened after `lastSeen` (old text still served) and not after `firstSeen` (new text served). */
export interface ObservedInterval {
  readonly lastSeen: Instant;
  readonly firstSeen: Instant;
}

/** What lists, notices and feeds need of a change, without opening its comparison. */
export interface ChangeSummary {
  readonly observed: ObservedInterval;
  /** Key of the whole comparison in the derived archive. */
  readonly comparison: string;
  readonly significance: Significance;
  readonly disclosure: Disclosure;
  readonly labels: readonly LabelKind[];
  /** Kinds of the grey findings. Absent when there are none. */
  readonly hints?: readonly LabelKind[];
  /** The earlier revision whose reading this one equals. */
  readonly revertedTo?: number;
  /**
   * Set on the third flip between two readings within a day: the page alternates between this revision's and that of the
   * one named here. Captures then record which they saw, and it is told once. A reading anew of that revision keeps it.
   */
  readonly alternatesWith?: number;
  readonly counts: SegmentCounts;
  /** The first changed words with a little context, at most about 300 characters. */
  readonly excerpt: readonly WordMark[];
}

/** The hints that say more than the labels and the disclosure do. A notice of whatever name tells of an error, but an update. */
export const hintsBeside = ({ labels, hints = [], disclosure }: Findings): LabelKind[] =>
  hints.filter((hint) => {
    const isTold = hint === disclosure || (hint === "correction" && TELL_OF_ERRORS.includes(disclosure));
    return !isTold && !labels.includes(hint);
  });

type Findings = Pick<ChangeSummary, "labels" | "hints"> & { readonly disclosure: Disclosure | null };
const TELL_OF_ERRORS: readonly (Disclosure | null)[] = NOTICE_KINDS.filter((kind) => kind !== "update");

/** What a revision was made by: places that were found to rotate, or one that settled and is compared again. */
export interface RotationLearnt {
  /** Places that rotate from now on. */
  readonly places: number;
  /** The first of the revisions just before this one that differ from one another in such places alone. */
  readonly since?: number;
}

/** A reading whose digest differs from the one before. Written once; numbered from 1, the baseline. */
export interface Revision {
  readonly watchId: WatchId;
  readonly number: number;
  readonly cause: Cause;
  /** When the request of the capture that first read so was sent: the text may have been served from then on. */
  readonly requested: Instant;
  /** When its answer had arrived: the text had been served by then. */
  readonly firstSeen: Instant;
  readonly reading: Digest;
  /** Key of the article in the derived archive. */
  readonly article: string;
  /** The capture that it was read from: key of the WARC, id of the response record. */
  readonly warc: string;
  readonly recordId: string;
  readonly normaliser: string;
  readonly headline: string | null;
  readonly language: string | null;
  /** Absent on the baseline, which is no change. */
  readonly change?: ChangeSummary;
  /** Set where what was learnt of places that rotate made it. */
  readonly rotation?: RotationLearnt;
  /** Key of the availability event that this revision is told with: the article came back, and different. */
  readonly restores?: string;
  /** Of a self-test: told, and not among the recent happenings. */
  readonly unlisted?: true;
}

/** `unpublished`: the last good capture … the first refusal; `restored`: the last refusal … the first good capture. */
export interface AvailabilityEvent {
  readonly watchId: WatchId;
  /** Named by what happened, so that recording it twice is recording it once. */
  readonly key: string;
  readonly kind: "unpublished" | "restored";
  readonly observed: ObservedInterval;
  /** When it was established and recorded. */
  readonly at: Instant;
  readonly headline: string | null;
  /** Of `unpublished`: how often, and how the server refused last. */
  readonly refusals?: number;
  readonly detail?: string;
  /** Of `restored` with a different text: the revision whose notice tells it. */
  readonly toldWith?: number;
}

/** The key of the event that a run of refusals becomes, or that ends it: URL-safe, sorts in the order of time. */
export const eventKey = (kind: AvailabilityEvent["kind"], firstRefused: Instant): string =>
  `${toDigits(firstRefused)}-${kind === "unpublished" ? "1-unpublished" : "2-restored"}`;
