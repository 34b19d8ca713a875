import * as v from "valibot";

/** What each chat service documents of the messages that its webhooks take, as far as ours could break it. */

const text = (most: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(most), v.check(isSendable, "half a character or a control"));
const isSendable = (given: string): boolean => given.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(given);
const webUrl = (most: number) => v.pipe(text(most), v.url(), v.regex(/^https?:/));
const list = <Entry extends v.GenericSchema>(entry: Entry, least: number, most: number) =>
  v.pipe(v.array(entry), v.minLength(least), v.maxLength(most));

// Slack: docs.slack.dev/reference/block-kit/blocks, …/composition-objects/text-object
const slackPlain = (most: number) =>
  v.strictObject({ type: v.literal("plain_text"), text: text(most), emoji: v.optional(v.boolean()) });
const yes = v.optional(v.boolean());
const slackStyle = v.strictObject({ bold: yes, italic: yes, strike: yes, code: yes });
const slackInline = v.variant("type", [
  v.strictObject({ type: v.literal("text"), text: text(3000), style: v.optional(slackStyle) }),
  v.strictObject({ type: v.literal("link"), url: webUrl(3000), text: v.optional(text(3000)) }),
]);
const slackRich = v.strictObject({
  type: v.picklist(["rich_text_section", "rich_text_quote"]),
  elements: list(slackInline, 1, 1000),
});
const blockId = v.optional(text(255));
const slackBlock = v.variant("type", [
  v.strictObject({ type: v.literal("header"), block_id: blockId, text: slackPlain(150) }),
  v.strictObject({ type: v.literal("context"), block_id: blockId, elements: list(slackPlain(3000), 1, 10) }),
  v.strictObject({ type: v.literal("rich_text"), block_id: blockId, elements: list(slackRich, 1, 100) }),
]);

export const SLACK = v.strictObject({ text: text(4000), blocks: list(slackBlock, 1, 50) });

// Discord: docs.discord.com/developers/resources/webhook#execute-webhook, …/message#embed-object-embed-limits
const embed = v.strictObject({
  title: text(256),
  url: v.optional(webUrl(2048)),
  description: text(4096),
  color: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffff)),
});

export const DISCORD = v.pipe(
  v.strictObject({
    username: v.pipe(
      text(80),
      v.check((name) => !/discord|clyde/i.test(name)),
    ),
    content: text(2000),
    embeds: list(embed, 0, 10),
    allowed_mentions: v.strictObject({ parse: v.tuple([]) }),
  }),
  v.check(
    ({ embeds }) => embeds.reduce((sum, { title, description }) => sum + title.length + description.length, 0) <= 6000,
    "more than 6000 characters in all embeds",
  ),
);

// Teams: adaptivecards.io/explorer (1.4), learn.microsoft.com …/connectors-using (28 KB)
const textRun = v.strictObject({
  type: v.literal("TextRun"),
  text: text(28_000),
  size: v.optional(v.picklist(["Small", "Default", "Medium", "Large", "ExtraLarge"])),
  weight: v.optional(v.picklist(["Lighter", "Default", "Bolder"])),
  color: v.optional(v.picklist(["Default", "Dark", "Light", "Accent", "Good", "Warning", "Attention"])),
  isSubtle: yes,
  italic: yes,
  strikethrough: yes,
  underline: yes,
});
const openUrl = v.strictObject({ type: v.literal("Action.OpenUrl"), title: text(200), url: webUrl(8192) });
const richTextBlock = v.strictObject({
  type: v.literal("RichTextBlock"),
  id: v.optional(text(300)),
  inlines: list(textRun, 1, 1000),
});
const container = v.strictObject({
  type: v.literal("Container"),
  separator: yes,
  spacing: v.optional(v.picklist(["None", "Small", "Default", "Medium", "Large", "ExtraLarge", "Padding"])),
  items: list(
    v.variant("type", [richTextBlock, v.strictObject({ type: v.literal("ActionSet"), actions: list(openUrl, 1, 6) })]),
    1,
    100,
  ),
});

export const TEAMS = v.pipe(
  v.strictObject({
    type: v.literal("message"),
    attachments: v.strictTuple([
      v.strictObject({
        contentType: v.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: v.null(),
        content: v.strictObject({
          $schema: v.literal("http://adaptivecards.io/schemas/adaptive-card.json"),
          type: v.literal("AdaptiveCard"),
          version: v.picklist(["1.2", "1.3", "1.4", "1.5"]),
          lang: text(35),
          msteams: v.strictObject({ width: v.literal("Full") }),
          body: list(v.variant("type", [richTextBlock, container]), 1, 100),
          actions: v.optional(list(openUrl, 1, 6)),
        }),
      }),
    ]),
  }),
  v.check((message) => Buffer.byteLength(JSON.stringify(message)) <= 28 * 1024, "more than 28 KB"),
);

const graphemes = (most: number) =>
  v.check(
    (given: string) => [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(given)].length <= most,
    `more than ${most} graphemes`,
  );

// Mastodon: docs.joinmastodon.org/methods/statuses/#create; its server counts each address as 23 characters
const asMastodonCounts = v.pipe(
  v.string(),
  v.transform((given) => given.replace(/https?:\/\/[^\s<>"]+/g, "x".repeat(23))),
  graphemes(500),
);

export const MASTODON_STATUS = v.strictObject({
  status: v.pipe(
    text(20_000),
    v.check((given) => v.is(asMastodonCounts, given), "more than 500 characters as Mastodon counts them"),
    v.check((given) => !/(^|[^/\w])@[\w.]+/.test(given), "a mention"),
    v.check((given) => !/(^|[^/)\w])#[\p{L}\p{N}_]/u.test(given), "a hashtag"),
  ),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  visibility: v.optional(v.picklist(["public", "unlisted", "private", "direct"])),
  media_ids: v.optional(list(v.string(), 1, 4)),
  in_reply_to_id: v.optional(v.string()),
});

// Bluesky: github.com/bluesky-social/atproto, lexicons app.bsky.feed.post, app.bsky.richtext.facet, app.bsky.embed.images
const strongRef = v.strictObject({ uri: v.pipe(v.string(), v.regex(/^at:\/\//)), cid: text(100) });
const linkFacet = v.strictObject({
  index: v.strictObject({ byteStart: v.pipe(v.number(), v.minValue(0)), byteEnd: v.number() }),
  features: v.strictTuple([v.strictObject({ $type: v.literal("app.bsky.richtext.facet#link"), uri: webUrl(8000) })]),
});
const blob = v.strictObject({
  $type: v.literal("blob"),
  ref: v.strictObject({ $link: v.string() }),
  mimeType: v.literal("image/png"),
  size: v.pipe(v.number(), v.maxValue(1_000_000)),
});

export const BLUESKY_POST = v.pipe(
  v.strictObject({
    $type: v.literal("app.bsky.feed.post"),
    text: v.pipe(
      text(3000),
      graphemes(300),
      v.check((given) => Buffer.byteLength(given) <= 3000, "more than 3000 bytes"),
    ),
    langs: list(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/)), 1, 3),
    createdAt: v.pipe(v.string(), v.isoTimestamp()),
    facets: v.optional(v.array(linkFacet)),
    reply: v.optional(v.strictObject({ root: strongRef, parent: strongRef })),
    embed: v.optional(
      v.strictObject({
        $type: v.literal("app.bsky.embed.images"),
        images: list(
          v.strictObject({
            image: blob,
            alt: text(5000),
            aspectRatio: v.strictObject({ width: v.number(), height: v.number() }),
          }),
          1,
          4,
        ),
      }),
    ),
  }),
  v.check(({ text: given, facets = [] }) => {
    const bytes = Buffer.from(given);
    return facets.every(({ index: { byteStart, byteEnd } }) => {
      const words = bytes.subarray(byteStart, byteEnd).toString();
      return byteStart < byteEnd && byteEnd <= bytes.length && !words.includes("\ufffd") && words === words.trim();
    });
  }, "a facet that begins or ends inside a character, or beside its words"),
);

export const CHAT_SCHEMAS = { slack: SLACK, discord: DISCORD, teams: TEAMS } as const;

/** What a person reads of a chat's message: its texts in their order, marks and escapes of Discord's Markdown taken off. */
export function readChat(channel: keyof typeof CHAT_SCHEMAS, body: string): string {
  const texts: string[] = [];
  const keys = /^(text|content|title|description|url)$/;
  JSON.parse(body, function (this: unknown, key, value) {
    if (typeof value === "string" && keys.test(key)) texts.push(value);
    return value;
  });
  const read = texts.join(channel === "discord" ? "\n" : "");
  return channel === "discord" ? read.replace(/\\(.)/g, "$1").replaceAll("\u200b", "") : read;
}

/** Where a chat's message carries the notice's id. */
const IDS: Readonly<Record<keyof typeof CHAT_SCHEMAS, (message: ReturnType<typeof JSON.parse>) => string | undefined>> =
  {
    slack: ({ blocks }) => blocks[0].block_id,
    discord: ({ content }) => /\n-# `([^`\n]+)`$/.exec(content)?.[1],
    teams: ({ attachments }) => attachments[0].content.body[0].id,
  };

/** The id of the notice that a chat's message is; null when it names none. */
export const noticeIdIn = (channel: keyof typeof CHAT_SCHEMAS, body: string): string | null =>
  IDS[channel](JSON.parse(body)) ?? null;
