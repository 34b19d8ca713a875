import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { discordMessage } from "../../../shared/notices/chat/discord.ts";
import { slackMessage } from "../../../shared/notices/chat/slack.ts";
import { teamsMessage } from "../../../shared/notices/chat/teams.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { CHAT_SCHEMAS, readChat } from "../../support/chat-schemas.ts";
import { aMessage, type ToldChange, toldChange } from "../../support/messages.ts";
import { NOTICE_GALLERY } from "../../support/notice-gallery.ts";

const GOLDEN = join(import.meta.dirname, "../../fixtures/notices");

const WRITERS = { slack: slackMessage, discord: discordMessage, teams: teamsMessage } as const;
const CHATS = ["slack", "discord", "teams"] as const;

/** @throws with all that the service would not take */
async function written(chat: (typeof CHATS)[number], message: Message): Promise<string> {
  const body = await WRITERS[chat](message);
  const { issues } = v.safeParse(CHAT_SCHEMAS[chat], JSON.parse(body));
  if (issues) throw new Error(issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("\n"));
  return body;
}

/** The texts of a message that find their direction each by itself. */
function paragraphs(chat: (typeof CHATS)[number], body: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(body, (name, value) => {
    const isRun = (one: unknown): one is { text: string } => typeof one === "object" && one !== null && "text" in one;
    if ((name === "elements" || name === "inlines") && Array.isArray(value) && value.every(isRun)) {
      found.push(value.map(({ text }) => text).join(""));
    }
    if (chat === "discord" && name === "description") found.push(...value.split("\n\n"));
    return value;
  });
  return found;
}

describe.each(CHATS)("a notice in %s", (chat) => {
  it.each(Object.entries(NOTICE_GALLERY))(
    "%s is as its golden file, and as the service wants it",
    async (name, message) => {
      const body = JSON.parse(await written(chat, message));
      await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(join(GOLDEN, chat, `${name}.json`));
    },
  );

  const change = (given: ToldChange) => aMessage({ kind: "change", told: toldChange(given) });
  const paragraph = (n: number, words: string) => `${n} ${words.repeat(200)}`;

  it.each<[string, Message]>([
    ["a headline as long as a page", change({ revision: { headline: "long ".repeat(500) } })],
    ["a headline without a space", change({ revision: { headline: "x".repeat(5000) } })],
    ["no headline", change({ revision: { headline: null } })],
    ["an empty headline", change({ revision: { headline: "" } })],
    [
      "half characters and controls",
      change({ revision: { headline: "a\ud83c\u0000\u001b[2J" }, after: ["\udf09 b\u0007"] }),
    ],
    ["paragraphs of marks", change({ after: Array.from({ length: 30 }, (_, n) => paragraph(n, "*_~`[](#@:// ")) })],
    ["paragraphs of wide characters", change({ after: Array.from({ length: 30 }, (_, n) => paragraph(n, "🌉橋")) })],
    [
      "a paragraph of a thousand edits",
      change({
        before: [Array.from({ length: 1000 }, (_, n) => `w${n} same`).join(" ")],
        after: [Array.from({ length: 1000 }, (_, n) => `v${n} same`).join(" ")],
      }),
    ],
    [
      "a paragraph in which a number stands for each of 150 clubs, all changed",
      change({
        before: [Array.from({ length: 150 }, (_, n) => `Club${n} plays${n} ${n % 7};`).join(" ")],
        after: [Array.from({ length: 150 }, (_, n) => `Club${n} plays${n} ${(n % 7) + 10};`).join(" ")],
      }),
    ],
    [
      "a digest of a hundred long changes",
      aMessage({
        kind: "digest",
        told: Array.from({ length: 100 }, () =>
          toldChange({
            revision: { headline: "Harbour bridge closed ".repeat(20) },
            after: [paragraph(1, "🌉 words "), paragraph(2, "*marks* ")],
          }),
        ),
        more: 900,
      }),
    ],
  ])("takes %s", async (_what, message) => {
    expect(readChat(chat, await written(chat, message)).length).toBeGreaterThan(50);
  });

  it("cuts no exchange into a deletion, and counts the passage that it cut", async () => {
    const side = (word: string, length: number) =>
      Array.from({ length }, (_, n) => `The players of club ${n} wear ${word}${n} ${word}shirts today;`).join(" ");
    for (let length = 300; length < 306; length += 1) {
      const read = readChat(
        chat,
        await written(chat, change({ before: [side("blue", length)], after: [side("red", length)] })),
      );
      const shown = (word: string) => read.split(word).length - 1;
      expect(shown("red")).toBe(shown("blue"));
      expect(read).toContain("1 more passage changed.");
    }
  });

  it("cuts a long exchange on both of its sides", async () => {
    const long = (word: string) => Array.from({ length: 300 }, (_, n) => `${word}${n}`).join(" ");
    const told = Array.from({ length: 2 }, () =>
      toldChange({ before: [`Kept ${long("old")}`], after: [`Kept ${long("new")}`] }),
    );
    const read = readChat(chat, await written(chat, aMessage({ kind: "digest", told, more: 0 })));
    expect(read).toContain("old0");
    expect(read).toContain("new0");
  });

  it("lets no word of ours set the direction of words that run from right to left", async () => {
    const [from, to] = ["إغلاق جسر الميناء لثلاثة أيام", "إغلاق جسر الميناء لثلاثين يوما"];
    const body = await written(chat, change({ fields: { before: { headline: from }, after: { headline: to } } }));
    const arabic = paragraphs(chat, body).filter((paragraph) => paragraph.includes("الميناء"));
    expect(arabic.length).toBeGreaterThan(0);
    for (const paragraph of arabic) expect(/\p{L}/u.exec(paragraph)?.[0]).toMatch(/\p{Script=Arabic}/u);
    expect(paragraphs(chat, body).filter((paragraph) => /^_?Headline:_?$/.test(paragraph))).toHaveLength(1);
  });

  it("counts the changes that find no room", async () => {
    const told = Array.from({ length: 100 }, () => toldChange());
    const read = readChat(chat, await written(chat, aMessage({ kind: "digest", told, more: 7 })));
    const shown = read.match(/will stay closed for/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(3);
    expect(read).toContain(`${107 - shown} more are in the reading room.`);
  });

  it("lets no article mention, link or mark anything", async () => {
    const hostile =
      "@everyone <!channel> <@U123> <https://phish.example|bank> [bank](https://phish.example) **bold** `code`";
    const body = await written(
      chat,
      change({ revision: { headline: hostile }, before: ["A."], after: [`A. ${hostile}`] }),
    );
    if (chat === "slack") expect(JSON.parse(body).text).not.toMatch(/<[!@h]/);
    if (chat === "discord") {
      const { content, embeds } = JSON.parse(body);
      for (const text of [content, embeds[0].title, embeds[0].description]) {
        expect(text).not.toMatch(/(^|[^\\])\[bank|@everyone|(^|[^\\])<@U/);
      }
    }
    if (chat === "teams") expect(body).not.toContain('"type":"TextBlock"'); // the one that knows Markdown
    if (chat !== "discord") expect(readChat(chat, body)).toContain("**bold** `code`");
  });
});
