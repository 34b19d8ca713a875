import type { Run } from "../../diff/render/runs.ts";
import { fillText } from "../../domain/wording.ts";
import type { Passage } from "../content.ts";
import type { NoticeWords } from "../words.ts";
import { countGraphemes, graphemesOf, headGraphemes, tailGraphemes } from "./graphemes.ts";

type PostWords = NoticeWords["post"];

export interface Saying {
  /** Graphemes. */
  readonly most: number;
  /** Whether changed words may lose their ends. */
  readonly mayCut: boolean;
  readonly words: PostWords;
  inert(text: string): string;
}

/**
 * A passage without marks, for readers who know none: what it was beside what it is now. What was kept around the change
 * gives way first, then the ends of the changed words; null where these find no room and may not be cut.
 */
export function saidOf(passage: Passage, { most, mayCut, words, inert }: Saying): string | null {
  const asides = passage.flatMap(({ kind, text }) => (kind === "aside" ? [text.trim()] : []));
  const runs = passage.filter(({ kind }) => kind !== "aside").map(({ kind, text }) => ({ kind, text: inert(text) }));
  const head = asides.join(" ");
  const left = most - (head === "" ? 0 : countGraphemes(head) + 1);
  const lines = linesOf(runs, left, words, mayCut);
  return lines && [...(head === "" ? [] : [head]), ...lines].join("\n");
}

function linesOf(runs: readonly Run[], most: number, words: PostWords, mayCut: boolean): string[] | null {
  const isChanged = ({ kind }: Run) => kind === "removed" || kind === "added";
  const first = runs.findIndex(isChanged);
  if (first < 0) return runs.length === 0 ? [] : [quoted(words.kept, joined(runs, "kept"), most)];
  const last = runs.findLastIndex(isChanged);
  const [lead, middle, tail] = [runs.slice(0, first), runs.slice(first, last + 1), runs.slice(last + 1)];
  const around = { lead: joined(lead, "kept"), tail: joined(tail, "kept") };
  const isBare =
    `${around.lead}${around.tail}`.trim() === "" &&
    !middle.some(({ kind, text }) => kind === "kept" && text.trim() !== "");
  if (isBare) {
    const kinds = (["removed", "added"] as const).filter((kind) => middle.some((run) => run.kind === kind));
    const [kind] = kinds;
    if (kind && kinds.length === 1) {
      const whole = joined(middle, kind, "kept");
      if (!mayCut && countGraphemes(whole) + frameOf(words[kind]) > most) return null;
      return [quoted(words[kind], whole, most)];
    }
  }
  const each = Math.floor((most - 1) / 2);
  const [was, now] = [joined(middle, "kept", "removed"), joined(middle, "kept", "added")];
  const longest = Math.max(countGraphemes(was), countGraphemes(now));
  const room = each - frameOf(words.was, words.now) - longest;
  if (room < 0 && !mayCut) return null;
  const before = tailGraphemes(around.lead, Math.max(0, Math.ceil(room * 0.6)));
  const after = headGraphemes(around.tail, Math.max(0, room - countGraphemes(before)));
  return [quoted(words.was, `${before}${was}${after}`, each), quoted(words.now, `${before}${now}${after}`, each)];
}

const joined = (runs: readonly Run[], ...kinds: readonly Run["kind"][]): string =>
  runs
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ");

const quoted = (form: string, words: string, most: number): string =>
  fillText(form, { words: headGraphemes(words.trim(), Math.max(1, most - frameOf(form))) });

/** Graphemes of the longest form without what fills it. */
const frameOf = (...forms: readonly string[]): number =>
  Math.max(...forms.map((form) => graphemesOf(fillText(form, { words: "" })).length));
