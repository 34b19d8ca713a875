import { sha256 } from "../../domain/digest.ts";

/** The fields that a rule may read from elements of its own choice. */
export const RULED_FIELDS = ["headline", "standfirst", "byline", "published", "modified"] as const;
export type RuledField = (typeof RULED_FIELDS)[number];

/**
 * How the pages of one source are read, where the general way reads them wrongly. Selectors are plain CSS (selector.ts);
 * of several the first that finds something decides for a field, and all of them count for what is taken and dropped.
 * What a rule does not speak of is read the general way.
 */
export interface SourceRule {
  /** A host with or without its leading `www.`; other subdomains are hosts of their own. */
  readonly host: string;
  /** What the path begins with; without it, all of the host. */
  readonly path?: string;
  /** Where the story is, and nothing else is. Inside, the general way tells text from what rotates around it. */
  readonly take?: readonly string[];
  /** What is none of it. Of two elements, one inside the other, the inner one decides: a dropped box may hold a taken one. */
  readonly drop?: readonly string[];
  readonly headline?: readonly string[];
  readonly standfirst?: readonly string[];
  readonly byline?: readonly string[];
  readonly published?: readonly string[];
  readonly modified?: readonly string[];
  /** Fields that not every page has: where their selectors find nothing the field is empty, and nothing is amiss. */
  readonly optional?: readonly RuledField[];
}

/** What a rule may have lost on a page: the story, or a field. */
export type RulePart = "take" | RuledField;

/**
 * The rule for a page: the first whose host and path fit, those with a longer path before others. Who gives the rules
 * decides between equals by their order.
 */
export function ruleFor(rules: readonly SourceRule[], url: string): SourceRule | null {
  const page = URL.parse(url);
  if (!page) return null;
  const host = bareHost(page.hostname);
  let best: SourceRule | null = null;
  for (const rule of rules) {
    if (bareHost(rule.host) !== host || !page.pathname.startsWith(rule.path ?? "/")) continue;
    if (best === null || (rule.path ?? "").length > (best.path ?? "").length) best = rule;
  }
  return best;
}

/** Without the leading `www.`, which says nothing. */
export const bareHost = (host: string): string => host.replace(/^www\./, "");

/**
 * What of a rule was in force in a reading, for the reading's version: another rule is another reader, and so is the
 * rule without the parts that it lost. Null when nothing is left of it.
 */
export function ruleIdentity(rule: SourceRule, lost: readonly RulePart[]): string | null {
  const { host: _, path: __, optional, ...parts } = rule;
  const entries = Object.entries(parts).filter(([part]) => !lost.some((name) => name === part));
  if (entries.length === 0) return null;
  const inForce = [...entries, ["optional", optional ?? []]].sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return sha256(JSON.stringify(inForce)).slice(0, 8);
}
