import type { Tokens } from "./tokens.ts";

/** A bag of words with their weights, against which other stretches are measured. */
export class WordBag {
  readonly #counts = new Map<number, number>();
  readonly #weights: readonly number[];
  weight = 0;

  constructor(tokens: Tokens, weights: readonly number[]) {
    this.#weights = weights;
    for (const id of tokens.ids) {
      const weight = weights[id]!;
      if (weight === 0) continue;
      this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
      this.weight += weight;
    }
  }

  /** The weight of the words that the stretch has in common with the bag, each as often as both have it. */
  shared(tokens: Tokens): number {
    const used = new Map<number, number>();
    let shared = 0;
    for (const id of tokens.ids) {
      const available = this.#counts.get(id);
      if (available === undefined) continue;
      const before = used.get(id) ?? 0;
      if (before === available) continue;
      used.set(id, before + 1);
      shared += this.#weights[id]!;
    }
    return shared;
  }

  /** Takes out of the bag the words that the stretch has. */
  subtract(tokens: Tokens): void {
    for (const id of tokens.ids) {
      const available = this.#counts.get(id) ?? 0;
      if (available === 0) continue;
      this.#counts.set(id, available - 1);
      this.weight -= this.#weights[id]!;
    }
  }
}

/** The weight of a stretch's words, in characters. */
export const weightOf = (tokens: Tokens, weights: readonly number[]): number =>
  tokens.ids.reduce((sum, id) => sum + weights[id]!, 0);
