import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readingDigest } from "../../shared/domain/article.ts";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";

const PAGES = new URL("../fixtures/pages/", import.meta.url);
const names = readdirSync(PAGES)
  .filter((file) => file.endsWith(".html"))
  .map((file) => file.slice(0, -".html".length));

/** Each page of fixtures/pages reads as the JSON beside it says, which was checked by eye. */
describe("a page reads as a person would read it", () => {
  it.each(names)("%s", (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(`${name}.html`, PAGES)));
    const {
      blocks,
      charset: _charset,
      normaliser: _version,
      url: _url,
      origins: _origins,
      ...claims
    } = normalise({
      url: `https://${name}.example/story`,
      bytes,
      contentType: "text/html; charset=utf-8",
    });
    const read = {
      ...claims,
      blocks: blocks.map(({ kind, level, text, entry }) => [
        level ? `${kind} ${level}` : kind,
        text,
        ...(entry === undefined ? [] : [entry]),
      ]),
    };
    expect(read).toEqual(JSON.parse(readFileSync(new URL(`${name}.json`, PAGES), "utf8")));
  });

  it("in Shift_JIS", () => {
    const bytes = Uint8Array.from(Buffer.from(SHIFT_JIS, "base64"));
    const article = normalise({ url: "https://shift-jis.example/", bytes });
    expect(article.charset).toEqual({ name: "Shift_JIS", from: "meta" });
    expect(article.headline).toBe("駅前の時計");
    expect(articleText(article)).toBe(
      "駅前の大きな時計が三年ぶりに動き始め、通りがかった人たちは足を止めて見上げていました。\n\n修理をしたのは町の時計店で、費用は八十万円だったということです。",
    );
  });

  it("in UTF-16 and in windows-1252, the same as in UTF-8", () => {
    const html = readFileSync(new URL("double-breaks.html", PAGES), "utf8");
    const url = "https://double-breaks.example/story";
    const utf8 = normalise({ url, bytes: new TextEncoder().encode(html), contentType: "text/html; charset=utf-8" });
    const utf16 = normalise({ url, bytes: Uint8Array.from([0xff, 0xfe, ...Buffer.from(html, "utf16le")]) });
    const western = normalise({
      url,
      bytes: Uint8Array.from(html, (char) => WINDOWS_1252[char] ?? char.charCodeAt(0)),
    });
    expect(utf16.charset.name).toBe("UTF-16LE");
    expect(western.charset).toEqual({ name: "windows-1252", from: "meta" });
    expect(readingDigest(utf16)).toBe(readingDigest(utf8));
    expect(readingDigest(western)).toBe(readingDigest(utf8));
  });
});

const WINDOWS_1252: Readonly<Record<string, number>> = { "“": 0x93, "”": 0x94, "–": 0x96 };

const SHIFT_JIS =
  "PCFkb2N0eXBlIGh0bWw+PGh0bWwgbGFuZz1qYT48aGVhZD48bWV0YSBjaGFyc2V0PXNoaWZ0X2ppcz48dGl0bGU+iXeRT4LMjp6MdjwvdGl0bGU+PC9oZWFkPjxib2R5PjxoMT6Jd5FPgsyOnox2PC9oMT48cD6Jd5FPgsyR5YKrgsiOnox2gqqOT5ROgtSC6ILJk66Cq45ugt+BQZLKguiCqoKpgsGCvZBsgr2Cv4LNkauC8I5+gt+CxIypj+OCsILEgqKC3IK1gr2BQjwvcD48cD6PQ5edgvCCtYK9gsyCzZKsgsyOnox2k1iCxYFBlO+XcILNlKqPXJaciX6CvoLBgr2CxoKigqSCsYLGgsWCt4FCPC9wPjwvYm9keT48L2h0bWw+";
