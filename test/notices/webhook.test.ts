import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { webhookBody } from "../../shared/notices/webhook.ts";
import { aMessage, aSubscription, toldChange } from "../support/messages.ts";

const GUIDE = readFileSync(join(import.meta.dirname, "../../docs/notifications.md"), "utf8");
/** The table's rows: a chat and its template. */
const TEMPLATES = [...GUIDE.matchAll(/^\| ([^|]+) \| `(\{.*\})` \|$/gm)].map(
  ([, chat = "", template = ""]) => [chat, template] as const,
);

const HOSTILE = "<users/all> <!channel> <https://phish.example|your bank> [your bank](https://phish.example) closed";

describe("a template of the guide", () => {
  it("is there for every chat that the guide names", () => expect(TEMPLATES.map(([chat]) => chat)).toHaveLength(3));

  it.each(TEMPLATES)("for %s lets no article mention or link anything", async (_chat, template) => {
    const subscription = aSubscription({ template });
    const told = toldChange({ revision: { headline: HOSTILE }, after: [`The bridge will stay closed. ${HOSTILE}`] });
    const body = JSON.parse(await webhookBody(aMessage({ kind: "change", told }, { subscription })));
    expect(JSON.stringify(body)).toContain("phish.example");
    for (const text of Object.values(body).map(String)) {
      expect(text).not.toMatch(/(^|[^\\])<(users|!|https:\/\/phish)/);
      if (template.includes("{markdown}")) expect(text).not.toMatch(/(^|[^\\])\[your bank/);
    }
  });
});
