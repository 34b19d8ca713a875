import * as v from "valibot";
import type { Message } from "../../ports/message.ts";
import type { Delivery } from "../../ports/notifier.ts";

const REFERENCE = v.object({ notice: v.string(), at: v.string(), id: v.string(), cid: v.optional(v.string()) });

/** Where a post is, and which notice it was: what the ledger keeps of it as a text. */
export type PostReference = v.InferOutput<typeof REFERENCE>;

/** Null for none, and for what is none of ours. */
export function referenceIn(text: string | undefined): PostReference | null {
  if (text === undefined) return null;
  try {
    const parsed = v.safeParse(REFERENCE, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** A notice was delivered as a post; later ones of its thread answer it. */
export const posted = ({ id: notice, at }: Message, post: Pick<PostReference, "id" | "cid">): Delivery => ({
  kind: "delivered",
  reference: JSON.stringify({ notice, at, ...post } satisfies PostReference),
});

/**
 * The post that a message answers; none in a digest, which tells of many things. `isRepeat`: the thread's newest post is
 * this very notice, from before a crash.
 */
export function threadOf({ id, at, kind, thread }: Message) {
  const [root, last] = [referenceIn(thread.root), referenceIn(thread.last)];
  const isRepeat = last !== null && last.notice === id && last.at === at;
  return { isRepeat, reply: kind !== "digest" && root && last ? { root, last } : null };
}

export const NOT_FOR_THE_PUBLIC: Delivery = {
  kind: "failed",
  detail: "an account that anybody reads tells of changes and of pages that went or came, and of nothing else",
  retryable: false,
  unwanted: true,
};
