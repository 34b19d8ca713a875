import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { canonicalWatchUrl } from "../../shared/domain/url.ts";
import type { SourceRule } from "../../shared/normalise/rules/source-rule.ts";
import { type Preview, previewOfAnswer, previewOfUrl, whereabouts } from "../../shared/pipeline/preview.ts";
import { folderRules, localFetcher } from "../runtime/local.ts";
import { rulesIn } from "../runtime/rules.ts";
import { environmentSettings } from "../runtime/settings.ts";
import { CommandFailed } from "./failure.ts";
import type { Said } from "./options.ts";
import { previewText, whereaboutsText } from "./preview-text.ts";

/** Says without a deployment: a preview reads a page and keeps nothing. */
export type Say = (said: Said) => void;

interface Options {
  readonly all?: boolean;
  readonly find?: string;
  readonly rules?: string;
  readonly url?: string;
}

/** `preview`: what a watch would read, before there is one. */
export function previewCommand(program: Command, say: Say): void {
  program
    .command("preview <page>")
    .description("what would be read from a page (URL or HTML file), and why; nothing is kept")
    .option("--all", "every piece of the page in reading order")
    .option("--find <words>", "only: where these words stand, and why they are kept or not")
    .option("--rules <file>", "read by these rules for sources (default: those of the folder)")
    .option("--url <url>", "of a file: the address that it was saved from")
    .action(async (page: string, options: Options) => {
      const { folder } = program.opts<{ folder: string }>();
      const rules = options.rules === undefined ? folderRules(resolve(folder)) : rulesIn(resolve(options.rules));
      say(saidOf(await preview(page, options.url, rules), options));
    });
}

async function preview(page: string, savedFrom: string | undefined, rules: readonly SourceRule[]): Promise<Preview> {
  const url = canonicalWatchUrl(page);
  if (url.ok) return previewOfUrl(url.url, localFetcher(environmentSettings(process.env)), rules);
  const from = savedFrom === undefined ? null : canonicalWatchUrl(savedFrom);
  if (from && !from.ok) throw new CommandFailed(from.problem);
  const path = resolve(page);
  return previewOfAnswer(from?.url ?? pathToFileURL(path).href, { status: 200, headers: {}, body: saved(path) }, rules);

  function saved(file: string): Uint8Array {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new CommandFailed(`${page} is neither a URL nor a file that can be read (${(error as Error).message})`);
    }
  }
}

function saidOf(preview: Preview, { all = false, find }: Options): Said {
  const { inspection, failure } = preview;
  const columns = process.stdout.columns ?? 80;
  const found = find === undefined ? null : whereabouts(preview, find);
  const json = {
    failure,
    article: inspection?.article ?? null,
    rule: inspection?.rule ?? null,
    choice: inspection?.choice() ?? null,
    parts: inspection?.parts() ?? [],
    ...(found && { found }),
  };
  const text = found ? whereaboutsText(find ?? "", found, columns) : previewText(preview, { all, columns });
  return { json, text, failed: failure !== null };
}
