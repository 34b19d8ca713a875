import { createTwoFilesPatch, formatPatch } from "diff";
import type { Comparison } from "../../domain/comparison.ts";
import { MAX_EDIT_LENGTH } from "../work-budget.ts";

/**
 * The text as a standard unified patch, one line a paragraph, for tools that read patches. Fields are not text. Where too
 * many paragraphs changed to line them up, the patch replaces the whole text.
 */
export function changeAsPatch(
  { before, after }: Comparison,
  names: { readonly before: string; readonly after: string },
): string {
  const [old, now] = [before.map(asLine), after.map(asLine)];
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return (
    createTwoFilesPatch(names.before, names.after, text(old), text(now), "", "", { maxEditLength: MAX_EDIT_LENGTH }) ??
    formatPatch({
      oldFileName: names.before,
      newFileName: names.after,
      oldHeader: "",
      newHeader: "",
      hunks: [
        {
          oldStart: Math.min(1, old.length),
          oldLines: old.length,
          newStart: Math.min(1, now.length),
          newLines: now.length,
          lines: [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)],
        },
      ],
    })
  );
}

const asLine = (paragraph: string): string => paragraph.replace(/[\n\r]+/g, " ");
