import * as v from "valibot";
import { accountOf, VISIBILITIES } from "./account.ts";
import { CHANNELS, isPublicChannel } from "./channel.ts";
import { DISCLOSURES } from "./comparison.ts";
import { LABEL_KINDS } from "./label.ts";
import { isMailbox } from "./mailbox.ts";
import type { NoticeFilter } from "./notice-filter.ts";
import { isLocalTime, isTimeZone, RHYTHMS, type Rhythm } from "./rhythm.ts";
import type { Selector, Subscription } from "./subscription.ts";
import { wordsOf } from "./whole-words.ts";

/** Lists in a filter are short: every happening is held against each of their entries. */
const MOST_ENTRIES = 50;

const text = (longest: number) =>
  v.pipe(
    v.string("is missing: give a text"),
    v.trim(),
    v.nonEmpty("is empty: give a text"),
    v.maxLength(longest, `is too long: give at most ${longest} characters`),
  );

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, ({ received }) => `is ${received}: give one of ${names.join(", ")}`);

const some = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(
    v.array(entry, "is no list: give a list"),
    v.nonEmpty("is empty: leave it out, or name at least one"),
    v.maxLength(MOST_ENTRIES, `is too long: give at most ${MOST_ENTRIES}`),
    v.readonly(),
  );

const localTime = v.pipe(text(5), v.check(isLocalTime, "is no time of day: give one as in 07:30"));
const yes = v.literal(true, "can only be true: leave it out otherwise");
const word = v.pipe(
  text(200),
  v.check((words) => wordsOf(words).length > 0, "has no letter or digit: give a word"),
);
const language = v.pipe(
  text(35),
  v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "is no language tag: give one as in en or pt-BR"),
);

const FILTER = v.strictObject({
  availability: v.boolean("is neither true nor false: say whether to hear that a page went away or came back"),
  changes: v.nullable(
    v.strictObject({
      significance: v.exactOptional(oneOf(["substantive", "cosmetic"])),
      labels: v.exactOptional(some(oneOf(LABEL_KINDS))),
      unmarked: v.exactOptional(yes),
      disclosures: v.exactOptional(some(oneOf(DISCLOSURES))),
      enters: v.exactOptional(some(word)),
      leaves: v.exactOptional(some(word)),
      removed: v.exactOptional(yes),
      languages: v.exactOptional(some(language)),
    }),
  ),
});

const RHYTHM = v.strictObject({
  kind: oneOf(RHYTHMS),
  timeZone: v.pipe(text(64), v.check(isTimeZone, "is no time zone: give an IANA name as in Europe/Berlin")),
  at: localTime,
  weekday: v.pipe(
    v.number("is no day of the week: give 1, Monday, to 7"),
    v.integer("is no day of the week: give 1, Monday, to 7"),
    v.minValue(1, "is no day of the week: give 1, Monday, to 7"),
    v.maxValue(7, "is no day of the week: give 1, Monday, to 7"),
  ),
  quiet: v.exactOptional(v.strictObject({ from: localTime, to: localTime })),
  rest: oneOf(["daily", "nothing"]),
});

/** Names of subscriptions and of saved filters: they stand in addresses, file names and keys. */
const NAME = v.pipe(
  text(64),
  v.regex(/^[a-z0-9][a-z0-9-]*$/, "is no name: give small letters, digits and hyphens, as in city-desk"),
);

const SELECTOR = v.pipe(
  v.custom<Selector>(
    (given) =>
      typeof given === "string" && /^(everything|operations|(source|tag|watch):[^\p{Cc}]{1,200})$/u.test(given),
    "is no selector: give everything, operations, source:HOST, tag:NAME or watch:ID",
  ),
  v.transform(asHostsAreWritten),
);

/** A source's host as URLs have it: small letters, other scripts in punycode. */
function asHostsAreWritten(selector: Selector): Selector {
  if (!selector.startsWith("source:")) return selector;
  return `source:${URL.parse(`http://${selector.slice("source:".length)}`)?.hostname ?? selector.slice("source:".length)}`;
}

/** What stands at an address, by channel; of those not named any text will do. */
const ADDRESS_RULES: Readonly<Partial<Record<Subscription["channel"], (address: string) => string | null>>> = {
  email: (address) => (isMailbox(address) ? null : "is no mail address: give one as in desk@newsroom.example"),
  slack: webAddress,
  discord: webAddress,
  teams: webAddress,
  webhook: webAddress,
  sns: (address) =>
    /^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(address)
      ? null
      : "is no topic: give the ARN of an SNS topic",
  mastodon: (address) =>
    accountOf("mastodon", address)
      ? null
      : `is no account: give its page as in https://mastodon.example/@corrections, with ?visibility=${VISIBILITIES.join("|")} if you like`,
  bluesky: (address) =>
    accountOf("bluesky", address)
      ? null
      : "is no account: give its handle as in corrections.bsky.social, at a server of its own https://server.example/@corrections.example",
  outbox: (address) =>
    /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(address) ? null : "is no folder's name: give letters, digits, hyphens",
};

function webAddress(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return "is no web address: give one that begins with https://";
  return url.username || url.password ? "carries a user name or password: give it without" : null;
}

function isJsonForm(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

const SUBSCRIPTION = v.pipe(
  v.strictObject({
    id: NAME,
    channel: oneOf(CHANNELS),
    address: text(2000),
    selector: SELECTOR,
    filter: v.union([FILTER, v.strictObject({ saved: NAME })], ({ issues }) => deepest(issues)),
    rhythm: RHYTHM,
    perHour: v.pipe(
      v.number("is no number: give 1 to 1000"),
      v.integer("is no whole number: give 1 to 1000"),
      v.minValue(1, "is too small: give 1 to 1000"),
      v.maxValue(1000, "is too large: give 1 to 1000"),
    ),
    secret: v.exactOptional(text(200)),
    template: v.exactOptional(
      v.pipe(text(4000), v.check(isJsonForm, 'is no JSON object: give one as in {"text": "{title}"}')),
    ),
    language,
  }),
  v.check(
    ({ channel, template }) => template === undefined || channel === "webhook",
    "template: only a webhook has one: leave it out",
  ),
  v.check(
    ({ channel, secret }) => !isPublicChannel(channel) || secret !== undefined,
    "secret: is missing: give a Mastodon account's access token, a Bluesky account's app password",
  ),
  v.check(
    ({ channel, selector }) => !isPublicChannel(channel) || selector !== "operations",
    "selector: how the monitor fares is not told in public: give another channel",
  ),
  v.check(
    ({ channel, address }) => (ADDRESS_RULES[channel]?.(address) ?? null) === null,
    ({ input }) => {
      const { channel, address } = input as Pick<Subscription, "channel" | "address">;
      return `address: ${ADDRESS_RULES[channel]?.(address)} (for ${channel})`;
    },
  ),
);

/** What a subscription's owner decides; the rest is kept by the monitor. */
export type SubscriptionWish = Omit<Subscription, "status" | "reason" | "created" | "confirmed" | "givenAddress">;

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

/** Each problem names the field, what is wrong with it and what would be right; several are set apart by `; `. */
export const parseSubscription = (given: unknown): Parsed<SubscriptionWish> => parsed(SUBSCRIPTION, given);
export const parseFilter = (given: unknown): Parsed<NoticeFilter> => parsed(FILTER, given);
export const parseRhythm = (given: unknown): Parsed<Rhythm> => parsed(RHYTHM, given);
export const parseName = (given: unknown): Parsed<string> => parsed(NAME, given);

function parsed<Value>(schema: v.GenericSchema<unknown, Value>, given: unknown): Parsed<Value> {
  const { success, output, issues } = v.safeParse(schema, given);
  if (success) return { ok: true, value: output };
  return { ok: false, problem: [...new Set(issues.map(tellingOf))].join("; ") };
}

function tellingOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (issue.type === "strict_object") {
    if (issue.expected === "never") return `${path ?? issue.received}: is not known here`;
    if (issue.received === "undefined") return `${path}: is missing`;
  }
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

/** A filter that is neither is nearly always an inline one with a mistake in it: that mistake is what helps. */
function deepest(issues: readonly v.BaseIssue<unknown>[] | undefined): string {
  const [inline] = issues ?? [];
  return inline ? tellingOf(inline) : "is no filter: give conditions, or the name of a saved one";
}
