import { expect, it, onTestFinished } from "vitest";
import { checkSmtp } from "../../../shared/adapters/mail/smtp-check.ts";
import type { Finding } from "../../../shared/domain/finding.ts";
import { type MailServerOptions, startMailServer } from "../../support/mail-server.ts";
import { LOCALHOST_IDENTITY } from "../../support/tls-identities.ts";

const FROM = "Variorum <monitor@news.example>";
const TO = "desk@newsroom.example";
const timeouts = { connectSeconds: 1, answerSeconds: 1 };

const check = (url: string) => checkSmtp({ url, from: FROM, to: TO, timeouts });

async function checked(options: MailServerOptions, url = (server: string) => server) {
  const server = await startMailServer(options);
  onTestFinished(() => server.close());
  return { server, findings: await check(url(server.url)) };
}

/** `ok name`, `fail TLS`. */
const verdicts = (findings: readonly Finding[]): string[] => findings.map(({ verdict, what }) => `${verdict} ${what}`);

const withUser = (url: string) => url.replace("//", "//desk:secretguess@");

it("finds a server well that takes sender and receiver, and sends it nothing", async () => {
  const { server, findings } = await checked({});
  expect(verdicts(findings)).toEqual(["ok name", "ok connection", "warn TLS", "ok sender", "ok receiver"]);
  expect(await server.mails()).toEqual([]);
});

it("finds the right password well", async () => {
  const { findings } = await checked({ password: "secretguess" }, withUser);
  expect(verdicts(findings)).toContain("ok login");
  expect(verdicts(findings)).toContain("ok receiver");
});

it.each<[fact: string, options: MailServerOptions, last: string, detail: RegExp, advice: RegExp]>([
  [
    "refuses this machine",
    { refuses: { at: "connect", code: 554, text: "5.7.1 you are listed" } },
    "fail connection",
    /554 5\.7\.1 you are listed/,
    /refuses this machine/,
  ],
  ["never answers", { silent: true }, "fail connection", /Greeting never received|Timeout/, /587 for smtp/],
  [
    "refuses the sender",
    { refuses: { at: "from", code: 550, text: "5.7.1 not yours" } },
    "fail sender",
    /not yours/,
    /VARIORUM_MAIL_FROM/,
  ],
  [
    "does not relay",
    { refuses: { at: "to", code: 550, text: `5.7.1 <${TO}> relaying denied` } },
    "fail receiver",
    /<d…@newsroom\.example> relaying denied/,
    /send to other domains/,
  ],
  [
    "has a certificate that nobody signed",
    { tls: { from: "start", ...LOCALHOST_IDENTITY } },
    "fail connection",
    /self-signed/,
    /certificate/,
  ],
  [
    "has one after STARTTLS",
    { tls: { from: "starttls", ...LOCALHOST_IDENTITY } },
    "fail connection",
    /self-signed/,
    /certificate/,
  ],
])("tells that a server %s, and what to do", async (_fact, options, last, detail, advice) => {
  const { findings, server } = await checked(options);
  expect(verdicts(findings).at(-1)).toBe(last);
  expect(findings.at(-1)?.detail).toMatch(detail);
  expect(findings.at(-1)?.advice).toMatch(advice);
  expect(await server.mails()).toEqual([]);
});

it("tells that the password is wrong, without naming it", async () => {
  const { findings } = await checked({ password: "another" }, withUser);
  expect(verdicts(findings).at(-1)).toBe("fail login");
  expect(JSON.stringify(findings)).not.toContain("secretguess");
});

it("tells that nobody listens there, and that smtps was asked of a plain server", async () => {
  expect(verdicts(await check("smtp://127.0.0.1:1"))).toEqual(["ok name", "fail connection"]);
  const { findings } = await checked({}, (url) => url.replace("smtp:", "smtps:"));
  expect(findings.at(-1)).toMatchObject({
    what: "connection",
    advice: expect.stringMatching(/smtps:\/\/ where TLS comes at once/),
  });
});

it("tells that the server's name does not resolve", async () => {
  expect(verdicts(await check("smtp://no-such-host.invalid"))).toEqual(["fail name"]);
});
