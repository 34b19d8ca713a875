export interface SmtpTimeouts {
  readonly connectSeconds: number;
  readonly answerSeconds: number;
}

const TIMEOUTS: SmtpTimeouts = { connectSeconds: 10, answerSeconds: 30 };

/** Hosts to which a password may travel without TLS: they are this machine. */
const THIS_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether TLS is a must: a password goes to another machine. */
export function needsTls(url: string): boolean {
  const { username, hostname } = new URL(url);
  return username !== "" && !THIS_MACHINE.test(hostname);
}

/** How nodemailer speaks to the operator's mail server. @param url - `smtp://user:password@host:587` or `smtps://…` */
export const smtpOptions = (url: string, timeouts: SmtpTimeouts = TIMEOUTS) => ({
  url,
  requireTLS: needsTls(url),
  connectionTimeout: timeouts.connectSeconds * 1000,
  greetingTimeout: timeouts.connectSeconds * 1000,
  socketTimeout: timeouts.answerSeconds * 1000,
  dnsTimeout: timeouts.connectSeconds * 1000,
  disableFileAccess: true,
  disableUrlAccess: true,
});
