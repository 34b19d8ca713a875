import * as v from "valibot";
import { accountOf } from "../../domain/account.ts";
import { sha256 } from "../../domain/digest.ts";
import type { Picture, Pictures } from "../../notices/picture.ts";
import { MASTODON_FORM, type StatusParticulars, statusBody } from "../../notices/social/mastodon.ts";
import { postOf } from "../../notices/social/post.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { deliveryOf, type Refusals } from "./delivery-answer.ts";
import { jsonIn } from "./json-answer.ts";
import { type PosterOptions, type PostRequest, post } from "./post.ts";
import { NOT_FOR_THE_PUBLIC, posted, threadOf } from "./post-reference.ts";

/** 401 and 403 tell of a token that an operator can renew, 422 of a status that is never taken. */
const REFUSALS: Refusals = {
  isGone: (status) => status === 410,
  isFinal: (status) => status === 400 || status === 413 || status === 422,
};

/** What a status with a picture, or in answer to another, is refused for when one of these is no more. */
const WITHOUT_PARTICULARS: ReadonlySet<number> = new Set([404, 422]);

const CREATED = v.object({ id: v.pipe(v.string(), v.nonEmpty()) });

/**
 * Posts notices as statuses of a Mastodon account. A subscription's address is the account's page
 * (`https://mastodon.example/@corrections`), its secret an access token with `write:statuses` and `write:media`. What is
 * told of one watch answers what was told of it before. A repetition within an hour is the same status
 * (`Idempotency-Key`), and so is one of the thread's newest at any time.
 *
 * @see https://docs.joinmastodon.org/methods/statuses/#create
 */
export const mastodonNotifier = (
  options: PosterOptions & { readonly clock: Clock; readonly pictures: Pictures },
): Notifier => ({
  channel: "mastodon",
  threads: true,
  // What Mastodon takes of one account: 30 pictures in half an hour. https://docs.joinmastodon.org/api/rate-limits/
  limit: { deliveries: 30, seconds: 1800 },
  async deliver(message) {
    const { address, secret = "" } = message.subscription;
    const account = accountOf("mastodon", address);
    if (!account) return { kind: "failed", detail: "the address is no Mastodon account", retryable: false };
    const { isRepeat, reply } = threadOf(message);
    if (isRepeat) return { kind: "delivered", reference: message.thread.last! };
    const status = await postOf(message, MASTODON_FORM);
    if (!status) return NOT_FOR_THE_PUBLIC;
    const ask = (path: string, { headers, ...request }: PostRequest) =>
      post(
        `${account.server}${path}`,
        { ...request, headers: { Authorization: `Bearer ${secret}`, ...headers } },
        options,
      );
    const toot = (particulars: StatusParticulars) =>
      ask("/api/v1/statuses", {
        body: statusBody(status, particulars),
        headers: { "Idempotency-Key": sha256(`${message.id}\n${message.at}`) },
      });
    const picture = await options.pictures(message);
    const media = picture && (await upload(picture, ask));
    const particulars = { visibility: account.visibility, media, inReplyTo: reply?.last.id ?? null };
    let answer = await toot(particulars);
    for (const less of lessThan(particulars)) {
      if (answer.kind !== "answered" || !WITHOUT_PARTICULARS.has(answer.status)) break;
      answer = await toot(less);
    }
    const delivery = deliveryOf(answer, new URL(account.server).host, REFUSALS, Date.parse(options.clock.now()));
    if (delivery.kind === "failed") return delivery;
    const created = jsonIn(answer, CREATED);
    return created ? posted(message, created) : delivery;
  },
});

/** What is tried in turn where a status is refused: without its picture, which may not be ready, then as no answer. */
function lessThan(particulars: StatusParticulars): readonly StatusParticulars[] {
  const { media, inReplyTo } = particulars;
  const alone = { ...particulars, media: null, inReplyTo: null };
  return [
    ...(media !== null && inReplyTo !== null ? [{ ...particulars, media: null }] : []),
    ...(media !== null || inReplyTo !== null ? [alone] : []),
  ];
}

/** The picture's id; null when it was not taken: the status goes without. */
async function upload(
  { png, alt }: Picture,
  ask: (path: string, request: PostRequest) => ReturnType<typeof post>,
): Promise<string | null> {
  const form = new FormData();
  form.set("file", new Blob([Uint8Array.from(png)], { type: "image/png" }), "change.png");
  form.set("description", alt);
  const encoded = new Response(form);
  const answer = await ask("/api/v2/media", {
    body: new Uint8Array(await encoded.arrayBuffer()),
    contentType: encoded.headers.get("Content-Type") ?? "",
  });
  return jsonIn(answer, CREATED)?.id ?? null;
}
