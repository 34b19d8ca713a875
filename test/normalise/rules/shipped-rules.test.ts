import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { parseGuarded } from "../../../shared/normalise/page/guard.ts";
import { rulingOf } from "../../../shared/normalise/rules/ruling.ts";
import { SHIPPED_RULES, withShipped } from "../../../shared/normalise/rules/shipped/index.ts";
import { bareHost, type SourceRule } from "../../../shared/normalise/rules/source-rule.ts";
import { parseRules } from "../../../shared/normalise/rules/source-rule-schema.ts";

const FIXTURES = new URL("../../fixtures/rules/", import.meta.url);
const RULES = new URL("../../../shared/normalise/rules/shipped/", import.meta.url);
const fileOf = ({ host }: SourceRule, type: string) => readFileSync(new URL(`${bareHost(host)}.${type}`, FIXTURES));

/** Each rule reads its page in fixtures/rules as the JSON beside it says, which was checked by eye. */
describe.each(SHIPPED_RULES.map((rule) => [rule.host, rule] as const))("the rule for %s", (host, rule) => {
  const bytes = new Uint8Array(fileOf(rule, "html"));
  const page = { url: `https://${host}${rule.path ?? "/"}page`, bytes, contentType: "text/html; charset=utf-8" };
  const article = normalise({ ...page, rule });

  it("reads its page", () => {
    const { headline, standfirst, byline, published, modified, flags } = article;
    const blocks = article.blocks.map(({ kind, level, text }) => [level ? `${kind} ${level}` : kind, text]);
    expect({ headline, standfirst, byline, published, modified, flags, blocks }).toEqual(
      JSON.parse(fileOf(rule, "json").toString()),
    );
  });
  it("is needed for it", () => expect(articleText(normalise(page))).not.toBe(articleText(article)));
  it("has every selector put to use by it", () => {
    const guarded = parseGuarded([new TextDecoder().decode(bytes)]);
    if (guarded.kind === "over") throw new Error(guarded.reason);
    const idle = rulingOf(guarded.root, rule).findings.filter(({ elements }) => elements.length === 0);
    expect(idle.map(({ selector }) => selector)).toEqual([]);
  });
});

describe("the rules that come with the program", () => {
  it("are such as an operator may write", () =>
    expect(parseRules(SHIPPED_RULES)).toEqual({ ok: true, rules: SHIPPED_RULES }));
  it("are a file each, named by its host", () => {
    const files = readdirSync(RULES).filter((file) => file !== "index.ts");
    expect(files.sort()).toEqual(SHIPPED_RULES.map(({ host }) => `${bareHost(host)}.ts`).sort());
  });
  it("give way to the operator's for the same host, whatever its path", () => {
    const own: SourceRule = { host: "gov.uk", path: "/news/", drop: [".a"] };
    const rules = withShipped([own]);
    expect(rules[0]).toBe(own);
    expect(rules.filter(({ host }) => bareHost(host) === "gov.uk")).toEqual([own]);
    expect(rules.length).toBe(SHIPPED_RULES.length);
  });
});
