import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail server on this machine that keeps what it is given. */
export interface MailServer {
  readonly url: string;
  /** Oldest first, read by a parser that is not ours. */
  mails(): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

export interface ReceivedMail {
  readonly raw: string;
  readonly recipients: readonly string[];
  readonly sender: string;
  /** When it was there whole, in milliseconds. */
  readonly at: number;
  readonly parsed: ParsedMail;
}

/** An answer in place of yes, at one step of the conversation. */
export interface MailRefusal {
  readonly at: "connect" | "from" | "to" | "data";
  readonly code: number;
  readonly text: string;
}

export interface MailServerOptions {
  readonly refuses?: MailRefusal;
  /** Never answers a connection. */
  readonly silent?: boolean;
  /** Asks for this password, over plain text too. */
  readonly password?: string;
  /** Speaks TLS with this certificate: from the start, or after STARTTLS. */
  readonly tls?: { readonly from: "start" | "starttls"; readonly key: string; readonly cert: string };
}

export async function startMailServer({ refuses, silent, password, tls }: MailServerOptions = {}): Promise<MailServer> {
  const kept: Omit<ReceivedMail, "parsed">[] = [];
  const refusalAt = (at: MailRefusal["at"]): Error | null =>
    refuses?.at === at ? Object.assign(new Error(refuses.text), { responseCode: refuses.code }) : null;
  const options: SMTPServerOptions = {
    ...(tls && { secure: tls.from === "start", key: tls.key, cert: tls.cert }),
    disabledCommands: [...(tls ? [] : ["STARTTLS"]), ...(password === undefined ? ["AUTH"] : [])],
    allowInsecureAuth: true,
    authOptional: password === undefined,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: "desk" }) : done(new Error("no")),
    onConnect: (_session, done) => (silent ? undefined : done(refusalAt("connect"))),
    onMailFrom: (_address, _session, done) => done(refusalAt("from")),
    onRcptTo: (_address, _session, done) => done(refusalAt("to")),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const refusal = refusalAt("data");
        const { mailFrom, rcptTo } = session.envelope;
        if (!refusal) {
          kept.push({
            raw: Buffer.concat(chunks).toString("latin1"),
            recipients: rcptTo.map(({ address }) => address),
            sender: mailFrom === false ? "" : mailFrom.address,
            at: Date.now(),
          });
        }
        done(refusal);
      });
    },
  };
  const server = new SMTPServer(options);
  server.on("error", () => {}); // a client that hangs up
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: tls ? `${tls.from === "start" ? "smtps" : "smtp"}://localhost:${port}` : `smtp://127.0.0.1:${port}`,
    mails: () =>
      Promise.all(kept.map(async (mail) => ({ ...mail, parsed: await simpleParser(Buffer.from(mail.raw, "latin1")) }))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
