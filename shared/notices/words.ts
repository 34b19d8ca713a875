import { CHANGE_STRINGS, type ChangeStrings } from "../diff/render/strings.ts";
import type { Disclosure } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";
import type { Counted } from "../domain/wording.ts";
import type { ContentLink } from "./content.ts";

/** All that messages say, in one language. `{name}` marks a place to fill. Another language is another value of this type. */
export interface NoticeWords {
  /** BCP 47: how days and numbers are written. */
  readonly locale: string;
  readonly title: Readonly<
    Record<
      "change" | "changeBack" | "restoredChange" | "unpublished" | "restored" | "oscillation" | "confirmation",
      string
    >
  > &
    Readonly<Record<"burst", Counted>> & {
      readonly digest: string;
      readonly summary: string;
      readonly trouble: string;
    };
  readonly observed: Readonly<Record<"sameDay" | "days" | "same", string>>;
  readonly facts: Readonly<
    Record<
      | "edited"
      | "wentAway"
      | "cameBack"
      | "refused"
      | "restoredChange"
      | "revertedTo"
      | "alternates"
      | "claims"
      | "claimsNothing"
      | "labels"
      | "hints"
      | "overall",
      string
    >
  >;
  /** What the publisher said of the edit. We report; we do not accuse. */
  readonly disclosure: Readonly<Record<Disclosure, string>>;
  readonly labels: Readonly<Record<LabelKind, string>>;
  readonly counts: Readonly<
    Record<
      "edited" | "added" | "removed" | "moved" | "changes" | "events" | "more" | "omitted" | "refusals" | "burst",
      Counted
    >
  >;
  readonly links: Readonly<Record<ContentLink["role"], string>>;
  readonly confirmation: readonly string[];
  readonly summary: Readonly<
    Record<"period" | "alive" | "none" | "listed" | "listedMore" | "suspended" | "undelivered" | "cost", string> &
      Record<"checked" | "unmarked" | "failing" | "neverRead" | "unseen" | "waiting" | "dead", Counted>
  >;
  readonly trouble: Readonly<
    Record<"silent" | "silentNever" | "silentAdvice" | "suspended" | "suspendedAdvice", string>
  >;
  /** On a picture of a change, and in the words that stand for it. */
  readonly card: Readonly<Record<"changed" | "notDrawn" | "alt" | "removed" | "added" | "unmarked", string>>;
  /** In a post, which knows no marks: what the words were beside what they are. */
  readonly post: Readonly<Record<"was" | "now" | "removed" | "added" | "kept", string>>;
  /** What is said within a comparison. */
  readonly marks: ChangeStrings;
}

const ENGLISH: NoticeWords = {
  locale: "en-GB",
  title: {
    change: "Changed: {headline}",
    changeBack: "Changed back: {headline}",
    restoredChange: "Back and changed: {headline}",
    unpublished: "Gone: {headline}",
    restored: "Back: {headline}",
    oscillation: "Alternates between two texts: {headline}",
    burst: { one: "{count} more edit: {headline}", other: "{count} more edits: {headline}" },
    digest: "Digest: {counts}",
    summary: "Variorum is alive: {counts}",
    trouble: "Variorum needs you: {problem}",
    confirmation: "Please confirm: notices from Variorum",
  },
  observed: {
    sameDay: "between {from} and {to} on {day} ({zone})",
    days: "between {fromDay}, {from} and {toDay}, {to} ({zone})",
    same: "within the second {to} on {day} ({zone})",
  },
  facts: {
    edited: "Edited {interval}.",
    wentAway: "The page went away {interval}.",
    cameBack: "The page is back, with the same text; it came back {interval}.",
    refused: "{refusals}, last with: {detail}.",
    restoredChange: "The page was gone and is back, with another text.",
    revertedTo: "The text is again as in revision {number}.",
    alternates:
      "The page alternates between two texts, those of revisions {other} and {number}. More is told when a third text comes, or when one of the two has stayed for a day.",
    claims: "The page’s own modified date went from {from} to {to}.",
    claimsNothing: "none",
    labels: "Labels: {labels}.",
    hints: "Perhaps: {hints}.",
    overall: "Shown is what stood before the first of these edits beside what stands now.",
  },
  disclosure: {
    retraction: "The page carries a new retraction notice.",
    correction: "The page carries a new correction.",
    clarification: "The page carries a new clarification.",
    "editors-note": "The page carries a new editor’s note.",
    update: "The page carries a new update note.",
    "date-only": "The page’s modified date moved; no note was added.",
    none: "The page carries no note of it, and its modified date did not move.",
  },
  labels: {
    headline: "headline",
    standfirst: "standfirst",
    byline: "byline",
    number: "number",
    quotation: "quotation",
    typography: "typography",
    correction: "correction",
    reverted: "reverted",
    retraction: "retraction",
    clarification: "clarification",
    "editors-note": "editor’s note",
    update: "update",
    spelling: "spelling",
    name: "name",
    negation: "negation",
    hedging: "hedging",
    link: "link target",
    caption: "caption",
  },
  counts: {
    edited: { one: "{count} sentence edited", other: "{count} sentences edited" },
    added: { one: "{count} sentence added", other: "{count} sentences added" },
    removed: { one: "{count} sentence removed", other: "{count} sentences removed" },
    moved: { one: "{count} sentence moved", other: "{count} sentences moved" },
    changes: { one: "{count} change", other: "{count} changes" },
    events: { one: "{count} page gone or back", other: "{count} pages gone or back" },
    more: { one: "{count} more is in the reading room.", other: "{count} more are in the reading room." },
    burst: { one: "Edited once {interval}.", other: "Edited {count} times {interval}." },
    refusals: { one: "Refused once", other: "Refused {count} times" },
    omitted: { one: "{count} more passage changed.", other: "{count} more passages changed." },
  },
  card: {
    changed: "Changed · {source}",
    notDrawn: "The words that changed are in a script that this picture cannot draw. They are in the reading room.",
    alt: "Changed on {source}: {heading}. {fact}",
    removed: "Removed: “{words}”.",
    added: "Added: “{words}”.",
    unmarked: "unmarked",
  },
  post: {
    was: "Was: “{words}”",
    now: "Now: “{words}”",
    removed: "Removed: “{words}”",
    added: "Added: “{words}”",
    kept: "“{words}”",
  },
  links: {
    change: "Read the change",
    history: "What happened to it",
    article: "The page",
    room: "Reading room",
    manage: "Change what you hear",
    unsubscribe: "Unsubscribe",
    confirm: "Yes, send me these notices",
  },
  confirmation: [
    "Somebody, most likely you, asked for notices at this address when watched articles change.",
    "If you want them, confirm with the link. If not, do nothing: you will hear no more.",
  ],
  summary: {
    period: "From {from} to {to} ({zone}).",
    alive: "{checked}; {changes}, {unmarked}; {events}.",
    none: "Nothing is missing.",
    listed: "{what}: {first}.",
    listedMore: "{what}: {first}, and others.",
    suspended: "The subscription {id} hears nothing: {reason}.",
    undelivered: "{waiting}, {dead}.",
    cost: "About {period} in these days, {month} this month, by list prices ({region}, {read}) of requests and computing.",
    checked: { one: "{count} of {active} articles checked", other: "{count} of {active} articles checked" },
    unmarked: { other: "{count} of them unmarked" },
    failing: { one: "{count} article cannot be read now", other: "{count} articles cannot be read now" },
    neverRead: { one: "{count} article was never read", other: "{count} articles were never read" },
    unseen: {
      one: "{count} article was not seen for three intervals",
      other: "{count} articles were not seen for three intervals",
    },
    waiting: { one: "{count} notice waits", other: "{count} notices wait" },
    dead: { one: "{count} was given up", other: "{count} were given up" },
  },
  trouble: {
    silent: "no article was checked since {last} UTC",
    silentNever: "no article was ever checked",
    silentAdvice:
      "Edits made since then have not been seen. The runbook tells where to look: docs/runbook.md#nothing-checked.",
    suspended: "{subscription} ({address}) cannot be reached any more",
    suspendedAdvice: "Its receiver says that it is gone for good: {reason}. Nothing more is sent to it.",
  },
  marks: CHANGE_STRINGS,
};

/** By primary language. */
const WORDS: Readonly<Record<string, NoticeWords>> = { en: ENGLISH };

/** The words in a reader's language, English where there are none. @param language - BCP 47 */
export const noticeWords = (language: string): NoticeWords =>
  WORDS[language.split("-")[0]?.toLowerCase() ?? ""] ?? ENGLISH;
