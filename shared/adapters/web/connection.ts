import { createHash } from "node:crypto";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import type { Digest } from "../../domain/digest.ts";
import type { Failure, FailureKind } from "../../domain/failure.ts";
import { plainDetail } from "../../domain/plain-detail.ts";
import { type AllowedAddresses, addressProblem, literalAddress, type Resolve, sameAddress } from "./addresses.ts";
import { systemResolver } from "./resolver.ts";

export interface ConnectionOptions {
  readonly limits: { readonly dnsSeconds: number; readonly connectSeconds: number };
  readonly allowAddresses: AllowedAddresses;
  readonly resolve?: Resolve;
  /** Certificates (PEM) to trust in place of the public ones. */
  readonly ca?: string;
}

/** An open connection to an address that we checked. */
export interface Connection {
  readonly socket: Socket;
  readonly ip: string;
  readonly certificate?: Digest;
}

export type Connecting =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly failure: Failure };

const failureOf = (kind: FailureKind, detail: string): Failure => ({ kind, detail: plainDetail(detail) });
const failed = (kind: FailureKind, detail: string): Connecting => ({ ok: false, failure: failureOf(kind, detail) });

/** Addresses of one host that are tried, one after the other. */
const MAX_ADDRESSES = 3;

/** Where a URL leads: addresses that may be asked. Nothing has been sent to them yet. */
export interface Route {
  readonly url: URL;
  readonly port: number;
  readonly addresses: readonly string[];
}

export type Routing = { readonly ok: true; readonly route: Route } | { readonly ok: false; readonly failure: Failure };

/**
 * Resolves the host of a URL, once. Every address must be allowed: one bad one among good ones is the mark of a rebinding
 * game.
 *
 * @param signal - aborted when the whole fetch has run out of time
 */
export async function routeTo(url: URL, options: ConnectionOptions, signal: AbortSignal): Promise<Routing> {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const resolved = await addressesOf(url.hostname, options, signal);
  if ("failure" in resolved) return { ok: false, failure: resolved.failure };
  for (const address of resolved.addresses) {
    const problem = addressProblem(address, port, options.allowAddresses);
    if (problem) return { ok: false, failure: failureOf("address-forbidden", `${url.host}: ${problem}`) };
  }
  return { ok: true, route: { url, port, addresses: resolved.addresses } };
}

/** Connects along a route: to an address that was checked, not to the name. */
export async function connect(
  { url, port, addresses }: Route,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Connecting> {
  const tried = [...addresses].sort(v4First).slice(0, MAX_ADDRESSES);
  const waitSeconds = options.limits.connectSeconds / tried.length;
  let outcome = failed("host-not-found", `${url.hostname} has no address`);
  for (const address of tried) {
    outcome = await open(url, { address, port, waitSeconds, options, signal });
    if (outcome.ok || outcome.failure.kind === "tls-failed" || signal.aborted) return outcome;
  }
  return outcome;
}

/** IPv4 first: a Lambda outside a VPC has no IPv6 way out. */
const v4First = (a: string, b: string): number => Number(a.includes(":")) - Number(b.includes(":"));

const systemResolve = systemResolver();

async function addressesOf(
  hostname: string,
  { limits, resolve = systemResolve }: ConnectionOptions,
  signal: AbortSignal,
): Promise<{ readonly addresses: readonly string[] } | { readonly failure: Failure }> {
  const literal = literalAddress(hostname);
  if (literal !== null) return { addresses: [literal] };
  const late = failureOf("timeout", `${hostname} did not resolve within ${limits.dnsSeconds} s`);
  const leaving = new AbortController();
  try {
    const addresses = await Promise.race([resolve(hostname, leaving.signal), elapsed(limits.dnsSeconds, signal)]);
    return addresses ? { addresses } : { failure: late };
  } catch (error) {
    const code = codeOf(error);
    return { failure: code === "ETIMEOUT" ? late : failureOf("host-not-found", `${hostname}: ${code}`) };
  } finally {
    leaving.abort();
  }
}

/** Resolves after so many seconds of real time, or at once when the signal aborts. The network keeps no other time. */
function elapsed(seconds: number, signal: AbortSignal): Promise<null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), seconds * 1000);
  timer.unref(); // it loses most races, and must not keep a process alive
  signal.addEventListener("abort", () => resolve(null), { once: true });
  if (signal.aborted) resolve(null);
  return promise.finally(() => clearTimeout(timer));
}

interface Target {
  readonly address: string;
  readonly port: number;
  readonly waitSeconds: number;
  readonly options: ConnectionOptions;
  readonly signal: AbortSignal;
}

/** Opens a socket, with TLS on https, within the time. */
async function open(url: URL, { address, port, waitSeconds, options, signal }: Target): Promise<Connecting> {
  const secure = url.protocol === "https:";
  const plain = connectTcp({ host: address, port, noDelay: true });
  const socket = secure ? withTls(plain, url.hostname, options.ca) : plain;
  // Errors after the outcome is known (a reset while we hang up) concern nobody.
  for (const each of [plain, socket]) each.on("error", () => {});
  const { promise, resolve } = Promise.withResolvers<Connecting>();
  const timer = setTimeout(() => resolve(timeout(url, waitSeconds)), waitSeconds * 1000);
  const abort = () => resolve(timeout(url, waitSeconds));
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  let tcpOpen = false;
  plain.once("connect", () => {
    tcpOpen = true;
  });
  for (const each of [plain, socket]) {
    each.once("error", (error) => resolve(failed(...classify(error, tcpOpen), `${url.host}: ${codeOf(error)}`)));
    each.once("close", () => resolve(failed("connection-failed", `${url.host}: closed while connecting`)));
  }
  socket.once(secure ? "secureConnect" : "connect", () => resolve(checked(url, socket, address, options)));
  const outcome = await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", abort);
  if (!outcome.ok) socket.destroy();
  if (!outcome.ok && socket !== plain) plain.destroy();
  return outcome;
}

const withTls = (socket: Socket, hostname: string, ca: string | undefined): TLSSocket => {
  const literal = literalAddress(hostname);
  return connectTls({
    socket,
    ...(literal === null ? { servername: hostname } : { host: literal }),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: true, // said aloud, so that no environment variable turns it off
    ...(ca !== undefined && { ca }),
  });
};

const timeout = (url: URL, seconds: number): Connecting =>
  failed("timeout", `no connection to ${url.host} within ${Math.round(seconds * 10) / 10} s`);

/** The peer must be who we meant to call, and allowed, whatever lies between. */
function checked(url: URL, socket: Socket, address: string, { allowAddresses }: ConnectionOptions): Connecting {
  const peer = socket.remoteAddress ?? "";
  const port = socket.remotePort ?? 0;
  const problem = sameAddress(peer, address) ? addressProblem(peer, port, allowAddresses) : `connected to "${peer}"`;
  if (problem) return failed("address-forbidden", `${url.host}: ${problem}`);
  return { ok: true, connection: { socket, ip: peer, ...certificateOf(socket) } };
}

function certificateOf(socket: Socket): { certificate?: Digest } {
  if (!(socket instanceof TLSSocket)) return {};
  const { raw } = socket.getPeerCertificate();
  return raw ? { certificate: createHash("sha256").update(raw).digest("hex") } : {};
}

const NETWORK_CODES = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ECONNABORTED"]);

/** Before TCP stands it is the network; after it, whatever is not the network is TLS. */
const classify = (error: Error, tcpOpen: boolean): [FailureKind] => [
  tcpOpen && !NETWORK_CODES.has(codeOf(error)) ? "tls-failed" : "connection-failed",
];

/** The system's or the library's word for an error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error ? ("code" in error && typeof error.code === "string" ? error.code : error.message) : "unknown";
