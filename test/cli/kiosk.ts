import { onTestFinished } from "vitest";
import { reword, together, touch } from "../../functions/local/demo/edit.ts";
import { type Post, paragraph } from "../../functions/local/demo/post.ts";
import { type PublisherStep, startPublisher } from "../support/publisher.ts";
import type { ScenarioPublisher } from "../support/scenario.ts";

const POST: Post = {
  path: "/2026/05/kiosk.html",
  language: "en",
  headline: "The Ferry Kiosk Sells Its Last Paper Ticket",
  byline: "Quay Desk",
  published: "2026-05-04T08:00:00.000Z",
  modified: "2026-05-04T08:00:00.000Z",
  blocks: [
    paragraph(
      "The kiosk at the north quay sold its last paper ticket on Sunday evening, to a man who wanted it as a bookmark. From Monday on passengers tap a card at the gate.",
    ),
    paragraph(
      "About 340 tickets were left on the roll. The harbour office will give them to the school on the island, where they are to become confetti for the summer play.",
    ),
    paragraph(
      "The keeper of the kiosk stays on to sell coffee and to explain the gate. She expects the explaining to take longer than the coffee.",
    ),
  ],
};

/** The kiosk post's life; what a monitor must report is for the end-to-end tests. */
const STEPS: readonly PublisherStep[] = [
  { name: "first", article: "kiosk", expect: {} },
  { name: "counted again", article: "kiosk", expect: {}, edit: reword("About 340 tickets", "About 430 tickets") },
  {
    name: "reworded",
    article: "kiosk",
    expect: {},
    edit: together(reword("explain the gate", "explain the new gate"), touch("2026-05-05T09:00:00.000Z")),
  },
  { name: "down", article: "kiosk", expect: {}, status: 503 },
];

/** A small site with one post, for the running test. */
export async function startKiosk(): Promise<ScenarioPublisher & { readonly url: string }> {
  const publisher = await startPublisher({ articles: { kiosk: POST }, steps: STEPS, seed: 5 });
  onTestFinished(() => publisher.close());
  return { ...publisher, url: publisher.urls.kiosk ?? "" };
}
