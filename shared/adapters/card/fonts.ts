import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Blob, Face, Font, Variation } from "harfbuzzjs";
import decompress from "wawoff2/decompress.js"; // its index reads what compresses, too: a megabyte

/** A font that draws some characters, ready to shape with. */
export interface CardFont {
  readonly font: Font;
  /** Units of its grid to the em. */
  readonly upem: number;
}

export type Weight = "regular" | "bold";

/** The font of one character; null where none of ours has it. */
export type FontOf = (character: string) => CardFont | null;

export interface Fonts {
  /** Loads what the text needs, and nothing else. `language` decides whose Han characters are drawn. */
  load(text: string, language: string | null, weight: Weight): Promise<FontOf>;
}

/** Package and file name; each comes in slices, which `unicode.json` tells the characters of. */
const FAMILIES = {
  general: "noto-sans",
  arabic: "noto-sans-arabic",
  chinese: "noto-sans-sc",
  japanese: "noto-sans-jp",
} as const;

type Family = keyof typeof FAMILIES;

const WEIGHTS: Readonly<Record<Weight, string>> = { regular: "wght=400", bold: "wght=700" };

const require = createRequire(import.meta.url);

/** The fonts that come with the program's packages, each slice read when the first character of it is drawn. */
export function packagedFonts(): Fonts {
  const slices = new Map<Family, readonly Slice[]>();
  const faces = new Map<string, Promise<CardFont>>();

  const slicesOf = (family: Family): readonly Slice[] => {
    const known = slices.get(family);
    if (known) return known;
    const ranges = require(`@fontsource-variable/${FAMILIES[family]}/unicode.json`) as Record<string, string>;
    const read = Object.entries(ranges).map(([name, text]) => ({
      name: name.replace(/[[\]]/g, ""),
      ranges: rangesOf(text),
    }));
    slices.set(family, read);
    return read;
  };

  const faceOf = (family: Family, slice: string, weight: Weight): Promise<CardFont> => {
    const file = `@fontsource-variable/${FAMILIES[family]}/files/${FAMILIES[family]}-${slice}-wght-normal.woff2`;
    const key = `${file} ${weight}`;
    const loading = faces.get(key) ?? loadFont(require.resolve(file), weight);
    faces.set(key, loading);
    return loading;
  };

  return {
    async load(text, language, weight) {
      const order = familiesFor(language, text);
      const found = new Map<string, CardFont | null>();
      for (const character of new Set(text)) {
        found.set(character, await fontFor(character.codePointAt(0)!, order, weight));
      }
      return (character) => found.get(character) ?? null;
    },
  };

  async function fontFor(code: number, order: readonly Family[], weight: Weight): Promise<CardFont | null> {
    for (const family of order) {
      for (const { name, ranges } of slicesOf(family)) {
        if (!ranges.some(([from, to]) => code >= from && code <= to)) continue;
        const face = await faceOf(family, name, weight);
        if (face.font.nominalGlyph(code)) return face;
      }
    }
    return null;
  }
}

interface Slice {
  readonly name: string;
  /** Code points, both ends within. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** `U+0000-00FF,U+0131`. */
const rangesOf = (text: string): Slice["ranges"] =>
  text.split(",").map((range) => {
    const [from, to] = range.replace("U+", "").split("-");
    return [Number.parseInt(from!, 16), Number.parseInt(to ?? from!, 16)];
  });

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

function familiesFor(language: string | null, text: string): readonly Family[] {
  const isJapanese = language?.startsWith("ja") || (!language?.startsWith("zh") && KANA.test(text));
  return [
    "general",
    "arabic",
    ...(isJapanese ? (["japanese", "chinese"] as const) : (["chinese", "japanese"] as const)),
  ];
}

async function loadFont(path: string, weight: Weight): Promise<CardFont> {
  const plain = await decompress(await readFile(path));
  const face = new Face(new Blob(Uint8Array.from(plain).buffer));
  const font = new Font(face);
  font.setVariations([Variation.fromString(WEIGHTS[weight])!]);
  return { font, upem: face.upem };
}
