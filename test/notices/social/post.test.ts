import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { BLUESKY_FORM, postRecord, recordKey } from "../../../shared/notices/social/bluesky.ts";
import { MASTODON_FORM, mastodonText, statusBody } from "../../../shared/notices/social/mastodon.ts";
import { postOf } from "../../../shared/notices/social/post.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { NOON } from "../../support/builders.ts";
import { BLUESKY_POST, MASTODON_STATUS } from "../../support/chat-schemas.ts";
import { aMessage, toldChange } from "../../support/messages.ts";
import { NOTICE_GALLERY } from "../../support/notice-gallery.ts";

const ALONE = { visibility: null, media: null, inReplyTo: null } as const;

async function bothOf(message: Message) {
  const [toot, skeet] = [await postOf(message, MASTODON_FORM), await postOf(message, BLUESKY_FORM)];
  if (!toot || !skeet) throw new Error("nothing to tell in public");
  const record = postRecord(skeet, { createdAt: NOON, picture: null, reply: null });
  return { mastodon: JSON.parse(statusBody(toot, ALONE)), bluesky: JSON.parse(JSON.stringify(record)), toot, skeet };
}

const HOSTILE: Readonly<Record<string, Parameters<typeof toldChange>[0]>> = {
  "a headline as long as a page": { revision: { headline: "long ".repeat(500) } },
  "a word that never ends": { after: ["W".repeat(5000)] },
  "letters under a tower of marks": { after: [`${`a${"\u0301".repeat(80)}`.repeat(60)}.`] },
  "families of many characters each": { after: ["👩‍👩‍👧‍👦".repeat(200)] },
  "Chinese without spaces": { before: ["大桥将关闭三天。".repeat(60)], after: ["大桥将关闭三十天。".repeat(60)] },
  "mentions, tags and addresses": {
    revision: { headline: "@everyone #breaking https://evil.example/x" },
    after: ["Write to @somebody@evil.example or see http://evil.example/#now."],
  },
  "half a character": { revision: { headline: "half \ud83c" }, after: ["half \udf09"] },
};

describe("a post", () => {
  it.each([
    ...Object.entries(NOTICE_GALLERY).filter(([, message]) => "told" in message),
    ...Object.entries(HOSTILE).map(
      ([name, given]) => [name, aMessage({ kind: "change", told: toldChange(given) })] as const,
    ),
  ])("of %s is taken by Mastodon and Bluesky", async (_name, message) => {
    const { mastodon, bluesky } = await bothOf(message);
    expect(v.safeParse(MASTODON_STATUS, mastodon).issues).toBeUndefined();
    expect(v.safeParse(BLUESKY_POST, bluesky).issues).toBeUndefined();
  });

  it("says what the words were and what they are, and where to read on", async () => {
    const { toot, skeet } = await bothOf(aMessage());
    const words = ["Was: “The bridge will stay closed for 3 days.”", "Now: “The bridge will stay closed for 30 days.”"];
    expect(mastodonText(toot)).toContain(words.join("\n"));
    expect(mastodonText(toot)).toMatch(
      /Read the change: https:\/\/monitor\.example\/watches\/\S+\nThe page: https:\S+$/,
    );
    const parts = skeet.parts.map(({ text }) => text).join("");
    expect(parts).toContain(words.join("\n"));
    expect(skeet.parts.filter(({ url }) => url).map(({ text }) => text)).toEqual([
      "Read the change",
      "gazette.example",
    ]);
  });

  it("keeps the changed words where the sentence around them is too long", async () => {
    const long = "and so it went on through the night with nobody to say when it would end ".repeat(4);
    const message = aMessage({
      kind: "change",
      told: toldChange({
        before: [`The mayor ${long} paid 3 crowns ${long}.`],
        after: [`The mayor ${long} paid 30 crowns ${long}.`],
      }),
    });
    for (const { parts } of Object.values(await bothOf(message)).filter((one) => "parts" in one)) {
      const text = (parts as { text: string }[]).map((part) => part.text).join("");
      expect(text).toMatch(/Was: “….* paid 3 crowns .*…”\nNow: “….* paid 30 crowns .*…”/);
    }
  });

  it("counts what it does not tell", async () => {
    const before = Array.from({ length: 9 }, (_, at) => `Ward ${at} of the town has ${at + 10} schools.`);
    const after = before.map((sentence) => sentence.replace(/\d+ schools/, "no schools"));
    const { toot } = await bothOf(aMessage({ kind: "change", told: toldChange({ before, after }) }));
    const text = mastodonText(toot);
    const told = text.match(/^Was:/gm)?.length ?? 0;
    expect(told).toBeGreaterThan(0);
    expect(text).toContain(`${9 - told} more passages changed.`);
  });
});

describe("the key of a record", () => {
  it("is a timestamp identifier, always the same of a notice and another of another", () => {
    const key = recordKey("w.r2.desk", NOON);
    expect(key).toMatch(/^[2-7a-j][2-7a-z]{12}$/);
    expect(recordKey("w.r2.desk", NOON)).toBe(key);
    const others = Array.from({ length: 500 }, (_, at) => recordKey(`w.r${at}.other`, NOON));
    expect(new Set([...others, key]).size).toBe(501);
    expect(recordKey("w.r2.desk", "2026-03-01T12:00:00.001Z") > key).toBe(true);
  });
});
