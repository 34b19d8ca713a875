import { bareHost, type SourceRule } from "../source-rule.ts";
import { govUk } from "./gov.uk.ts";
import { transparencyFbCom } from "./transparency.fb.com.ts";

/** The rules that come with the program: a file for each host, with a page of our own in its form in test/fixtures/rules. */
export const SHIPPED_RULES: readonly SourceRule[] = [govUk, transparencyFbCom];

/** The operator's rules, and those that come with the program for hosts of which the operator's say nothing. */
export function withShipped(own: readonly SourceRule[]): readonly SourceRule[] {
  const hosts = new Set(own.map(({ host }) => bareHost(host)));
  return [...own, ...SHIPPED_RULES.filter(({ host }) => !hosts.has(bareHost(host)))];
}
