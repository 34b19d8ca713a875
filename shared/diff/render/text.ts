import type { Comparison } from "../../domain/comparison.ts";
import { changeLines, type LineStyle } from "./lines.ts";
import { type ChangeStrings, stringsWith } from "./strings.ts";

/** The marks of word diffs in plain text, as `git diff --word-diff` writes them. */
export const PLAIN: LineStyle = {
  kept: (text) => text,
  removed: (text) => `[-${text}-]`,
  added: (text) => `{+${text}+}`,
  aside: (text) => text,
};

/** What changed as plain text for mail and logs: `[-old-] {+new+}`, paragraphs set apart by an empty line. */
export const changeAsText = (
  comparison: Comparison,
  { strings }: { readonly strings?: Partial<ChangeStrings> } = {},
): string => `${changeLines(comparison, PLAIN, stringsWith(strings)).join("\n\n")}\n`;
