import { expect, it } from "vitest";
import { checkMailDomain } from "../../../shared/adapters/mail/mail-domain-check.ts";

const none = (code = "ENODATA") => Promise.reject(Object.assign(new Error(code), { code }));

it("shows what a domain says of itself", async () => {
  const findings = await checkMailDomain("news.example", {
    resolveMx: async () => [{ exchange: "mail.news.example", priority: 10 }],
    resolveTxt: async (name: string) =>
      name === "_dmarc.news.example" ? [["v=DMARC1; ", "p=none"]] : [["site-verification=1"], ["v=spf1 mx -all"]],
  });
  expect(findings).toEqual([
    { what: "MX", verdict: "ok", detail: "mail.news.example" },
    { what: "SPF", verdict: "ok", detail: "v=spf1 mx -all" },
    { what: "DMARC", verdict: "ok", detail: "v=DMARC1; p=none" },
  ]);
});

it("warns of what is missing, and says apart what could not be looked up", async () => {
  const findings = await checkMailDomain("news.example", {
    resolveMx: () => none("ENOTFOUND"),
    resolveTxt: (name: string) => (name === "news.example" ? Promise.resolve([["v=spf10"]]) : none("ETIMEOUT")),
  });
  expect(findings.map(({ verdict, detail }) => [verdict, detail])).toEqual([
    ["warn", "news.example has none"],
    ["warn", "news.example has none"],
    ["warn", "_dmarc.news.example could not be looked up (ETIMEOUT)"],
  ]);
  for (const { advice } of findings) expect(advice).toMatch(/\S/);
});

it("does not take a bug for a name server's answer", async () => {
  const dns = { resolveMx: () => Promise.reject(new TypeError("a bug")), resolveTxt: async () => [] };
  await expect(checkMailDomain("news.example", dns)).rejects.toThrow("a bug");
});
