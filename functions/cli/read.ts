import { type Command, Option } from "commander";
import { compareArticles } from "../../shared/diff/compare.ts";
import { changeAsJson } from "../../shared/diff/render/json.ts";
import { changeAsMarkdown } from "../../shared/diff/render/markdown.ts";
import { changeAsPatch } from "../../shared/diff/render/patch.ts";
import { changeAsTerminal } from "../../shared/diff/render/terminal.ts";
import { comparedBlocks } from "../../shared/domain/article.ts";
import {
  type AvailabilityEvent,
  type ChangeSummary,
  hintsBeside,
  type Revision,
} from "../../shared/domain/revision.ts";
import { readArticle, readComparison } from "../../shared/ports/derived-store.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import { all, findWatch } from "./find.ts";
import type { Run, Said } from "./options.ts";
import { counted, printableJson, wantsColour } from "./print.ts";

const FORMATS = ["text", "markdown", "json", "patch"] as const;
type Format = (typeof FORMATS)[number];

/** `log`, `diff`, `show`: an article's history. */
export function readingCommands(program: Command, run: Run): void {
  program
    .command("log <watch>")
    .description("revisions and availability events, newest first")
    .action((named: string) => run({}, (deployment) => log(named, deployment)));
  program
    .command("diff <watch> [range]")
    .description("what changed: the newest change, or between two revisions as in 3..7")
    .addOption(new Option("--format <format>", "how it is written").choices(FORMATS).default("text"))
    .action((named: string, range: string | undefined, { format }: { format: Format }) =>
      run({}, (deployment) => diff(named, range, format, deployment)),
    );
  program
    .command("show <watch> [revision]")
    .description("the article as it read in a revision (default: the newest)")
    .action((named: string, number?: string) => run({}, (deployment) => show(named, number, deployment)));
}

async function log(named: string, { services: { ledger } }: Deployment) {
  const { id } = await findWatch(ledger, named);
  const revisions = await all((page) => ledger.revisions(id, page));
  const events = await all((page) => ledger.events(id, page));
  const rows = [
    ...revisions.map((revision) => ({ at: revision.firstSeen, text: revisionLine(revision), row: revision })),
    ...events.map((event) => ({ at: event.at, text: eventLine(event), row: event })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return {
    json: rows.map(({ row }) => row),
    text: rows.map(({ text }) => text).join("\n") || `${id} was not captured yet`,
  };
}

function revisionLine({ number, firstSeen, headline, change, cause, rotation }: Revision): string {
  const head = `${firstSeen}  revision ${number}`;
  if (!change) return `${head}  first capture: ${headline ?? "no headline"}`;
  if (cause === "reextraction" && rotation) return `${head}  read anew: ${rotatingText(rotation.places)}`;
  const facts = cause === "reextraction" ? "our own better reading" : factsOf(change).join(", ");
  return `${head}  ${facts}; edited after ${change.observed.lastSeen}`;
}

/** What rotates is another on every visit, and not compared. */
const rotatingText = (places: number): string =>
  places === 0
    ? "nothing in it rotates any more"
    : `${counted(places, "place", "places")} in it rotate from visit to visit`;

const returnText = (revertedTo: number | undefined, alternatesWith: number | undefined): string =>
  alternatesWith === undefined ? `reverted to revision ${revertedTo}` : `alternates with revision ${alternatesWith}`;

/** Only a substantive edit is ever called unmarked. */
function factsOf(change: ChangeSummary): string[] {
  const { significance, disclosure, labels, revertedTo, alternatesWith } = change;
  const unmarked = significance === "substantive" ? ["unmarked"] : [];
  const told = labels.map((label) => (label === "reverted" ? returnText(revertedTo, alternatesWith) : label));
  const hints = hintsBeside(change).map((hint) => `perhaps ${hint}`);
  return [significance, ...(disclosure === "none" ? unmarked : [disclosure]), ...told, ...hints];
}

const eventLine = ({ kind, at, observed }: AvailabilityEvent): string =>
  `${at}  ${kind}, between ${observed.lastSeen} and ${observed.firstSeen}`;

async function diff(named: string, range: string | undefined, format: Format, deployment: Deployment): Promise<Said> {
  const { ledger, derived } = deployment.services;
  const { id } = await findWatch(ledger, named);
  const [from, to] = range === undefined ? await newestChange(ledger, id) : readRange(range);
  const [before, after] = [await revision(ledger, id, from), await revision(ledger, id, to)];
  const recorded = to === from + 1 ? after.change?.comparison : undefined;
  const comparison = recorded
    ? await readComparison(derived, recorded)
    : compareArticles(await readArticle(derived, before.article), await readArticle(derived, after.article));
  const json = { watchId: id, from, to, change: changeAsJson(comparison) };
  if (format === "json") return { json, text: printableJson(json) };
  const head = [`revision ${from} → ${to}`, ...factLines(after, recorded !== undefined)];
  if (format === "patch") {
    const names = { before: `revision-${from}`, after: `revision-${to}` };
    return { json, text: changeAsPatch(comparison, names).trimEnd() };
  }
  if (format === "markdown") {
    return { json, text: changeAsMarkdown(comparison, { title: after.headline ?? id, facts: head }).trimEnd() };
  }
  const colour = wantsColour(process.stdout, process.env);
  return {
    json,
    text: `${head.join("\n")}\n`,
    coloured: changeAsTerminal(comparison, { colour }).trimEnd(),
  };
}

/** What is known of a recorded change beside its words. */
function factLines({ cause, change }: Revision, isRecorded: boolean): string[] {
  if (!change || !isRecorded) return [];
  const { lastSeen, firstSeen } = change.observed;
  const facts = cause === "reextraction" ? ["our own better reading"] : factsOf(change);
  return [facts.join(", "), `edited after ${lastSeen}, not after ${firstSeen}`];
}

async function newestChange(ledger: Ledger, id: string): Promise<[number, number]> {
  const newest = (await ledger.standing(id))?.newest;
  if (!newest || newest.number < 2) throw new CommandFailed(`${id} has not changed yet`, EXIT.notFound);
  return [newest.number - 1, newest.number];
}

function readRange(range: string): [number, number] {
  const match = /^(\d{1,9})\.\.(\d{1,9})$/.exec(range);
  if (!match) throw new CommandFailed(`"${range}" is no range: write two revisions as in 3..7`, EXIT.usage);
  return [Number(match[1]), Number(match[2])];
}

async function show(named: string, number: string | undefined, { services: { ledger, derived } }: Deployment) {
  const { id } = await findWatch(ledger, named);
  if (number !== undefined && !/^\d{1,9}$/.test(number)) {
    throw new CommandFailed(`"${number}" is no revision: write its number, as in 3`, EXIT.usage);
  }
  const newest = (await ledger.standing(id))?.newest;
  if (!newest) throw new CommandFailed(`${id} was not captured yet`, EXIT.notFound);
  const shown = number === undefined ? newest : await revision(ledger, id, Number(number));
  const article = await readArticle(derived, shown.article);
  const { headline, standfirst, byline, published, modified } = article;
  const head = [
    headline,
    standfirst,
    byline && `by ${byline}`,
    published && `published ${published}`,
    modified && `modified ${modified}`,
  ];
  const blocks = comparedBlocks(article).map(({ text }) => text);
  const rotating = article.blocks.filter(({ volatile }) => volatile).map(({ text }) => `  ${text}`);
  const apart = rotating.length > 0 ? ["", "Another on every visit, not compared:", ...rotating] : [];
  const lines = [...head.filter(Boolean), "", blocks.join("\n\n"), ...apart];
  return { json: { revision: shown, article }, text: lines.join("\n") };
}

async function revision(ledger: Ledger, id: string, number: number): Promise<Revision> {
  const found = await ledger.revision(id, number);
  if (!found) throw new CommandFailed(`${id} has no revision ${number}`, EXIT.notFound);
  return found;
}
