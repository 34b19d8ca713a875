import type { SentenceHistory } from "../../diff/history.ts";
import { isOfNote, type Revisions } from "./sentence-notes.ts";

/** A stretch of a paragraph's text; one that something happened to has its history. */
export interface Stretch {
  readonly text: string;
  readonly told?: SentenceHistory;
}

/**
 * A paragraph in stretches that together are its text: sentences of note, and what stands between them.
 *
 * @param sentences - those that stand in it, in reading order
 */
export function stretchesOf(text: string, sentences: readonly SentenceHistory[], revisions: Revisions): Stretch[] {
  const stretches: Stretch[] = [];
  let reached = 0;
  for (const { sentence, end } of togetherTold(sentences)) {
    if (!isOfNote(sentence, revisions)) continue;
    const { start } = sentence.at!;
    if (start > reached) stretches.push({ text: text.slice(reached, start) });
    stretches.push({ text: text.slice(start, end), told: sentence });
    reached = end;
  }
  if (reached < text.length) stretches.push({ text: text.slice(reached) });
  return stretches;
}

/** Neighbours that came together and only moved since, together, are told as one. */
function togetherTold(sentences: readonly SentenceHistory[]): { sentence: SentenceHistory; end: number }[] {
  const runs: { sentence: SentenceHistory; end: number; life: string | null }[] = [];
  for (const sentence of sentences) {
    const { appeared, events } = sentence;
    const life = events.some(({ kind, words }) => kind !== "moved" || words)
      ? null
      : [appeared, ...events.map(({ revision }) => revision)].join();
    const last = runs.at(-1);
    if (last && life !== null && last.life === life) last.end = sentence.at!.end;
    else runs.push({ sentence, end: sentence.at!.end, life });
  }
  return runs;
}
