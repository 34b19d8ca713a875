import { describe, expect, it } from "vitest";
import { clean, cut, followable, html, languageTag, plain } from "../../shared/reading-room/html.ts";
import { aReadingRoom } from "./reading-room.ts";

describe("html", () => {
  it("escapes strings wherever they stand, and not what it made itself", () => {
    const inner = html`<b>${'<"&'}</b>`;
    expect(String(html`<p title="${"\"'<"}">${inner}${["<", null, false, undefined, 0]}</p>`)).toBe(
      '<p title="&quot;&#39;&lt;"><b>&lt;&quot;&amp;</b>&lt;0</p>',
    );
  });

  it("takes no markup from data that only looks like it", () => {
    const forged = JSON.parse('{"text":"<b>"}') as { text: string };
    expect(String(html`${forged.text}`)).toBe("&lt;b&gt;");
  });
});

describe("clean", () => {
  it.each([
    ["a\0b", "a\ufffdb"],
    ["a\ud83d b", "a\ufffd b"],
    ["tab\tand\nline", "tab\tand\nline"],
    ["\ufffe\x85", "\ufffd\ufffd"],
    ["bridge 🌉", "bridge 🌉"],
  ])("%j reads %j", (text, expected) => expect(clean(text)).toBe(expected));
});

describe("plain", () => {
  it("is one line that turns nothing around it", () => expect(plain(" a\u202eb\u2066\n c\t")).toBe("ab c"));
});

describe("cut", () => {
  it.each([
    ["short stays", "bridge", 6, "bridge"],
    ["long ends in an ellipsis", "harbour bridge", 8, "harbour…"],
    ["a pair is never halved", "ab🌉cd", 3, "ab…"],
  ])("%s", (_fact, text, characters, expected) => expect(cut(text, characters)).toBe(expected));
});

describe("followable", () => {
  it.each([
    ["https://gazette.example/a?b=c", "https://gazette.example/a?b=c"],
    ["javascript:alert(1)", null],
    [" java\tscript:alert(1)", null],
    ["data:text/html,x", null],
    ["/relative", null],
    ["", null],
    [null, null],
  ])("%j gives %j", (address, expected) => expect(followable(address)).toBe(expected));
});

describe("languageTag", () => {
  it.each([
    ["zh-Hans", "zh-Hans"],
    ['en" onclick="x', null],
    ["", null],
    [null, null],
  ])("%j gives %j", (language, expected) => expect(languageTag(language)).toBe(expected));
});

describe("a page of thirty changes", () => {
  it("stays under 60 KB, however long the headlines are", async () => {
    const room = aReadingRoom();
    const headline = "Bridge closed and reopened and ".repeat(300);
    const drafts = Array.from({ length: 31 }, (_, n) => ({ headline, text: [`So far ${n} ships have waited here.`] }));
    await room.publish("https://gazette.example/harbour-bridge", drafts);
    const { text } = await room.get("/");
    expect(text.split('class="happening"')).toHaveLength(31);
    expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  });
});
