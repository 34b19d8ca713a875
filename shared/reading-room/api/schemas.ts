import * as v from "valibot";
import { DISCLOSURES } from "../../domain/comparison.ts";
import { LABEL_KINDS } from "../../domain/label.ts";
import { RESTRICTION_KINDS } from "../../domain/restriction.ts";
import { QUERY_CHARACTERS } from "../../domain/search-query.ts";

/**
 * What the JSON API answers. From these schemas come the types of what is answered, the check of what is asked, and the
 * OpenAPI document, so that none of the three can say what the others do not. Fields are added, never renamed or removed.
 */

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.description(description));

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Digest = described(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), "SHA-256 in hexadecimal");
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Number_ = v.pipe(v.number(), v.integer(), v.minValue(1));
const Interval = described(
  v.object({ lastSeen: Instant, firstSeen: Instant }),
  "It happened after `lastSeen` (the old text was still served) and not after `firstSeen`.",
);
const Words = described(
  v.array(v.object({ mark: v.picklist(["=", "-", "+"]), text: v.string() })),
  "In reading order: `=` kept, `-` removed, `+` added",
);
const Label = v.picklist(LABEL_KINDS);
const Page = described(v.string(), "Permanent page of the reading room; a path where its address is unknown");

export const ArticleSchema = v.object({
  id: v.string(),
  url: described(v.string(), "The watched page"),
  status: v.picklist(["active", "paused", "removed"]),
  tags: v.array(v.string()),
  added: Instant,
  lastChecked: v.nullable(Instant),
  lastSeen: described(v.nullable(Instant), "When its newest text was last seen to be served"),
  isUnpublished: v.boolean(),
  headline: v.nullable(v.string()),
  language: v.nullable(v.string()),
  newestRevision: described(v.nullable(Number_), "Null before the first text was read"),
  page: Page,
});

const Change = v.object({
  observed: Interval,
  significance: v.picklist(["cosmetic", "substantive"]),
  disclosure: described(v.picklist(DISCLOSURES), "How the publisher told readers of it"),
  labels: v.array(Label),
  hints: described(v.array(Label), "Findings that are not precise enough to filter by"),
  revertedTo: v.optional(Number_),
  alternatesWith: v.optional(Number_),
  counts: v.object({ edited: Count, moved: Count, added: Count, removed: Count, cosmetic: Count }),
  excerpt: Words,
});

export const RevisionSchema = v.object({
  articleId: v.string(),
  number: Number_,
  cause: described(v.picklist(["edit", "reextraction"]), "`reextraction`: our own better reading, no edit"),
  requested: Instant,
  firstSeen: Instant,
  headline: v.nullable(v.string()),
  language: v.nullable(v.string()),
  reading: v.pipe(Digest, v.description("SHA-256 over headline, standfirst, byline and compared text")),
  capture: v.object({ recordId: v.string(), warc: v.nullable(v.string()) }),
  normaliser: v.string(),
  isHidden: described(v.boolean(), "Held, under embargo or taken down: its words are not shown here"),
  change: described(
    v.nullable(Change),
    "From the revision before; null on the first, and where words of it are hidden",
  ),
  page: Page,
});

const Block = v.object({
  kind: v.picklist([
    "paragraph",
    "heading",
    "list-item",
    "quotation",
    "table-row",
    "code",
    "entry",
    "caption",
    "related",
  ]),
  text: v.string(),
  level: v.optional(v.number()),
  entry: v.optional(v.string()),
  links: v.optional(v.array(v.string())),
  volatile: v.optional(v.literal(true)),
});

export const TextSchema = v.object({
  ...RevisionSchema.entries,
  text: v.object({
    standfirst: v.nullable(v.string()),
    byline: v.nullable(v.string()),
    published: described(v.nullable(v.string()), "As the page claims"),
    modified: described(v.nullable(v.string()), "As the page claims"),
    siteName: v.nullable(v.string()),
    blocks: v.array(Block),
    flags: described(v.array(v.string()), "Why the reading is less than whole"),
  }),
});

const Stretch = v.object({ paragraph: Count, start: Count, end: Count, text: v.string() });
const Finding = v.object({
  kind: Label,
  before: v.array(Stretch),
  after: v.array(Stretch),
  revision: v.optional(v.number()),
  values: v.optional(v.array(v.object({ quantity: v.string(), from: v.string(), to: v.string() }))),
});
const FieldChange = v.object({ from: v.nullable(v.string()), to: v.nullable(v.string()), words: Words });

const Difference = v.object({
  version: v.literal(1),
  significance: v.picklist(["cosmetic", "substantive"]),
  disclosure: v.picklist(DISCLOSURES),
  unmarked: described(v.boolean(), "Substantive and not disclosed: an observation"),
  fields: v.object({
    headline: v.optional(FieldChange),
    standfirst: v.optional(FieldChange),
    byline: v.optional(FieldChange),
    published: v.optional(FieldChange),
    modified: v.optional(FieldChange),
  }),
  segments: v.array(
    v.object({
      kind: v.picklist(["edited", "moved", "added", "removed"]),
      before: v.optional(Stretch),
      after: v.optional(Stretch),
      edited: v.optional(v.boolean()),
      cosmetic: v.optional(v.boolean()),
      words: v.optional(Words),
    }),
  ),
  labels: v.array(Finding),
  hints: v.array(Finding),
  leftAtOldEnd: v.optional(Count),
  degraded: v.optional(v.object({ reason: v.string() })),
});

export const ComparisonSchema = v.object({
  articleId: v.string(),
  from: Number_,
  to: Number_,
  difference: Difference,
  page: Page,
});

export const CaptureSchema = v.object({
  articleId: v.string(),
  recordId: v.string(),
  at: Instant,
  url: described(v.string(), "Where the redirects ended"),
  status: v.nullable(v.number()),
  warc: described(v.nullable(v.string()), "Null where its words are hidden"),
  payload: described(v.nullable(Digest), "Of the body"),
  failure: described(v.nullable(v.object({ kind: v.string(), detail: v.string() })), "Why it is not the article"),
});

export const EventSchema = v.object({
  articleId: v.string(),
  key: v.string(),
  kind: v.picklist(["unpublished", "restored"]),
  observed: Interval,
  at: Instant,
  headline: v.nullable(v.string()),
  detail: v.nullable(v.string()),
});

export const HappeningSchema = v.variant("kind", [
  v.object({ kind: v.literal("change"), at: Instant, url: v.string(), revision: RevisionSchema }),
  v.object({ kind: v.literal("event"), at: Instant, url: v.string(), event: EventSchema }),
]);

const listOf = <Row extends v.GenericSchema>(row: Row) =>
  v.object({
    rows: v.array(row),
    next: described(v.optional(v.string()), "What `after` takes for the next page; absent on the last"),
  });

export const HitSchema = v.object({
  articleId: v.string(),
  url: v.string(),
  revision: described(Number_, "The newest in which all stands that was asked for"),
  newestRevision: described(Number_, "The newest that the index has"),
  stillStands: described(v.boolean(), "When not, the words were gone in the revision after"),
  headline: v.nullable(v.string()),
  language: v.nullable(v.string()),
  excerpt: described(
    v.array(v.object({ text: v.string(), isMatch: v.boolean() })),
    "The sentence in which it stands; empty where the headline alone has it",
  ),
  page: Page,
});

export const ArticlesSchema = listOf(ArticleSchema);
export const RevisionsSchema = listOf(RevisionSchema);
export const CapturesSchema = listOf(CaptureSchema);
export const EventsSchema = listOf(EventSchema);
export const HitsSchema = listOf(HitSchema);
export const HappeningsSchema = listOf(HappeningSchema);

/** RFC 9457. */
export const ProblemSchema = v.object({
  type: v.literal("about:blank"),
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  restriction: v.optional(
    v.object({
      kind: v.picklist(RESTRICTION_KINDS),
      at: v.optional(Instant),
      until: v.optional(Instant),
      reason: v.optional(v.string()),
    }),
  ),
  revisions: described(
    v.optional(v.array(v.object({ number: Number_, firstSeen: Instant, reading: Digest, recordId: v.string() }))),
    "Of what is hidden: what is kept",
  ),
});

// ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────
const WholeNumber = v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number));

/** Parameters of paths and queries, by name. */
export const PARAMETERS = {
  id: described(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)), "Of an article"),
  number: described(WholeNumber, "Of a revision"),
  from: described(WholeNumber, "Of a revision"),
  to: described(WholeNumber, "Of a revision"),
  q: described(
    v.pipe(v.string(), v.minLength(1), v.maxLength(QUERY_CHARACTERS)),
    "Words, phrases in quotation marks, beginnings (`bridg*`), what is left out (`-word`), `site:` and `tag:`, as on the search page",
  ),
  after: described(v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,1024}$/)), "`next` of the page before"),
  limit: described(v.pipe(v.string(), v.regex(/^([1-9]\d?|100)$/), v.transform(Number)), "Rows of a page, 1 to 100"),
} as const;
