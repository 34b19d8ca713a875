import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Edit } from "../../functions/local/demo/edit.ts";
import type { Post } from "../../functions/local/demo/post.ts";
import { themedPage } from "../../functions/local/demo/theme.ts";
import { toInstant } from "../../shared/domain/time.ts";
import type { PublisherRequest, ScenarioPublisher, ScenarioStep } from "./scenario.ts";
import { seededRandom } from "./seeded-random.ts";
import { encodeWindows1252 } from "./windows-1252.ts";

/** A step of a site's life: what its author does to an article, and how the server answers for it meanwhile. */
export interface PublisherStep extends ScenarioStep, Manner {
  /** Changes what the step before left; stays for the steps after. */
  readonly edit?: Edit;
}

/** How the article's address is answered during one step. Nothing said: 200 with the article in its theme. */
export interface Manner {
  readonly status?: number;
  /** HTML in place of the article; `PAGE_TOKEN` in it stands for another word at each request. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Honours If-None-Match. */
  readonly conditional?: boolean;
  /** Sends readers elsewhere on this site; `page`, or else the article, is there. */
  readonly redirect?: { readonly status: 301 | 302 | 307 | 308; readonly to: string };
  /** Encoded and declared so, in the page alone. */
  readonly charset?: "utf-8" | "windows-1252";
  readonly gzip?: boolean;
  /** Without a length, in pieces. */
  readonly chunked?: boolean;
  /** Announces the whole length and hangs up halfway. */
  readonly cut?: boolean;
}

export interface PublisherOptions {
  /** The articles as first published, by name. */
  readonly articles: Readonly<Record<string, Post>>;
  /** At least one; the site begins at the first. */
  readonly steps: readonly PublisherStep[];
  /** Makes the pages' noise repeat. */
  readonly seed: number;
}

export const PAGE_TOKEN = "%token%";

/** Starts a site on a free port of this machine that a test moves from step to step. */
export async function startPublisher({ articles, steps, seed }: PublisherOptions): Promise<ScenarioPublisher> {
  const random = seededRandom(seed);
  const requests: PublisherRequest[] = [];
  let current = siteAt(articles, steps, 0);

  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const path = URL.parse(request.url ?? "/", origin)?.pathname ?? "/";
    const answer = answerFor(current, path, origin, request.headers["if-none-match"], random);
    requests.push({ path, status: answer.status, step: current.step.name, at: toInstant(Date.now()) });
    send(answer, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    urls: Object.fromEntries(
      Object.entries(articles).map(([name, { path }]) => [name, `http://127.0.0.1:${port}${path}`]),
    ),
    async go(name) {
      const index = steps.findIndex((step) => step.name === name);
      if (index < 0) throw new RangeError(`the site has no step ${name}`);
      current = siteAt(articles, steps, index);
    },
    requests: async () => [...requests],
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The site during one step. */
interface Site {
  readonly step: PublisherStep;
  readonly posts: ReadonlyMap<string, Post>;
}

/** @throws RangeError if a step is about no article of the site */
function siteAt(articles: Readonly<Record<string, Post>>, steps: readonly PublisherStep[], index: number): Site {
  const step = steps[index];
  if (!step) throw new RangeError("a site without steps");
  const posts = new Map(Object.entries(articles));
  for (const { name, article, edit } of steps.slice(0, index + 1)) {
    const post = posts.get(article);
    if (!post) throw new RangeError(`step ${name} is about ${article}, which the site does not have`);
    if (edit) posts.set(article, edit(post));
  }
  return { step, posts };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly chunked?: boolean;
  readonly cut?: boolean;
}

const HTML = { "content-type": "text/html" };
const UTF8_HTML = { "content-type": "text/html; charset=utf-8" };
const text = (content: string): Uint8Array => Buffer.from(content);

function answerFor(
  { step, posts }: Site,
  path: string,
  origin: string,
  ifNoneMatch: string | undefined,
  random: () => number,
): Answer {
  if (path === "/robots.txt") {
    return { status: 200, headers: { "content-type": "text/plain" }, body: text("User-agent: *\nDisallow: /admin\n") };
  }
  const subject = posts.get(step.article);
  if (step.redirect && path === subject?.path) {
    const location = `${origin}${step.redirect.to}`;
    return { status: step.redirect.status, headers: { ...HTML, location }, body: text("") };
  }
  const [name, post] = [...posts].find(([, candidate]) => candidate.path === path) ?? [];
  const isSubject = name === step.article || path === step.redirect?.to;
  const shown = isSubject ? subject : post;
  if (!shown) return { status: 404, headers: UTF8_HTML, body: text("<!doctype html><h1>404</h1>") };
  const page = (charset: string) => themedPage({ ...shown, path }, { origin, random, charset });
  const validator = { etag: etagOf(shown) };
  if (!isSubject) return { status: 200, headers: { ...UTF8_HTML, ...validator }, body: text(page("utf-8")) };
  return inManner(step, page, validator, ifNoneMatch, random);
}

function inManner(
  manner: Manner,
  articlePage: (charset: string) => string,
  validator: { readonly etag: string },
  ifNoneMatch: string | undefined,
  random: () => number,
): Answer {
  const { status = 200, page, headers = {}, charset = "utf-8", gzip = false, chunked = false, cut = false } = manner;
  const standIn = page ?? (status === 200 ? undefined : "");
  if (standIn !== undefined) {
    const token = Math.floor(random() * 2 ** 32).toString(36);
    return { status, headers: { ...UTF8_HTML, ...headers }, body: text(standIn.replaceAll(PAGE_TOKEN, token)), cut };
  }
  if (manner.conditional && ifNoneMatch === validator.etag) return { status: 304, headers: validator, body: text("") };
  const html = articlePage(charset);
  const plain = charset === "windows-1252" ? encodeWindows1252(html) : text(html);
  return {
    status,
    headers: { ...HTML, ...validator, ...(gzip && { "content-encoding": "gzip" }), ...headers },
    body: gzip ? gzipSync(plain) : plain,
    chunked,
    cut,
  };
}

/** Weak: it stands for the text, not for the noise around it. */
const etagOf = (post: Post): string =>
  `W/"${createHash("sha256").update(JSON.stringify(post)).digest("base64url").slice(0, 20)}"`;

const PIECE_BYTES = 700;

function send({ status, headers, body, chunked, cut }: Answer, request: IncomingMessage, response: ServerResponse) {
  if (request.method === "HEAD" || status === 304) return void response.writeHead(status, headers).end();
  response.writeHead(status, chunked ? headers : { ...headers, "content-length": body.length });
  if (cut) return void response.write(body.subarray(0, body.length / 2), () => response.destroy());
  for (let at = 0; at < body.length; at += PIECE_BYTES) response.write(body.subarray(at, at + PIECE_BYTES));
  response.end();
}
