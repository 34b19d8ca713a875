import type { Headline } from "../fields/headline.ts";
import type { Outline } from "../page/outline.ts";
import type { Document } from "../page/tree.ts";
import { type Body, bodyOf } from "../story/body.ts";
import type { Fate } from "../story/residue.ts";
import { type RuledFields, ruledFields } from "./ruled-fields.ts";
import { type Finding, outlineUnder, rulingOf, takenBody } from "./ruling.ts";
import { type RulePart, ruleIdentity, type SourceRule } from "./source-rule.ts";

/** A page as its source's rule has it read; what the rule lost is read the general way. */
export interface RuledPage {
  readonly rule: SourceRule;
  readonly findings: readonly Finding[];
  readonly outline: Outline;
  readonly story: Body;
  readonly fields: RuledFields;
  /** The headline as the rule reads it; null where the rule reads none. */
  readonly headline: Headline | null;
  readonly lost: readonly RulePart[];
  /** What the operator should know of it: each `rule: …`. */
  readonly flags: readonly string[];
  /** What was in force of the rule; null when nothing was. */
  readonly identity: string | null;
}

/** Lays a rule upon a page. The page's tree may be changed by it: what it claims is to be asked before. */
export function layUpon(page: Document, rule: SourceRule): RuledPage {
  const ruling = rulingOf(page, rule);
  const outline = outlineUnder(ruling, page);
  const drops = new Map([...ruling.says].filter(([, said]) => said === "dropped"));
  const general = bodyOf(outline, drops);
  const taken = takenBody(ruling, outline, general);
  const fields = ruledFields(ruling, outline);
  const lost: RulePart[] = [...(rule.take && !taken ? (["take"] as const) : []), ...fields.lost];
  return {
    rule,
    findings: ruling.findings,
    outline,
    story: taken ?? general,
    fields,
    headline: headlineUnder(fields),
    lost,
    flags: lost.map((part) => `rule: ${part} (${(rule[part] ?? []).join(", ")}) finds ${MISSED[part] ?? "nothing"}`),
    identity: ruleIdentity(rule, lost),
  };
}

const MISSED: Readonly<Partial<Record<RulePart, string>>> = {
  take: "no story",
  published: "no date that can be understood",
  modified: "no date that can be understood",
};

function headlineUnder({ values }: RuledFields): Headline | null {
  const value = values.get("headline");
  return value ? { claim: value.claim, at: value.shownAt.at(-1) ?? -1 } : null;
}

/** What a rule reads as a field is no text of the story too. */
export function silenceFields(fates: Fate[], body: Body, { values }: RuledFields): void {
  for (const [field, { shownAt }] of values)
    for (const at of shownAt)
      if (at >= body.first && at < body.end) fates[at - body.first] = { keep: "nothing", why: field };
}

/** A rule and what it found in a page, for people who write rules. */
export interface RuleReport {
  readonly rule: SourceRule;
  readonly findings: readonly {
    readonly part: Finding["part"];
    readonly selector: string;
    /** How many elements it finds. */
    readonly elements: number;
  }[];
  /** What it should have found and has not. */
  readonly lost: readonly RulePart[];
}

export const reportOf = ({ rule, findings, lost }: RuledPage): RuleReport => ({
  rule,
  findings: findings.map(({ part, selector, elements }) => ({ part, selector, elements: elements.length })),
  lost,
});
