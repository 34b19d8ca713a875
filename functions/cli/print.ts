/** How the program is called, for hints that can be copied. */
export const COMMAND = "npm run -s variorum --";

/** Columns of text, as wide as their widest value. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line).join("\n");
}

const UNITS = [
  [86_400, "d"],
  [3600, "h"],
  [60, "m"],
] as const;

/** `900` as `15m`: what `--every` takes. */
export function durationText(seconds: number): string {
  const unit = UNITS.find(([size]) => seconds % size === 0);
  return unit ? `${seconds / unit[0]}${unit[1]}` : `${seconds}s`;
}

/** `1 watch`, `2 watches`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What a terminal would obey rather than show; headlines and texts are the publisher's. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text that a terminal only shows. */
export const printable = (text: string): string => text.replace(CONTROL, "\ufffd");

/** The escape sequences that do nothing but colour and underline: all that a terminal ever gets from us. */
const COLOUR = /(\u001b\[[\d;]*m)/;

/** Text with colours in it, put there by a renderer that took away those of others. Whatever else it holds is only shown. */
export const printableInColour = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("");

/** JSON whose strings a terminal only shows, too: JSON itself escapes the control characters below space alone. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Whether to colour: only for a person's terminal, and not against their wish (no-color.org). */
export const wantsColour = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean => stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
