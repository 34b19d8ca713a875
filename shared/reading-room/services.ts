import type { Context } from "hono";
import type { Archive } from "../ports/archive.ts";
import type { CardDrawer } from "../ports/card-drawer.ts";
import type { Clock } from "../ports/clock.ts";
import type { EnrolmentDesk } from "../ports/enrolment-desk.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { SearchIndex } from "../ports/search-index.ts";
import type { SubscriberDesk } from "../ports/subscriber-desk.ts";

/** Who may read. `key` is the secret that signs reader's links and sessions: at least 32 random characters. */
export type Access = { readonly kind: "public" } | { readonly kind: "private"; readonly key: string };

/** Whether people may subscribe by mail here. */
export type Subscribing =
  | {
      readonly kind: "open";
      /** Whether those may subscribe who did not before; who did can change and end it in any case. */
      readonly newcomers: boolean;
      readonly desk: SubscriberDesk;
      /** Who asks, as far as the network tells: what limits for one client go by. */
      readonly clientOf: (c: Context) => string;
    }
  /** The same address hands these pages to another function. */
  | { readonly kind: "elsewhere"; readonly newcomers: boolean }
  /** Nothing could be sent, or the way here lets nobody send a form. */
  | { readonly kind: "closed"; readonly why: "no-mail" | "read-only" };

/** Whether pages show the way to subscribe. */
export const takesNewcomers = (subscribing: Subscribing): boolean =>
  subscribing.kind !== "closed" && subscribing.newcomers;

/** What the reading room reads from. It writes nowhere but at the desks of subscribers and of enrolment. */
export interface ReadingRoomServices {
  readonly ledger: Ledger;
  readonly evidence: Archive;
  readonly derived: Archive;
  readonly clock: Clock;
  readonly access: Access;
  /** The secret that signs the operator's link, which shows what is held or under embargo; without it nobody sees that here. */
  readonly operatorKey?: string;
  readonly subscribing: Subscribing;
  /** Where editors add watches, with a link that the operator's secret signs; without it the way here takes no form. */
  readonly enrolling?: EnrolmentDesk;
  /** Where readers find it (scheme and host, no trailing slash); null while unknown: links are then relative. */
  readonly address: string | null;
  /** Draws the pictures that stand for changes in chats and timelines; without it there are none. */
  readonly cards?: CardDrawer;
  /** Finds words in all versions; without it there is no search. */
  readonly search?: SearchIndex;
  /** Told of whatever a page broke on, for the log: readers see a page that says whose fault it is, not what it was. */
  readonly report?: (error: Error, path: string) => void;
}
