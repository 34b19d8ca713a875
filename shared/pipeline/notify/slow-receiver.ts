import type { NoticeEnd, NoticeRecord } from "../../domain/notice.ts";
import { spread } from "../../domain/retry.ts";
import { receiverOf, type Subscription, serverDigest } from "../../domain/subscription.ts";
import { addSeconds, type Instant, secondsBetween, toInstant } from "../../domain/time.ts";
import type { Services } from "../services.ts";

type Store = Pick<Services, "ledger" | "clock">;

/** A delivery that takes so long counts against the server, whatever its answer. */
const SLOW_SECONDS = 5;
/** One may be a single address's own trouble, and has its own wait; so many in a row are the server's. */
const SLOW_IN_A_ROW = 3;

/** A slow server is sent so many in each stretch: all of a few thousand within the days that a notice is tried. */
const TRICKLE = { most: 2, seconds: 15 } as const;
/** The rest wait longer the longer it is slow: each attempt to send costs the ledger a write. */
const LONGEST_WAIT_SECONDS = 1800;

/** The health of a subscription's server as a whole; null where its channel has no server for each receiver. */
export async function serverHealth(subscription: Subscription, { ledger }: Store) {
  const server = serverDigest(subscription);
  return server === null ? null : ledger.addressHealth(server);
}

/** A slow server takes a trickle, so that whoever waits for it never has all the senders. @returns null when it may be sent now */
export async function slowServer(
  { id }: NoticeRecord,
  health: Awaited<ReturnType<typeof serverHealth>>,
  { ledger, clock }: Store,
): Promise<NoticeEnd | null> {
  if (!health || health.failures < SLOW_IN_A_ROW) return null;
  const now = clock.now();
  const stretch = TRICKLE.seconds * 1000;
  const from = toInstant(Math.floor(Date.parse(now) / stretch) * stretch);
  if (await ledger.takeTurn({ key: `server:${health.digest}`, from, most: TRICKLE.most })) return null;
  const wait = Math.max(2 * TRICKLE.seconds, Math.min(LONGEST_WAIT_SECONDS, secondsBetween(health.since, now) / 2));
  const due = spread(addSeconds(now, TRICKLE.seconds), wait, `${id} ${now}`);
  return { state: "waiting", due, detail: `its server is slow: ${health.detail}`, unsent: true, by: "us" };
}

/** Notes how long a server took over a delivery that began then. */
export async function noteServerPace(
  subscription: Subscription,
  begun: Instant,
  health: Awaited<ReturnType<typeof serverHealth>>,
  { ledger, clock }: Store,
): Promise<void> {
  const digest = serverDigest(subscription);
  if (digest === null) return;
  const now = clock.now();
  const seconds = secondsBetween(begun, now);
  if (seconds < SLOW_SECONDS) {
    if (health) await ledger.recordAddressWell(digest);
    return;
  }
  const detail = `a delivery took ${Math.round(seconds)} s`;
  const { channel } = subscription;
  const shown = receiverOf(subscription) ?? "";
  await ledger.recordAddressFailure({ digest, channel, shown, at: now, notBefore: now, detail });
}
