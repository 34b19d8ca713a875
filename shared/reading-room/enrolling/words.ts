import type { Counted } from "../../domain/wording.ts";
import type { EnrolmentProblem } from "../../ports/enrolment-desk.ts";
import type { EntryStanding } from "./standing.ts";

/** What the pages for editors say, in one language; a part of `Words`. `{name}` marks a place to fill. */
export interface EnrollingWords {
  readonly form: Readonly<
    Record<
      | "title"
      | "lead"
      | "urls"
      | "urlsNote"
      | "tags"
      | "tagsNote"
      | "cadence"
      | "button"
      | "bookmarklet"
      | "bookmarkletNote"
      | "bookmarkletName",
      string
    >
  >;
  readonly problem: Readonly<Record<EnrolmentProblem, string>> & { readonly title: string };
  readonly closed: Readonly<Record<"title" | "noLink" | "noForms", string>>;
  readonly answer: Readonly<
    Record<
      | "title"
      | "given"
      | "all"
      | "again"
      | "more"
      | "counts"
      | "choose"
      | "takeBack"
      | "takeBackNote"
      | "watch"
      | "reads"
      | "noHeadline"
      | "byline"
      | "noClaims"
      | "earlier"
      | "further",
      string
    >
  > & { readonly words: Counted; readonly urls: Counted };
  /** How one page stands: in a list of all of them, and what it means. */
  readonly standing: Readonly<Record<EntryStanding, { readonly name: string; readonly meaning: string }>>;
}

export const ENROLLING_ENGLISH: EnrollingWords = {
  form: {
    title: "Add articles",
    lead: "Each is watched from now on and first read within minutes, in turn with others of its site. Then you see here what was read of each, and can take back what is no good.",
    urls: "Addresses, one a line",
    urlsNote: "At most 500. Empty lines and those that begin with # are left out.",
    tags: "Tags",
    tagsNote: "Separate them by commas; at most ten. Every article of this list gets them.",
    cadence: "Looked at every",
    button: "Add them",
    bookmarklet: "From the page that you read",
    bookmarkletNote:
      "Drag this link to your browser’s bookmarks. On an article, it opens this form with the article’s address filled in; nothing is added before you press the button.",
    bookmarkletName: "Watch with Variorum",
  },
  problem: {
    title: "Nothing was added:",
    none: "There is no address in the list.",
    "too-many": "The list has more than 500 addresses. Give them in parts.",
    tags: "Those are more than ten tags, or one has more than 60 characters.",
    cadence: "It is not known how often to look.",
  },
  closed: {
    title: "Articles are added by editors",
    noLink:
      "This form opens with the editors’ link that the operator gives out. Open the link once in this browser, then come back to this page.",
    noForms: "Forms cannot be sent to this address. The operator adds articles by the command line.",
  },
  answer: {
    title: "Articles added",
    given: "Given {at}, each looked at every {period}.",
    all: "All",
    again: "Look again",
    more: "Add others",
    counts: "How they stand",
    choose: "Take back {url}",
    takeBack: "Take back the chosen ones",
    takeBackNote: "They are looked at no more and leave the lists. What was captured of them stays.",
    watch: "Its page",
    reads: "What is read",
    noHeadline: "no headline",
    byline: "by {byline}",
    noClaims: "names neither author nor date",
    words: { one: "{count} word", other: "{count} words" },
    urls: { one: "{count} address", other: "{count} addresses" },
    earlier: "Those before",
    further: "Those after",
  },
  standing: {
    refused: { name: "no address", meaning: "This cannot be watched." },
    twice: { name: "twice in the list", meaning: "Another line of the list is the same page." },
    already: { name: "watched before", meaning: "It was watched already, and stays as it was." },
    waiting: { name: "not read yet", meaning: "Its first reading waits for its turn." },
    readable: { name: "readable", meaning: "It was read as an article." },
    stub: { name: "behind a paywall", meaning: "Only the beginning of the article is shown to us." },
    blocked: { name: "blocked", meaning: "The site does not let us read it." },
    "not-article": { name: "no article", meaning: "There is no article at this address." },
    forbidden: { name: "forbidden address", meaning: "This address may not be asked." },
    failing: { name: "no answer", meaning: "No whole answer came." },
    "taken-back": { name: "taken back", meaning: "It is watched no more." },
    hidden: { name: "kept from readers", meaning: "The operator keeps its words back." },
  },
};
