import { load } from "cheerio/slim";
import { alone, answerIfAlone } from "../alone.ts";
import { benchPages } from "./corpora.ts";
import { type Extractor, extractors, htmlIn, textBy } from "./peers.ts";

const PASSES = 3;
const ROUNDS = 2;
const PARSE: Extractor = { name: "cheerio.load alone", extract: (bytes) => String(load(htmlIn(bytes)).root().length) };
const OURS = "variorum";

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * CPU of a process that does nothing else, all of its threads, milliseconds a page, from the same bytes for all: the mean
 * over pages of each page's median over passes after a warm-up. All have a round before the next round comes, and of each
 * the better round counts: a busy machine makes a round dear, and none cheap.
 */
export function speed(names: readonly string[], row: (name: string, ...cells: readonly string[]) => void): void {
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of [PARSE.name, ...names]) {
      const spent = alone<number>(import.meta.filename, [name]);
      best.set(name, Math.min(spent, best.get(name) ?? Number.POSITIVE_INFINITY));
    }
  const ours = best.get(OURS)!;
  for (const [name, spent] of best)
    row(
      name,
      `${spent.toFixed(2)} ms`,
      name === PARSE.name ? `ours ${(ours / spent).toFixed(2)} ×` : `${(spent / ours).toFixed(1)} × ours`,
    );
}

await answerIfAlone(import.meta.filename, async ([name]): Promise<number> => {
  const extractor = [PARSE, ...(await extractors(() => {}))].find((one) => one.name === name);
  if (!extractor) throw new Error(`no extractor ${name}`);
  const pages = benchPages().map(({ url, html }) => ({ url, html: html() }));
  const spent = pages.map((): number[] => []);
  for (let pass = -1; pass < PASSES; pass += 1)
    for (const [at, { url, html }] of pages.entries()) {
      const from = process.cpuUsage();
      await textBy(extractor, html, url);
      const { user, system } = process.cpuUsage(from);
      if (pass >= 0) spent[at]!.push((user + system) / 1000);
    }
  return mean(spent.map(median));
});
