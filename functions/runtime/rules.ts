import { readFileSync } from "node:fs";
import { withShipped } from "../../shared/normalise/rules/shipped/index.ts";
import type { SourceRule } from "../../shared/normalise/rules/source-rule.ts";
import { parseRules } from "../../shared/normalise/rules/source-rule-schema.ts";
import { SettingError } from "./settings.ts";

/** Name of the file with the operator's rules, in a local folder and beside a function's code. */
export const RULES_FILE = "rules.json";

/**
 * The rules by which sources are read: the operator's own, and those that come with the program.
 *
 * @param file - a JSON file with a list of rules (docs/rules.md)
 * @throws SettingError when the file cannot be read, or a rule in it is wrong: it tells all that is wrong at once
 */
export const rulesIn = (file: string): readonly SourceRule[] => withShipped(ownRules(file));

/** The operator's own rules alone, checked. @throws SettingError */
export function ownRules(file: string): readonly SourceRule[] {
  const parsed = parseRules(jsonIn(file));
  if (parsed.ok) return parsed.rules;
  const problems = parsed.problems.map((problem) => `  - ${problem}`);
  throw new SettingError(
    [`The rules in ${file} cannot be used:`, ...problems, "How rules are written: docs/rules.md"].join("\n"),
  );
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { message } = error as Error;
    const why = error instanceof SyntaxError ? `is not JSON (${message})` : `cannot be read (${message})`;
    throw new SettingError(`The file of rules ${file} ${why}`, { cause: error });
  }
}
