import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { webhookBody } from "../../shared/notices/webhook.ts";
import { aMessage, aSubscription, toldChange } from "../support/messages.ts";
import { NOTICE_GALLERY } from "../support/notice-gallery.ts";

const GOLDEN = join(import.meta.dirname, "../fixtures/notices");
const GUIDE = readFileSync(join(import.meta.dirname, "../../docs/notifications.md"), "utf8");
/** The table's rows: a chat and its template. */
const TEMPLATES = [...GUIDE.matchAll(/^\| ([^|]+) \| `(\{.*\})` \|$/gm)].map(
  ([, chat = "", template = ""]) => [chat, template] as const,
);

/** By what the guide says there is. */
const MESSAGE_KINDS = [...(/^`happenings` is .* Kinds: (.*)\.$/m.exec(GUIDE)?.[1] ?? "").matchAll(/`([a-z]+)`/g)].map(
  ([, kind = ""]) => kind,
);

const HOSTILE = "<users/all> <!channel> <https://phish.example|your bank> [your bank](https://phish.example) closed";

/** Every part that a template can name. */
const ALL_PARTS = JSON.stringify(
  Object.fromEntries(["id", "kind", "at", "title", "text", "markdown", "url"].map((part) => [part, `{${part}}`])),
);

describe("what a webhook gets", () => {
  it.each(Object.entries(NOTICE_GALLERY))("of %s is as its golden file", async (name, message) => {
    const body = JSON.parse(await webhookBody(message));
    expect(body).toMatchObject({ type: `notice.${message.kind}`, timestamp: message.at, data: { id: message.id } });
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(join(GOLDEN, "webhook", `${name}.json`));
  });

  it.each(Object.entries(NOTICE_GALLERY))("of %s by a template is as its golden file", async (name, message) => {
    const subscription = { ...message.subscription, template: ALL_PARTS };
    const body = JSON.parse(await webhookBody({ ...message, subscription }));
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(join(GOLDEN, "template", `${name}.json`));
  });

  it("has a golden file for every kind of notice", () => {
    const kinds = new Set(Object.values(NOTICE_GALLERY).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(MESSAGE_KINDS.toSorted());
  });
});

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
