import type { Comparison, WordMark } from "../../domain/comparison.ts";
import { contextCut } from "../excerpt.ts";
import { isChanged, type Passage, type Piece, passagesOf } from "./passages.ts";
import { type ChangeStrings, fill } from "./strings.ts";

/** How marks are written in a medium of plain lines. */
export interface LineStyle {
  kept(text: string): string;
  removed(text: string): string;
  added(text: string): string;
  /** Words of ours, not of the article. */
  aside(text: string): string;
}

/** Kept words shown around a change, in UTF-16 units. */
const CONTEXT = 60;
/** Words of a moved sentence that tell which one it is. */
const RECOGNISED = 80;

/** What changed, one paragraph a line: the fields first, then the text with context around each change. */
export function changeLines(comparison: Comparison, style: LineStyle, strings: ChangeStrings): string[] {
  const lines: string[] = [];
  for (const name of ["headline", "standfirst", "byline"] as const) {
    const change = comparison[name];
    if (change) lines.push(`${style.aside(`${strings[name]}:`)} ${written(change.words, style)}`);
  }
  for (const passage of passagesOf(comparison)) {
    if (passage.pieces.some((piece) => isChanged(piece) && piece.end !== "from")) {
      lines.push(passageLine(passage, style, strings));
    }
  }
  if (lines.length === 0) lines.push(style.aside(strings.nothing));
  if (comparison.degraded) lines.push(style.aside(fill(strings.degraded, "reason", comparison.degraded.reason)));
  return lines;
}

/** A removed stretch and what replaces it are set apart by a space, so that the marks do not run together. */
function written(marks: readonly WordMark[], style: LineStyle): string {
  return marks
    .map(({ mark, text }, index) => {
      if (mark === "=") return style.kept(text);
      if (mark === "+") return style.added(text);
      return style.removed(text) + (marks[index + 1]?.mark === "+" ? " " : "");
    })
    .join("");
}

function passageLine({ pieces }: Passage, style: LineStyle, strings: ChangeStrings): string {
  const shown = pieces.filter((piece) => piece.end !== "from"); // a move is told once, where it arrived
  let line = "";
  let marks: WordMark[] = [];
  const flush = () => {
    line += written(contextCut(joined(marks), CONTEXT), style);
    marks = [];
  };
  shown.forEach((piece, index) => {
    const gap = index === 0 ? "" : piece.gap;
    const aside = asideOf(piece, strings);
    marks.push({ mark: "=", text: gap });
    if (aside) {
      flush();
      line += `${style.aside(`(${aside})`)} `;
    }
    if (piece.segment.kind === "moved" && !piece.segment.words) {
      line += style.kept(recognisable(piece.marks[0]!.text));
    } else marks.push(...piece.marks);
  });
  flush();
  return line.trim();
}

function asideOf({ segment, end }: Piece, strings: ChangeStrings): string | undefined {
  if (segment.kind === "moved" && end === "to") {
    const [from, to] = [segment.before!.paragraph, segment.after!.paragraph];
    return fill(from === to ? strings.movedPlace : strings.movedFrom, "n", from + 1);
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
