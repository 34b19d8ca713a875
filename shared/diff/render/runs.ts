import type { Comparison, WordMark } from "../../domain/comparison.ts";
import { contextCut } from "../excerpt.ts";
import { isChanged, isSameMove, type Passage, type Piece, passagesOf } from "./passages.ts";
import { type ChangeStrings, fill } from "./strings.ts";

/** Words that belong together; `aside`: ours, not the article's. */
export interface Run {
  readonly kind: "kept" | "removed" | "added" | "aside";
  readonly text: string;
}

/** Kept words shown around a change, in UTF-16 units. */
const CONTEXT = 60;
/** Words of a moved sentence that tell which one it is. */
const RECOGNISED = 80;

const KINDS = { "=": "kept", "-": "removed", "+": "added" } as const;

/**
 * What changed, a paragraph or field each, before any medium gives it a form: the fields first, then the text with
 * context around each change. A removed stretch and what replaces it stand side by side without a space.
 */
export function changeRuns(comparison: Comparison, strings: ChangeStrings): Run[][] {
  const fields = (["headline", "standfirst", "byline"] as const).flatMap((name) => {
    const change = comparison[name];
    return change ? [[aside(`${strings[name]}:`), kept(" "), ...change.words.flatMap(runsOfMark)]] : [];
  });
  const passages = passagesOf(comparison)
    .filter(({ pieces }) => pieces.some((piece) => isChanged(piece) && piece.end !== "from"))
    .map((passage) => runsOf(passage, strings));
  return [...fields, ...passages].map(withKeptTogether);
}

function runsOf({ pieces }: Passage, strings: ChangeStrings): Run[] {
  const shown = pieces.filter((piece) => piece.end !== "from"); // a move is told once, where it arrived
  const runs: Run[] = [];
  let marks: WordMark[] = [];
  /** What stands beside a word of ours is cut as beside a change. */
  const flush = (goesOn = true) => {
    const edges = [runs.length > 0, goesOn].map((isBeside): WordMark[] => (isBeside ? [{ mark: "+", text: "" }] : []));
    const cut = contextCut([...edges[0]!, ...joined(marks), ...edges[1]!], CONTEXT);
    runs.push(...cut.filter(({ text }) => text !== "").flatMap(runsOfMark));
    marks = [];
  };
  shown.forEach((piece, index) => {
    const said = isSameMove(shown[index - 1], piece) ? undefined : asideOf(piece, strings);
    marks.push({ mark: "=", text: index === 0 ? "" : piece.gap });
    if (said) {
      flush();
      runs.push(aside(`(${said})`), kept(" "));
    }
    if (piece.segment.kind === "moved" && !piece.segment.words) {
      flush();
      runs.push(kept(recognisable(piece.marks[0]!.text)));
    } else marks.push(...piece.marks);
  });
  flush(false);
  return runs;
}

/** Kept runs that touch are one. */
function withKeptTogether(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (run.kind === "kept" && last?.kind === "kept") joined[joined.length - 1] = kept(last.text + run.text);
    else joined.push(run);
  }
  return joined;
}

const aside = (text: string): Run => ({ kind: "aside", text });
const kept = (text: string): Run => ({ kind: "kept", text });
/** White space at the ends of marked words is shown beside them. */
function runsOfMark({ mark, text }: WordMark): Run[] {
  if (mark === "=" || text.trim() === "") return [{ kind: KINDS[mark], text }];
  const [start, end] = [text.length - text.trimStart().length, text.trimEnd().length];
  const space = (part: string): Run[] => (part === "" ? [] : [kept(part)]);
  return [
    ...space(text.slice(0, start)),
    { kind: KINDS[mark], text: text.slice(start, end) },
    ...space(text.slice(end)),
  ];
}

function asideOf({ segment, end }: Piece, strings: ChangeStrings): string | undefined {
  if (segment.kind === "moved" && end === "to") {
    const [from, to] = [segment.before!.paragraph, segment.after!.paragraph];
    const told = from === to ? strings.movedPlace : strings.movedFromTo;
    return fill(fill(told, "n", from + 1), "m", to + 1);
  }
  return segment.cosmetic ? strings.cosmetic : undefined;
}

function joined(marks: readonly WordMark[]): WordMark[] {
  const result: { mark: WordMark["mark"]; text: string }[] = [];
  for (const { mark, text } of marks) {
    const last = result.at(-1);
    if (text === "") continue;
    if (last?.mark === mark && mark === "=") last.text += text;
    else result.push({ mark, text });
  }
  return result;
}

function recognisable(text: string): string {
  return contextCut(
    [
      { mark: "+", text: "" },
      { mark: "=", text },
    ],
    RECOGNISED,
  )[1]!.text;
}
