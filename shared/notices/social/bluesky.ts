import { createHash } from "node:crypto";
import type { Instant } from "../../domain/time.ts";
import { hostOf } from "../../domain/url.ts";
import { CARD_SIZE } from "../../ports/card-drawer.ts";
import { countGraphemes } from "./graphemes.ts";
import type { Post, PostForm } from "./post.ts";

/**
 * Bluesky counts graphemes; where words lead stands beside the text, so that addresses take no room, and nothing in an
 * article's words is a mention or a link.
 *
 * @see https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
 */
export const BLUESKY_FORM: PostForm = {
  most: 300,
  linkLength: countGraphemes,
  linkName: ({ role, text, url }) => (role === "article" ? hostOf(url) : text),
  inert: (words) => words,
};

/** UTF-8 bytes of a post's text: its graphemes may be of many characters each. */
const MOST_BYTES = 3000;

/** A record that another names: where it is, and the digest of what it says. */
export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

export interface RecordParticulars {
  readonly createdAt: Instant;
  /** What `uploadBlob` gave for the picture. */
  readonly picture: { readonly blob: unknown; readonly alt: string } | null;
  /** The first and the newest post of the thread. */
  readonly reply: { readonly root: StrongRef; readonly parent: StrongRef } | null;
}

/** A record of `app.bsky.feed.post`. The same post with the same particulars is the same record. */
export function postRecord({ parts, language }: Post, { createdAt, picture, reply }: RecordParticulars): object {
  const facets: object[] = [];
  let text = "";
  for (const { text: words, url } of parts) {
    const [byteStart, bytes] = [Buffer.byteLength(text), Buffer.byteLength(words)];
    if (byteStart + bytes > MOST_BYTES) break;
    text += words;
    if (url === undefined) continue;
    const features = [{ $type: "app.bsky.richtext.facet#link", uri: url }];
    facets.push({ index: { byteStart, byteEnd: byteStart + bytes }, features });
  }
  return {
    $type: "app.bsky.feed.post",
    text,
    langs: [language],
    createdAt,
    ...(facets.length > 0 && { facets }),
    ...(reply && { reply }),
    ...(picture && {
      embed: {
        $type: "app.bsky.embed.images",
        images: [{ image: picture.blob, alt: picture.alt, aspectRatio: CARD_SIZE }],
      },
    }),
  };
}

const TID_DIGITS = "234567abcdefghijklmnopqrstuvwxyz";

/**
 * The key of a notice's record, always the same: a timestamp identifier whose microseconds and clock are made from the
 * notice's id, since those are ours to choose.
 *
 * @see https://atproto.com/specs/tid
 */
export function recordKey(id: string, at: Instant): string {
  const chance = createHash("sha256").update(id).digest().readUInt32BE();
  const microseconds = BigInt(Date.parse(at)) * 1000n + BigInt(chance % 1000);
  let left = (microseconds << 10n) | BigInt((chance >>> 10) & 0x3ff);
  let key = "";
  for (let digit = 0; digit < 13; digit += 1) {
    key = `${TID_DIGITS[Number(left & 31n)]}${key}`;
    left >>= 5n;
  }
  return key;
}
