import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import type { Scenario, ScenarioPublisher, ScenarioStep } from "../support/scenario.ts";

/** Names the folder that holds the seed: a publisher outside this project, with the truth for each of its steps. */
export const SEED_VARIABLE = "VARIORUM_SEED";

/** Why the seed scenario cannot run, in words for whoever reads the test report; null when it can. */
export function seedAbsence(folder: string | undefined): string | null {
  if (!folder) return `${SEED_VARIABLE} names no folder, so the seed scenario is skipped`;
  const lacking = ["site.mjs", "steps.mjs"].filter((file) => !existsSync(join(folder, file)));
  return lacking.length > 0 ? `${folder} (from ${SEED_VARIABLE}) lacks ${lacking.join(" and ")}` : null;
}

const Wording = v.strictObject({ from: v.string(), to: v.string() });
const Count = v.optional(v.number());
const optionalOf = <const Options extends readonly string[]>(options: Options) => v.optional(v.picklist(options));

/** Strict, so that a truth which nobody here checks is an error and not a silence. */
const SeedExpectation = v.strictObject({
  revision: Count,
  notices: Count,
  significance: optionalOf(["cosmetic", "substantive"]),
  disclosure: optionalOf(["retraction", "correction", "clarification", "editors-note", "update", "date-only", "none"]),
  segments: v.optional(v.strictObject({ edited: Count, moved: Count, added: Count, removed: Count, cosmetic: Count })),
  labels: v.optional(
    v.array(
      v.picklist(["headline", "standfirst", "byline", "number", "quotation", "typography", "correction", "reverted"]),
    ),
  ),
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  of: v.optional(v.string()),
  headline: v.optional(Wording),
  byline: v.optional(Wording),
  revertedTo: Count,
  event: optionalOf(["unpublished", "restored"]),
  refusals: Count,
  blocks: v.optional(v.strictObject({ paragraph: Count, heading: Count, related: Count })),
  language: v.optional(v.string()),
  standfirst: v.optional(v.null()),
});

const SeedStep = v.object({
  name: v.string(),
  conditional: v.optional(v.boolean()),
  status: v.optional(v.number()),
  expect: SeedExpectation,
});

const SeedArticle = v.object({
  title: v.string(),
  author: v.string(),
  published: v.string(),
  body: v.array(v.object({ text: v.string(), related: v.optional(v.boolean()) })),
});

const SeedRequests = v.object({
  requests: v.array(v.object({ path: v.string(), status: v.number(), step: v.string(), at: v.string() })),
});

interface Site {
  serve(port: number, host: string, options: { seed: number }): Promise<{ server: Server; url: string }>;
}
interface Steps {
  readonly STEPS: unknown;
  articleAt(index: number): unknown;
}

const ARTICLE = "post";

/** Starts the seed's publisher and makes its steps a scenario of ours. @throws ValiError if the seed is not as known */
export async function startSeedScenario(folder: string, { seed }: { readonly seed: number }): Promise<Scenario> {
  const { serve } = await load<Site>(folder, "site.mjs");
  const { STEPS, articleAt } = await load<Steps>(folder, "steps.mjs");
  const steps = v.parse(v.array(SeedStep), STEPS);
  const articles = steps.map((_, index) => v.parse(SeedArticle, articleAt(index)));
  const { server, url } = await serve(0, "127.0.0.1", { seed });
  return { publisher: drivenOverHttp(url, server), steps: steps.map((step, at) => stepOf(step, articles[at])) };
}

const load = async <Module>(folder: string, file: string): Promise<Module> =>
  (await import(pathToFileURL(join(folder, file)).href)) as Module;

function drivenOverHttp(url: string, server: Server): ScenarioPublisher {
  const control = new URL("/_step", url);
  return {
    urls: { [ARTICLE]: url },
    async go(step) {
      const answer = await fetch(`${control.href}?to=${encodeURIComponent(step)}`, { method: "POST" });
      if (!answer.ok) throw new Error(`the seed's publisher refused step ${step}: ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    async requests() {
      const answer = await fetch(control);
      return v.parse(SeedRequests, await answer.json()).requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type SeedStep = v.InferOutput<typeof SeedStep>;
type SeedArticle = v.InferOutput<typeof SeedArticle>;

function stepOf({ name, conditional, status, expect }: SeedStep, article: SeedArticle | undefined): ScenarioStep {
  const { from, to, of: movedFrom, blocks, language, standfirst, segments, ...same } = expect;
  const answered = conditional ? [304] : status === undefined ? [] : [status];
  const reading = expect.revision !== undefined && article && readingOf(article, { blocks, language, standfirst });
  const told = {
    ...same,
    answered,
    ...(segments && { segments: defined(segments) }),
    ...(from !== undefined && to !== undefined && { wordings: [{ from, to }] }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(reading && { reading }),
  };
  return { name, article: ARTICLE, expect: defined(told) };
}

function readingOf(
  { title, author, published, body }: SeedArticle,
  given: Pick<v.InferOutput<typeof SeedExpectation>, "blocks" | "language" | "standfirst">,
) {
  const { blocks, ...others } = given;
  return {
    headline: title,
    byline: author,
    published,
    texts: body.filter(({ related }) => !related).map(({ text }) => text),
    ...(blocks && { blocks: defined(blocks) }),
    ...defined(others),
  };
}

type Defined<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** Leaves out what is undefined: "not named" is an absent field here. */
const defined = <Fields extends object>(fields: Fields): Defined<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
