import type { Happening } from "./happening.ts";

/** One message to one subscription about one change or event, with the words that changed. */
export interface Notice {
  /** `<happening key>.<subscription>`, URL- and file-safe: the same notice always has the same. */
  readonly id: string;
  readonly subscription: string;
  readonly happening: Happening;
  /** One line, no line breaks. */
  readonly subject: string;
  /** Plain text, lines of any length. */
  readonly text: string;
  /** The change's page in the reading room; null when no address of it is known. */
  readonly link: string | null;
}
