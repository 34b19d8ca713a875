import type { Comparison, Disclosure, Significance } from "./comparison.ts";
import type { Happening } from "./happening.ts";
import type { LabelKind } from "./label.ts";
import type { ChangeSummary } from "./revision.ts";
import { type Phrase, phraseIn, type WordSequence, wordsOf } from "./whole-words.ts";

/**
 * What a subscription wants to hear of. A change passes when it meets every condition that is given; of a list, one
 * entry is enough. Availability is a matter of its own: the conditions on changes say nothing of it.
 */
export interface NoticeFilter {
  /** Whether to hear that a page went away or came back. */
  readonly availability: boolean;
  /** Conditions on changes; null: hear of no change at all. */
  readonly changes: ChangeConditions | null;
}

export interface ChangeConditions {
  readonly significance?: Significance;
  /**
   * "only numbers, only headlines": any of these labels. Quotations are hints, of unknown precision, and nobody filters by
   * them; "only corrections" is a matter of `disclosures`, which rest on the word lists of notices.
   */
  readonly labels?: readonly LabelKind[];
  /** Substantive, and the publisher told nobody. */
  readonly unmarked?: true;
  /** Any of these ways in which the publisher told it. */
  readonly disclosures?: readonly Disclosure[];
  /** Any of these words or phrases stands in the text more often than before. Whole words, whatever their case. */
  readonly enters?: readonly string[];
  /** Any of these words or phrases stands in it less often than before. */
  readonly leaves?: readonly string[];
  /** A sentence was removed. */
  readonly removed?: true;
  /** BCP 47: any of these languages; `en` passes `en-GB` too. */
  readonly languages?: readonly string[];
}

/** What a subscription that asked for nothing special hears: substantive changes, and pages that go away or come back. */
export const DEFAULT_FILTER: NoticeFilter = { availability: true, changes: { significance: "substantive" } };

/** Everything passes. */
export const EVERYTHING: NoticeFilter = { availability: true, changes: {} };

/** One condition, whether it held, and what was found, in a few words. */
export interface Finding {
  readonly condition: "availability" | "changes" | keyof ChangeConditions;
  readonly holds: boolean;
  readonly found: string;
}

/** Whether a happening passes, and why: every condition that held, or the first that did not. */
export interface Verdict {
  readonly passes: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Whether a happening passes a filter. The cheap conditions come first; the comparison is asked for only when all of
 * them held and a condition on words is left.
 *
 * @param comparisonOf - the whole comparison of the happening's revision; only its rejection makes this one reject
 */
export async function verdictOf(
  filter: NoticeFilter,
  happening: Happening,
  comparisonOf: () => Promise<Comparison>,
): Promise<Verdict> {
  const availability = availabilityFinding(filter, happening);
  if (availability?.holds) return { passes: true, findings: [availability] };
  if (happening.kind === "event") return { passes: false, findings: availability ? [availability] : [] };
  const { change, language } = happening.revision;
  if (!filter.changes || !change) {
    return { passes: false, findings: [{ condition: "changes", holds: false, found: "a change" }] };
  }
  const { enters = [], leaves = [] } = filter.changes;
  const findings: Finding[] = [];
  for (const condition of CHEAP) {
    const finding = condition(filter.changes, change, language);
    if (finding?.holds === false) return { passes: false, findings: [finding] };
    if (finding) findings.push(finding);
  }
  if (enters.length + leaves.length > 0) {
    const moves = wordMoves(await comparisonOf());
    for (const finding of [moves("enters", enters), moves("leaves", leaves)]) {
      if (finding?.holds === false) return { passes: false, findings: [finding] };
      if (finding) findings.push(finding);
    }
  }
  return {
    passes: true,
    findings: findings.length > 0 ? findings : [{ condition: "changes", holds: true, found: "a change" }],
  };
}

/** Of an event; also of a revision that tells that the page came back. */
function availabilityFinding({ availability }: NoticeFilter, happening: Happening): Finding | null {
  const found = happening.kind === "event" ? happening.event.kind : happening.revision.restores && "restored";
  return found === undefined ? null : { condition: "availability", holds: availability, found };
}

type Condition = (wanted: ChangeConditions, change: ChangeSummary, language: string | null) => Finding | null;

const CHEAP: readonly Condition[] = [
  ({ significance: wanted }, { significance }) =>
    wanted ? { condition: "significance", holds: wanted === significance, found: significance } : null,
  ({ unmarked }, { significance, disclosure }) => {
    const holds = significance === "substantive" && disclosure === "none";
    return unmarked
      ? { condition: "unmarked", holds, found: holds ? "unmarked" : `${significance}, ${disclosure}` }
      : null;
  },
  ({ disclosures }, { disclosure }) =>
    disclosures ? { condition: "disclosures", holds: disclosures.includes(disclosure), found: disclosure } : null,
  ({ labels: wanted }, { labels }) => {
    if (!wanted) return null;
    const met = labels.filter((label) => wanted.includes(label));
    return {
      condition: "labels",
      holds: met.length > 0,
      found: (met.length > 0 ? met : labels).join(", ") || "no label",
    };
  },
  ({ removed }, { counts }) =>
    removed ? { condition: "removed", holds: counts.removed > 0, found: `${counts.removed} removed` } : null,
  ({ languages }, _change, language) =>
    languages
      ? {
          condition: "languages",
          holds: languages.some((wanted) => speaks(language, wanted)),
          found: language ?? "unknown",
        }
      : null,
];

const speaks = (language: string | null, wanted: string): boolean => {
  const [tag, range] = [language?.toLowerCase() ?? "", wanted.toLowerCase()];
  return tag === range || tag.startsWith(`${range}-`);
};

/** Asks a comparison which phrases stand in its newer side more often, or less often, than in its older one. */
function wordMoves(
  comparison: Comparison,
): (condition: "enters" | "leaves", wanted: readonly string[]) => Finding | null {
  const { before, after, headline, standfirst, byline } = comparison;
  const side = (texts: readonly string[], end: "from" | "to"): readonly WordSequence[] =>
    [headline, standfirst, byline]
      .flatMap((field) => field?.[end] ?? [])
      .concat(texts)
      .map(wordsOf);
  const [older, newer] = [side(before, "from"), side(after, "to")];
  const count = (sequences: readonly WordSequence[], phrase: Phrase) =>
    sequences.reduce((sum, sequence) => sum + phraseIn(sequence, phrase), 0);
  return (condition, wanted) => {
    if (wanted.length === 0) return null;
    const moved = wanted.filter((text) => {
      const phrase = wordsOf(text);
      const more = count(newer, phrase) - count(older, phrase);
      return condition === "enters" ? more > 0 : more < 0;
    });
    return { condition, holds: moved.length > 0, found: moved.length > 0 ? moved.join(", ") : "none of the words" };
  };
}
