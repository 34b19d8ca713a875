import type { Archive } from "../ports/archive.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ledger } from "../ports/ledger.ts";

/** Who may read. `key` is the secret that signs reader's links and sessions: at least 32 random characters. */
export type Access = { readonly kind: "public" } | { readonly kind: "private"; readonly key: string };

/** What the reading room reads from. It writes nowhere. */
export interface ReadingRoomServices {
  readonly ledger: Ledger;
  readonly evidence: Archive;
  readonly derived: Archive;
  readonly clock: Clock;
  readonly access: Access;
  /** Where readers find it (scheme and host, no trailing slash); null while unknown: links are then relative. */
  readonly address: string | null;
  /** Told of whatever a page broke on, for the log: readers see a page that says whose fault it is, not what it was. */
  readonly report?: (error: Error, path: string) => void;
}
