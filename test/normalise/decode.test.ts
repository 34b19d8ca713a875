import { describe, expect, it } from "vitest";
import { decode } from "../../shared/normalise/decode.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...ascii(part)] : part)));

describe("decode", () => {
  it("reads bytes 80 and 91 to 97 of windows-1252 as marks, not as control characters", () => {
    const { text, charset } = decode(bytes("<p>", [0x80, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97], "</p>"));
    expect(text).toBe("<p>€‘’“”•–—</p>");
    expect(charset).toEqual({ name: "windows-1252", from: "default" });
  });

  it("recovers windows-1252 that calls itself UTF-8", () => {
    const { text, charset } = decode(
      bytes("<p>Caf", [0xe9], " ", [0x93], "ja", [0x94], "</p>"),
      "text/html; charset=utf-8",
    );
    expect(text).toBe("<p>Café “ja”</p>");
    expect(charset).toEqual({ name: "windows-1252", from: "recovered" });
  });

  it("leaves UTF-8 with a broken character what it is", () => {
    const { text, charset } = decode(bytes("<p>Caf", [0xc3, 0xa9], " Zo", [0xe9], "</p>"), "text/html; charset=utf-8");
    expect(text).toBe("<p>Café Zo\ufffd</p>");
    expect(charset).toEqual({ name: "UTF-8", from: "transport" });
  });

  it("takes a page's iso-8859-1 for windows-1252, as browsers do", () => {
    expect(decode(bytes('<meta charset="iso-8859-1">', [0x97])).text).toMatch(/—$/);
  });

  it.each([
    [
      "a byte order mark over everything",
      bytes([0xef, 0xbb, 0xbf], "é"),
      "text/html; charset=koi8-r",
      "UTF-8",
      "bom",
      "é",
    ],
    [
      "the transport over the page",
      bytes('<meta charset="utf-8">', [0xcf]),
      "text/html; charset=KOI8-R",
      "KOI8-R",
      "transport",
      '<meta charset="utf-8">о',
    ],
    [
      "the page where the transport's label is unknown",
      bytes('<meta charset="koi8-r">', [0xcf]),
      "text/html; charset=none",
      "KOI8-R",
      "meta",
      '<meta charset="koi8-r">о',
    ],
    [
      "http-equiv",
      bytes('<meta http-equiv="content-type" content="text/html; charset=windows-1251">', [0xe6]),
      undefined,
      "windows-1251",
      "meta",
      '<meta http-equiv="content-type" content="text/html; charset=windows-1251">ж',
    ],
    [
      "the XML declaration last",
      bytes('<?xml version="1.0" encoding="windows-1251"?><html>', [0xe6]),
      undefined,
      "windows-1251",
      "xml",
      '<?xml version="1.0" encoding="windows-1251"?><html>ж',
    ],
    ["UTF-16 by its mark", bytes([0xff, 0xfe, 0x41, 0x00, 0x16, 0x04]), undefined, "UTF-16LE", "bom", "AЖ"],
  ])("believes %s", (_rule, page, contentType, name, from, text) => {
    expect(decode(page, contentType)).toEqual({ text, charset: { name, from } });
  });

  it("reads sound UTF-8 under a wrong label, and says so", () => {
    const page = decode(ascii('<meta charset="iso-8859-1"><p>Zoë said “no”</p>'));
    expect(page.text).toContain("Zoë said “no”");
    expect(page.charset).toEqual({ name: "UTF-8", from: "recovered" });
  });

  it("leaves plain ASCII under the label it has", () => {
    expect(decode(ascii('<meta charset="iso-8859-1"><p>No</p>')).charset.from).toBe("meta");
  });
});
