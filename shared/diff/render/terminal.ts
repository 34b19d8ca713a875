import type { Comparison } from "../../domain/comparison.ts";
import { changeLines, type LineStyle } from "./lines.ts";
import { type ChangeStrings, stringsWith } from "./strings.ts";
import { PLAIN } from "./text.ts";

const ESCAPE = "\u001b[";

/** ANSI: removed red and struck through, added green and underlined, so that colour is not all that tells them apart. */
const COLOUR: LineStyle = {
  kept: (text) => text,
  removed: (text) => `${ESCAPE}31;9m${text}${ESCAPE}39;29m`,
  added: (text) => `${ESCAPE}32;4m${text}${ESCAPE}39;24m`,
  aside: (text) => `${ESCAPE}2m${text}${ESCAPE}22m`,
};

/**
 * Control characters of the article would act on the reader's terminal: they are shown as their pictures (U+2400…).
 * A tab or a line break becomes a space.
 */
const harmless = (text: string): string =>
  text
    .replace(/[\t\n\r\u0085\u2028\u2029]+/g, " ")
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f]/g, "\u2421");

const guarded = (style: LineStyle): LineStyle => ({
  kept: harmless,
  removed: (text) => style.removed(harmless(text)),
  added: (text) => style.added(harmless(text)),
  aside: (text) => style.aside(harmless(text)),
});

/** What changed for a terminal; without colour the same marks as in plain text. */
export const changeAsTerminal = (
  comparison: Comparison,
  { colour, strings }: { readonly colour: boolean; readonly strings?: Partial<ChangeStrings> },
): string => `${changeLines(comparison, guarded(colour ? COLOUR : PLAIN), stringsWith(strings)).join("\n\n")}\n`;
