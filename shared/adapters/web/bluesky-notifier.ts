import * as v from "valibot";
import { type Account, accountOf } from "../../domain/account.ts";
import { addressDigest } from "../../domain/subscription.ts";
import { chatJson } from "../../notices/chat/fitting.ts";
import type { Picture, Pictures } from "../../notices/picture.ts";
import { BLUESKY_FORM, postRecord, recordKey, type StrongRef } from "../../notices/social/bluesky.ts";
import { postOf } from "../../notices/social/post.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";
import { deliveryOf, type Refusals } from "./delivery-answer.ts";
import { jsonIn } from "./json-answer.ts";
import { type Posted, type PosterOptions, type PostRequest, post } from "./post.ts";
import { NOT_FOR_THE_PUBLIC, type PostReference, posted, threadOf } from "./post-reference.ts";

/** A password that is refused can be renewed; a record that is refused is refused again. */
const REFUSALS: Refusals = {
  isGone: (status) => status === 410,
  isFinal: (status) => status === 400 || status === 413,
};
/** Signing in says 400 of an account that is taken down, too: an operator may have it put back. */
const SIGN_IN_REFUSALS: Refusals = { isGone: () => false, isFinal: () => false };

/** Bytes of a picture, by `app.bsky.embed.images`. */
const PICTURE_BYTES = 1_000_000;

const SESSION = v.object({ did: v.string(), accessJwt: v.string() });
type Session = v.InferOutput<typeof SESSION>;

const UPLOADED = v.object({ blob: v.looseObject({ $type: v.literal("blob") }) });
const PUT = v.object({ uri: v.string(), cid: v.string() });

type Options = PosterOptions & { readonly clock: Clock; readonly pictures: Pictures };

/**
 * Posts notices to a Bluesky account, or one of another server of its protocol. A subscription's address is the account
 * (`corrections.bsky.social`), its secret an app password. What is told of one watch answers what was told of it before.
 * The same notice is the same record under the same key: put again it changes nothing.
 *
 * Sessions are kept, since an account may sign in 300 times a day.
 * @see https://docs.bsky.app/docs/advanced-guides/rate-limits
 */
export function blueskyNotifier(options: Options): Notifier {
  const sessions = new Map<string, Session>();
  return {
    channel: "bluesky",
    threads: true,
    // What may come to one account by the sessions of many senders: 30 in five minutes.
    limit: { deliveries: 30, seconds: 300 },
    async deliver(message) {
      const { address, secret = "" } = message.subscription;
      const account = accountOf("bluesky", address);
      if (!account) return { kind: "failed", detail: "the address is no Bluesky account", retryable: false };
      const { isRepeat, reply } = threadOf(message);
      if (isRepeat) return { kind: "delivered", reference: message.thread.last! };
      const content = await postOf(message, BLUESKY_FORM);
      if (!content) return NOT_FOR_THE_PUBLIC;
      const picture = await options.pictures(message);
      const key = `${addressDigest(message.subscription)} ${secret}`;
      const withSession = async (session: Session): Promise<Posted> => {
        const ask = asker(account, session, options);
        const blob = picture && (await upload(picture, ask));
        const record = postRecord(content, {
          createdAt: message.at,
          picture: blob && picture ? { blob, alt: picture.alt } : null,
          reply: reply && { root: strongRef(reply.root), parent: strongRef(reply.last) },
        });
        const rkey = recordKey(message.id, message.at);
        const body = chatJson({ repo: session.did, collection: "app.bsky.feed.post", rkey, record });
        return ask("com.atproto.repo.putRecord", { body });
      };
      const known = sessions.get(key);
      let answer = known ? await withSession(known) : null;
      if (!answer || isSignedOut(answer)) {
        sessions.delete(key);
        const session = await signIn(account, secret, options);
        if ("kind" in session) return session;
        sessions.set(key, session);
        answer = await withSession(session);
      }
      const delivery = deliveryOf(answer, hostOf(account), REFUSALS, Date.parse(options.clock.now()));
      if (delivery.kind === "failed") return delivery;
      const put = jsonIn(answer, PUT);
      return put ? posted(message, { id: put.uri, cid: put.cid }) : delivery;
    },
  };
}

const asker =
  ({ server }: Account, { accessJwt }: Session, options: Options) =>
  (method: string, request: PostRequest) =>
    post(`${server}/xrpc/${method}`, { ...request, headers: { Authorization: `Bearer ${accessJwt}` } }, options);

const isSignedOut = (answer: Posted): boolean =>
  answer.kind === "answered" &&
  (answer.status === 401 || (answer.status === 400 && /"error":\s*"(ExpiredToken|InvalidToken)"/.test(answer.body)));

async function signIn(account: Account, password: string, options: Options): Promise<Session | Delivery> {
  const body = chatJson({ identifier: account.name, password });
  const answer = await post(`${account.server}/xrpc/com.atproto.server.createSession`, { body }, options);
  const delivery = deliveryOf(answer, hostOf(account), SIGN_IN_REFUSALS, Date.parse(options.clock.now()));
  if (delivery.kind === "failed") return delivery;
  const session = jsonIn(answer, SESSION);
  return session ?? { kind: "failed", detail: `${hostOf(account)} opened no session`, retryable: true };
}

/** What stands for the picture in a record; null when it was not taken: the post goes without. */
async function upload({ png }: Picture, ask: ReturnType<typeof asker>): Promise<unknown> {
  if (png.length > PICTURE_BYTES) return null;
  const answer = await ask("com.atproto.repo.uploadBlob", { body: png, contentType: "image/png" });
  return jsonIn(answer, UPLOADED)?.blob ?? null;
}

const hostOf = ({ server }: Account): string => new URL(server).host;

const strongRef = ({ id, cid = "" }: PostReference): StrongRef => ({ uri: id, cid });
