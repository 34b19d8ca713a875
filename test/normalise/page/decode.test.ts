import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode as decoded, textOf } from "../../../shared/normalise/page/decode.ts";

const decode = (page: Uint8Array, contentType?: string) => {
  const found = decoded(page, contentType);
  return { text: textOf(found), charset: found.charset };
};
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

describe("decode knows the codings of the standard, as browsers read them", () => {
  const hex = (digits: string) => Uint8Array.from(digits.split(" "), (pair) => Number.parseInt(pair, 16));
  const labelled = (label: string, digits: string) => decode(hex(digits), `text/html; charset=${label}`);

  it.each([
    ["utf-16le", "3d d8 00 de 2c 00", "UTF-16LE", "😀,"],
    ["utf-16be", "d8 3d de 00 00 2c", "UTF-16BE", "😀,"],
    ["unicode", "e9 00", "UTF-16LE", "é"],
    ["utf-16le", "41 00 42", "UTF-16LE", "A\ufffd"],
    ["utf-16be", "d8 00 00 41", "UTF-16BE", "\ufffdA"],
    ["x-sjis", "93 fa 96 7b 81 60 87 40 c3 bd c4 5c", "Shift_JIS", "日本～①ﾃｽﾄ\\"],
    ["euc-jp", "c6 fc cb dc 8e c3 8f b0 a1", "EUC-JP", "日本ﾃ丂"],
    ["iso-2022-jp", "1b 24 42 46 7c 1b 28 42 41", "ISO-2022-JP", "日A"],
    ["ks_c_5601-1987", "b0 a1 20 8c 63 c6 52", "EUC-KR", "가 똠힣"],
    ["gb2312", "d6 d0 b9 fa 80", "GBK", "中国€"],
    ["gb18030", "d6 d0 a2 e3 81 39 ee 39 94 39 da 33", "gb18030", "中€㐀💩"],
    ["big5-hkscs", "a4 a4 a4 e5 87 40 88 62", "Big5", "中文䏰Ê̄"],
    ["windows-1250", "8a 9e b3", "windows-1250", "Šžł"],
    ["cp1251", "cf f0 e8 e2 e5 f2 20 97", "windows-1251", "Привет —"],
    ["windows-1253", "c5 eb eb dc f2", "windows-1253", "Ελλάς"],
    ["iso-8859-9", "dd fd 80", "windows-1254", "İı€"],
    ["windows-1255", "f9 ec e5 ed", "windows-1255", "שלום"],
    ["windows-1256", "e3 d1 cd c8 c7 20 81 c7", "windows-1256", "مرحبا پا"],
    ["tis-620", "ca c7 d1 ca b4 d5 20 80", "windows-874", "สวัสดี €"],
    ["koi8-u", "f0 d2 c9 a4", "KOI8-U", "Приє"],
    ["macintosh", "8e d2 d3", "macintosh", "é“”"],
    ["latin1", "93 85 94 a0 ff", "windows-1252", "“…”\u00a0ÿ"],
  ])("%s %s", (label, digits, name, text) => {
    expect(labelled(label, digits)).toEqual({ text, charset: { name, from: "transport" } });
  });

  it.each([
    ["utf-16", "UTF-8"],
    ["x-user-defined", "windows-1252"],
  ])("a page that can name its coding in ASCII is not in %s", (label, name) => {
    expect(decode(ascii(`<meta charset="${label}">`)).charset).toEqual({ name, from: "meta" });
  });

  it("reads the ASCII of a page in a coding that the standard refuses to decode", () => {
    expect(labelled("iso-2022-kr", "41 0e 42")).toEqual({
      text: "A\u000eB",
      charset: { name: "replacement", from: "transport" },
    });
  });
});

describe("decode cuts a page in pieces", () => {
  const FAR = 3 * 16_384;
  const utf8 = (text: string) => ascii(text);
  const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  it.each([0, 1, 2, 3, 4, 5])("and loses no character that lies across two, %i bytes on", (shift) => {
    const text = "x".repeat(shift) + "é😀\r\n한ab".repeat(FAR / 8);
    expect(decode(utf8(text), "text/html; charset=utf-8").text).toBe(text);
    expect(decode(utf16(text)).text).toBe(text);
    const korean = bytes("x".repeat(shift), Array.from({ length: FAR }, () => [0xb0, 0xa1, 0x31]).flat());
    expect(decode(korean, "text/html; charset=euc-kr").text).toBe("x".repeat(shift) + "가1".repeat(FAR));
    const chinese = bytes("x".repeat(shift), Array.from({ length: FAR }, () => [0x94, 0x39, 0xda, 0x33, 0x31]).flat());
    expect(decode(chinese, "text/html; charset=gb18030").text).toBe("x".repeat(shift) + "💩1".repeat(FAR));
  });

  it("and reads bytes that are no UTF-8 as if they were not cut", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(8), (unsound, shift) => {
        const page = bytes("é", "x".repeat(shift), Array.from({ length: FAR / 4 }, () => [...unsound]).flat());
        expect(decode(page, "text/html; charset=utf-8").text).toBe(new TextDecoder().decode(page));
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it("and decodes no more than is asked for", () => {
    const page = decoded(utf8("word ".repeat(100_000)));
    expect(textOf(page, 1_000).length).toBeLessThan(20_000);
  });
});
