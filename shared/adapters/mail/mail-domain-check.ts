import type { Resolver } from "node:dns/promises";
import { type Finding, warning, well } from "../../domain/finding.ts";

/** What the sender's domain says of itself in the DNS: receivers go by it. It is looked up, and never a reason to fail. */
export async function checkMailDomain(
  domain: string,
  dns: Pick<Resolver, "resolveMx" | "resolveTxt">,
): Promise<readonly Finding[]> {
  const exchanges = dns.resolveMx(domain).then((rows) => rows.map(({ exchange }) => exchange));
  const texts = (name: string) => dns.resolveTxt(name).then((rows) => rows.map((parts) => parts.join("")));
  return Promise.all([
    finding("MX", domain, exchanges, (found) => found.join(", ") || null),
    finding("SPF", domain, texts(domain), (found) => found.find((text) => /^v=spf1\b/i.test(text)) ?? null),
    finding("DMARC", `_dmarc.${domain}`, texts(`_dmarc.${domain}`), (found) => {
      return found.find((text) => /^v=DMARC1\b/i.test(text)) ?? null;
    }),
  ]);
}

const ADVICE = {
  MX: "some receivers refuse senders that cannot be answered: add an MX record",
  SPF: "name your mail server in a TXT record, as your provider tells: without it mails land among spam",
  DMARC: 'large providers ask for one: a TXT record "v=DMARC1; p=none" is enough to begin with',
} as const;

/** Answers of name servers that say: there is no such record, or no such name. */
const NONE: ReadonlySet<string> = new Set(["ENOTFOUND", "ENODATA"]);

async function finding(
  what: keyof typeof ADVICE,
  name: string,
  records: Promise<readonly string[]>,
  pick: (records: readonly string[]) => string | null,
): Promise<Finding> {
  try {
    const found = pick(await records);
    return found === null ? warning(what, `${name} has none`, ADVICE[what]) : well(what, found);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (NONE.has(code)) return warning(what, `${name} has none`, ADVICE[what]);
    if (!/^E[A-Z]+$/.test(code)) throw error;
    return warning(
      what,
      `${name} could not be looked up (${code})`,
      "ask again where this machine's name servers answer",
    );
  }
}
