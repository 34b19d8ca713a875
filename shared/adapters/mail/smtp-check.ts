import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { type Finding, failing, warning, well } from "../../domain/finding.ts";
import { bareAddress, withoutMailbox } from "../../domain/mailbox.ts";
import { plainDetail } from "../../domain/plain-detail.ts";
import { needsTls, type SmtpTimeouts, smtpOptions } from "./smtp-options.ts";
import { isSmtpError, type SmtpError } from "./smtp-refusal.ts";

export interface SmtpCheckOptions {
  /** As the notifier has it; it may hold a password, which no finding names. */
  readonly url: string;
  readonly from: string;
  /** Receiver that the server is asked about; no mail is sent. */
  readonly to: string;
  readonly timeouts?: SmtpTimeouts;
}

/** Looks the operator's mail server over, a step at a time; what comes after a step that fails cannot be seen. */
export async function checkSmtp({ url, from, to, timeouts }: SmtpCheckOptions): Promise<readonly Finding[]> {
  const { hostname, host, protocol, username } = new URL(url);
  const options = smtpOptions(url, timeouts);
  const begun = await attempt(() => createTransport({ ...options, requireTLS: true }).verify());
  const isPlain = begun !== null && isWithoutTls(begun);
  const error = isPlain && !needsTls(url) ? await attempt(() => createTransport(options).verify()) : begun;
  const reached = reachedFindings(error, hostname, host);
  if (reached.some(({ verdict }) => verdict === "fail")) return reached;
  const findings = [...reached, tlsFinding({ error, isPlain, needed: needsTls(url), protocol })];
  if (findings.some(({ verdict }) => verdict === "fail")) return findings;
  if (username !== "") findings.push(loginFinding(error));
  if (error !== null) return findings;
  return [...findings, ...(await envelopeFindings(options, bareAddress(from), to))];
}

async function attempt(step: () => Promise<unknown>): Promise<SmtpError | null> {
  try {
    await step();
    return null;
  } catch (error) {
    if (isSmtpError(error)) return error;
    throw error;
  }
}

const said = ({ response, message }: SmtpError): string => plainDetail(response || message);

/** STARTTLS is the one command that asks for TLS. */
const isWithoutTls = ({ code, command }: SmtpError): boolean => code === "ETLS" && command === "STARTTLS";

function reachedFindings(error: SmtpError | null, hostname: string, host: string): Finding[] {
  if (error?.code === "EDNS") {
    const advice = "check the host's name in VARIORUM_SMTP_URL for a typing error, and this machine's name servers";
    return [failing("name", `${hostname} does not resolve: ${said(error)}`, advice)];
  }
  const name = well("name", `${hostname} resolves`);
  if (error?.command !== "CONN") return [name, well("connection", `${host} answers`)];
  const advice =
    error.responseCode !== undefined
      ? "the server refuses this machine: ask its operator to let it send, or use your provider's submission server"
      : "check the port (587 for smtp://, 465 for smtps://): hosting providers often block 25, and a port that wants TLS from the start answers smtp:// with silence";
  return [name, failing("connection", `${host}: ${said(error)}`, isAboutTls(error) ? TLS_ADVICE : advice)];
}

const TLS_ADVICE =
  "the server's certificate or TLS was not accepted: use the name that stands in its certificate; smtps:// where TLS comes at once (465), smtp:// where it comes later (587)";

/** nodemailer gives OpenSSL's errors no code of their own. */
const isAboutTls = ({ code, message }: SmtpError): boolean =>
  code === "ETLS" || /certificate|SSL routines|altnames/i.test(message);

function tlsFinding({
  error,
  isPlain,
  needed,
  protocol,
}: {
  error: SmtpError | null;
  isPlain: boolean;
  needed: boolean;
  protocol: string;
}): Finding {
  if (!isPlain) return well("TLS", protocol === "smtps:" ? "from the start" : "by STARTTLS");
  if (needed) {
    const detail = error ? said(error) : "the server offers none";
    return failing(
      "TLS",
      detail,
      "the password would travel in the clear, so nothing is sent: use smtps://, or a server with STARTTLS",
    );
  }
  return warning("TLS", "the server offers none", "mails travel to it in the clear: fine on this machine alone");
}

function loginFinding(error: SmtpError | null): Finding {
  if (error === null) return well("login", "user name and password are taken");
  const advice =
    "check user name and password in VARIORUM_SMTP_URL; special characters are percent-encoded, and providers with two-factor login want a password of its own for programs";
  return failing("login", said(error), advice);
}

/** Up to the moment where the mail itself would follow; then the connection is closed, and a server keeps nothing (RFC 5321 §4.1.1.4). */
async function envelopeFindings(
  options: ReturnType<typeof smtpOptions>,
  from: string,
  to: string,
): Promise<readonly Finding[]> {
  let isTaken = false;
  const raw = new Readable({ read() {} });
  const say = (entry: { readonly tnx?: string }, text = "") => {
    if (entry.tnx !== "server" || !text.startsWith("354")) return; // it would take the mail now
    isTaken = true;
    raw.destroy(new Error("nothing is sent"));
  };
  const logger = { level() {}, trace: say, debug: say, info: say, warn: say, error: say, fatal: say };
  const transport = createTransport({ ...options, logger, debug: true });
  const error = await attempt(() => transport.sendMail({ envelope: { from, to: [to] }, raw }));
  raw.destroy();
  const sender = well("sender", `${from} may send`);
  if (isTaken) return [sender, well("receiver", "is taken")];
  if (error === null) throw new Error("a mail without an end was sent");
  const detail = plainDetail(withoutMailbox(said(error), to));
  if (error.command === "RCPT TO") {
    const advice =
      "does the server send to other domains for this user? If it knows no such mailbox, check the address";
    return [sender, failing("receiver", detail, advice)];
  }
  const advice = `let ${from} send there, or set VARIORUM_MAIL_FROM to an address that may`;
  return [failing("sender", detail, advice)];
}
