import { describe, expect, it } from "vitest";
import { cardDrawer } from "../../../shared/adapters/card/card-drawer.ts";
import { cardSvg } from "../../../shared/adapters/card/card-svg.ts";
import { packagedFonts } from "../../../shared/adapters/card/fonts.ts";
import { typeset } from "../../../shared/adapters/card/typeset.ts";
import { CARD_SIZE, type CardContent } from "../../../shared/ports/card-drawer.ts";

const fonts = packagedFonts();
const card: CardContent = {
  kicker: "Changed · harbour.example",
  heading: "Northern quay stays closed",
  fact: "Edited between 06:41 and 06:43 on 1 March 2026 (UTC).",
  passage: [
    { kind: "kept", text: "Police said that " },
    { kind: "removed", text: "12" },
    { kind: "kept", text: " " },
    { kind: "added", text: "31" },
    { kind: "kept", text: " sailors died." },
  ],
  notDrawn: "In a script that is not drawn here.",
  badges: ["number", "unmarked"],
  language: "en",
  alt: "",
};

const drawer = () => cardDrawer(() => import("../../../shared/adapters/card/draw.ts"));

describe("a drawer of cards", () => {
  it("draws the same card once for many, one card at a time, and again what it broke on", async () => {
    const drawing: string[] = [];
    let [busy, broken] = [false, true];
    const cards = cardDrawer(async () => ({
      async draw({ heading }) {
        expect(busy).toBe(false);
        busy = true;
        await Promise.resolve();
        busy = false;
        drawing.push(heading);
        if (heading === "two" && broken) throw new Error("no ink");
        return Buffer.from(heading);
      },
    }));
    const draw = (heading: string) => cards.draw({ ...card, heading });
    const drawn = await Promise.allSettled(["one", "two", "one", "three"].map(draw));
    expect(drawn.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    broken = false;
    expect((await draw("two")).toString()).toBe("two");
    expect(drawing).toEqual(["one", "two", "three", "two"]);
  });
});

describe("a card", () => {
  it("is a PNG of the size that it says, the same each time", async () => {
    const [one, two] = await Promise.all([drawer().draw(card), drawer().draw(card)]);
    const view = new DataView(one!.buffer, one!.byteOffset);
    expect([...one!.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
    expect({ width: view.getUint32(16), height: view.getUint32(20) }).toEqual(CARD_SIZE);
    expect(Buffer.compare(one!, two!)).toBe(0);
  });

  it("marks removed and added words by more than colour", async () => {
    const shapes = await cardSvg(card, fonts);
    const rules = (ink: string) => shapes.match(new RegExp(`<rect [^>]*height="3" fill="${ink}"`, "g"))?.length ?? 0;
    expect({ struck: rules("#7a0c0c"), underlined: rules("#0b4a1d") }).toEqual({ struck: 1, underlined: 1 });
  });

  it("holds no text and nothing of the publisher's but outlines", async () => {
    const hostile = { ...card, heading: `</svg><script>alert(1)</script> & "`, kicker: "<image href='x'/>" };
    expect(await cardSvg(hostile, fonts)).not.toMatch(/<(?:script|image|text|foreignObject)|href/);
  });

  it("says so where it cannot draw a script, and leaves out such a headline", async () => {
    const thai = { ...card, heading: "ท่าเรือ", passage: [{ kind: "added" as const, text: "ตำรวจ" }] };
    const said = { ...card, heading: "", passage: [{ kind: "aside" as const, text: card.notDrawn }] };
    expect(await cardSvg(thai, fonts)).toBe(await cardSvg(said, fonts));
  });

  it("is drawn of any text, and stays within its frame", async () => {
    const texts = [
      "",
      " ",
      "\ud800",
      "a".repeat(600),
      "é".repeat(300),
      "\u202e\u2066abc\u0000",
      "👩‍👩‍👧 ok",
      "क्षत्रिय 12",
    ];
    for (const text of texts) {
      const shapes = await cardSvg(
        { ...card, heading: text, passage: [{ kind: "added", text }], badges: [text] },
        fonts,
      );
      const places = [...shapes.matchAll(/translate\((-?[\d.]+) (-?[\d.]+)\)/g)].map(([, x, y]) => [
        Number(x),
        Number(y),
      ]);
      expect(places.every(([x, y]) => x! >= 0 && x! < CARD_SIZE.width && y! > 0 && y! < CARD_SIZE.height)).toBe(true);
    }
  });
});

describe("set text", () => {
  const set = async (text: string, { width = 400, lines = 3, language = "en" } = {}) => {
    const fontOf = await fonts.load(`${text}…`, language, "regular");
    return typeset([{ text, style: "" }], { fontOf, size: 40, width, lines, language });
  };
  const widths = ({ lines }: Awaited<ReturnType<typeof set>>) =>
    lines.map(({ pieces }) => pieces.reduce((sum, { width }) => sum + width, 0));

  it.each([
    ["English", "en", "The ferry stays in port until the inquiry ends."],
    ["Russian", "ru", "Паром остаётся в порту до конца расследования."],
    ["Arabic", "ar", "تبقى العبارة في الميناء حتى انتهاء التحقيق."],
    ["Chinese", "zh", "渡轮将留在港口直到调查结束为止港务局说。"],
    ["Japanese", "ja", "フェリーは調査が終わるまで港に留まる。"],
    ["Hindi", "hi", "नौका जाँच पूरी होने तक बंदरगाह में रहेगी।"],
  ])("%s fits its lines", async (_name, language, text) => {
    const { lines, isCut } = await set(text, { language });
    expect(isCut).toBe(false);
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...widths({ lines, isCut }))).toBeLessThanOrEqual(400);
  });

  it("that does not fit ends in an ellipsis", async () => {
    const cut = await set("The ferry stays in port until the inquiry ends, the authority says.", { lines: 1 });
    const [dots] = (await set("…")).lines[0]!.pieces;
    expect(cut.isCut).toBe(true);
    expect(cut.lines).toHaveLength(1);
    expect(cut.lines[0]!.pieces.at(-1)!.glyphs.at(-1)!.path).toBe(dots!.glyphs[0]!.path);
  });

  it("from right to left stands at the right, its letters joined", async () => {
    const [line] = (await set("ميناء", { language: "ar" })).lines;
    const [piece] = line!.pieces;
    expect(piece!.x + piece!.width).toBeCloseTo(400);
    const alone = (await set("م ي ن ا ء", { language: "ar" })).lines[0]!.pieces.flatMap(({ glyphs }) => glyphs);
    expect(piece!.glyphs.at(-1)!.path).not.toBe(alone.at(-1)!.path);
  });

  it("keeps closing marks with the word before them", async () => {
    const { lines } = await set("渡轮将留在港口，直到调查结束。", { width: 280, language: "zh" });
    const [comma] = (await set("，", { language: "zh" })).lines[0]!.pieces;
    for (const { pieces } of lines.slice(1)) expect(pieces[0]!.glyphs[0]!.path).not.toBe(comma!.glyphs[0]!.path);
  });
});
