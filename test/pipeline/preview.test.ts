import { expect, it } from "vitest";
import { previewOfUrl } from "../../shared/pipeline/preview.ts";
import { NOON } from "../support/builders.ts";
import { manualClock } from "../support/manual-clock.ts";
import { pageOf, scriptedWeb } from "../support/scripted-web.ts";

const URL = "https://paper.example/story";
const PAGE = pageOf({ headline: "The quay", paragraphs: ["The quay will be dredged before the storms.".repeat(3)] });

function webWith(robots: { status?: number; body?: string }) {
  const web = scriptedWeb(manualClock(NOON));
  web.set("https://paper.example/robots.txt", robots);
  web.set(URL, { body: PAGE });
  return web;
}

it("reads what a watch would read", async () => {
  const { inspection, failure } = await previewOfUrl(URL, webWith({ status: 404 }), []);
  expect(failure).toBeNull();
  expect(inspection?.article.headline).toBe("The quay");
  expect(inspection?.parts().map(({ kept }) => kept)).toEqual(["headline", "text"]);
});

it.each([
  ["forbids it", { body: "User-agent: *\nDisallow: /" }, "robots-disallowed"],
  ["cannot be read", { status: 503 }, "robots-unreachable"],
])("asks for no page where robots.txt %s", async (_why, robots, kind) => {
  const web = webWith(robots);
  expect((await previewOfUrl(URL, web, [])).failure?.kind).toBe(kind);
  expect(web.asked.map(({ url }) => url)).toEqual(["https://paper.example/robots.txt"]);
});
