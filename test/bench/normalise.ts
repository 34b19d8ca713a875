import { wronglyJudged } from "../support/recaptures.ts";
import { inventedPages, type LabelledPage, setsHere } from "./normalise/corpora.ts";
import { hostile } from "./normalise/hostile.ts";
import { takenForNone } from "./normalise/judgement.ts";
import { memory } from "./normalise/memory.ts";
import { type Extractor, extractors, textBy } from "./normalise/peers.ts";
import { type Score, scoreBodies, scoreSegments } from "./normalise/scores.ts";
import { speed } from "./normalise/speed.ts";
import { stabilityOf, stabilityWithLearning } from "./normalise/stability.ts";

/**
 * The normaliser beside other extractors, in one run: quality, stability, speed. On real pages where EXTRACTION_DATA and
 * REVISION_DATA name folders of labelled pages and recaptures (normalise/corpora.ts tells their form), and always on
 * stories that this project invents. Peers take part when they are installed; the bench says how.
 */
const RECAPTURES = 1_000;

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

const all = await extractors(say);
// what peers print of pages that they cannot read is theirs to hear
console.error = console.warn = () => {};

say("\nMemory");
memory(row);
say("\nCPU per page");
speed(
  all.map(({ name }) => name),
  row,
);
say("\nHostile documents, each in a process of its own");
hostile(row);
say(`\nInvented recaptures, ${RECAPTURES} of each`);
row("false alarms", String(wronglyJudged(RECAPTURES, false).length));
row("missed edits", String(wronglyJudged(RECAPTURES, true).length));
await quality("Invented stories on ten kinds of sites", inventedPages(), all);
for (const [set, pages] of setsHere()) await quality(set, pages, all);
say("\nLabelled pages taken for a wall, an error or a challenge");
row("variorum", takenForNone(setsHere().flatMap(([, pages]) => pages)));
if (process.env.REVISION_DATA !== undefined) {
  say("\nReal recaptures: false alarms day to day, across redesigns; edits seen");
  for (const extractor of all) row(extractor.name, await stabilityOf(process.env.REVISION_DATA, extractor));
  row("variorum, having learnt", stabilityWithLearning(process.env.REVISION_DATA));
}
