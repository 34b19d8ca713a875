import type { Instant } from "../../domain/time.ts";
import type { Ledger, RobotsRecord } from "../../ports/ledger.ts";
import type { LedgerFile } from "./sqlite-ledger-file.ts";
import { fromJson, text } from "./sqlite-ledger-rows.ts";

/** A host that was never asked has been free for ever. */
const ALWAYS_FREE: Instant = "1970-01-01T00:00:00.000Z";

const CLAIM = `INSERT INTO hosts (host, free_at) VALUES (?, ?)
  ON CONFLICT (host) DO UPDATE SET free_at = excluded.free_at WHERE free_at <= ?`;

const EXTEND = `INSERT INTO hosts (host, free_at) VALUES (?, ?)
  ON CONFLICT (host) DO UPDATE SET free_at = excluded.free_at WHERE free_at < excluded.free_at`;

const ROBOTS = `INSERT INTO hosts (host, free_at, robots) VALUES (?, '${ALWAYS_FREE}', ?)
  ON CONFLICT (host) DO UPDATE SET robots = excluded.robots`;

/** Whose turn it is with a host, and what its robots.txt said. */
export function hostsIn(file: LedgerFile): Pick<Ledger, "host" | "claimHost" | "extendHost" | "recordRobots"> {
  return {
    host: async (host) => {
      const row = file.get("SELECT free_at, robots FROM hosts WHERE host = ?", host);
      if (!row) return null;
      const robots = row.robots === null ? {} : { robots: fromJson<RobotsRecord>(row, "robots") };
      return { host, freeAt: text(row, "free_at"), ...robots };
    },
    claimHost: async (host, now, until) =>
      file.atomically(() => {
        if (file.run(CLAIM, host, until, now) > 0) return { claimed: true };
        const held = file.get("SELECT free_at FROM hosts WHERE host = ?", host);
        return { claimed: false, freeAt: held ? text(held, "free_at") : now };
      }),
    extendHost: async (host, until) => {
      file.run(EXTEND, host, until);
    },
    recordRobots: async (host, robots) => {
      file.run(ROBOTS, host, JSON.stringify(robots));
    },
  };
}
