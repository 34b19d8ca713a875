import type { Instant } from "../../domain/time.ts";
import type { Ledger, RobotsRecord } from "../../ports/ledger.ts";
import { fromJson, text } from "./dynamo-ledger-items.ts";
import { hostKey } from "./dynamo-ledger-keys.ts";
import type { LedgerTable } from "./dynamo-ledger-table.ts";

/** A host that was never asked has been free for ever. */
const ALWAYS_FREE: Instant = "1970-01-01T00:00:00.000Z";

/** Whose turn it is with a host, and what its robots.txt said. */
export function hostsIn(table: LedgerTable): Pick<Ledger, "host" | "claimHost" | "extendHost" | "recordRobots"> {
  return {
    host: async (host) => {
      const item = await table.get(hostKey(host));
      if (!item) return null;
      const robots = item.robots === undefined ? {} : { robots: fromJson<RobotsRecord>(item, "robots") };
      return { host, freeAt: text(item, "freeAt"), ...robots };
    },
    claimHost: async (host, now, until) => {
      const claim = await table.update(
        hostKey(host),
        "SET #freeAt = :until",
        { ":until": until },
        { condition: "attribute_not_exists(#freeAt) OR #freeAt <= :now", values: { ":now": now } },
      );
      if (claim.written) return { claimed: true };
      const held = claim.standing ?? (await table.get(hostKey(host)));
      return { claimed: false, freeAt: held ? text(held, "freeAt") : now };
    },
    extendHost: async (host, until) => {
      await table.update(
        hostKey(host),
        "SET #freeAt = :until",
        { ":until": until },
        { condition: "attribute_not_exists(#freeAt) OR #freeAt < :until" },
      );
    },
    recordRobots: async (host, robots) => {
      await table.update(hostKey(host), "SET #robots = :robots, #freeAt = if_not_exists(#freeAt, :always)", {
        ":robots": JSON.stringify(robots),
        ":always": ALWAYS_FREE,
      });
    },
  };
}
