import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Two readings to compare. */
export interface Pair {
  readonly language: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Whole numbers below `n`, the same in every run. */
function numbersFrom(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
}

/**
 * An article of invented words and an edit of it.
 *
 * @param characters - its length, about
 * @param share - of its sentences, that are edited: a word replaced, added or removed; one in ten is new, one in ten moved
 */
export function generatedPair(seed: number, characters: number, share: number): Pair {
  const below = numbersFrom(seed);
  const syllables = ["ka", "ro", "min", "te", "sol", "bar", "li", "vun", "dor", "pe"];
  const word = () => Array.from({ length: 1 + below(4) }, () => syllables[below(syllables.length)]).join("");
  const sentence = () => {
    const words = Array.from({ length: 8 + below(18) }, word).join(" ");
    return `${words[0]!.toUpperCase()}${words.slice(1)}.`;
  };
  const paragraphs: string[][] = [];
  for (let length = 0; length < characters; ) {
    const paragraph = Array.from({ length: 1 + below(5) }, sentence);
    paragraphs.push(paragraph);
    length += paragraph.join(" ").length;
  }
  /** Sentences on their way to another paragraph. */
  const moving: string[] = [];
  const after = paragraphs.map((sentences) =>
    sentences.flatMap((text) => (below(1000) < share * 1000 ? edited(text) : text)),
  );
  function edited(text: string): string[] {
    const kind = below(10);
    if (kind === 0) return [text, sentence()];
    if (kind === 1) {
      moving.push(text);
      return [];
    }
    const words = text.split(" ");
    const at = 1 + below(words.length - 1);
    if (kind < 7) words[at] = word();
    else if (kind < 9) words.splice(at, 0, word());
    else words.splice(at, 1);
    return [words.join(" ")];
  }
  for (const text of moving) after[below(after.length)]!.push(text);
  const texts = (sides: readonly string[][]) => sides.map((one) => one.join(" ")).filter((text) => text !== "");
  return { language: "en", before: texts(paragraphs), after: texts(after) };
}

/** Pairs of real revisions: `real-dev.jsonl.gz` in the folder, one `{ lang, before, after }` a line; every third one. */
export function realPairs(folder: string | undefined): Pair[] {
  const file = folder && join(folder, "real-dev.jsonl.gz");
  if (!file || !existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString()
    .split("\n")
    .filter((line, index) => line !== "" && index % 3 === 0)
    .map((line) => JSON.parse(line))
    .map(({ lang, before, after }) => ({ language: lang, before: before.paragraphs, after: after.paragraphs }));
}
