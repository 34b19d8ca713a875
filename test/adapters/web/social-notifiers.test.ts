import { afterEach, describe, expect, it } from "vitest";
import { blueskyNotifier } from "../../../shared/adapters/web/bluesky-notifier.ts";
import { mastodonNotifier } from "../../../shared/adapters/web/mastodon-notifier.ts";
import type { PosterOptions } from "../../../shared/adapters/web/post.ts";
import { type Pictures, picturesBy } from "../../../shared/notices/picture.ts";
import { recordKey } from "../../../shared/notices/social/bluesky.ts";
import type { Message } from "../../../shared/ports/message.ts";
import type { Notifier } from "../../../shared/ports/notifier.ts";
import { notifierContract } from "../../contracts/notifier.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { aMessage, aSubscription, toldChange } from "../../support/messages.ts";
import { readPost, type SocialServer, startBlueskyServer, startMastodonServer } from "../../support/social-servers.ts";

type Network = "mastodon" | "bluesky";
const NETWORKS: readonly Network[] = ["mastodon", "bluesky"];
const START = { mastodon: startMastodonServer, bluesky: startBlueskyServer } as const;
const POSTS = { mastodon: "statuses", bluesky: "putRecord" } as const;
const UPLOADS = { mastodon: "media", bluesky: "uploadBlob" } as const;

/** A drawer that draws the words themselves: what arrives is known by them. */
const drawn = picturesBy({ draw: async ({ heading }) => Buffer.from(`PNG of ${heading}`) }, (error) => {
  throw error;
});

const servers: SocialServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(
  network: Network,
  { pictures = drawn, ...given }: Partial<PosterOptions & { pictures: Pictures }> = {},
) {
  const server = await START[network]();
  servers.push(server);
  const options = {
    userAgent: "Variorum/0.1",
    allowAddresses: new Set(["loopback"] as const),
    limits: { dnsSeconds: 1, connectSeconds: 1, totalSeconds: 1 },
    clock: manualClock(),
    pictures,
    ...given,
  };
  const notifier: Notifier = network === "mastodon" ? mastodonNotifier(options) : blueskyNotifier(options);
  const { address, secret } = server;
  const subscription = aSubscription({ channel: network, address, secret });
  const change = (more: Partial<Message> = {}, told = toldChange()): Message =>
    aMessage({ kind: "change", told }, { subscription, ...more } as Partial<Message>);
  return { server, notifier, subscription, change };
}

/** The notice that a post was made of, found again by its key. */
const noticesOf = (network: Network, { posts }: SocialServer, ids: readonly string[], at: string) =>
  posts.map(({ key }) =>
    network === "mastodon" ? key : (ids.find((id) => recordKey(id, at as Message["at"]) === key) ?? key),
  );

for (const network of NETWORKS) {
  notifierContract(`the notifier for ${network}`, async () => {
    const { server, notifier } = await open(network);
    return {
      notifier,
      address: server.address,
      secret: server.secret,
      isKeyed: false,
      isPublic: true,
      carries: 150,
      reads: /Was: “The bridge will stay closed for 3 days\.”\s+Now: “The bridge will stay closed for 30 days\.”/,
      arrived: async () => server.posts.map((post) => ({ id: null, text: readPost(post) })),
    };
  });
}

describe.each(NETWORKS)("the notifier for %s", (network) => {
  it("shows a notice once, however often it is repeated", async () => {
    const { server, notifier, change } = await open(network);
    const first = await notifier.deliver(change());
    expect(await notifier.deliver(change())).toEqual(first);
    expect(server.posts).toHaveLength(1);
    expect(noticesOf(network, server, [change().id], change().at)).toHaveLength(1);
  });

  it("brings the picture with the words that stand for it", async () => {
    const { server, notifier, change } = await open(network);
    await notifier.deliver(change());
    const [{ picture } = { picture: null }] = server.posts;
    expect(picture?.png.toString()).toBe("PNG of Harbour bridge closed after inspection");
    expect(picture?.alt).toContain("Removed: “3”. Added: “30”.");
  });

  it.each([
    ["cannot be drawn", async () => null, null],
    ["is not taken", undefined, { status: 500, body: "storage is full" }],
  ] as const)("goes without a picture that %s", async (_what, pictures, answer) => {
    const { server, notifier, change } = await open(network, pictures && { pictures });
    if (answer) server.answers(UPLOADS[network], answer);
    expect(await notifier.deliver(change())).toMatchObject({ kind: "delivered" });
    expect(server.posts.map(({ picture }) => picture)).toEqual([null]);
  });

  it("answers what was told of the same watch before", async () => {
    const { server, notifier, change } = await open(network);
    const references: string[] = [];
    for (const id of ["w.r2.desk", "w.r3.desk", "w.r4.desk"]) {
      const [root, last] = [references[0], references.at(-1)];
      const thread = { key: "w", ...(root && last && { root, last }) };
      const delivery = await notifier.deliver(change({ id, thread }));
      if (delivery.kind !== "delivered") throw new Error(delivery.detail);
      references.push(delivery.reference ?? "");
    }
    const [first, second, third] = server.posts;
    const answered = ({ body }: NonNullable<typeof first>) =>
      network === "mastodon"
        ? body.in_reply_to_id
        : (body.reply as { parent: { uri: string } } | undefined)?.parent.uri;
    expect([first, second, third].map((post) => answered(post!))).toEqual([undefined, first!.id, second!.id]);
    if (network === "bluesky") expect(third!.body.reply).toMatchObject({ root: { uri: first!.id } });
  });

  it("does not post again what stands at the end of its thread, from before a crash", async () => {
    const { server, notifier, change } = await open(network);
    const delivery = await notifier.deliver(change());
    const reference = delivery.kind === "delivered" ? (delivery.reference ?? "") : "";
    const again = change({ thread: { key: change().thread.key, root: reference, last: reference } });
    expect(await notifier.deliver(again)).toEqual(delivery);
    expect(server.posts).toHaveLength(1);
    expect(server.asked.filter((line) => line.includes(POSTS[network]))).toHaveLength(1);
  });

  it.each([
    ["too much for now", { status: 429, headers: { "Retry-After": "30" } }, { retryable: true, retryAfterSeconds: 30 }],
    [
      "a limit that is over at an instant",
      { status: 429, headers: { "X-RateLimit-Reset": "2026-03-01T12:01:00.000Z" } },
      { retryable: true, retryAfterSeconds: 60 },
    ],
    [
      "a limit that is over at a second",
      { status: 429, headers: { "RateLimit-Reset": "1772366520" } },
      { retryable: true, retryAfterSeconds: 120 },
    ],
    ["an error of its own", { status: 503, body: "down" }, { retryable: true }],
    ["a post that it refuses", { status: 400, body: '{"error":"InvalidRequest"}' }, { retryable: false }],
    ["no answer", "silence", { retryable: true }],
    ["a connection that is cut", "reset", { retryable: true }],
  ] as const)("takes %s for what it is", async (_what, answer, expected) => {
    const { server, notifier, change } = await open(network);
    server.answers(POSTS[network], answer);
    const delivery = await notifier.deliver(change());
    expect(delivery).toMatchObject({ kind: "failed", ...expected });
    expect(JSON.stringify(delivery)).not.toContain(server.secret);
  });

  it("tries again with a secret that is refused: a new one may be given", async () => {
    const { notifier, subscription, change } = await open(network);
    const delivery = await notifier.deliver(change({ subscription: { ...subscription, secret: "another" } }));
    expect(delivery).toMatchObject({ kind: "failed", retryable: true, detail: expect.stringMatching(/401/) });
  });

  it("tells nobody how the monitor fares", async () => {
    const { server, notifier, subscription } = await open(network);
    const trouble = aMessage({ kind: "trouble", trouble: { kind: "silent", last: null } }, { subscription });
    expect(await notifier.deliver(trouble)).toMatchObject({ kind: "failed", retryable: false });
    expect(server.asked).toEqual([]);
  });

  it("refuses a server inside a private network", async () => {
    const { notifier, subscription, change } = await open(network, { allowAddresses: new Set() });
    const address = subscription.address.replace(/127\.0\.0\.1:\d+/, "192.168.1.7");
    const delivery = await notifier.deliver(change({ subscription: { ...subscription, address } }));
    expect(delivery).toMatchObject({ retryable: false, detail: expect.stringMatching(/private address/) });
  });
});

describe("the notifier for mastodon", () => {
  it("posts as the address says who may find it, in the article's language", async () => {
    const { server, notifier, subscription, change } = await open("mastodon");
    const address = `${subscription.address}?visibility=unlisted`;
    const told = toldChange({ revision: { language: "de-CH" } });
    await notifier.deliver(change({ subscription: { ...subscription, address } }, told));
    expect(server.posts[0]?.body).toMatchObject({ visibility: "unlisted", language: "de" });
  });

  it("stands alone where the status that it would answer is no more", async () => {
    const { server, notifier, change } = await open("mastodon");
    const gone = JSON.stringify({ notice: "w.r1.desk", at: "2026-02-01T00:00:00.000Z", id: "77" });
    expect(await notifier.deliver(change({ thread: { key: "w", root: gone, last: gone } }))).toMatchObject({
      kind: "delivered",
    });
    expect(server.posts[0]?.body).not.toHaveProperty("in_reply_to_id");
  });
});

describe("the notifier for bluesky", () => {
  it("signs in once for many posts, and again when it is signed out", async () => {
    const { server, notifier, change } = await open("bluesky");
    const signedIn = () => server.asked.filter((line) => line.includes("createSession")).length;
    await notifier.deliver(change({ id: "w.r2.desk" }));
    await notifier.deliver(change({ id: "w.r3.desk" }));
    expect(signedIn()).toBe(1);
    server.signOut();
    expect(await notifier.deliver(change({ id: "w.r4.desk" }))).toMatchObject({ kind: "delivered" });
    expect([signedIn(), server.posts.length]).toEqual([2, 3]);
  });
});
