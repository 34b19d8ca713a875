import * as v from "valibot";
import { type ParsedSelector, parseSelector } from "./selector.ts";
import { bareHost, RULED_FIELDS, type SourceRule } from "./source-rule.ts";

/** Bounds of a list of rules; every page of a ruled host is held against all selectors of its rule. */
const MOST_RULES = 1_000;
const MOST_SELECTORS = 20;

const text = v.pipe(v.string("is no text: give one in quotation marks"), v.nonEmpty("is empty"));

const host = v.pipe(
  text,
  v.check(
    (name) => URL.parse(`https://${name}/`)?.host === name && /^[^:]+$/.test(name),
    "is no host: give its name alone, in small letters, as in paper.example",
  ),
);

const path = v.pipe(
  text,
  v.check(
    (prefix) => prefix.startsWith("/") && URL.parse(prefix, "https://host.example")?.pathname === prefix,
    "is no path: give what the path of the address begins with, as in /politics/",
  ),
);

const selector = v.pipe(
  v.string("is no text: give one in quotation marks"),
  v.check(
    (written) => parseSelector(written).ok,
    ({ input }) => problemOf(parseSelector(input)),
  ),
);

const problemOf = (parsed: ParsedSelector): string => (parsed.ok ? "" : parsed.problem);

/** One selector, or a list of them. */
const selectors = v.pipe(
  v.unknown(),
  v.transform((given) => (Array.isArray(given) ? given : [given])),
  v.array(selector),
  v.nonEmpty("is an empty list: leave it out, or give a selector"),
  v.maxLength(MOST_SELECTORS, `is too long: give at most ${MOST_SELECTORS} selectors`),
  v.readonly(),
);

const RULE = v.pipe(
  v.strictObject({
    host,
    path: v.exactOptional(path),
    take: v.exactOptional(selectors),
    drop: v.exactOptional(selectors),
    headline: v.exactOptional(selectors),
    standfirst: v.exactOptional(selectors),
    byline: v.exactOptional(selectors),
    published: v.exactOptional(selectors),
    modified: v.exactOptional(selectors),
    optional: v.exactOptional(
      v.pipe(
        v.array(
          v.picklist(RULED_FIELDS, `is no field: give ${RULED_FIELDS.join(", ")}`),
          "is no list: give a list of fields",
        ),
        v.readonly(),
      ),
    ),
  }),
  v.check(
    (rule) => (rule.optional ?? []).every((field) => rule[field] !== undefined),
    "lists as optional what it does not read: give the field's selector too",
  ),
);

const RULES = v.pipe(
  v.array(RULE, 'is no list: give a list of rules, as in [{ "host": "paper.example", "take": ".story" }]'),
  v.maxLength(MOST_RULES, `is too long: give at most ${MOST_RULES} rules`),
);

export type ParsedRules =
  | { readonly ok: true; readonly rules: readonly SourceRule[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks a list of rules, as read from JSON. Each problem names the rule, the place, what is wrong, what would be right. */
export function parseRules(given: unknown): ParsedRules {
  const { success, output, issues } = v.safeParse(RULES, given);
  if (!success) return { ok: false, problems: issues.map((issue) => tellingOf(issue, given)) };
  const twice = output.find((rule, at) => output.findIndex((other) => placeOf(other) === placeOf(rule)) < at);
  return twice
    ? { ok: false, problems: [`${placeOf(twice)} has two rules: make them one`] }
    : { ok: true, rules: output };
}

const placeOf = ({ host: name, path: prefix = "/" }: SourceRule): string => `${bareHost(name)}${prefix}`;

function tellingOf(issue: v.BaseIssue<unknown>, given: unknown): string {
  const [place, ...within] = issue.path ?? [];
  if (!place) return `the list of rules ${issue.message}`;
  const rule: unknown = Array.isArray(given) ? given[Number(place.key)] : undefined;
  const named = typeof rule === "object" && rule !== null && "host" in rule ? ` (${String(rule.host)})` : "";
  const [part, at] = within.map(({ key }) => String(key));
  const where = `rule ${Number(place.key) + 1}${named}`;
  if (part === undefined)
    return `${where}: ${issue.type === "strict_object" ? "is no rule: give an object with a host" : issue.message}`;
  const name = at === undefined ? part : `${part}, number ${Number(at) + 1},`;
  if (issue.type === "strict_object" && issue.expected === "never")
    return `${where}: ${part} is not known here: a rule has ${Object.keys(RULE.pipe[0].entries).join(", ")}`;
  if (issue.input === undefined) return `${where}: ${part} is missing`;
  return `${where}: ${name} ${issue.message} (${JSON.stringify(issue.input)})`;
}
