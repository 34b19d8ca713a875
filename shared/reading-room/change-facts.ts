import type { Disclosure, SegmentCounts, Significance } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";
import { type Cause, hintsBeside } from "../domain/revision.ts";
import { fillText } from "../domain/wording.ts";
import { type Html, html } from "./html.ts";
import type { Words } from "./strings.ts";
import { counted } from "./wording.ts";

/** What lists and pages say of a change beside its words. */
export interface ChangeFacts {
  readonly significance: Significance;
  /** Null where the question does not arise: between revisions that are no neighbours. */
  readonly disclosure: Disclosure | null;
  readonly labels: readonly LabelKind[];
  /** Findings that nobody can filter by. */
  readonly hints?: readonly LabelKind[];
  readonly revertedTo?: number;
  readonly cause: Cause;
}

/** Substantive, and nothing on the page tells of it. We report; we do not accuse. */
export const isUnmarked = ({ significance, disclosure, cause }: ChangeFacts): boolean =>
  cause === "edit" && significance === "substantive" && disclosure === "none";

/** How the publisher told of the edit; empty for a change of typography that nobody needs to tell of. */
function disclosureText(words: Words, facts: ChangeFacts): string | null {
  if (facts.cause === "reextraction") return null;
  if (isUnmarked(facts)) return words.unmarked;
  return facts.disclosure === null || facts.disclosure === "none" ? null : words.disclosure[facts.disclosure];
}

/** Findings as a list of short words: disclosure first, then significance, then labels. */
export function tags(words: Words, facts: ChangeFacts): Html {
  const disclosure = disclosureText(words, facts);
  const kind = isUnmarked(facts) ? "unmarked" : "disclosed";
  const labels = facts.labels.filter((label) => label !== "reverted" || facts.revertedTo === undefined);
  const hints = facts.cause === "edit" ? hintsBeside(facts) : [];
  return html`<ul class="tags">${[
    facts.cause === "reextraction" && html`<li class="tag technical">${words.reextraction}</li>`,
    disclosure && html`<li class="tag ${kind}">${disclosure}</li>`,
    html`<li class="tag ${facts.significance}">${words.significance[facts.significance]}</li>`,
    labels.map((label) => html`<li class="tag">${words.labels[label]}</li>`),
    facts.revertedTo !== undefined &&
      html`<li class="tag">${fillText(words.revertedTo, { number: facts.revertedTo })}</li>`,
    hints.map((hint) => html`<li class="tag hint">${fillText(words.hint, { label: words.labels[hint] })}</li>`),
  ]}</ul>`;
}

/** `2 sentences edited, 1 added`; empty when only fields changed. */
export function countsText(words: Words, counts: SegmentCounts): string {
  const kinds = ["edited", "added", "removed", "moved"] as const;
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => counted(words, words.counts[kind], counts[kind]))
    .join(", ");
}
