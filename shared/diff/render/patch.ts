import { createTwoFilesPatch } from "diff";
import type { Comparison } from "../../domain/comparison.ts";
import { MAX_EDIT_LENGTH } from "../work-budget.ts";

/**
 * The text as a standard unified patch, one line a paragraph, for tools that read patches.
 *
 * @returns null when too many paragraphs changed to line them up
 */
export const changeAsPatch = (
  comparison: Comparison,
  names: { readonly before: string; readonly after: string },
): string | null =>
  createTwoFilesPatch(names.before, names.after, linesOf(comparison.before), linesOf(comparison.after), "", "", {
    maxEditLength: MAX_EDIT_LENGTH,
  }) ?? null;

const linesOf = (paragraphs: readonly string[]): string =>
  paragraphs.map((paragraph) => `${paragraph.replace(/[\n\r]+/g, " ")}\n`).join("");
