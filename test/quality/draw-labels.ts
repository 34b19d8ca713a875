import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { compareArticles } from "../../shared/diff/compare.ts";
import { textOf } from "../../shared/diff/spans.ts";
import { LABEL_STANDING } from "../../shared/diff/standing.ts";
import type { Comparison, Segment } from "../../shared/domain/comparison.ts";
import type { LabelKind } from "../../shared/domain/label.ts";
import type { Span } from "../../shared/domain/span.ts";
import { articleOf } from "../diff/articles.ts";

/**
 * Draws what readers judge: for each kind of label seeded firings of its rule on real pairs, and edited sentences where
 * no rule fires. The list (ids and spans) is kept in the project; the sheets (texts, shuffled, without the rules'
 * verdicts) are written where the third argument says, outside of it.
 *
 *     node test/quality/draw-labels.ts PAIRS.jsonl.gz PER_KIND SHEETS_FOLDER
 */
const [pairsFile, perKind = "34", sheets] = process.argv.slice(2);
if (!pairsFile || !sheets) throw new RangeError("draw-labels.ts PAIRS.jsonl.gz PER_KIND SHEETS_FOLDER");

/** One segment to judge. `fired`: what the rules said of it; readers do not see it. */
interface Item {
  readonly pair: string;
  readonly before: Span | null;
  readonly after: Span | null;
  readonly fired: readonly LabelKind[];
}

const KINDS: readonly LabelKind[] = ["number", "quotation", "negation", "hedging", "spelling", "name"];
/** Of one kind from one pair: a page full of one change must not be the measurement. */
const MOST_OF_A_PAIR = 2;

interface RealPair {
  readonly id: string;
  readonly lang: string;
  readonly before: { readonly paragraphs: readonly string[] };
  readonly after: { readonly paragraphs: readonly string[] };
}

const pairs = gunzipSync(readFileSync(pairsFile))
  .toString()
  .split("\n")
  .filter(Boolean)
  .map((line): RealPair => JSON.parse(line));

const comparisonOf = (pair: RealPair): Comparison => {
  const article = (paragraphs: readonly string[]) =>
    articleOf(
      paragraphs.filter((text) => text.trim() !== ""),
      { language: pair.lang },
    );
  return compareArticles(article(pair.before.paragraphs), article(pair.after.paragraphs));
};

const within = (span: Span, segment: Span | undefined): boolean =>
  segment?.paragraph === span.paragraph && span.start < segment.end && segment.start < span.end;

function firedOn(segment: Segment, { labels }: Pick<Comparison, "labels">): LabelKind[] {
  return labels
    .filter(
      ({ before = [], after = [] }) =>
        before.some((span) => within(span, segment.before)) || after.some((span) => within(span, segment.after)),
    )
    .map(({ kind }) => kind)
    .filter((kind) => KINDS.includes(kind));
}

/** Whole numbers below `n`, the same in every run. */
let state = 20_261_125;
const below = (n: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % n;
};

function shuffled<T>(values: readonly T[]): T[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}

const byKind = new Map<LabelKind | "none", Item[]>();
const texts = new Map<Item, { readonly marked: string; readonly around: string }>();
for (const pair of shuffled(pairs)) {
  const comparison = comparisonOf(pair);
  // Of kinds that can be filtered by, hints are the doubtful findings: they are not what is judged.
  const hints = (comparison.hints ?? []).filter(({ kind }) => LABEL_STANDING[kind] === "grey");
  const firm = { labels: [...comparison.labels, ...hints] };
  const taken = new Map<string, number>();
  for (const segment of shuffled(comparison.segments)) {
    if (segment.kind === "unchanged" || segment.cosmetic) continue;
    const fired = firedOn(segment, firm);
    if (fired.length === 0 && segment.kind !== "edited") continue;
    const item: Item = { pair: pair.id, before: segment.before ?? null, after: segment.after ?? null, fired };
    let isTaken = false;
    for (const kind of fired.length > 0 ? fired : (["none"] as const)) {
      const [count, all] = [taken.get(kind) ?? 0, byKind.get(kind) ?? []];
      if (count >= MOST_OF_A_PAIR || all.length >= Number(perKind)) continue;
      taken.set(kind, count + 1);
      byKind.set(kind, [...all, item]);
      isTaken = true;
    }
    if (isTaken) texts.set(item, shown(comparison, segment));
  }
}

/** The change as a reader sees it, and its paragraph. */
function shown({ before, after }: Comparison, segment: Segment) {
  const [from, to] = [segment.before && textOf(before, segment.before), segment.after && textOf(after, segment.after)];
  const words = segment.words ?? [
    ...(from === undefined ? [] : [{ mark: "-" as const, text: from }]),
    ...(to === undefined ? [] : [{ mark: "+" as const, text: to }]),
  ];
  const marked = words.map(({ mark, text }) => (mark === "=" ? text : mark === "-" ? `[-${text}-]` : `{+${text}+}`));
  const around = segment.after ? after[segment.after.paragraph]! : before[segment.before!.paragraph]!;
  return { marked: marked.join(""), around };
}

const items = [...texts.keys()].toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
writeFileSync(
  join(import.meta.dirname, "drawn-labels.json"),
  `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]\n`,
);
mkdirSync(sheets, { recursive: true });
for (const reader of ["a", "b"]) {
  const lines = shuffled(items.map((_, index) => index)).map((index) => {
    const { marked, around } = texts.get(items[index]!)!;
    return JSON.stringify({ item: index, change: marked, paragraph: around.slice(0, 600) });
  });
  writeFileSync(join(sheets, `sheet-${reader}.jsonl`), `${lines.join("\n")}\n`);
}
for (const [kind, { length }] of byKind) process.stdout.write(`${kind}: ${length}\n`);
process.stdout.write(`${items.length} items\n`);
