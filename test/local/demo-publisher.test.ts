import { afterEach, describe, expect, it, vi } from "vitest";
import { demoLives } from "../../functions/local/demo/edits.ts";
import type { Post } from "../../functions/local/demo/post.ts";
import { type DemoPublisher, startDemoPublisher } from "../../functions/local/demo/publisher.ts";
import { seededRandom } from "../support/seeded-random.ts";

const EVERY_SECONDS = 4;

let demo: DemoPublisher | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await demo?.close();
});

/** A demo whose time passes when the test says so; its sockets live in real time. */
async function start(): Promise<readonly string[]> {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  demo = await startDemoPublisher({ editEverySeconds: EVERY_SECONDS, random: seededRandom(3) });
  return demo.urls;
}
const letAnEditComeDue = () => vi.advanceTimersByTime(EVERY_SECONDS * 1000);

/** The page's part that only its author changes. */
async function bodyOf(url: string): Promise<string> {
  const html = await (await fetch(url)).text();
  return html.slice(html.indexOf('<div class="entry-content'), html.indexOf('<footer class="entry-footer'));
}

describe("the demo's publisher", () => {
  it("serves a post in Indonesian and one in English", async () => {
    const pages = await Promise.all((await start()).map(async (url) => (await fetch(url)).text()));
    expect(pages.map((html) => /<html lang="(\w+)">/.exec(html)?.[1])).toEqual(["id", "en"]);
  });

  it("edits a post that was read twice, and not before", async () => {
    const [ferry = ""] = await start();
    const first = await bodyOf(ferry);
    letAnEditComeDue();
    expect(await bodyOf(ferry)).toBe(first);
    letAnEditComeDue();
    expect(await bodyOf(ferry)).not.toBe(first);
  });

  it("answers 304 for the post that has a validator, until its text changes", async () => {
    const [ferry = ""] = await start();
    const etag = (await fetch(ferry)).headers.get("etag") ?? "";
    const again = () => fetch(ferry, { headers: { "if-none-match": etag } });
    expect((await again()).status).toBe(304);
    letAnEditComeDue();
    expect((await again()).status).toBe(200);
  });

  it("lets everybody fetch its posts, and knows no other page", async () => {
    const [ferry = ""] = await start();
    expect(await (await fetch(new URL("/robots.txt", ferry))).text()).toMatch(/^User-agent: \*\nDisallow: \/search$/m);
    expect((await fetch(new URL("/search", ferry))).status).toBe(404);
  });

  it("stops when its signal aborts", async () => {
    const stop = new AbortController();
    const stopped = await startDemoPublisher({ editEverySeconds: 1, random: seededRandom(3), signal: stop.signal });
    stop.abort();
    await stopped.close();
    await expect(fetch(stopped.urls[0] ?? "")).rejects.toThrow();
  });
});

/** So many texts of a post, as a monitor compares them. */
const textsOf = (life: Iterator<Post, never>, count: number): string[] =>
  Array.from({ length: count }, () => {
    const { headline, byline, blocks } = life.next().value;
    return JSON.stringify([headline, byline, blocks]);
  });

describe("the lives of the demo's posts", () => {
  it.each([0, 1])("change at every step, for weeks on end (post %i)", (post) => {
    const texts = textsOf(demoLives()[post]!, 200);
    expect(texts.filter((text, step) => text === texts[step - 1])).toEqual([]);
  });

  it.each([0, 1])("return once a week to a text that stood before, and never to another week's (post %i)", (post) => {
    const weeks = Map.groupBy(textsOf(demoLives()[post]!, 100), (_, step) => Math.floor(step / 10));
    const seen = new Set<string>();
    for (const week of weeks.values()) {
      expect(new Set(week).size).toBe(week.length - 1);
      expect(week.filter((text) => seen.has(text))).toEqual([]);
      for (const text of week) seen.add(text);
    }
  });
});
