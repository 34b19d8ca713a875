import { Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { setTimeout as elapse } from "node:timers/promises";
import ipaddr from "ipaddr.js";
import type { Resolve } from "./addresses.ts";

export interface ResolverOptions {
  /** Address or address:port of each name server; the system's own unless told. */
  readonly servers?: readonly string[];
  /** Where there is none, no name is taken from it. */
  readonly hostsFile?: string;
}

/** Time for one question to one server. With twice as long for the second try it stays within a fetch's `dnsSeconds`. */
const TRY_MILLISECONDS = 1500;
const TRIES = 2;
/** How long the IPv6 addresses may follow the IPv4 ones: some servers never answer that question. */
const IPV6_GRACE_MILLISECONDS = 500;

/**
 * Resolves names without a thread: `dns.lookup` has four in the whole process, shared with all file access, and four name
 * servers that do not answer hold them for as long as the system likes to wait. Each question ends with its signal.
 *
 * `localhost` is this machine (RFC 6761), then the hosts file speaks, then the name servers. Search domains and multicast
 * DNS are not used: a watched host has a full name.
 */
export const systemResolver =
  ({ servers, hostsFile = "/etc/hosts" }: ResolverOptions = {}): Resolve =>
  async (hostname, signal) => {
    const name = hostname.toLowerCase().replace(/\.$/, "");
    if (name === "localhost" || name.endsWith(".localhost")) return ["127.0.0.1", "::1"];
    const known = addressesIn(await readFile(hostsFile, "utf8").catch(() => ""), name);
    return known.length > 0 ? known : askServers(name, servers, signal);
  };

/** The addresses that a hosts file has for a name: `address name name … # comment` on each line. */
function addressesIn(hosts: string, name: string): string[] {
  return hosts.split("\n").flatMap((line) => {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().toLowerCase().split(/\s+/);
    return ipaddr.isValid(address) && names.includes(name) ? [address] : [];
  });
}

async function askServers(name: string, servers: readonly string[] | undefined, signal: AbortSignal) {
  const resolver = new Resolver({ timeout: TRY_MILLISECONDS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const v4 = resolver.resolve4(name);
    const v6 = resolver.resolve6(name);
    const grace = () => elapse(IPV6_GRACE_MILLISECONDS, [], { ref: false });
    const v6InTime = v4.then(
      () => Promise.race([v6, grace()]),
      () => v6,
    );
    if (signal.aborted) cancel();
    const [four, six] = await Promise.allSettled([v4, v6InTime]);
    const found = [four, six].flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (found.length === 0 && four.status === "rejected") throw four.reason;
    return found;
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}
