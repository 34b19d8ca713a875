import { existsSync } from "node:fs";
import { join } from "node:path";
import { load } from "cheerio/slim";
import { inventedStory } from "../support/invented-stories.ts";
import { wronglyJudged } from "../support/recaptures.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { dressingOf, SITES } from "../support/site-families.ts";
import { type LabelledPage, pagesOf } from "./normalise/corpora.ts";
import { hostile } from "./normalise/hostile.ts";
import { type Extractor, extractors, htmlIn, textBy } from "./normalise/peers.ts";
import { type Score, scoreBodies, scoreSegments } from "./normalise/scores.ts";
import { stabilityOf, stabilityWithLearning } from "./normalise/stability.ts";

/**
 * The normaliser beside other extractors, in one run: quality, stability, speed. On real pages where EXTRACTION_DATA and
 * REVISION_DATA name folders of labelled pages and recaptures (normalise/corpora.ts tells their form), and always on
 * stories that this project invents. Peers take part when they are installed; the bench says how.
 */
const RECAPTURES = 1_000;
const INVENTED_PAGES = 200;
const SETS: readonly string[] = ["scrapinghub", "trafilatura", "newspaper4k"];
const PASSES = 5;

const say = (line: string) => process.stdout.write(`${line}\n`);
const row = (name: string, ...cells: readonly string[]) => say(`  ${name.padEnd(24)}${cells.join("  ")}`);
const told = ({ f1, precision, recall }: Score) =>
  `F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`;

async function quality(title: string, pages: readonly LabelledPage[], all: readonly Extractor[]): Promise<void> {
  say(`\n${title}, ${pages.length} pages`);
  for (const extractor of all) {
    const read: (LabelledPage & { text: string })[] = [];
    for (const page of pages) read.push({ ...page, text: await textBy(extractor, page.html(), page.url) });
    const score = pages.every(({ withs }) => withs)
      ? scoreSegments(read.map(({ withs = [], withouts = [], text }) => ({ withs, withouts, text })))
      : scoreBodies(read.map(({ truth, truthMarkdown = "", text }) => ({ truth: truth ?? truthMarkdown, text })));
    row(extractor.name, told(score), `empty ${read.filter(({ text }) => text.trim() === "").length}`);
  }
}

function inventedPages(): LabelledPage[] {
  const sites = Object.keys(SITES);
  return Array.from({ length: INVENTED_PAGES }, (_, at) => {
    const random = seededRandom((at + 1) * 7_919);
    const story = inventedStory(random);
    const html = SITES[sites[at % sites.length]!]!(story, dressingOf(random));
    const truth = [...story.paragraphs, story.quotation, ...story.list].join("\n");
    return { url: "https://site.example/story", truth, html: () => html };
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * CPU of the process, milliseconds a page, from the same bytes for all: the mean over pages of each page's median over
 * passes after a warm-up. All extractors have a page before the next page comes, so that a busy moment falls on all.
 */
async function speed(pages: readonly LabelledPage[], all: readonly Extractor[]): Promise<void> {
  const parse: Extractor = { name: PARSE, extract: (bytes) => String(load(htmlIn(bytes)).root().length) };
  const timed = [parse, ...all];
  say(`\nCPU per page, ${pages.length} pages, ${PASSES} passes`);
  const spent = new Map(timed.map(({ name }) => [name, pages.map((): number[] => [])]));
  for (let pass = -1; pass < PASSES; pass += 1)
    for (const [at, page] of pages.entries()) {
      const html = page.html();
      for (const extractor of timed) {
        const from = process.cpuUsage();
        await textBy(extractor, html, page.url);
        const { user, system } = process.cpuUsage(from);
        if (pass >= 0) spent.get(extractor.name)![at]!.push((user + system) / 1000);
      }
    }
  const means = new Map([...spent].map(([name, list]) => [name, mean(list.map(median))]));
  const ours = means.get("variorum")!;
  for (const [name, ms] of means)
    row(
      name,
      `${ms.toFixed(2)} ms`,
      name === PARSE ? `ours ${(ours / ms).toFixed(2)} ×` : `${(ms / ours).toFixed(1)} × ours`,
    );
}

const PARSE = "cheerio.load alone";
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Peak memory after more and more pages: what is remembered between pages would show. */
async function memory(pages: readonly LabelledPage[], [ours]: readonly Extractor[]): Promise<void> {
  say("\nPeak memory");
  let read = 0;
  for (const goal of [1_000, 10_000]) {
    for (; read < goal; read += 1) {
      const page = pages[read % pages.length]!;
      await textBy(ours!, page.html(), page.url);
    }
    row(`after ${goal} pages`, `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  }
}

const all = await extractors(say);
const invented = inventedPages();
const folder = process.env.EXTRACTION_DATA;
const sets = folder === undefined ? [] : SETS.filter((set) => existsSync(join(folder, set)));
const first = sets[0] === undefined ? invented : pagesOf(folder!, sets[0]);

await memory(first, all); // before the peers have grown the process
say(`\nInvented recaptures, ${RECAPTURES} of each`);
row("false alarms", String(wronglyJudged(RECAPTURES, false).length));
row("missed edits", String(wronglyJudged(RECAPTURES, true).length));
await quality("Invented stories on ten kinds of sites", invented, all);
for (const set of sets) await quality(set, pagesOf(folder!, set), all);
if (process.env.REVISION_DATA !== undefined) {
  say("\nReal recaptures: false alarms day to day, across redesigns; edits seen");
  for (const extractor of all) row(extractor.name, await stabilityOf(process.env.REVISION_DATA, extractor));
  row("variorum, having learnt", stabilityWithLearning(process.env.REVISION_DATA));
}
say("\nHostile documents, each in a process of its own");
hostile(row);
await speed(first, all);
