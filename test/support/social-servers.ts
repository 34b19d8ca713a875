import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import * as v from "valibot";
import { BLUESKY_POST, MASTODON_STATUS } from "./chat-schemas.ts";
import type { HookAnswer } from "./hook-receiver.ts";

/** What an account shows, oldest first; a repetition under its key is there once. */
export interface Posted {
  readonly id: string;
  /** `Idempotency-Key`, or the record's own. */
  readonly key: string;
  readonly body: Record<string, unknown>;
  /** Of the picture that goes along. */
  readonly picture: { readonly alt: string; readonly png: Buffer } | null;
}

export interface SocialServer {
  /** A subscription's address and secret. */
  readonly address: string;
  readonly secret: string;
  readonly posts: readonly Posted[];
  /** All that was asked, as in `POST /api/v1/statuses`, with the status of the answer. */
  readonly asked: readonly string[];
  /** From now on, to every request whose path contains the word; null: as it should. */
  answers(path: string, answer: HookAnswer | null): void;
  /** Whoever signed in before is out. */
  signOut(): void;
  close(): Promise<void>;
}

interface Request {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

type Answer = { readonly status: number; readonly body: unknown };
const refused = (status: number, error: string, message = error): Answer => ({ status, body: { error, message } });

/** A Mastodon server with one account, that refuses what the real one refuses by its documentation. */
export function startMastodonServer(): Promise<SocialServer> {
  const media = new Map<string, NonNullable<Posted["picture"]>>();
  return start("token-of-corrections", "/@corrections", async ({ path, headers, body }, { posts, secret }) => {
    if (headers.authorization !== `Bearer ${secret}`) return refused(401, "The access token is invalid");
    if (path === "/api/v2/media") {
      const form = await new Response(new Uint8Array(body), {
        headers: { "Content-Type": headers["content-type"] ?? "" },
      }).formData();
      const [file, description] = [form.get("file"), form.get("description")];
      if (!(file instanceof Blob) || file.type !== "image/png") return refused(422, "Validation failed: File");
      const id = `media-${media.size + 1}`;
      media.set(id, { alt: String(description), png: Buffer.from(await file.arrayBuffer()) });
      return { status: 200, body: { id, type: "image", description } };
    }
    if (path !== "/api/v1/statuses") return refused(404, "Record not found");
    const key = String(headers["idempotency-key"] ?? "");
    const known = posts.find((one) => key !== "" && one.key === key);
    if (known) return { status: 200, body: { id: known.id } };
    const parsed = v.safeParse(MASTODON_STATUS, JSON.parse(body.toString()));
    if (!parsed.success) return refused(422, parsed.issues.map(({ message }) => message).join("; "));
    const { in_reply_to_id: answered, media_ids: [picture] = [] } = parsed.output;
    if (answered !== undefined && !posts.some(({ id }) => id === answered)) return refused(404, "Record not found");
    if (picture !== undefined && !media.has(picture)) return refused(422, "Validation failed: Media");
    const id = String(1000 + posts.length);
    posts.push({ id, key, body: parsed.output, picture: media.get(picture ?? "") ?? null });
    return { status: 200, body: { id, content: `<p>${"x".repeat(20_000)}</p>` } };
  });
}

/** A server of Bluesky's protocol with one account, that refuses what the real one refuses by its lexicons. */
export function startBlueskyServer(): Promise<SocialServer> {
  const blobs = new Map<string, Buffer>();
  const did = "did:plc:corrections";
  let sessions = 0;
  return start("app-password", "/@corrections.example", async ({ path, headers, body }, { posts, secret, session }) => {
    if (path === "/xrpc/com.atproto.server.createSession") {
      const { identifier, password } = JSON.parse(body.toString());
      if (identifier !== "corrections.example" || password !== secret)
        return refused(401, "AuthenticationRequired", "Invalid identifier or password");
      sessions += 1;
      session.current = `session-${sessions}`;
      return { status: 200, body: { did, handle: identifier, accessJwt: session.current, refreshJwt: "r" } };
    }
    if (headers.authorization !== `Bearer ${session.current}`) return refused(400, "ExpiredToken", "Token has expired");
    if (path === "/xrpc/com.atproto.repo.uploadBlob") {
      const $link = `bafkrei${createHash("sha256").update(body).digest("hex").slice(0, 20)}`;
      blobs.set($link, body);
      const blob = { $type: "blob", ref: { $link }, mimeType: headers["content-type"], size: body.length };
      return { status: 200, body: { blob } };
    }
    if (path !== "/xrpc/com.atproto.repo.putRecord") return refused(501, "MethodNotImplemented");
    const { repo, collection, rkey, record } = JSON.parse(body.toString());
    const parsed = v.safeParse(BLUESKY_POST, record);
    if (!parsed.success) return refused(400, "InvalidRequest", parsed.issues.map(({ message }) => message).join("; "));
    if (repo !== did || collection !== "app.bsky.feed.post" || !/^[2-7a-j][2-7a-z]{12}$/.test(rkey))
      return refused(400, "InvalidRequest", "no such place");
    const [image] = parsed.output.embed?.images ?? [];
    const png = image && blobs.get(image.image.ref.$link);
    if (image && !png) return refused(400, "InvalidRequest", "Could not find blob");
    const post = {
      id: `at://${did}/${collection}/${rkey}`,
      key: rkey,
      body: parsed.output,
      picture: image && png ? { alt: image.alt, png } : null,
    };
    const at = posts.findIndex(({ key }) => key === rkey);
    posts.splice(at < 0 ? posts.length : at, 1, post);
    const cid = `bafyrei${createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 20)}`;
    return { status: 200, body: { uri: post.id, cid, validationStatus: "valid" } };
  });
}

interface Site {
  readonly posts: Posted[];
  readonly secret: string;
  readonly session: { current: string };
}

async function start(
  secret: string,
  account: string,
  respond: (request: Request, site: Site) => Promise<Answer>,
): Promise<SocialServer> {
  const site: Site = { posts: [], secret, session: { current: "" } };
  const asked: string[] = [];
  const scripted = new Map<string, HookAnswer>();
  const sockets = new Set<Socket>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { url: path = "", method = "", headers } = request;
      const script = [...scripted].find(([word]) => path.includes(word))?.[1];
      if (script === "silence") return void asked.push(`${method} ${path} silence`);
      if (script === "reset") return void request.socket.resetAndDestroy();
      const answer = script ?? (await respond({ path, headers, body: Buffer.concat(chunks) }, site));
      asked.push(`${method} ${path} ${answer.status}`);
      response.writeHead(answer.status, {
        "Content-Type": "application/json",
        ...("headers" in answer ? answer.headers : {}),
      });
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {}));
    });
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${account}`,
    secret,
    posts: site.posts,
    asked,
    answers(path, answer) {
      if (answer === null) scripted.delete(path);
      else scripted.set(path, answer);
    },
    signOut() {
      site.session.current = "";
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a reader sees of a post: its words, and where they lead. */
export function readPost({ body }: Posted): string {
  if (typeof body.status === "string") return body.status;
  const { text, facets = [] } = body as { text: string; facets?: { features: { uri: string }[] }[] };
  return [text, ...facets.flatMap(({ features }) => features.map(({ uri }) => uri))].join("\n");
}
