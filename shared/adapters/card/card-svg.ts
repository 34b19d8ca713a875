import { CARD_SIZE, type CardContent, type CardRun } from "../../ports/card-drawer.ts";
import type { Fonts, Weight } from "./fonts.ts";
import { isDrawable, type Line, type Styled, typeset } from "./typeset.ts";

type Look = CardRun["kind"] | "strong" | "quiet" | "badge";

/** Ink and ground of each look; text on its ground has a contrast of 7 at least. */
const LOOKS: Readonly<
  Record<Look, { readonly ink: string; readonly ground?: string; readonly rule?: "under" | "through" }>
> = {
  kept: { ink: "#1f2328" },
  aside: { ink: "#4a5058" },
  removed: { ink: "#7a0c0c", ground: "#ffe0dd", rule: "through" },
  added: { ink: "#0b4a1d", ground: "#d8f3dd", rule: "under" },
  strong: { ink: "#16181c" },
  quiet: { ink: "#4a5058" },
  badge: { ink: "#3a2c00" },
};
const PAPER = "#fffdf9";
const EDGE = "#7a0c0c";

const MARGIN = 64;
const WIDTH = CARD_SIZE.width - 2 * MARGIN;
const LEADING = 1.32;

/** The parts of a card from top to bottom: pixels to the em (the first that fits), lines at most, space below in pixels. */
const PARTS = {
  kicker: { sizes: [26], lines: 1, below: 14, weight: "bold" },
  heading: { sizes: [46, 40], lines: 2, below: 14, weight: "bold" },
  fact: { sizes: [26], lines: 1, below: 26, weight: "regular" },
  passage: { sizes: [56, 48, 42, 36, 32], lines: 7, below: 0, weight: "regular" },
} as const satisfies Record<string, { sizes: readonly number[]; lines: number; below: number; weight: Weight }>;
const TOP = 48;
/** Above the badges. */
const BOTTOM = 100;
const BADGES = { size: 24, bottom: 52 } as const;

/**
 * The card as an SVG of shapes alone: letters are outlines, so that it looks the same wherever it is drawn. A passage in a
 * script that no font has, or that would lose letters, is told in words in place of drawing it wrong.
 */
export async function cardSvg(card: CardContent, fonts: Fonts): Promise<string> {
  const shapes: string[] = [];
  let y = TOP;
  const put = async (name: keyof typeof PARTS, text: readonly Styled<Look>[]) => {
    const set = await typesetPart(name, text, CARD_SIZE.height - BOTTOM - y);
    for (const line of set?.lines ?? []) {
      shapes.push(...drawn(line, y + set!.size, set!.size));
      y += set!.size * LEADING;
    }
    if (set) y += PARTS[name].below;
  };
  await put("kicker", [{ text: card.kicker, style: "quiet" }]);
  await put("heading", [{ text: card.heading, style: "strong" }]);
  await put("fact", [{ text: card.fact, style: "quiet" }]);
  await put(
    "passage",
    card.passage.map(({ kind, text }) => ({ text, style: kind })),
  );
  shapes.push(...(await badges(card, fonts)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_SIZE.width}" height="${CARD_SIZE.height}">`,
    `<rect width="100%" height="100%" fill="${PAPER}"/><rect width="14" height="100%" fill="${EDGE}"/>`,
    ...shapes,
    "</svg>",
  ].join("");

  /** In the largest size in which all of it fits, else cut in the smallest; null where there is nothing to set. */
  async function typesetPart(name: keyof typeof PARTS, text: readonly Styled<Look>[], height: number) {
    const { sizes, lines: most, weight } = PARTS[name];
    const whole = text.map((piece) => piece.text).join("");
    if (whole.trim() === "") return null;
    let [shown, fontOf] = [text, await fonts.load(`${whole}…`, card.language, weight)];
    if (!isDrawable(whole, fontOf)) {
      if (name !== "passage") return null;
      [shown, fontOf] = [
        [{ text: card.notDrawn, style: "aside" }],
        await fonts.load(`${card.notDrawn}…`, null, weight),
      ];
    }
    for (const size of sizes) {
      const lines = Math.min(most, Math.floor(height / (size * LEADING)));
      const setting = { fontOf, size, width: WIDTH, lines, language: card.language };
      const set = typeset(shown, setting);
      if (!set.isCut || size === sizes.at(-1)) return { size, lines: set.lines };
    }
    return null;
  }
}

async function badges({ badges: texts, language }: CardContent, fonts: Fonts): Promise<string[]> {
  if (texts.length === 0) return [];
  const text = texts.join("  ·  ");
  const fontOf = await fonts.load(`${text}…`, language, "bold");
  const setting = { fontOf, size: BADGES.size, width: WIDTH, lines: 1, language };
  const [line] = typeset([{ text, style: "badge" as Look }], setting).lines;
  return line ? drawn(line, CARD_SIZE.height - BADGES.bottom + BADGES.size / 2, BADGES.size) : [];
}

/** @param baseline - pixels from the top */
function drawn({ pieces }: Line<Look>, baseline: number, size: number): string[] {
  const grounds: string[] = [];
  const letters: string[] = [];
  for (const { x, width, style, glyphs } of pieces) {
    const { ink, ground, rule } = LOOKS[style];
    const left = MARGIN + x;
    if (ground) grounds.push(rect(left - 2, baseline - size * 0.92, width + 4, size * 1.2, ground));
    for (const { x: at, y, path, scale } of glyphs) {
      if (path === "") continue;
      const [shift, rise] = [number(MARGIN + at), number(baseline - y)];
      letters.push(
        `<path transform="translate(${shift} ${rise}) scale(${number(scale, 6)} ${number(-scale, 6)})" fill="${ink}" d="${path}"/>`,
      );
    }
    if (rule === "under") letters.push(rect(left, baseline + size * 0.12, width, 3, ink));
    if (rule === "through") letters.push(rect(left, baseline - size * 0.28, width, 3, ink));
  }
  return [...grounds, ...letters];
}

const number = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));
const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" fill="${fill}"/>`;
