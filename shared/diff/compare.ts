import { type Article, type Block, comparedBlocks, isHeading } from "../domain/article.ts";
import type { Comparison, Segment } from "../domain/comparison.ts";
import { align } from "./align.ts";
import { captionChange, linkChange } from "./block-changes.ts";
import { disclosureOf } from "./disclosure.ts";
import { liveEntries } from "./entries.ts";
import { fieldChange } from "./fields.ts";
import { labelsOf } from "./labels.ts";
import { noticesAdded } from "./notices.ts";
import { segmentsOf } from "./segments.ts";
import { significanceOf } from "./significance.ts";
import { textOf } from "./spans.ts";
import { Lexicon } from "./tokens.ts";
import { sameButCase } from "./typography.ts";
import { unitsOf } from "./units.ts";
import { MAX_LABEL_STEPS, WorkBudget } from "./work-budget.ts";

/**
 * Compares two texts sentence by sentence, words inside.
 *
 * @param before - paragraphs of the older text
 * @param after - paragraphs of the newer text
 * @param options - `language`: a BCP 47 tag; how words are found depends on it
 * @returns segments that cover every character but white space of both sides exactly once
 */
export const compareTexts = (
  before: readonly string[],
  after: readonly string[],
  options: { readonly language?: string } = {},
): Segment[] => segmentsBetween(before, after, options.language, new WorkBudget());

function segmentsBetween(
  before: readonly string[],
  after: readonly string[],
  language: string | undefined,
  budget: WorkBudget,
): Segment[] {
  const lexicon = new Lexicon(language);
  const texts = { before, after };
  const units = unitsOf(before, after, budget);
  return segmentsOf(texts, units, align(texts, units, lexicon, budget), lexicon, budget);
}

/** What a comparison may cost: finding what changed, and judging it. The second never takes from the first. */
export interface Budgets {
  readonly alignment: WorkBudget;
  readonly labels: WorkBudget;
}

const fullBudgets = (): Budgets => ({ alignment: new WorkBudget(), labels: new WorkBudget(MAX_LABEL_STEPS) });

/**
 * Compares two readings of an article: its fields each on its own, its compared blocks as text, and what rules find in
 * both. Related links and captions are not compared.
 */
export function compareArticles(before: Article, after: Article, budgets: Budgets = fullBudgets()): Comparison {
  const language = after.language ?? before.language ?? undefined;
  const right = comparedBlocks(after);
  const { blocks: left, pagedOut } = liveEntries(comparedBlocks(before), right);
  const texts = { before: left.map(({ text }) => text), after: right.map(({ text }) => text) };
  const segments = segmentsBetween(texts.before, texts.after, language, budgets.alignment).map((segment) =>
    isInHeading(left, segment.before) && isInHeading(right, segment.after) ? cosmeticHeading(texts, segment) : segment,
  );
  const fields = changedFields(before, after, language, ["headline", "standfirst", "byline"]);
  const notices = noticesAdded(texts.after, segments);
  const { labels, hints } = labelsOf(
    { ...texts, segments, fields, notices, language: language ?? "en" },
    budgets.labels,
    [...linkChange(left, right, segments), ...captionChange(before, after)],
  );
  return {
    ...fields,
    ...changedFields(before, after, language, ["published", "modified"]),
    ...texts,
    segments,
    labels,
    ...(hints.length > 0 ? { hints } : {}),
    ...(pagedOut > 0 ? { pagedOut } : {}),
    significance: significanceOf(segments, fields),
    disclosure: disclosureOf(before, after, notices),
    ...degradedBy([budgets.alignment, budgets.labels]),
  };
}

function degradedBy(budgets: readonly WorkBudget[]): Pick<Comparison, "degraded"> {
  const reasons = budgets.flatMap(({ reason }) => reason ?? []);
  return reasons.length > 0 ? { degraded: { reason: reasons.join("; ") } } : {};
}

type ComparedField = "headline" | "standfirst" | "byline" | "published" | "modified";

function changedFields<Field extends ComparedField>(
  before: Article,
  after: Article,
  language: string | undefined,
  fields: readonly Field[],
): Pick<Comparison, Field> {
  const changes = fields.map((field) => [field, fieldChange(before[field], after[field], language)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change)) as Pick<Comparison, Field>;
}

const isInHeading = (blocks: readonly Block[], span: Segment["before"]): boolean =>
  span !== undefined && isHeading(blocks[span.paragraph]!);

/** In a heading a change of letter case alone is typography. */
function cosmeticHeading(texts: Pick<Comparison, "before" | "after">, segment: Segment): Segment {
  if (segment.kind !== "edited" || segment.cosmetic) return segment;
  const same = sameButCase(textOf(texts.before, segment.before!), textOf(texts.after, segment.after!));
  return same ? { ...segment, cosmetic: true } : segment;
}
