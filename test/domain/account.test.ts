import { describe, expect, it } from "vitest";
import { accountOf } from "../../shared/domain/account.ts";
import type { PublicChannel } from "../../shared/domain/channel.ts";

describe("an account", () => {
  it.each<[PublicChannel, string, string]>([
    ["mastodon", "https://mastodon.example/@corrections", "https://mastodon.example corrections null"],
    [
      "mastodon",
      "https://mastodon.example/@corrections?visibility=unlisted",
      "https://mastodon.example corrections unlisted",
    ],
    ["bluesky", "corrections.bsky.social", "https://bsky.social corrections.bsky.social null"],
    ["bluesky", "@corrections.example", "https://bsky.social corrections.example null"],
    ["bluesky", "https://bsky.app/profile/corrections.example", "https://bsky.social corrections.example null"],
    ["bluesky", "https://pds.example/@corrections.example", "https://pds.example corrections.example null"],
  ])("of %s is at %s", (network, address, expected) => {
    const account = accountOf(network, address);
    expect(`${account?.server} ${account?.name} ${account?.visibility}`).toBe(expected);
  });

  it.each<[PublicChannel, string]>([
    ["mastodon", "@corrections@mastodon.example"],
    ["mastodon", "https://mastodon.example/"],
    ["mastodon", "https://mastodon.example/@corrections/123"],
    ["mastodon", "https://mastodon.example/@corrections?visibility=all"],
    ["mastodon", "https://mastodon.example/@corrections?token=x"],
    ["mastodon", "https://user:word@mastodon.example/@corrections"],
    ["mastodon", "ftp://mastodon.example/@corrections"],
    ["bluesky", "corrections"],
    ["bluesky", "https://pds.example/@corrections.example?visibility=unlisted"],
    ["bluesky", "someone@corrections.example/x"],
  ])("of %s is not at %s", (network, address) => {
    expect(accountOf(network, address)).toBeNull();
  });
});
