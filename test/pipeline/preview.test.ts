import { describe, expect, it } from "vitest";
import { evidenceFor, previewOfAnswer, previewOfUrl, whereabouts } from "../../shared/pipeline/preview.ts";
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

it("reads by the source's rule", async () => {
  const { inspection } = await previewOfUrl(URL, webWith({ status: 404 }), [
    { host: "paper.example", take: [".gone"] },
  ]);
  expect(inspection?.rule).toMatchObject({ lost: ["take"] });
});

it.each([
  ["forbids it", { body: "User-agent: *\nDisallow: /" }, "robots-disallowed"],
  ["cannot be read", { status: 503 }, "robots-unreachable"],
])("asks for no page where robots.txt %s", async (_why, robots, kind) => {
  const web = webWith(robots);
  expect((await previewOfUrl(URL, web, [])).failure?.kind).toBe(kind);
  expect(web.asked.map(({ url }) => url)).toEqual(["https://paper.example/robots.txt"]);
});

const served = (body: string) => ({ status: 200, headers: { "content-type": "text/html" }, body: Buffer.from(body) });

describe("looking for words", () => {
  const preview = previewOfAnswer(
    URL,
    served(
      PAGE.replace("</body>", '<footer><p>Printed at the “grain quay”.</p></footer><img alt="a red crane"></body>'),
    ),
    [],
  );
  it.each([
    ["dredged before", [{ kept: "text" }], true],
    ["GRAIN QUAY", [{ kept: "nothing", why: "footer" }], true],
    ["red crane", [], true],
    ["a blue crane", [], false],
  ])("finds “%s” where it stands", (words, parts, isServed) => {
    const found = whereabouts(preview, words);
    expect(found.parts).toMatchObject(parts);
    expect(found.parts).toHaveLength(parts.length);
    expect(found.served).toBe(isServed);
  });
});

it("tells what speaks for a page", () => {
  const answer = served(PAGE.replace("<head>", '<head><meta name="author" content="Ida Holm">'));
  const { inspection } = previewOfAnswer(URL, answer, []);
  if (!inspection) throw new Error("not read");
  expect(evidenceFor(inspection.article, answer)).toEqual([
    expect.stringMatching(/^status 200, \d+ bytes$/),
    "129 characters of text in 1 block",
    "names author",
  ]);
});
