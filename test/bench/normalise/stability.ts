import { createHash } from "node:crypto";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { type EarlierReading, volatileSlots, withVolatile } from "../../../shared/normalise/volatile.ts";
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

/** The same for ours, where all captures of the page up to the pair's first have taught which places rotate. */
export function stabilityWithLearning(folder: string): string {
  const pairs = pairsIn(folder);
  const readings = new Map<string, ReturnType<typeof normalise>>();
  const read = ({ path, html }: Taken, url: string) => {
    const known = readings.get(path);
    if (known) return known;
    const bytes = new TextEncoder().encode(html());
    const article = normalise({ url, bytes, contentType: "text/html; charset=utf-8" });
    readings.set(path, article);
    return article;
  };
  const judged = sample(pairs).map((pair) => {
    const captures = pairs
      .filter(({ set, page }) => set === pair.set && page === pair.page)
      .flatMap(({ a, b }) => [a, b])
      .filter(({ date }) => date !== "" && date <= pair.a.date);
    const earlier: EarlierReading[] = [...new Map(captures.map((taken) => [taken.path, taken])).values()]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .slice(-8)
      .map((taken) => ({ at: taken.date, blocks: read(taken, pair.url).blocks }));
    const slots = volatileSlots(earlier);
    const text = (taken: Taken) => flat(articleText(withVolatile(read(taken, pair.url), slots)));
    return { pair, differs: text(pair.a) !== text(pair.b) };
  });
  return tally(judged);
}
