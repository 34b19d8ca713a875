import type { SourceRule } from "../source-rule.ts";

/**
 * Guidance holds notices and calls to action in boxes that are named as asides elsewhere; its summary stands apart from it.
 * All of them are the department's text.
 */
export const govUk: SourceRule = {
  host: "www.gov.uk",
  take: [".govspeak", ".govspeak div"],
  headline: [".gem-c-title__text"],
  standfirst: [".gem-c-lead-paragraph"],
  optional: ["standfirst"],
};
