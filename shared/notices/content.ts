import type { Run } from "../diff/render/runs.ts";
import type { Disclosure, Significance } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";

/**
 * What a message says, before a channel gives it its form: every channel tells the same. Texts are plain, with the
 * publisher's own characters in them: whoever puts them into HTML, Markdown or a terminal escapes them there.
 */
export interface NoticeContent {
  /** BCP 47, of our words. */
  readonly language: string;
  /** One line, no line breaks, any length: the subject, the first line, the post. */
  readonly title: string;
  /** Sentences that concern the whole message; may be empty. */
  readonly lead: readonly string[];
  /** What is told, in the order of the message; empty where it tells no happening. */
  readonly sections: readonly Section[];
  /** Happenings that are counted in the lead and not told. */
  readonly more: number;
  /** For the end of the message, the most important first. */
  readonly links: readonly ContentLink[];
}

/** One happening, or the sum of many. */
export interface Section {
  readonly kind: "change" | "unpublished" | "restored" | "oscillation" | "burst";
  /** The article's headline as it now reads, else its URL: one line. */
  readonly heading: string;
  /** Whole sentences in the order of importance: observed interval, disclosure, what is special. */
  readonly facts: readonly string[];
  /** Of a change; null otherwise. */
  readonly change: SectionChange | null;
  /** What changed with its context, in reading order. Empty of an event. */
  readonly passages: readonly Passage[];
  /** Passages that were left out for length. */
  readonly omitted: number;
  readonly links: readonly ContentLink[];
}

/** What lists and badges need. */
export interface SectionChange {
  readonly significance: Significance;
  readonly disclosure: Disclosure;
  /** Substantive, and the publisher told nobody: we report, we do not accuse. */
  readonly unmarked: boolean;
  readonly labels: readonly { readonly kind: LabelKind; readonly name: string }[];
}

/** One paragraph or field that changed. Removed and added runs are to be told apart without colour, too. */
export type Passage = readonly Run[];

export interface ContentLink {
  /** `change` and `history` lead to the reading room: to the change itself, to all that happened to the page. */
  readonly role: "change" | "history" | "article" | "room" | "manage" | "unsubscribe" | "confirm";
  /** What to call it. */
  readonly text: string;
  readonly url: string;
}
