import type { BlockKind } from "../../shared/domain/article.ts";
import type { Disclosure, SegmentCounts, Significance } from "../../shared/domain/comparison.ts";
import type { LabelKind } from "../../shared/domain/label.ts";
import type { AvailabilityEvent } from "../../shared/domain/revision.ts";
import type { Instant } from "../../shared/domain/time.ts";

/**
 * What a monitor must report for one step of an article's life: the ground truth. What is not named must not happen, and
 * a count that is not named is 0.
 */
export interface Expectation {
  /** Number of the one revision that this step brings. */
  readonly revision?: number;
  /** How many a subscriber to everything gets. */
  readonly notices?: number;
  readonly significance?: Significance;
  readonly disclosure?: Disclosure;
  /** Sentence-level counts of the change. */
  readonly segments?: Partial<SegmentCounts>;
  /** All kinds of labels that the change has. */
  readonly labels?: readonly LabelKind[];
  /** Phrases of edited sentences, before and after; every marked word lies within one of them. */
  readonly wordings?: readonly Wording[];
  /** How the block that moved begins. */
  readonly movedFrom?: string;
  readonly headline?: Wording;
  readonly byline?: Wording;
  /** The earlier revision whose reading this one equals. */
  readonly revertedTo?: number;
  /** The availability event that this step brings, beside or instead of a revision. */
  readonly event?: AvailabilityEvent["kind"];
  /** Of `unpublished`: how often the page was refused until then. */
  readonly refusals?: number;
  /** Status codes that the publisher must have answered with in this step, or the step has shown nothing. */
  readonly answered?: readonly number[];
  /** What the newest revision reads as after this step. */
  readonly reading?: ExpectedReading;
}

export interface Wording {
  readonly from: string;
  readonly to: string;
}

/** The article as its author knows it; fields left out are not looked at. */
export interface ExpectedReading {
  readonly headline?: string;
  readonly byline?: string;
  readonly standfirst?: string | null;
  readonly language?: string;
  readonly published?: Instant;
  /** How many blocks there are of each kind; kinds not named must not occur. */
  readonly blocks?: Partial<Record<BlockKind, number>>;
  /** Text of the compared blocks, in order; white space counts as folded. */
  readonly texts?: readonly string[];
}

export interface ScenarioStep {
  readonly name: string;
  /** Name of the article that the step is about; nothing may happen to the others. */
  readonly article: string;
  readonly expect: Expectation;
}

/** A request that the publisher answered. */
export interface PublisherRequest {
  /** As asked for, without the query. */
  readonly path: string;
  readonly status: number;
  /** Name of the step in which it was answered. */
  readonly step: string;
  readonly at: Instant;
}

/** A site whose articles can be moved through their steps while a monitor watches it. */
export interface ScenarioPublisher {
  /** Addresses to watch, by the articles' names. */
  readonly urls: Readonly<Record<string, string>>;
  /** Moves the site to a step; when it resolves, every later answer is of that step. */
  go(step: string): Promise<void>;
  /** Everything asked for so far, oldest first. */
  requests(): Promise<readonly PublisherRequest[]>;
  close(): Promise<void>;
}

export interface Scenario {
  readonly publisher: ScenarioPublisher;
  /** In order. An article is watched from the first step that is about it. */
  readonly steps: readonly ScenarioStep[];
}
