/**
 * What one comparison may cost, counted in elementary steps (one step of a shortest-edit search, one look into the word
 * index, one character cut into words: some 20 to 60 ns each), never in time, so that the same input gives the same
 * answer on any machine at any load. The ladder, each rung told as `degraded`:
 *
 * 1. more sentences on a side than `MAX_SENTENCES`: whole paragraphs are matched instead of sentences;
 * 2. more paragraphs on a side than `MAX_PARAGRAPHS`: head and tail stay, what is between them was replaced;
 * 3. the search for similar sentences runs out: what is left counts as added and removed;
 * 4. a shortest edit runs out, or is longer than `MAX_EDIT_LENGTH`, or a sentence than `MAX_LENGTH`: common head and tail
 *    stay, the rest is replaced;
 * 5. the rules of labels run out of a budget of their own: labels on words are left out.
 */
export const MAX_STEPS = 4_000_000;
/** What the rules of labels may cost beside it, counted in characters read: some ten readings of 2,000,000. */
export const MAX_LABEL_STEPS = 20_000_000;
export const MAX_SENTENCES = 20_000;
export const MAX_PARAGRAPHS = 30_000;
/** Of what differs in one pair of sentences, both sides together, in UTF-16 units. No sentence of an article is so long. */
export const MAX_LENGTH = 200_000;
/** Of one shortest edit, in tokens. Its cost is the square: some 0.15 s at 1,500. */
export const MAX_EDIT_LENGTH = 1_500;

/** The steps of one comparison, shared by all of its stages. */
export class WorkBudget {
  #left: number;
  #reason: string | undefined;

  constructor(steps: number = MAX_STEPS) {
    this.#left = steps;
  }

  get left(): number {
    return this.#left;
  }

  /** Why the answer is coarser than it could be; the first reason stays. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Takes steps; false, with the reason noted, when there are not that many left. */
  spend(steps: number, otherwise: string): boolean {
    if (steps > this.#left) {
      this.degrade(otherwise);
      return false;
    }
    this.#left -= steps;
    return true;
  }

  degrade(reason: string): void {
    this.#reason ??= reason;
  }
}
