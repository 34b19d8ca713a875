import type { SourceRule } from "../source-rule.ts";

/**
 * Policies list the days of their versions above the text, as headings with nothing under them. Servers in different
 * time zones print one list a day apart, and a change of policy is told by the text itself.
 */
export const transparencyFbCom: SourceRule = {
  host: "transparency.fb.com",
  drop: ["._STCCommunityStandardGroup__titleContent", "._STCCommunityStandardGroup__modalTitle"],
};
