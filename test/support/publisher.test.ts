import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { headline } from "../../functions/local/demo/edit.ts";
import { libraryPost } from "../../functions/local/demo/library.ts";
import { type Manner, PAGE_TOKEN, startPublisher } from "./publisher.ts";
import type { ScenarioPublisher } from "./scenario.ts";

const POST = libraryPost(0);
let publisher: ScenarioPublisher | undefined;
afterEach(async () => {
  await publisher?.close();
  publisher = undefined;
});

/** Starts a site in this manner, moved to it, and gives its post's address. */
async function siteThat(manner: Manner): Promise<string> {
  publisher = await startPublisher({
    articles: { library: POST },
    steps: [
      { name: "start", article: "library", expect: {} },
      { name: "now", article: "library", edit: headline("Another headline"), expect: {}, ...manner },
    ],
    seed: 7,
  });
  await publisher.go("now");
  return publisher.urls.library!;
}

interface Answer {
  readonly message: IncomingMessage;
  readonly body: Buffer;
  readonly whole: boolean;
}

/** Asks without following or decoding anything. */
async function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const [message] = (await once(get(url, { headers, agent: false }), "response")) as [IncomingMessage];
  const pieces: Buffer[] = [];
  try {
    for await (const piece of message) pieces.push(piece);
  } catch {
    return { message, body: Buffer.concat(pieces), whole: false };
  }
  return { message, body: Buffer.concat(pieces), whole: message.complete };
}

describe("the scripted publisher", () => {
  it("serves the edited article among noise that differs at each request", async () => {
    const url = await siteThat({});
    const [first, second] = [await ask(url), await ask(url)];
    expect(first.body.toString()).toContain('<h1 class="entry-title">Another headline</h1>');
    expect(second.body.equals(first.body)).toBe(false);
  });

  it("repeats its noise under the same seed", async () => {
    const bodies: string[] = [];
    for (let round = 0; round < 2; round++) {
      const url = await siteThat({});
      bodies.push((await ask(url)).body.toString().replaceAll(new URL(url).host, "host"));
      await publisher?.close();
    }
    expect(bodies[0]).toBe(bodies[1]);
  });

  it("answers 304 to its validator, in conditional steps alone", async () => {
    const conditional = await siteThat({ conditional: true });
    const { etag = "" } = (await ask(conditional)).message.headers;
    expect((await ask(conditional, { "if-none-match": etag })).message.statusCode).toBe(304);
    await publisher?.close();
    expect((await ask(await siteThat({}), { "if-none-match": etag })).message.statusCode).toBe(200);
  });

  it("speaks windows-1252 and says so in the page alone", async () => {
    const { message, body } = await ask(await siteThat({ charset: "windows-1252" }));
    expect(message.headers["content-type"]).toBe("text/html");
    expect(body.includes(0x93)).toBe(true); // a left double quotation mark
    expect(new TextDecoder("windows-1252").decode(body)).toContain("“We kept the lever frame");
  });

  it("zips, and sends without a length", async () => {
    const { message, body } = await ask(await siteThat({ gzip: true, chunked: true }));
    expect(message.headers).toMatchObject({ "content-encoding": "gzip", "transfer-encoding": "chunked" });
    expect(gunzipSync(body).toString()).toContain("Another headline");
  });

  it("hangs up halfway", async () => {
    const { message, body, whole } = await ask(await siteThat({ cut: true }));
    expect(whole).toBe(false);
    expect(body.length).toBeLessThan(Number(message.headers["content-length"]));
  });

  it("sends readers to a new address, where the article is", async () => {
    const { message } = await ask(await siteThat({ redirect: { status: 301, to: "/moved.html" } }));
    expect(message.statusCode).toBe(301);
    expect((await ask(message.headers.location ?? "")).body.toString()).toContain("Another headline");
  });

  it("puts another page in the article's place, with a token of its own", async () => {
    const { message, body } = await ask(await siteThat({ status: 410, page: `<h1>Gone ${PAGE_TOKEN}</h1>` }));
    expect(message.statusCode).toBe(410);
    expect(body.toString()).toMatch(/^<h1>Gone [a-z0-9]+<\/h1>$/);
  });

  it("lists what it was asked for, with the step", async () => {
    await ask(await siteThat({ status: 503 }));
    expect(await publisher?.requests()).toMatchObject([{ path: POST.path, status: 503, step: "now" }]);
  });

  it("knows its steps", async () => {
    await siteThat({});
    await expect(publisher?.go("never")).rejects.toThrow(/no step never/);
  });
});
