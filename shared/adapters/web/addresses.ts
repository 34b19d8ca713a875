import ipaddr from "ipaddr.js";

/** What an operator may open beside the public internet. */
export type AllowedAddresses = ReadonlySet<"loopback" | "private">;

/** All addresses of a host name. Rejects when there are none; after the signal nobody waits for the answer. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

type AddressKind = "public" | "loopback" | "private" | "forbidden";

/** ipaddr.js names what within it is not for us (6to4, Teredo, documentation): the tests hold it to that. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR("2000::/3");
/** Instance metadata on AWS over IPv6; in the private range, and never to be opened with it. */
const METADATA_V6 = "fd00:ec2::254";

/**
 * What an address is to us. IPv6 must lie in 2000::/3 to be public: ipaddr.js calls `::127.0.0.1` unicast, as both
 * well-known SSRF agents do that build on it.
 */
export function addressKind(address: string): AddressKind {
  if (!ipaddr.isValid(address)) return "forbidden";
  const parsed = ipaddr.process(address); // unwraps ::ffff:a.b.c.d
  const range = parsed.range();
  if (range === "loopback") return "loopback";
  if (parsed instanceof ipaddr.IPv4) {
    if (range === "private") return "private";
    return range === "unicast" ? "public" : "forbidden";
  }
  if (range === "uniqueLocal") return parsed.toString() === METADATA_V6 ? "forbidden" : "private";
  return range === "unicast" && parsed.match(GLOBAL_UNICAST_V6) ? "public" : "forbidden";
}

const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);

/**
 * Why an address may not be asked; null when it may. Public hosts are asked on the web's own ports only, so that nobody
 * turns us into a port scanner; the operator's own machines, once opened, on any.
 */
export function addressProblem(address: string, port: number, allowed: AllowedAddresses): string | null {
  const kind = addressKind(address);
  if (kind === "public") return WEB_PORTS.has(port) ? null : `port ${port} of a public host; only 80 and 443 are asked`;
  if (kind !== "forbidden" && allowed.has(kind)) return null;
  return `${address} is ${kind === "forbidden" ? "not a public address" : `a ${kind} address`}`;
}

/** The public internet, whatever the operator opened. */
export const PUBLIC_ALONE: AllowedAddresses = new Set();

/**
 * What a chain of redirects may still reach. Once it has been to a public address, anybody may have chosen where it goes
 * next, and what the operator opened for his own pages is closed to it.
 *
 * @param visited - addresses of the chain's hops so far
 */
export const allowedAfter = (visited: readonly (string | null)[], allowed: AllowedAddresses): AllowedAddresses =>
  visited.some((ip) => ip !== null && addressKind(ip) === "public") ? PUBLIC_ALONE : allowed;

/** The host of a URL as an address literal without brackets; null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(bare) ? bare : null;
}

/** Two spellings of one address. */
export const sameAddress = (a: string, b: string): boolean =>
  ipaddr.isValid(a) && ipaddr.isValid(b) && ipaddr.process(a).toString() === ipaddr.process(b).toString();
