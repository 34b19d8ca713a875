import bidiFactory, { type Bidi } from "bidi-js";
import { Buffer, Direction, shape } from "harfbuzzjs";
import type { CardFont, FontOf } from "./fonts.ts";

/** Text in one style. */
export interface Styled<Style> {
  readonly text: string;
  readonly style: Style;
}

/** A stretch of a line in one style, placed. Lengths in pixels; `path` is SVG path data in font units, y upwards. */
export interface Placed<Style> {
  readonly x: number;
  readonly width: number;
  readonly style: Style;
  readonly glyphs: readonly { readonly x: number; readonly y: number; readonly path: string; readonly scale: number }[];
}

export interface Line<Style> {
  readonly pieces: readonly Placed<Style>[];
}

export interface SetText<Style> {
  readonly lines: readonly Line<Style>[];
  /** Whether words were left out for want of room. */
  readonly isCut: boolean;
}

export interface Typesetting {
  readonly fontOf: FontOf;
  /** Pixels to the em. */
  readonly size: number;
  /** Pixels of a line. */
  readonly width: number;
  /** More lines are cut off, and an ellipsis says so. */
  readonly lines: number;
  /** A look at characters by words, for line breaks. */
  readonly language: string | null;
}

/** Its types are of an ES module, its code is CommonJS. */
const bidi = (bidiFactory as unknown as () => Bidi)();
const ELLIPSIS = "…";
/** Controls and format characters that no font shows. */
const UNSEEN = /[\p{Cc}\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Sets styled text in lines: words are broken as their language breaks them, right-to-left words run from right to left,
 * and each run is shaped by its own font.
 */
export function typeset<Style>(text: readonly Styled<Style>[], setting: Typesetting): SetText<Style> {
  const chars = text.flatMap(({ text: piece, style }) =>
    Array.from(piece.replace(UNSEEN, " ").replace(/\s+/gu, " "), (character) => ({ character, style })),
  );
  const whole = chars.map(({ character }) => character).join("");
  const base = bidi.getEmbeddingLevels(whole).paragraphs[0]?.level === 1 ? "rtl" : "ltr";
  const { lines, isCut } = linesOf(chars, setting, base);
  return { lines: lines.map((line) => placed(line, setting, base)), isCut };
}

/** True when every character has a font. */
export const isDrawable = (text: string, fontOf: FontOf): boolean =>
  Array.from(text.replace(UNSEEN, " ")).every((character) => /\s/u.test(character) || fontOf(character) !== null);

interface Char<Style> {
  readonly character: string;
  readonly style: Style;
}

type Base = "ltr" | "rtl";

function linesOf<Style>(chars: readonly Char<Style>[], setting: Typesetting, base: Base) {
  const { width, lines: most } = setting;
  const lines: Char<Style>[][] = [];
  let line: Char<Style>[] = [];
  let used = 0;
  for (const word of wordsOf(chars, setting.language)) {
    // a word that fills more than a line is broken anywhere
    const parts = widthOf(word, setting, base) > width ? word.map((char) => [char]) : [word];
    for (const part of parts) {
      if (line.length > 0 && used + widthOf(trimmedEnd(part), setting, base) > width) {
        lines.push(line);
        [line, used] = [[], 0];
        if (lines.length >= most) {
          lines.splice(most - 1, 1, cutLine(lines[most - 1] ?? [], setting, base));
          return { lines: lines.slice(0, most), isCut: true };
        }
      }
      if (line.length === 0 && isBlank(part)) continue;
      line.push(...part);
      used += widthOf(part, setting, base);
    }
  }
  if (line.length > 0) lines.push(line);
  return { lines, isCut: false };
}

const isBlank = (chars: readonly Char<unknown>[]): boolean => chars.every(({ character }) => character === " ");

/** Words with the punctuation and space that may not be parted from them. */
function wordsOf<Style>(chars: readonly Char<Style>[], language: string | null): Char<Style>[][] {
  const text = chars.map(({ character }) => character).join("");
  const words: Char<Style>[][] = [];
  let at = 0;
  let mayBreak = true;
  for (const { segment, isWordLike } of segmenterFor(language).segment(text)) {
    const piece = chars.slice(at, at + Array.from(segment).length);
    at += piece.length;
    const isOpening = OPENING.test(segment);
    const last = words.at(-1);
    if (last && (!mayBreak || (!isWordLike && !isOpening))) last.push(...piece);
    else words.push(piece);
    // after a space, and between words of scripts that have none
    mayBreak = !isOpening && (/\s$/.test(segment) || SPACELESS.test(segment));
  }
  return words;
}

const OPENING = /^[\p{Ps}\p{Pi}¿¡$€£]+$/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}。、，．！？：；）」』】]$/u;

function segmenterFor(language: string | null): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language ?? "und", { granularity: "word" });
  } catch {
    return new Intl.Segmenter("und", { granularity: "word" }); // the page claims a language that is no tag
  }
}

/** The line with an ellipsis for its last words. */
function cutLine<Style>(line: readonly Char<Style>[], setting: Typesetting, base: Base): Char<Style>[] {
  const kept = trimmedEnd(line);
  while (kept.length > 0) {
    const style = kept.at(-1)!.style;
    const cut = [...kept, { character: ELLIPSIS, style }];
    if (widthOf(cut, setting, base) <= setting.width) return cut;
    kept.pop();
  }
  return kept;
}

function trimmedEnd<Style>(chars: readonly Char<Style>[]): Char<Style>[] {
  let end = chars.length;
  while (end > 0 && chars[end - 1]!.character === " ") end--;
  return chars.slice(0, end);
}

const widthOf = <Style>(chars: readonly Char<Style>[], setting: Typesetting, base: Base): number =>
  runsOf(chars, setting.fontOf, base).reduce((sum, run) => sum + shaped(run, setting.size).width, 0);

function placed<Style>(line: readonly Char<Style>[], setting: Typesetting, base: Base): Line<Style> {
  const runs = runsOf(trimmedEnd(line), setting.fontOf, base).map((run) => ({ run, ...shaped(run, setting.size) }));
  const total = runs.reduce((sum, { width }) => sum + width, 0);
  let x = base === "rtl" ? setting.width - total : 0;
  const pieces = runs.map(({ run, width, glyphs }) => {
    const piece = { x, width, style: run.style, glyphs: glyphs.map((glyph) => ({ ...glyph, x: glyph.x + x })) };
    x += width;
    return piece;
  });
  return { pieces };
}

interface ShapingRun<Style> {
  readonly text: string;
  readonly font: CardFont | null;
  readonly isRtl: boolean;
  readonly style: Style;
}

/** A line's runs of one font, direction and style, from left to right as they are seen. */
function runsOf<Style>(chars: readonly Char<Style>[], fontOf: FontOf, base: Base): ShapingRun<Style>[] {
  if (chars.length === 0) return [];
  const text = chars.map(({ character }) => character).join("");
  const embedding = bidi.getEmbeddingLevels(text, base);
  const levels: number[] = [];
  let unit = 0;
  for (const { character } of chars) {
    levels.push(embedding.levels[unit] ?? 0);
    unit += character.length;
  }
  const logical: (ShapingRun<Style> & { readonly level: number })[] = [];
  let from = 0;
  let font = fontOf(chars[0]!.character);
  for (let at = 1; at <= chars.length; at++) {
    const char = chars[at];
    // A space or a mark takes the font of what it stands behind.
    const own = char && !/[\s\p{M}\u200c\u200d]/u.test(char.character) ? fontOf(char.character) : font;
    if (char && own === font && levels[at] === levels[from] && char.style === chars[from]!.style) continue;
    const run = chars.slice(from, at);
    const level = levels[from]!;
    logical.push({
      text: run.map(({ character }) => character).join(""),
      font,
      isRtl: level % 2 === 1,
      style: run[0]!.style,
      level,
    });
    [from, font] = [at, own];
  }
  return reordered(logical);
}

/** Rule L2 of UAX 9, over runs. */
function reordered<Run extends { readonly level: number }>(runs: readonly Run[]): Run[] {
  const seen = [...runs];
  const highest = Math.max(...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < seen.length; from++) {
      if (seen[from]!.level < level) continue;
      let to = from;
      while (to + 1 < seen.length && seen[to + 1]!.level >= level) to++;
      seen.splice(from, to - from + 1, ...seen.slice(from, to + 1).reverse());
      from = to;
    }
  }
  return seen;
}

function shaped<Style>(
  { text, font, isRtl }: ShapingRun<Style>,
  size: number,
): { width: number; glyphs: Placed<Style>["glyphs"][number][] } {
  if (!font) return { width: 0, glyphs: [] };
  const buffer = new Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(isRtl ? Direction.RTL : Direction.LTR);
  shape(font.font, buffer);
  const scale = size / font.upem;
  let x = 0;
  const glyphs = buffer.getGlyphInfosAndPositions().map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
    const glyph = { x: x + xOffset * scale, y: yOffset * scale, path: font.font.glyphToPath(codepoint), scale };
    x += xAdvance * scale;
    return glyph;
  });
  return { width: x, glyphs };
}
