import { createHash } from "node:crypto";
import type { Article } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";
import { followed } from "../../support/followed.ts";
import { type LabelledPair, pairsIn, type Taken } from "./corpora.ts";
import { type Extractor, textBy } from "./peers.ts";

/** Pairs taken of a set, in an order that nobody chose; half of them edits where there are enough. */
const MOST_OF_SET = 60;
/** The set whose pairs lie years and a redesign apart. */
const REDESIGNS = "news-recaptures";

function sample(pairs: readonly LabelledPair[]): LabelledPair[] {
  const order = (id: string) => createHash("sha256").update(id).digest("hex");
  const sorted = [...pairs].sort((a, b) => (order(a.id) < order(b.id) ? -1 : 1));
  return [...new Set(sorted.map(({ set }) => set))].flatMap((set) => {
    const own = sorted.filter((pair) => pair.set === set);
    if (own.length <= MOST_OF_SET) return own;
    const [edits, rest] = [own.filter(isEdit), own.filter((pair) => !isEdit(pair))];
    const taken = Math.min(edits.length, Math.max(MOST_OF_SET / 2, MOST_OF_SET - rest.length));
    return [...edits.slice(0, taken), ...rest.slice(0, MOST_OF_SET - taken)];
  });
}

const isEdit = ({ truth }: LabelledPair): boolean => truth === "edit";
const flat = (text: string): string => text.replace(/[\s\u00a0\u200b]+/g, " ").trim();

function tally(judged: readonly { readonly pair: LabelledPair; readonly differs: boolean }[]): string {
  const share = (which: (pair: LabelledPair) => boolean) => {
    const chosen = judged.filter(({ pair }) => which(pair));
    return `${chosen.filter(({ differs }) => differs).length}/${chosen.length}`;
  };
  const isNoise = ({ truth }: LabelledPair) => truth === "noise";
  return [
    share((pair) => isNoise(pair) && pair.set !== REDESIGNS),
    share((pair) => isNoise(pair) && pair.set === REDESIGNS),
    share(isEdit),
  ].join("  ");
}

/** False alarms day to day and across redesigns, and edits seen, of single readings. */
export async function stabilityOf(folder: string, extractor: Extractor): Promise<string> {
  const judged: { pair: LabelledPair; differs: boolean }[] = [];
  for (const pair of sample(pairsIn(folder))) {
    const [a, b] = [await textBy(extractor, pair.a.html(), pair.url), await textBy(extractor, pair.b.html(), pair.url)];
    judged.push({ pair, differs: flat(a) !== flat(b) });
  }
  return tally(judged);
}

/** Captures that must have come before a pair's second for anything to be learnt. */
const LEAST_CAPTURES = 3;

/**
 * The same for ours, as the pipeline reads a watch that captured the page as often as the corpus has it up to the pair's
 * first; only of pairs with three captures or more until then.
 */
export function stabilityWithLearning(folder: string): string {
  const pairs = pairsIn(folder);
  const articles = new Map<string, Article>();
  const read = ({ path, html }: Taken, url: string): Article => {
    const known = articles.get(path);
    if (known) return known;
    const bytes = new TextEncoder().encode(html());
    const article = normalise({ url, bytes, contentType: "text/html; charset=utf-8" });
    articles.set(path, article);
    return article;
  };
  const judged = sample(pairs).flatMap((pair) => {
    const captures = pairs
      .filter(({ set, page }) => set === pair.set && page === pair.page)
      .flatMap(({ a, b }) => [a, b])
      .filter(({ date }) => date !== "" && date <= pair.a.date);
    const earlier = [...new Map(captures.map((taken) => [taken.path, taken])).values()].toSorted((a, b) =>
      a.date < b.date ? -1 : 1,
    );
    if (earlier.length < LEAST_CAPTURES) return [];
    const [first, ...later] = earlier.map((taken) => ({ at: taken.date, article: read(taken, pair.url) }));
    const watch = followed(first!);
    for (const capture of later) watch.see(capture);
    return { pair, differs: watch.see({ at: pair.b.date, article: read(pair.b, pair.url) }) };
  });
  return tally(judged);
}
