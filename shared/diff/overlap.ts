import type { Lexicon, Tokens } from "./tokens.ts";

/** A bag of words with their weights, letter case apart, against which other stretches are measured. */
export class WordBag {
  readonly #counts = new Map<number, number>();
  readonly #lexicon: Lexicon;
  weight = 0;

  constructor(tokens: Tokens, lexicon: Lexicon) {
    this.#lexicon = lexicon;
    for (const id of tokens.ids) {
      const weight = lexicon.weights[id]!;
      if (weight === 0) continue;
      const word = lexicon.folded[id]!;
      this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
      this.weight += weight;
    }
  }

  /** The weight of the words that the stretch has in common with the bag, each as often as both have it. */
  shared(tokens: Tokens): number {
    const used = new Map<number, number>();
    let shared = 0;
    for (const id of tokens.ids) {
      const word = this.#lexicon.folded[id]!;
      const available = this.#counts.get(word);
      if (available === undefined) continue;
      const before = used.get(word) ?? 0;
      if (before === available) continue;
      used.set(word, before + 1);
      shared += this.#lexicon.weights[id]!;
    }
    return shared;
  }

  /** Takes out of the bag the words that the stretch has. */
  subtract(tokens: Tokens): void {
    for (const id of tokens.ids) {
      const word = this.#lexicon.folded[id]!;
      const available = this.#counts.get(word) ?? 0;
      if (available === 0) continue;
      this.#counts.set(word, available - 1);
      this.weight -= this.#lexicon.weights[id]!;
    }
  }
}

/** The weight of a stretch's words, in characters. */
export const weightOf = (tokens: Tokens, { weights }: Lexicon): number =>
  tokens.ids.reduce((sum, id) => sum + weights[id]!, 0);
