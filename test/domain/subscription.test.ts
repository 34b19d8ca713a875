import { describe, expect, it } from "vitest";
import { placementOf } from "../../shared/domain/placement.ts";
import type { Rhythm } from "../../shared/domain/rhythm.ts";
import {
  addressDigest,
  SUBSCRIPTION_DEFAULTS,
  selectorsOf,
  shownAddress,
  subscriptionDefaults,
} from "../../shared/domain/subscription.ts";
import { parseFilter, parseSubscription } from "../../shared/domain/subscription-schema.ts";

const wish = (given: object = {}) => ({
  id: "city-desk",
  channel: "email",
  address: "desk@newsroom.example",
  selector: "tag:harbour",
  ...SUBSCRIPTION_DEFAULTS,
  ...given,
});

describe("a subscription as a person gives it", () => {
  it("is taken as it is when all is well", () => {
    expect(parseSubscription(wish())).toEqual({ ok: true, value: wish() });
    const saved = wish({ filter: { saved: "numbers" } });
    expect(parseSubscription(saved)).toEqual({ ok: true, value: saved });
  });

  it.each([
    ["an id that is no name", { id: "City Desk" }, /^id: is no name: give small letters/],
    ["an unknown channel", { channel: "pigeon" }, /^channel: is "pigeon": give one of email, slack/],
    ["a mail address with a line break", { address: "a@b.example\nBcc: c@d.example" }, /^address: is no mail address/],
    ["two mail addresses", { address: "a@b.example,c@d.example" }, /^address: is no mail address/],
    [
      "a webhook without a scheme",
      { channel: "slack", address: "hooks.example/x" },
      /^address: is no web address: give one that begins with https:/,
    ],
    [
      "a webhook with a password",
      { channel: "webhook", address: "https://a:b@hooks.example/" },
      /^address: carries a user name or password/,
    ],
    ["a topic that is none", { channel: "sns", address: "topic" }, /^address: is no topic: give the ARN/],
    ["a folder elsewhere", { channel: "outbox", address: "../etc" }, /^address: is no folder's name/],
    [
      "an account that is none",
      { channel: "mastodon", address: "@corrections", secret: "token" },
      /^address: is no account: give its page as in https:/,
    ],
    [
      "an account without its password",
      { channel: "bluesky", address: "corrections.bsky.social" },
      /^secret: is missing: give a Mastodon account's access token/,
    ],
    [
      "an account that would tell how the monitor fares",
      { channel: "bluesky", address: "corrections.bsky.social", secret: "word", selector: "operations" },
      /^selector: how the monitor fares is not told in public/,
    ],
    ["an unknown selector", { selector: "all" }, /^selector: is no selector: give everything/],
    [
      "a time zone that is none",
      { rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, timeZone: "Berlin" } },
      /^rhythm.timeZone: is no time zone: give an IANA name/,
    ],
    [
      "a time that is none",
      { rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, at: "8am" } },
      /^rhythm.at: is no time of day: give one as in 07:30/,
    ],
    [
      "a label that is none",
      { filter: { availability: true, changes: { labels: ["numbers"] } } },
      /changes.labels.0: is "numbers": give one of headline/,
    ],
    [
      "an empty list",
      { filter: { availability: true, changes: { labels: [] } } },
      /changes.labels: is empty: leave it out/,
    ],
    [
      "a word without a letter",
      { filter: { availability: true, changes: { enters: ["…"] } } },
      /changes.enters.0: has no letter or digit/,
    ],
    [
      "a condition that is none",
      { filter: { availability: true, changes: { sizes: 3 } } },
      /changes.sizes: is not known here/,
    ],
    ["a template that is no JSON", { channel: "webhook", template: '{"text": ' }, /^template: is no JSON object/],
    ["a template that is a text", { channel: "webhook", template: '"{title}"' }, /^template: is no JSON object/],
    ["a template for a mailbox", { template: '{"text": "{title}"}' }, /^template: only a webhook has one/],
    ["no cap", { perHour: 0 }, /^perHour: is too small: give 1 to 1000/],
    ["a state of its own", { status: "active" }, /^status: is not known here/],
    ["a missing address", { address: undefined }, /^address: is missing/],
  ])("is refused for %s, and the refusal tells what to do", (_what, given, problem) => {
    expect(parseSubscription(wish(given))).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it("is told of each mistake", () => {
    const { problem } = parseSubscription(wish({ id: "?", perHour: "many" })) as { problem: string };
    expect(problem.split("; ")).toHaveLength(2);
  });

  it("reads a filter by itself", () => {
    expect(parseFilter({ availability: false, changes: null }).ok).toBe(true);
    expect(parseFilter("numbers")).toEqual({ ok: false, problem: expect.stringMatching(/\S/) });
  });
});

it("asks for the subscriptions to everything, to the watch and to its tags", () => {
  expect(
    selectorsOf({ id: "0123456789abcdef", url: "https://www.gazette.example/a", tags: ["harbour", "port"] }),
  ).toEqual([
    "everything",
    "watch:0123456789abcdef",
    "source:www.gazette.example",
    "source:gazette.example",
    "tag:harbour",
    "tag:port",
  ]);
});

it("names an address without telling it", () => {
  const slack = { channel: "slack", address: "https://hooks.example/services/T0/B0/secret" } as const;
  expect(shownAddress(slack)).toBe("hooks.example");
  expect(shownAddress({ channel: "email", address: "mara.lind@newsroom.example" })).toBe("m…@newsroom.example");
  expect(shownAddress({ channel: "console", address: "terminal" })).toBe("terminal");
  const account = { channel: "mastodon", address: "https://mastodon.example/@corrections" } as const;
  expect(shownAddress(account)).toBe(account.address);
  expect(addressDigest(slack)).toMatch(/^[0-9a-f]{32}$/);
  expect(addressDigest(slack)).not.toBe(addressDigest({ ...slack, channel: "webhook" }));
});

describe("a happening reaches a subscription", () => {
  const at = "2026-01-15T21:10:00.000Z";
  const place = (rhythm: Partial<Rhythm>, passes = true, isBurst = false) =>
    placementOf(
      { rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, ...rhythm } },
      "0123456789abcdef",
      { passes, isBurst },
      at,
    );
  const quiet = { from: "21:00", to: "06:00" };
  it.each([
    ["at once when it passes", place({}), { kind: "at-once" }],
    [
      "with the day's rest when it does not",
      place({}, false),
      { kind: "gathered", box: "digest", due: "2026-01-16T08:00:00.000Z" },
    ],
    ["not at all when the rest is not wanted", place({ rest: "nothing" }, false), { kind: "nothing" }],
    ["after the quiet hours", place({ quiet }), { kind: "gathered", box: "digest", due: "2026-01-16T06:00:00.000Z" }],
    [
      "with the others of its burst",
      place({}, true, true),
      { kind: "gathered", box: "0123456789abcdef", due: "2026-01-15T22:00:00.000Z" },
    ],
    [
      "with the digest it asked for",
      place({ kind: "weekly" }),
      { kind: "gathered", box: "digest", due: "2026-01-19T08:00:00.000Z" },
    ],
    [
      "with the digest it asked for, burst or not",
      place({ kind: "hourly" }, true, true),
      { kind: "gathered", box: "digest", due: "2026-01-15T22:00:00.000Z" },
    ],
    ["not at all when a digest's filter stops it", place({ kind: "daily" }, false), { kind: "nothing" }],
  ])("%s", (_fact, placed, expected) => expect(placed).toEqual(expected));
});

it("tells little in public unless it is asked to", () => {
  for (const channel of ["mastodon", "bluesky"]) {
    expect(subscriptionDefaults(channel, 60)).toMatchObject({
      perHour: 6,
      filter: { availability: false, changes: { significance: "substantive" } },
      rhythm: { kind: "at-once", rest: "nothing" },
    });
  }
  expect(subscriptionDefaults("slack", 60)).toEqual(SUBSCRIPTION_DEFAULTS);
  expect(subscriptionDefaults("slack", 7)).toMatchObject({ perHour: 7 });
  expect(subscriptionDefaults("mastodon", 3)).toMatchObject({ perHour: 3 });
});
