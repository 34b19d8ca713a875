import type { Services } from "../../shared/pipeline/services.ts";
import { type PipelineWorld, pipelineWorld } from "./pipeline-world.ts";
import { type Answer, pageOf } from "./scripted-web.ts";

/** An article of one paper, and what the tests of the pipeline ask of the record about it. */
export const URL = "https://news.example/bridge";
export const PARAGRAPHS = [
  "The harbour bridge will stay closed for three days while divers look at its middle pier, the port office said.",
  "Ferries run every twenty minutes from the fish market to the grain quay, and the fare is one crown each way.",
  "The bridge was last closed in the spring, when a barge with gravel came loose and drifted into its north side.",
  "The divers found loose stones at the foot of the pier, which the port office says will be lifted out by a crane.",
  "A second bridge has been talked of for longer than anyone on the council can remember, and no plan for it was drawn.",
  "Shopkeepers on the island had asked for a notice of a week, and the port office says that it could not give one.",
];
export const story = (edit: (text: string) => string = (text) => text, headline = "Bridge closed"): Answer => ({
  body: pageOf({ headline, paragraphs: PARAGRAPHS.map(edit) }),
});
export const EDITED = story((text) => text.replace("three days", "thirty days"));

/** The world with the article watched and its baseline recorded. */
export async function followed(answer: Answer = story()): Promise<PipelineWorld & { readonly id: string }> {
  const world = pipelineWorld();
  world.web.set(URL, answer);
  const id = await world.follow(URL);
  await world.capture(URL, 0);
  return { ...world, id };
}

/** All that the ledger holds of a watch, oldest first. */
export const recorded = async ({ ledger }: Services, id: string) => ({
  revisions: (await ledger.revisions(id, { limit: 50 })).rows.toReversed(),
  events: (await ledger.events(id, { limit: 50 })).rows.toReversed(),
  captures: (await ledger.captures(id, { limit: 50 })).rows.toReversed(),
});

/** Keys of the evidence archive. */
export async function warcs({ evidence }: Services, prefix: string): Promise<string[]> {
  return Array.fromAsync(evidence.list(prefix));
}
