import type { Account } from "../../domain/account.ts";
import { chatJson } from "../chat/fitting.ts";
import { countGraphemes } from "./graphemes.ts";
import type { Post, PostForm } from "./post.ts";

/** Graphemes for which Mastodon counts any address, however long it is. */
const ADDRESS_GRAPHEMES = 23;
const BETWEEN = ": ";

/**
 * Mastodon counts graphemes, and each address as 23 (a server may allow more than 500). Whatever begins with `@`, `#` or
 * a scheme becomes a mention, a tag or a link there: a zero-width space takes that from an article's words.
 *
 * @see https://docs.joinmastodon.org/user/posting/
 */
export const MASTODON_FORM: PostForm = {
  most: 500,
  linkLength: (text) => countGraphemes(text) + BETWEEN.length + ADDRESS_GRAPHEMES,
  linkName: ({ text }) => text,
  inert: (words) => words.replace(/[@#]/g, "$&\u200b").replaceAll("://", ":\u200b//"),
};

export const mastodonText = ({ parts }: Post): string =>
  parts.map(({ text, url }) => (url === undefined ? text : `${text}${BETWEEN}${url}`)).join("");

/** What a status carries beside its words. */
export interface StatusParticulars {
  readonly visibility: Account["visibility"];
  /** Id of an uploaded picture. */
  readonly media: string | null;
  /** Id of the status that it answers. */
  readonly inReplyTo: string | null;
}

/** The body of `POST /api/v1/statuses`. @see https://docs.joinmastodon.org/methods/statuses/#create */
export const statusBody = (post: Post, { visibility, media, inReplyTo }: StatusParticulars): string =>
  chatJson({
    status: mastodonText(post),
    language: post.language.split("-")[0]?.toLowerCase(),
    ...(visibility !== null && { visibility }),
    ...(media !== null && { media_ids: [media] }),
    ...(inReplyTo !== null && { in_reply_to_id: inReplyTo }),
  });
