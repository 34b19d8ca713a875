import type { PublicChannel } from "./channel.ts";

/** An account of a social network, in which anybody may read what is posted. */
export interface Account {
  /** The server that it is at, or that signs it in: scheme and host, no trailing slash. */
  readonly server: string;
  /** As the server calls it, without `@`. */
  readonly name: string;
  /** Who finds its posts; null: as the account is set. */
  readonly visibility: Visibility | null;
}

export const VISIBILITIES = ["public", "unlisted", "private"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

const NAMES = {
  mastodon: /^\/@([A-Za-z0-9_][A-Za-z0-9_.-]{0,62})\/?$/,
  bluesky: /^\/(?:@|profile\/)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})\/?$/,
} as const satisfies Record<PublicChannel, RegExp>;

/** Whoever has an account at Bluesky itself signs in here, whichever of its machines keeps the account. */
const BLUESKY = "https://bsky.social";
const BLUESKY_PAGES = "https://bsky.app";

/**
 * The account at an address: `https://mastodon.example/@corrections`, with `?visibility=unlisted` if it is to be;
 * `corrections.bsky.social`, its page at Bluesky, or `https://server.example/@corrections.example` where it is at a
 * server of its own. Null for anything else.
 */
export function accountOf(network: PublicChannel, address: string): Account | null {
  const whole = network === "bluesky" && !address.includes("/") ? `${BLUESKY}/@${address.replace(/^@/, "")}` : address;
  const url = URL.parse(whole);
  const name = url && NAMES[network].exec(url.pathname)?.[1];
  if (!name || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash) return null;
  const server = url.origin === BLUESKY_PAGES ? BLUESKY : url.origin;
  const { visibility, ...others } = Object.fromEntries(url.searchParams);
  const known = VISIBILITIES.find((one) => one === visibility) ?? null;
  const isKnown = visibility === undefined || (network === "mastodon" && known !== null);
  return isKnown && Object.keys(others).length === 0 ? { server, name, visibility: known } : null;
}
