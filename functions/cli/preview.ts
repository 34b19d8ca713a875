import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { type Article, comparedBlocks, type Field, type Origin } from "../../shared/domain/article.ts";
import { FAILURES, type Failure } from "../../shared/domain/failure.ts";
import { canonicalWatchUrl } from "../../shared/domain/url.ts";
import type { Part } from "../../shared/normalise/parts.ts";
import type { SourceRule } from "../../shared/normalise/source-rule.ts";
import { type Preview, previewOfAnswer, previewOfUrl } from "../../shared/pipeline/preview.ts";
import { folderRules, localFetcher } from "../runtime/local.ts";
import { rulesIn } from "../runtime/rules.ts";
import { environmentSettings } from "../runtime/settings.ts";
import { CommandFailed } from "./failure.ts";
import type { Said } from "./options.ts";

/** Says without a deployment: a preview reads a page and keeps nothing. */
export type Say = (said: Said) => void;

interface Options {
  readonly all?: true;
  readonly rules?: string;
  readonly url?: string;
}

/** `preview`: what a watch would read, before there is one. */
export function previewCommand(program: Command, say: Say): void {
  program
    .command("preview <page>")
    .description("what would be read from a page (URL or HTML file), and why; nothing is kept")
    .option("--all", "also what is dropped, and why")
    .option("--rules <file>", "read by these rules for sources (default: those of the folder)")
    .option("--url <url>", "of a file: the address that it was saved from")
    .action(async (page: string, options: Options) => {
      const { folder } = program.opts<{ folder: string }>();
      const rules = options.rules === undefined ? folderRules(resolve(folder)) : rulesIn(resolve(options.rules));
      say(saidOf(await preview(page, options.url, rules), options.all === true));
    });
}

async function preview(page: string, savedFrom: string | undefined, rules: readonly SourceRule[]): Promise<Preview> {
  const url = canonicalWatchUrl(page);
  if (url.ok) return previewOfUrl(url.url, localFetcher(environmentSettings(process.env)), rules);
  const from = savedFrom === undefined ? null : canonicalWatchUrl(savedFrom);
  if (from && !from.ok) throw new CommandFailed(from.problem);
  try {
    const path = resolve(page);
    const body = readFileSync(path);
    return previewOfAnswer(from?.url ?? pathToFileURL(path).href, { status: 200, headers: {}, body }, rules);
  } catch (error) {
    throw new CommandFailed(`${page} is neither a URL nor a file that can be read (${(error as Error).message})`);
  }
}

function saidOf({ inspection, failure }: Preview, all: boolean): Said {
  const article = inspection?.article ?? null;
  const parts = inspection?.parts() ?? [];
  const text = [
    ...(failure ? [failureText(failure)] : []),
    ...(article ? [claimsText(article), ...parts.filter((part) => all || isKept(part)).map(partText)] : []),
    ...(article && !all
      ? [`${parts.filter((part) => !isKept(part)).length} other pieces were dropped: --all shows them`]
      : []),
  ];
  return { json: { failure, article, parts }, text: text.join("\n"), failed: failure !== null };
}

const isKept = ({ kept }: Part): boolean => kept !== "nothing";

const failureText = ({ kind, detail }: Failure): string =>
  `no article: ${FAILURES[kind].meaning} (${detail}); ${FAILURES[kind].advice}\n`;

const FIELDS: readonly (readonly [name: string, field: Field])[] = [
  ["headline", "headline"],
  ["standfirst", "standfirst"],
  ["byline", "byline"],
  ["published", "published"],
  ["modified", "modified"],
  ["language", "language"],
  ["section", "section"],
  ["site", "siteName"],
  ["canonical", "canonicalUrl"],
  ["image", "leadImage"],
];

function claimsText(article: Article): string {
  const fields = FIELDS.flatMap(([name, field]) => fieldLines(name, article[field], article.origins?.[field]));
  const flags = article.flags.map((flag) => line("flag", flag));
  return `${[...fields, ...flags, line("compared", `${comparedBlocks(article).length} blocks`)].join("\n")}\n`;
}

/** A field's value with where it was taken, and below it what other places of the page say. */
function fieldLines(name: string, value: string | null | undefined, origin: Origin | undefined): string[] {
  if (value == null) return [];
  const from = origin ? `  (${origin.from})` : "";
  const others = origin?.otherwise ?? [];
  return [line(name, value + from), ...others.map((claim) => line("", `≠ ${claim.value}  (${claim.from})`))];
}

const line = (name: string, text: string): string => name.padEnd(11) + text;

/** Pieces are shown in one line each; a paragraph's beginning is enough to know it by. */
const MOST_CHARS = 160;

function partText({ kind, text, kept, why }: Part): string {
  const beginning = text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text;
  const fate = why === null ? (kept === "text" ? kind : kept) : `- ${why}`;
  return `${fate.padEnd(28)}${beginning}`;
}
