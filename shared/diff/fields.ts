import type { FieldChange } from "../domain/comparison.ts";
import { Lexicon } from "./tokens.ts";
import { markWords } from "./words.ts";
import { WorkBudget } from "./work-budget.ts";

/** Two values of a field word by word; undefined when they are the same. */
export function fieldChange(from: string | null, to: string | null, language?: string): FieldChange | undefined {
  if (from === to) return undefined;
  const [before, after] = [placeOf(from ?? ""), placeOf(to ?? "")];
  return { from, to, words: markWords(before, after, new Lexicon(language), new WorkBudget()) };
}

const placeOf = (text: string) => ({ text, start: 0, end: text.length });
