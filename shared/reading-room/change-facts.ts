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
  readonly alternatesWith?: number;
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

/** Findings as a list of short words: disclosure first, then significance, then labels and hints. */
export const tags = (words: Words, facts: ChangeFacts): Html =>
  html`<ul class="tags">${findings(words, facts).map(({ kind, text }) => html`<li class="tag ${kind}">${text}</li>`)}</ul>`;

/** The same as plain text. */
export const tagsText = (words: Words, facts: ChangeFacts): string =>
  findings(words, facts)
    .map(({ text }) => text)
    .join(" · ");

interface Finding {
  readonly kind: "technical" | "unmarked" | "disclosed" | Significance | "label" | "hint";
  readonly text: string;
}

function findings(words: Words, facts: ChangeFacts): Finding[] {
  const disclosure = disclosureText(words, facts);
  const labels = facts.labels.filter((label) => label !== "reverted" || facts.revertedTo === undefined);
  const hints = facts.cause === "edit" ? hintsBeside(facts) : [];
  const found: (Finding | false)[] = [
    facts.cause === "reextraction" && { kind: "technical", text: words.reextraction },
    disclosure !== null && { kind: isUnmarked(facts) ? "unmarked" : "disclosed", text: disclosure },
    { kind: facts.significance, text: words.significance[facts.significance] },
    ...labels.map((label): Finding => ({ kind: "label", text: words.labels[label] })),
    returnFinding(words, facts),
    ...hints.map((hint): Finding => ({ kind: "hint", text: fillText(words.hint, { label: words.labels[hint] }) })),
  ];
  return found.filter((finding) => finding !== false);
}

function returnFinding(words: Words, { alternatesWith, revertedTo }: ChangeFacts): Finding | false {
  if (alternatesWith !== undefined) {
    return { kind: "label", text: fillText(words.alternatesWith, { number: alternatesWith }) };
  }
  return revertedTo !== undefined && { kind: "label", text: fillText(words.revertedTo, { number: revertedTo }) };
}

/** `2 sentences edited, 1 added`; empty when only fields changed. */
export function countsText(words: Words, counts: SegmentCounts): string {
  const kinds = ["edited", "added", "removed", "moved"] as const;
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => counted(words, words.counts[kind], counts[kind]))
    .join(", ");
}
