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
  shared({ ids }: Tokens): number {
    const { folded, weights } = this.#lexicon;
    const taken: number[] = [];
    let shared = 0;
    for (const id of ids) {
      const word = folded[id]!;
      const available = this.#counts.get(word);
      if (!available) continue;
      this.#counts.set(word, available - 1);
      taken.push(word);
      shared += weights[id]!;
    }
    for (const word of taken) this.#counts.set(word, this.#counts.get(word)! + 1);
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
