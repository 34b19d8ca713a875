import type { Comparison } from "../../domain/comparison.ts";
import { changeRuns, type Run } from "./runs.ts";
import { type ChangeStrings, countedIn, fill } from "./strings.ts";

/** How marks are written in a medium of plain lines. */
export interface LineStyle {
  kept(text: string): string;
  removed(text: string): string;
  added(text: string): string;
  /** Words of ours, not of the article. */
  aside(text: string): string;
}

/** What changed, one paragraph a line: the fields first, then the text with context around each change. */
export function changeLines(comparison: Comparison, style: LineStyle, strings: ChangeStrings): string[] {
  const lines = changeRuns(comparison, strings).map((runs) => lineOf(runs, style));
  if (lines.length === 0) lines.push(style.aside(strings.nothing));
  if (comparison.pagedOut) lines.push(style.aside(countedIn(strings, "pagedOut", comparison.pagedOut)));
  if (comparison.degraded) lines.push(style.aside(fill(strings.degraded, "reason", comparison.degraded.reason)));
  return lines;
}

/** A removed stretch and what replaces it are set apart by a space, so that the marks do not run together. */
export const lineOf = (runs: readonly Run[], style: LineStyle): string =>
  runs
    .map(
      ({ kind, text }, index) =>
        style[kind](text) + (kind === "removed" && runs[index + 1]?.kind === "added" ? " " : ""),
    )
    .join("")
    .trim();
