import type { Comparison } from "../../domain/comparison.ts";
import { escapeHtml } from "./escape.ts";
import { passagesOf } from "./passages.ts";
import { changedFields, closingNotes, type Folding, foldedPassages, markedHtml, piecesHtml } from "./passages-html.ts";
import { type ChangeStrings, stringsWith } from "./strings.ts";

export interface HtmlOptions {
  /** Show unchanged paragraphs too, not only how many there are. */
  readonly whole?: boolean;
  /** Paragraphs in which only typography changed: among the others, the default, or in a `details`. */
  readonly typography?: Folding["typography"];
  readonly strings?: Partial<ChangeStrings>;
  /** Begins the ids of moved passages; give one to each change on a page. Letters, digits and hyphens. */
  readonly idPrefix?: string;
}

/**
 * A change as HTML: `ins` and `del` with words for screen readers around them, moved passages at both ends with links
 * between, everything escaped. Classes only; every paragraph finds its own direction.
 */
export function changeAsHtml(comparison: Comparison, options: HtmlOptions = {}): string {
  const page = { strings: stringsWith(options.strings), idPrefix: options.idPrefix ?? "moved" };
  const folding = { whole: options.whole === true, typography: options.typography ?? "shown" };
  const fields = changedFields(comparison).map(([name, { words }]) => {
    const label = `<span class="change-field">${escapeHtml(page.strings[name])}</span>`;
    return `<p class="change-${name}">${label} <span dir="auto">${markedHtml(words, page)}</span></p>`;
  });
  const passages = foldedPassages(
    passagesOf(comparison),
    folding,
    page,
    ({ pieces }) => `<p dir="auto">${piecesHtml(pieces, page)}</p>`,
  );
  return `<div class="change">\n${[...fields, ...passages, ...closingNotes(comparison, page)].join("\n")}\n</div>`;
}
