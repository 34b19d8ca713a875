/** Precision, recall and F1 between 0 and 1. */
export interface Score {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
}

const GRAM = 4;
/** Letters, numbers, underscores: what the benchmark's own tokens are. */
const TOKEN = /[\p{L}\p{N}_]+/gu;

function shingles(text: string): Map<string, number> {
  const tokens = text.match(TOKEN) ?? [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, tokens.length - GRAM + 1) && tokens.length > 0; at += 1) {
    const gram = tokens.slice(at, at + GRAM).join("\u0001");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** Body against body, by shingles of four words, as scrapinghub/article-extraction-benchmark does; means over pages. */
export function scoreBodies(pages: readonly { readonly truth: string; readonly text: string }[]): Score {
  const each = pages.map(({ truth, text }) => {
    const [wanted, got] = [shingles(truth), shingles(text)];
    let both = 0;
    for (const [gram, count] of wanted) both += Math.min(count, got.get(gram) ?? 0);
    const sum = (counts: Map<string, number>) => [...counts.values()].reduce((all, count) => all + count, 0);
    return { both, wanted: sum(wanted), got: sum(got) };
  });
  const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
  const precision = mean(each.filter(({ got }) => got > 0).map(({ both, got }) => both / got));
  const recall = mean(each.filter(({ wanted }) => wanted > 0).map(({ both, wanted }) => both / wanted));
  return { f1: (2 * precision * recall) / (precision + recall), precision, recall };
}

/** Segments that must and must not occur, as trafilatura's evaluation does; over all segments. */
export function scoreSegments(
  pages: readonly { readonly withs: readonly string[]; readonly withouts: readonly string[]; readonly text: string }[],
): Score {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  let [found, missed, wrong] = [0, 0, 0];
  for (const { withs, withouts, text } of pages) {
    const said = plain(text);
    const hits = withs.filter((segment) => said.includes(plain(segment))).length;
    found += hits;
    missed += withs.length - hits;
    wrong += withouts.filter((segment) => said.includes(plain(segment))).length;
  }
  const [precision, recall] = [found / (found + wrong), found / (found + missed)];
  return { f1: (2 * precision * recall) / (precision + recall), precision, recall };
}
