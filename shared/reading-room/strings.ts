import { CHANGE_STRINGS, type ChangeStrings } from "../diff/render/strings.ts";
import type { Disclosure } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";
import type { Counted } from "../domain/wording.ts";
import { ENROLLING_ENGLISH, type EnrollingWords } from "./enrolling/words.ts";
import type { ChangeFormat } from "./room.ts";
import { SUBSCRIBING_ENGLISH, type SubscribingWords } from "./subscribing/words.ts";

/**
 * All that the reading room says, in one language. `{name}` marks a place to fill; a language may order the places as it
 * likes. Another language is another value of this type.
 */
export interface Words {
  /** BCP 47: the pages' language, and how days and numbers are written. */
  readonly locale: string;
  readonly name: string;
  readonly tagline: string;
  readonly skip: string;
  readonly navigation: Readonly<
    Record<"label" | "more" | "home" | "watches" | "search" | "feed" | "subscribe", string>
  >;
  readonly footer: string;
  readonly observed: Readonly<Record<"sameDay" | "days" | "same", string>>;
  readonly health: Readonly<Record<"alive" | "late" | "lateTitle" | "lateAdvice" | "never", string>>;
  readonly watching: Readonly<Record<"some" | "many", Counted>> & { readonly paused: Counted };
  readonly home: Readonly<
    Record<
      | "title"
      | "nothing"
      | "nothingAdvice"
      | "noWatches"
      | "noWatchesAdvice"
      | "newer"
      | "older"
      | "article"
      | "filter"
      | "filtered",
      string
    >
  > &
    Readonly<Record<"among" | "unmarked" | "corrections" | "fitting" | "looked" | "lookedAll", Counted>> & {
      readonly only: Readonly<
        Record<
          | "source"
          | "tag"
          | "language"
          | "label"
          | "any"
          | "unmarked"
          | "corrections"
          | "unmarkedShort"
          | "correctionsShort"
          | "show"
          | "all",
          string
        >
      >;
    };
  /** Pages of sources and tags. */
  readonly groups: Readonly<Record<"sources" | "tags", Readonly<Record<"title" | "one" | "none", string>>>> &
    Readonly<Record<"narrow" | "noArticles" | "first" | "further", string>> &
    Readonly<Record<"articles" | "moreArticles" | "looked", Counted>>;
  readonly significance: Readonly<Record<"cosmetic" | "substantive", string>>;
  readonly disclosure: Readonly<Record<Disclosure, string>>;
  readonly unmarked: string;
  readonly unmarkedMeaning: string;
  readonly labels: Readonly<Record<LabelKind, string>>;
  readonly hint: string;
  readonly hintMeaning: string;
  readonly revertedTo: string;
  readonly alternatesWith: string;
  readonly reextraction: string;
  readonly baseline: string;
  readonly counts: Readonly<Record<"edited" | "moved" | "added" | "removed", Counted>>;
  readonly events: Readonly<
    Record<
      | "unpublished"
      | "restored"
      | "detail"
      | "restoredMeaning"
      | "unpublishedObserved"
      | "restoredObserved"
      | "toldWith"
      | "restores",
      string
    > & { readonly refusals: Counted }
  >;
  readonly watches: Readonly<
    Record<"title" | "none" | "noneAdvice" | "paused" | "unread" | "cadence" | "unpublished", string>
  > & { readonly revisions: Counted; readonly failing: Counted };
  readonly watch: Readonly<
    Record<
      | "standing"
      | "lastSeen"
      | "lastChecked"
      | "notYet"
      | "notReadYet"
      | "failure"
      | "failureAdvice"
      | "paused"
      | "removed"
      | "unfit"
      | "robotsOverride"
      | "timeline"
      | "timelineEmpty"
      | "revision"
      | "change"
      | "read"
      | "compare"
      | "compareFrom"
      | "compareTo"
      | "compareButton"
      | "history"
      | "text"
      | "textOf"
      | "captures"
      | "capturesNote"
      | "noCaptures"
      | "captureGood"
      | "noAnswer"
      | "older"
      | "newest",
      string
    >
  >;
  readonly reading: Readonly<
    Record<
      | "title"
      | "firstSeen"
      | "related"
      | "captions"
      | "rotating"
      | "flags"
      | "change"
      | "watch"
      | "previous"
      | "next"
      | "noHeadline"
      | "newest",
      string
    >
  >;
  readonly change: Readonly<
    Record<
      | "title"
      | "shortTitle"
      | "whatChanged"
      | "observed"
      | "observedMeaning"
      | "claimedPublished"
      | "claimedModified"
      | "claimedNothing"
      | "claimedMeaning"
      | "claimedFromTo"
      | "evidence"
      | "evidenceMeaning"
      | "before"
      | "after"
      | "revision"
      | "readingDigest"
      | "capture"
      | "capturedAt"
      | "warc"
      | "download"
      | "normaliser"
      | "readBefore"
      | "readAfter"
      | "previous"
      | "next"
      | "pages"
      | "picture"
      | "sideBySide"
      | "inline"
      | "wholeText"
      | "changesOnly"
      | "legendAdded"
      | "legendRemoved"
      | "legendMoved"
      | "about"
      | "history",
      string
    >
  > & { readonly as: Readonly<Record<ChangeFormat, string>> };
  readonly keys: Readonly<Record<"change" | "comparison" | "revision" | "end" | "ended" | "begin", string>>;
  /** Of the picture of an article's life. */
  readonly timeline: { readonly alternative: string } & Readonly<
    Record<"baseline" | "unmarked" | "marked" | "cosmetic" | "own" | "unpublished" | "restored", Counted>
  >;
  /** Of an article's sentences. */
  readonly history: Readonly<
    Record<
      | "title"
      | "shortTitle"
      | "meaning"
      | "since"
      | "unchanged"
      | "appeared"
      | "appearedRead"
      | "edited"
      | "restyled"
      | "moved"
      | "said"
      | "gone"
      | "goneMeaning"
      | "went"
      | "wentRead"
      | "inChange"
      | "nothingGone"
      | "choose",
      string
    >
  > & { readonly earlier: Counted };
  /** What is said within a comparison. */
  readonly marks: ChangeStrings;
  readonly compare: Readonly<
    Record<
      | "title"
      | "between"
      | "note"
      | "same"
      | "consecutive"
      | "reverse"
      | "twoReaders"
      | "cite"
      | "citeMeaning"
      | "citeLink"
      | "seenSame"
      | "seenOtherwise",
      string
    >
  >;
  readonly feed: Readonly<Record<"all" | "one" | "subtitle" | "seeChange" | "seeWatch" | "event", string>>;
  readonly search: Readonly<
    Record<
      | "title"
      | "titleOf"
      | "label"
      | "button"
      | "about"
      | "nothingAsked"
      | "none"
      | "noneHere"
      | "stands"
      | "gone"
      | "inRevision"
      | "lastStood"
      | "older"
      | "newest",
      string
    >
  > & { readonly help: readonly { readonly form: string; readonly meaning: string }[] };
  readonly coverage: Readonly<Record<"title" | "never" | "notKnown", string>> &
    Readonly<
      Record<"all" | "lookedThrough" | "inOrder" | "neverRead" | "failing" | "unseen" | "away" | "paused", Counted>
    >;
  readonly status: Readonly<
    Record<
      | "title"
      | "untold"
      | "allTold"
      | "telling"
      | "cost"
      | "costText"
      | "receivers"
      | "none"
      | "since"
      | "suspended"
      | "next"
      | "advice",
      string
    >
  > &
    Readonly<Record<"failures" | "givenUp" | "givenUpMany", Counted>>;
  readonly subscribing: SubscribingWords;
  readonly enrolling: EnrollingWords;
  readonly cite: Readonly<
    Record<
      | "summary"
      | "meaning"
      | "asText"
      | "asCsl"
      | "embed"
      | "embedMeaning"
      | "seeIn"
      | "title"
      | "byline"
      | "changed"
      | "before"
      | "after"
      | "revision"
      | "permanent",
      string
    >
  >;
  /** Of what is hidden. */
  readonly restricted: Readonly<Record<"text" | "kept" | "keptMeaning" | "firstSeen" | "operator", string>> & {
    readonly hold: Problem;
    readonly embargo: Problem;
    readonly takedown: Problem & Readonly<Record<"legal" | "reason", string>>;
  };
  readonly problem: Readonly<
    Record<
      "forbidden" | "otherSite" | "notFound" | "badRequest" | "methodNotAllowed" | "tooLarge" | "damaged" | "broken",
      Problem
    >
  > & { readonly back: string };
}

interface Problem {
  readonly title: string;
  readonly text: string;
}

export const ENGLISH: Words = {
  locale: "en-GB",
  name: "Variorum",
  tagline: "What was changed after it was published",
  skip: "Skip to the text",
  navigation: {
    label: "Main",
    more: "More pages",
    home: "Changes",
    watches: "Watched articles",
    search: "Search",
    feed: "Feed",
    subscribe: "Mail",
  },
  footer:
    "All times are UTC. An edit is dated by what was observed: after the old text was last seen, not after the new one was first seen.",
  observed: {
    sameDay: "between {from} and {to} UTC on {day}",
    days: "between {fromDay}, {from} and {toDay}, {to} UTC",
    same: "within the second {to} UTC on {day}",
  },
  health: {
    alive: "The monitor is running; last sign of life {at} UTC.",
    late: "Its last sign of life was {at} UTC on {day}. Edits made since then have not been seen.",
    lateTitle: "The monitor is not running.",
    lateAdvice: "Its operator finds in the runbook where to look.",
    never: "It has never run. Nothing is being watched until it does.",
  },
  watching: {
    some: { one: "{count} article is watched", other: "{count} articles are watched" },
    many: { other: "More than {count} articles are watched" },
    paused: { other: "{count} paused" },
  },
  home: {
    title: "Changes",
    nothing: "No change has been seen yet.",
    nothingAdvice:
      "The articles below are being checked. What was first read of each is its baseline; the first edit after it appears here.",
    noWatches: "Nothing is watched yet.",
    noWatchesAdvice: "Give the monitor its first article, in a terminal:",
    newer: "Newest changes",
    older: "Older changes",
    article: "All its changes",
    filter: "Show only …",
    filtered: "Shown only: {choice}",
    among: { one: "The newest: {counts}", other: "Among the newest {count}: {counts}" },
    unmarked: { other: "{count} unmarked" },
    corrections: { one: "{count} correction", other: "{count} corrections" },
    fitting: { one: "{count} fits.", other: "{count} fit." },
    looked: {
      one: "Looked through {count} of the happenings, back to {at}; older ones were not looked at.",
      other: "Looked through {count} of the happenings, back to {at}; older ones were not looked at.",
    },
    lookedAll: {
      one: "Looked through all there is: {count}, back to {at}.",
      other: "Looked through all there are: {count}, back to {at}.",
    },
    only: {
      source: "Source (host)",
      tag: "Tag",
      language: "Language",
      label: "What changed",
      any: "any",
      unmarked: "Unmarked only: substantive, and nothing on the page tells of it",
      corrections: "Corrections: retractions, corrections, clarifications, editor’s notes",
      unmarkedShort: "unmarked",
      correctionsShort: "corrections",
      show: "Show",
      all: "Show all",
    },
  },
  groups: {
    sources: { title: "Sources", one: "Changes at {name}", none: "Nothing is watched here." },
    tags: { title: "Tags", one: "Changes tagged {name}", none: "No article here carries a tag." },
    narrow: "Look further back, and narrow by label, language or disclosure",
    noArticles: "None among the articles looked through here.",
    first: "From the beginning",
    further: "Further articles",
    articles: { one: "{count} article", other: "{count} articles" },
    moreArticles: { one: "and {count} more", other: "and {count} more" },
    looked: {
      one: "Looked through {count} watched article, in the order in which they were added; there are others.",
      other: "Looked through {count} watched articles, in the order in which they were added; there are others.",
    },
  },
  significance: { cosmetic: "Typography only", substantive: "Substantive" },
  disclosure: {
    retraction: "Retraction added",
    correction: "Correction added",
    clarification: "Clarification added",
    "editors-note": "Editor’s note added",
    update: "Update note added",
    "date-only": "Modified date moved, no note",
    none: "No note",
  },
  unmarked: "Unmarked",
  unmarkedMeaning:
    "Unmarked: neither a note to readers nor a newer modified date was found on the page. That is an observation, not an accusation.",
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
  hint: "perhaps {label}",
  hintMeaning:
    "“Perhaps” is said where a rule found something but is not known to be right often enough: look at the words before you rely on it.",
  alternatesWith: "alternates with the text of revision {number}; told once",
  revertedTo: "back to the text of revision {number}",
  reextraction: "Read anew by us; not the publisher’s edit",
  baseline: "First reading: the baseline",
  counts: {
    edited: { one: "{count} sentence edited", other: "{count} sentences edited" },
    moved: { one: "{count} sentence moved", other: "{count} sentences moved" },
    added: { one: "{count} sentence added", other: "{count} sentences added" },
    removed: { one: "{count} sentence removed", other: "{count} sentences removed" },
  },
  events: {
    unpublished: "Unpublished",
    restored: "Restored",
    restoredMeaning: "The page is served again.",
    unpublishedObserved: "Went away {interval}",
    restoredObserved: "Came back {interval}",
    toldWith: "It came back with a different text: {change}",
    restores: "The article came back, and different",
    refusals: { one: "The page was refused once", other: "The page was refused {count} times" },
    detail: "{refusals} ({detail}).",
  },
  watches: {
    title: "Watched articles",
    none: "Nothing is watched yet.",
    noneAdvice: "Give the monitor its first article, in a terminal:",
    paused: "Paused",
    unread: "Not read yet",
    cadence: "checked every {period}",
    unpublished: "Unpublished",
    revisions: { one: "{count} revision", other: "{count} revisions" },
    failing: { one: "the last check failed", other: "the last {count} checks failed" },
  },
  watch: {
    standing: "How it stands",
    lastSeen: "This text was last seen {at}",
    lastChecked: "Last checked {at}",
    notYet: "Not checked yet.",
    notReadYet: "No article could be read here yet.",
    failure: "The last check failed at {at}: {meaning}",
    failureAdvice: "What to do: {advice}.",
    unfit:
      "The rule for this source does not fit the page since {at}; what it does not find is read the general way ({detail}).",
    paused: "Paused by the operator: it is not being checked.",
    removed: "No longer watched. What was captured stays.",
    robotsOverride: "Fetched in spite of robots.txt; the operator’s reason: {reason}",
    timeline: "What happened",
    timelineEmpty: "Nothing yet: no text has been read.",
    revision: "Revision {number}",
    change: "See the change",
    read: "Read it",
    compare: "Compare two revisions",
    compareFrom: "From",
    compareTo: "to",
    compareButton: "Compare",
    history: "What became of each sentence",
    text: "The text now",
    textOf: "As revision {number} reads.",
    captures: "Captures",
    capturesNote:
      "At most the newest {count}, of those that brought something. Checks that found the page unchanged are kept in the archive alone.",
    noCaptures: "Nothing has been captured yet.",
    captureGood: "article read",
    noAnswer: "none",
    older: "Earlier",
    newest: "Back to the newest",
  },
  reading: {
    title: "Revision {number}",
    firstSeen: "First seen {at}",
    related: "Links to other articles (not compared)",
    captions: "Captions (not compared)",
    rotating: "Another on every visit, as earlier captures showed, without anybody’s edit (not compared)",
    flags: "This reading may not be whole: {flags}",
    change: "What changed to make it",
    watch: "All that happened to this article",
    previous: "Revision {number}",
    next: "Revision {number}",
    noHeadline: "(no headline)",
    newest: "This is the newest text.",
  },
  change: {
    title: "Change {number}",
    shortTitle: "Change {number}: {headline}",
    whatChanged: "What changed",
    observed: "Edited",
    observedMeaning: "after the old text was last seen, not after the new one was first seen",
    claimedPublished: "Page claims: published",
    claimedModified: "Page claims: modified",
    claimedNothing: "nothing",
    claimedMeaning: "as the page says of itself; not observed",
    claimedFromTo: "{from}, now {to}",
    evidence: "Evidence",
    evidenceMeaning:
      "What was served is kept byte for byte. The reading digest is the SHA-256 of headline, standfirst, byline and text.",
    before: "Before",
    after: "After",
    revision: "Revision",
    readingDigest: "Reading digest",
    capture: "Capture",
    capturedAt: "Requested",
    warc: "WARC",
    download: "Download",
    normaliser: "Read by",
    readBefore: "Read revision {number}",
    readAfter: "Read revision {number}",
    previous: "Previous change",
    next: "Next change",
    pages: "Changes of this article",
    sideBySide: "Side by side",
    inline: "In one column",
    wholeText: "Whole text",
    changesOnly: "Changes only",
    legendAdded: "added",
    legendRemoved: "removed",
    legendMoved: "moved",
    about: "About this change",
    as: { patch: "As a patch", markdown: "As Markdown", json: "As JSON" },
    picture: "As a picture",
    history: "What became of each sentence",
  },
  keys: {
    change: "Keys: j or n to the next change on the page, k or p back; → and ← to the next and previous change.",
    comparison: "Keys: j or n to the next change on the page, k or p back.",
    revision: "Keys: → and ← to the next and previous revision.",
    end: "Turn keys off",
    ended: "Keys are off in this browser.",
    begin: "Turn keys on",
  },
  timeline: {
    alternative: "From {from} to {to}: {counts}. The list below tells of each.",
    baseline: { other: "first reading" },
    unmarked: { other: "{count} unmarked" },
    marked: { other: "{count} with a note or a newer date" },
    cosmetic: { other: "{count} of typography only" },
    own: { other: "{count} read anew by us" },
    unpublished: { other: "{count} unpublished" },
    restored: { other: "{count} restored" },
  },
  history: {
    title: "Sentence by sentence",
    shortTitle: "Sentence by sentence: {headline}",
    meaning: "The text now. Under a paragraph stands what happened to the sentences that are marked in it.",
    since: "Followed back to revision {number}, first seen {at}; what was done before is not shown here.",
    unchanged: "Nothing has happened to this text since it was first read.",
    appeared: "Added {change}",
    appearedRead: "Came into our reading {change}",
    edited: "Edited {change}",
    restyled: "Typography only {change}",
    moved: "Moved {change}",
    said: "Before: {text}",
    gone: "Sentences that are gone",
    goneMeaning: "The latest first, as they last read.",
    went: "Gone {change}",
    wentRead: "Left our reading {change}",
    inChange: "in change {number}",
    choose:
      "Marked sentences were changed since {at}: choose one to see when it came and what it said before. The others have stood as they are.",
    nothingGone: "No sentence was taken out while it was followed.",
    earlier: { one: "{count} earlier edit", other: "{count} earlier edits" },
  },
  marks: CHANGE_STRINGS,
  compare: {
    title: "Revisions {a} and {b}",
    between: "Revision {a}, first seen {from}, beside revision {b}, first seen {to}.",
    note: "All that differs between these two readings, whatever came in between.",
    same: "These two read the same.",
    consecutive: "See this change with its interval and evidence",
    reverse: "The other way round",
    twoReaders: "These two were read by different versions of our reader: some of the differences may be its own.",
    cite: "To cite this comparison",
    citeMeaning:
      "The two texts never change: their digests are below. This link remembers how they were compared, too, and says so should a later version of this program see it otherwise.",
    citeLink: "Permanent link to this comparison as it is shown now",
    seenSame: "This is the comparison that was cited, unchanged in every word, mark and finding.",
    seenOtherwise:
      "The two texts are those that were cited, but this version of the program compares them otherwise than the one that was used then: marks and labels may differ from what was seen.",
  },
  feed: {
    all: "Variorum: all changes",
    one: "Variorum: {headline}",
    subtitle: "What was changed after it was published",
    seeChange: "See the whole change",
    seeWatch: "See all that happened to this article",
    event: "{event}: {headline}",
  },
  search: {
    title: "Search",
    titleOf: "Search: {query}",
    label: "Words",
    button: "Search",
    about: "Finds articles by the words of any of their revisions, also those that were taken out.",
    nothingAsked: "There is no word in this to look for.",
    none: "No revision of any article has this.",
    noneHere: "Nothing more was found as far as this page looks.",
    stands: "Stands in the newest text (revision {number}).",
    gone: "No longer there since {change}.",
    inRevision: "revision {number}",
    lastStood: "It last stood in revision {number}.",
    older: "Look further back",
    newest: "Back to the newest",
    help: [
      { form: "harbour bridge", meaning: "Both words, anywhere in one revision" },
      { form: "“harbour bridge”", meaning: "The words as they follow each other" },
      { form: "bridge -ferry", meaning: "The one without the other" },
      { form: "clos*", meaning: "Words that begin so" },
      { form: "source:gazette.example", meaning: "From this site and those below it" },
      { form: "tag:council", meaning: "Of watches that carry the tag" },
      { form: "in:earlier", meaning: "Only what no longer stands; in:current only what does" },
    ],
  },
  coverage: {
    title: "What is not seen",
    all: { one: "{count} article is watched.", other: "{count} articles are watched." },
    lookedThrough: {
      one: "{count} of the watched articles is looked through here, in the order in which they were added; there are others.",
      other:
        "{count} of the watched articles are looked through here, in the order in which they were added; there are others.",
    },
    inOrder: { one: "{count} is seen as it should be.", other: "{count} are seen as they should be." },
    neverRead: { one: "{count} was never read", other: "{count} were never read" },
    failing: {
      one: "{count} could not be read when last checked",
      other: "{count} could not be read when last checked",
    },
    unseen: {
      one: "{count} was not seen for three of its intervals",
      other: "{count} were not seen for three of their intervals",
    },
    away: {
      one: "{count} was unpublished and has not come back",
      other: "{count} were unpublished and have not come back",
    },
    paused: { one: "{count} is paused by the operator", other: "{count} are paused by the operator" },
    never: "Never seen",
    notKnown:
      "What was edited and edited back between two checks is seen by nobody. No check is left out for its cost: the monitor knows no budget.",
  },
  status: {
    title: "How the monitor fares",
    telling: "Changes to be told",
    allTold: "None waits: whatever was recorded has been handed over to the notices.",
    untold: "The oldest that waits was recorded {at}. A change is told when a second capture has confirmed it.",
    cost: "Cost",
    costText:
      "Not shown here. On AWS what was used is metered: the operator finds an estimate of the week and the month by the command “status”, and the bill itself in the account. On one machine there is nothing to pay but the machine.",
    receivers: "Receivers of notices that fail",
    none: "Every receiver took what was last sent to it.",
    failures: { one: "{count} failure", other: "{count} failures in a row" },
    since: "since {at}",
    suspended: "suspended: nothing more is sent until the operator says so",
    next: "not tried before {at}",
    givenUp: { one: "{count} notice was given up.", other: "{count} notices were given up." },
    givenUpMany: { other: "More than {count} notices were given up." },
    advice:
      "What fails is tried again by itself, for three days. The operator finds the rest, and what to do, by the command “status”.",
  },
  subscribing: SUBSCRIBING_ENGLISH,
  enrolling: ENROLLING_ENGLISH,
  cite: {
    summary: "Cite or embed",
    meaning: "A quotation with its source, both instants and the hashes. One click takes all of it.",
    asText: "As plain text",
    asCsl: "For a reference manager (CSL-JSON)",
    embed: "See what it shows",
    embedMeaning: "This shows the change within a page of yours. It carries no script and sets no cookie.",
    seeIn: "See the whole change in {name}",
    title: "“{headline}”, {source}",
    byline: "By {byline}",
    changed: "Edited {interval}.",
    before: "Before: {text}",
    after: "After: {text}",
    revision: "Revision {number}: first seen {at} ({instant}), reading SHA-256 {digest}",
    permanent: "Permanent page: {address}",
  },
  restricted: {
    text: "This text is not shown here.",
    kept: "What is kept",
    keptMeaning:
      "Nothing that was captured is altered. The reading digest is the SHA-256 of headline, standfirst, byline and text: whoever has the words can show by it that they are these.",
    firstSeen: "First seen",
    operator:
      "You read this as the operator: what is held or under embargo is shown to you, and to nobody without your link.",
    hold: {
      title: "Held back",
      text: "The operator of this room holds this text back for now. It may be shown later.",
    },
    embargo: { title: "Under embargo", text: "The operator of this room does not show this text before {until}." },
    takedown: {
      title: "Taken down",
      text: "The operator of this room took this text down on {at}.",
      legal: "This text was taken down on {at}, on the demand of a court or an authority.",
      reason: "The reason given: {reason}",
    },
  },
  problem: {
    otherSite: {
      title: "This form came from another site",
      text: "Only the form on this site’s own page is taken. Open that page and fill it in there.",
    },
    forbidden: {
      title: "This reading room is private",
      text: "It opens with the reader’s link that its operator gives out. Ask for the link, open it once in this browser, then come back to this page. If you had opened it before: sessions end after 90 days, or when the operator changes the key.",
    },
    notFound: {
      title: "There is no such page",
      text: "The address may be mistyped, or it names an article or a revision that is not here.",
    },
    badRequest: {
      title: "This address cannot be understood",
      text: "Something in it is not as we write it. Start again from the list.",
    },
    methodNotAllowed: { title: "This room is for reading", text: "Pages can be read here, not changed." },
    tooLarge: {
      title: "Too large to be sent from here",
      text: "The file is in the evidence archive under the key that the page names.",
    },
    damaged: {
      title: "What is kept for this page is damaged or missing",
      text: "The ledger names it but the archive does not give it back whole. The operator should verify the archive; the evidence itself is kept separately.",
    },
    broken: {
      title: "Something went wrong here",
      text: "It is our fault, not yours. The operator finds the reason in the log.",
    },
    back: "To the newest changes",
  },
};
