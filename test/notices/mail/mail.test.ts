import { load } from "cheerio";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../../shared/notices/content-of.ts";
import { mailOf } from "../../../shared/notices/mail/mail.ts";
import type { Message } from "../../../shared/ports/message.ts";
import { aMessage, toldChange } from "../../support/messages.ts";
import { readMail } from "../../support/read-mail.ts";

const CORRESPONDENTS = { from: "Variorum <monitor@news.example>", to: "desk@newsroom.example" };
const UNSUBSCRIBE = "https://monitor.example/subscriptions/desk/end?key=k";

const mail = async (message: Message) => (await mailOf(message, await contentOf(message), CORRESPONDENTS)).toString();

describe("a mail's head", () => {
  it("offers to end the subscription by one POST (RFC 8058)", async () => {
    const { headers } = readMail(await mail(aMessage(undefined, { links: { unsubscribe: UNSUBSCRIBE } })));
    expect(headers["list-unsubscribe"]).toEqual([`<${UNSUBSCRIBE}>`]);
    expect(headers["list-unsubscribe-post"]).toEqual(["List-Unsubscribe=One-Click"]);
  });

  it("offers no POST without https, and nothing without a link", async () => {
    const plain = readMail(await mail(aMessage(undefined, { links: { unsubscribe: "http://127.0.0.1/end" } })));
    expect(plain.headers["list-unsubscribe"]).toEqual(["<http://127.0.0.1/end>"]);
    expect(plain.headers).not.toHaveProperty("list-unsubscribe-post");
    expect(readMail(await mail(aMessage())).headers).not.toHaveProperty("list-unsubscribe");
  });

  it("takes no header out of a link", async () => {
    const unsubscribe = "https://monitor.example/end?a=\r\nBcc: someone@else.example";
    const { headers } = readMail(await mail(aMessage(undefined, { links: { unsubscribe } })));
    expect(headers).not.toHaveProperty("bcc");
  });

  it("is the same whenever it is made", async () => {
    expect(await mail(aMessage())).toBe(await mail(aMessage()));
  });

  it("says that no person wrote it", async () => {
    const { headers } = readMail(await mail(aMessage()));
    expect(headers["auto-submitted"]).toEqual(["auto-generated"]);
  });
});

describe("a mail with a picture", () => {
  const picture = { png: Buffer.from("PNG of the change"), alt: 'Changed: "3" is "30" <now>' };
  const withPicture = async (message: Message) =>
    (await mailOf(message, await contentOf(message), CORRESPONDENTS, picture)).toString();

  it("shows it below the words, by its own part of the mail, with words that stand for it", async () => {
    const raw = await withPicture(aMessage());
    const parsed = await simpleParser(raw, { skipImageLinks: true });
    const [attached, ...others] = parsed.attachments;
    expect(others).toEqual([]);
    expect(attached).toMatchObject({ contentType: "image/png", contentDisposition: "inline", related: true });
    expect(attached?.content).toEqual(picture.png);
    const $ = load(String(parsed.html));
    expect($("img").attr("src")).toBe(`cid:${attached?.cid}`);
    expect($("img").attr("alt")).toBe(picture.alt);
    const html = String(parsed.html);
    expect(html.indexOf("<ins")).toBeLessThan(html.indexOf("<img"));
  });

  it("says all that it says without it, in the same words", async () => {
    const [plain, pictured] = [
      await simpleParser(await mail(aMessage())),
      await simpleParser(await withPicture(aMessage())),
    ];
    const words = (html: unknown) => load(String(html))("body").text().replace(/\s+/g, " ").trim();
    expect(pictured.text).toBe(plain.text);
    expect(words(pictured.html)).toBe(words(plain.html));
  });

  it("is the same whenever it is made", async () => {
    expect(await withPicture(aMessage())).toBe(await withPicture(aMessage()));
  });
});

describe("a mail's body", () => {
  it("comes as text and as HTML, in this order, for programs take the last they can show", async () => {
    const { text, html, headers } = await simpleParser(await mail(aMessage()));
    expect(text).toContain("closed for [-3-] {+30+} days");
    expect(html).toMatch(/<del[^>]*>3<\/del> <ins[^>]*>30<\/ins>/);
    expect(headers.get("content-type")).toMatchObject({ value: "multipart/alternative" });
    const raw = await mail(aMessage());
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
  });

  it("shows markup in the publisher's words as words", async () => {
    const told = toldChange({
      revision: { headline: "<img src=x onerror=alert(1)> & co" },
      before: ["A line."],
      after: ['A line. <script>alert("x")</script><a href="https://phish.example">here</a>'],
    });
    const { html } = await simpleParser(await mail(aMessage({ kind: "change", told })));
    expect(html).not.toMatch(/<script|<img|href="https:\/\/phish/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; co");
  });

  it("stays below it with one paragraph of hundreds of small edits, and counts what it cuts", async () => {
    const side = (word: string) => [
      Array.from({ length: 700 }, (_, n) => `The players of club ${n} wear ${word}${n} ${word}shirts today;`).join(" "),
    ];
    const told = toldChange({ before: side("blue"), after: side("red") });
    const { html } = await simpleParser(await mail(aMessage({ kind: "change", told })));
    expect(Buffer.byteLength(String(html))).toBeLessThan(102_000);
    expect(String(html).match(/<del/g)?.length).toBe(String(html).match(/<ins/g)?.length);
    expect(html).toContain("1 more passage changed.");
  });

  it("has a text that ends, too, and counts what it leaves out", async () => {
    const side = (word: string) => [
      Array.from({ length: 900 }, (_, n) => `The players of club ${n} wear ${word}${n} ${word}shirts today;`).join(" "),
    ];
    const told = toldChange({ before: side("blue"), after: side("red") });
    const one = await simpleParser(await mail(aMessage({ kind: "change", told })));
    expect(one.text?.length).toBeLessThan(40_000);
    expect(one.text).toContain("1 more passage changed.");
    const many = await simpleParser(await mail(aMessage({ kind: "digest", told: Array(8).fill(told), more: 0 })));
    expect(many.text?.length).toBeLessThan(140_000);
    expect(many.text).toMatch(/^\d more are in the reading room\./m);
  });

  it("takes no header, and no second mail, out of a headline", async () => {
    const headline = "Bridge closed\r\nBcc: victim@paper.example\r\n\r\n.\r\nMAIL FROM:<x@paper.example>";
    const { headers, subject } = await simpleParser(
      await mail(aMessage({ kind: "change", told: toldChange({ revision: { headline } }) })),
    );
    expect(headers.has("bcc")).toBe(false);
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it("lets no word of ours set the direction of words that run from right to left", async () => {
    const headline = {
      before: { headline: "إغلاق الجسر لثلاثة أيام" },
      after: { headline: "إغلاق الجسر لثلاثين يوما" },
    };
    const { html } = await simpleParser(
      await mail(aMessage({ kind: "change", told: toldChange({ fields: headline }) })),
    );
    const $ = load(String(html));
    const passages = $("p.passage").toArray();
    expect(passages.map((passage) => $(passage).text().includes("إغلاق"))).toContain(true);
    for (const passage of passages) {
      expect($(passage).attr("dir")).toBe("auto");
      // What has a direction of its own is passed over when a browser looks for its paragraph's.
      for (const own of $(passage).find("em").toArray()) expect($(own).attr("dir")).toBe("auto");
    }
  });

  it("stays below what Gmail shows, and counts what it leaves out", async () => {
    const after = Array.from({ length: 5 }, (_, n) => `Paragraph ${n}. ${"words that were added ".repeat(40)}`);
    const told = Array.from({ length: 100 }, () => toldChange({ after }));
    const { html = "" } = await simpleParser(await mail(aMessage({ kind: "digest", told, more: 0 })));
    expect(Buffer.byteLength(html || "")).toBeLessThan(102_000);
    const shown = String(html).match(/<h2/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(html).toContain(`${100 - shown} more are in the reading room.`);
  });
});
