import { diffWords } from "diff";
import { diffCleanupSemantic, diffMain } from "diff-match-patch-es";
import { diff as fastMyers } from "fast-myers-diff";
import { compareTexts } from "../../../shared/diff/compare.ts";
import type { Pair } from "./pairs.ts";

/** A way to compare two texts. */
export interface Peer {
  readonly name: string;
  /** @returns false when it gave up at its own limit of time */
  compare(pair: Pair): boolean;
}

/** Milliseconds after which a peer that has a limit gives up. Ours has none: it is bounded by work. */
const PATIENCE = 2000;

const joined = (paragraphs: readonly string[]): string => paragraphs.join("\n\n");

/** Words and what is between them: what `fast-myers-diff` is given, since it compares any two sequences. */
const wordsOf = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map(({ segment }) => segment);

/** The first is ours, the second what the others are measured by. */
export const PEERS: readonly Peer[] = [
  {
    name: "variorum",
    compare: ({ before, after, language }) => compareTexts(before, after, { language }).length >= 0,
  },
  {
    name: "diffWords",
    compare: ({ before, after }) => diffWords(joined(before), joined(after), { timeout: PATIENCE }) !== undefined,
  },
  {
    name: "diff-match-patch",
    compare: ({ before, after }) => {
      const start = performance.now();
      const found = diffMain(joined(before), joined(after), { diffTimeout: PATIENCE / 1000 });
      diffCleanupSemantic(found);
      return performance.now() - start < PATIENCE;
    },
  },
  {
    name: "fast-myers-diff",
    compare: ({ before, after, language }) => {
      const end = performance.now() + PATIENCE; // it has no limit: each step that it yields is a place to stop
      const found = fastMyers(wordsOf(joined(before), language), wordsOf(joined(after), language));
      for (const _change of found) if (performance.now() > end) return false;
      return true;
    },
  },
];
