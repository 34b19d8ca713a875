import type { FieldChange } from "../domain/comparison.ts";
import { Lexicon } from "./tokens.ts";
import { markWords } from "./words.ts";
import { WorkBudget } from "./work-budget.ts";

/** Two values of a field word by word; undefined when they are the same. */
export function fieldChange(from: string | null, to: string | null, language?: string): FieldChange | undefined {
  if (from === to) return undefined;
  const lexicon = new Lexicon(language);
  const [before, after] = [from, to].map((value) => {
    const text = value ?? "";
    return { text, start: 0, end: text.length, tokens: lexicon.tokensOf(text, 0, text.length) };
  });
  return { from, to, words: markWords(before!, after!, lexicon.weights, new WorkBudget()) };
}
