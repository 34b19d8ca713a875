import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { demoLives } from "./edits.ts";
import type { Post } from "./post.ts";
import { themedPage } from "./theme.ts";

export interface DemoPublisherOptions {
  /** Seconds between two edits; the posts take turns. */
  readonly editEverySeconds: number;
  /** Numbers in [0, 1), for the pages' noise. */
  readonly random: () => number;
  /** Closes the publisher when it aborts. */
  readonly signal?: AbortSignal;
}

export interface DemoPublisher {
  /** The posts' addresses. */
  readonly urls: string[];
  /** Stops the edits and the server; safe to call twice. */
  close(): Promise<void>;
}

/** A text that was served so often was seen and confirmed: only then its author goes on, also on a slow machine. */
const SERVED_BEFORE_EDIT = 2;

/** A post on the site: the text it has now, and how often that text went out. */
interface Page {
  readonly texts: Iterator<Post, never>;
  readonly path: string;
  /** Sites differ in this. One post answers 304 while its text stays, the other serves a fresh page each time. */
  readonly hasValidator: boolean;
  post: Post;
  served: number;
}

/** Starts a blog on a free port of this machine whose posts are edited for as long as it runs. */
export async function startDemoPublisher({
  editEverySeconds,
  random,
  signal,
}: DemoPublisherOptions): Promise<DemoPublisher> {
  const pages = demoLives().map(openPage);
  const server = createServer((request, response) => answer(pages, random, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const edits = setInterval(() => editNext(pages), editEverySeconds * 1000);

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve) => {
      clearInterval(edits);
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };
  if (signal?.aborted) await close();
  signal?.addEventListener("abort", () => void close(), { once: true });
  return { urls: pages.map(({ path }) => `http://127.0.0.1:${port}${path}`), close };
}

function openPage(texts: Generator<Post, never>, index: number): Page {
  const post = texts.next().value;
  return { texts, path: post.path, hasValidator: index === 0, post, served: 0 };
}

/** Edits the page that has waited longest, if its text has been read, and sends it to the end of the queue. */
function editNext(pages: Page[]): void {
  const at = pages.findIndex(({ served }) => served >= SERVED_BEFORE_EDIT);
  const [page] = at < 0 ? [] : pages.splice(at, 1);
  if (!page) return;
  page.post = page.texts.next().value;
  page.served = 0;
  pages.push(page);
}

function answer(
  pages: readonly Page[],
  random: () => number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const origin = `http://${request.headers.host}`;
  const path = URL.parse(request.url ?? "/", origin)?.pathname;
  const send = (status: number, type: string, body?: string, headers: Record<string, string> = {}) =>
    response
      .writeHead(status, { "content-type": `${type}; charset=utf-8`, ...headers })
      .end(request.method === "HEAD" ? undefined : body);

  if (path === "/robots.txt") return void send(200, "text/plain", "User-agent: *\nDisallow: /search\n");
  if (path === "/") return void send(200, "text/html", frontPage(pages));
  const page = pages.find((candidate) => candidate.path === path);
  if (!page) return void send(404, "text/html", "<!doctype html><title>404</title><h1>Not here</h1>");

  if (request.method === "GET") page.served++;
  const headers = page.hasValidator ? { etag: validator(page.post) } : {};
  if (headers.etag && request.headers["if-none-match"] === headers.etag) send(304, "text/html", undefined, headers);
  else send(200, "text/html", themedPage(page.post, { origin, random }), headers);
}

/** Weak: it stands for the text, not for the noise around it. */
const validator = (post: Post): string =>
  `W/"${createHash("sha256").update(JSON.stringify(post)).digest("base64url").slice(0, 16)}"`;

const frontPage = (pages: readonly Page[]): string =>
  `<!doctype html><meta charset="utf-8"><title>Demo</title><ul>${pages
    .map(({ path, post }) => `<li><a href="${path}">${post.headline}</a></li>`)
    .join("")}</ul>`;
