import { type Happening, happeningKey, watchIdOfHappening } from "../../domain/happening.ts";
import type { NoticeRecord } from "../../domain/notice.ts";
import type { Restrictions } from "../../domain/restriction.ts";
import type { Revision } from "../../domain/revision.ts";
import { selectorsOf } from "../../domain/subscription.ts";
import { isRotation, mayTell } from "../../domain/telling.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { restrictionOf, restrictionsNow } from "../../ports/restriction-ledger.ts";
import type { Services } from "../services.ts";
import { place, placeAlone, type Telling } from "./place.ts";
import { queueNotices } from "./queue-notices.ts";
import { savedFilters } from "./saved-filters.ts";
import { tellingOf } from "./telling-of.ts";

const HAPPENINGS = 100;

/** Subscriptions held at a time: ten thousand of them go by in the memory of one page. */
const SUBSCRIPTIONS = 200;

/**
 * Makes notices of what the outbox holds and may be told now, for every subscription that it concerns. A happening
 * leaves the outbox when all of them are in the ledger; one whose telling was cut short is told again from the start,
 * and finds the notices that are there already.
 *
 * @returns how many happenings were told
 * @throws the first error, after the other happenings had their turn
 */
export async function fanOut(services: Services): Promise<number> {
  const { ledger } = services;
  const filters = savedFilters(services);
  let restrictions: Restrictions | undefined; // read when there is something to tell: most rounds find nothing
  const broken: unknown[] = [];
  let told = 0;
  let after: string | undefined;
  do {
    const page = await ledger.outbox({ limit: HAPPENINGS, ...(after !== undefined && { after }) });
    for (const happening of page.rows) {
      // What one happening breaks on must not keep the others from their readers.
      try {
        restrictions ??= await restrictionsNow(services);
        if (await tell(happening, filters, restrictions, services)) told += 1;
      } catch (error) {
        broken.push(error);
      }
    }
    after = page.next;
  } while (after !== undefined);
  if (broken.length > 0) throw broken[0];
  return told;
}

/** @returns false when it has to wait */
async function tell(
  happening: Happening,
  filters: Telling["filters"],
  restrictions: Restrictions,
  services: Services,
): Promise<boolean> {
  const { ledger, clock, settings } = services;
  const standing = await ledger.standing(watchIdOfHappening(happening));
  if (!standing) throw new Error(`the outbox holds ${happeningKey(happening)} of no watch`);
  const { watch, state, newest } = standing;
  if (happening.kind === "revision" && (await turnedOutNone(happening.revision, newest, ledger))) {
    await ledger.markTold(happening);
    return false;
  }
  const hidden = await restrictionOf(happening, restrictions, ledger);
  if (hidden) {
    if (hidden.kind === "takedown") await ledger.markTold(happening); // what is held or under embargo is told later
    return false;
  }
  if (!mayTell(happening, state, newest?.number ?? 0, clock.now(), settings.confirmationSeconds)) return false;
  const at = await ledger.beginTelling(happening, clock.now());
  if (watch.selfTest !== undefined) {
    const proof = await placeAlone(happening, watch.selfTest, services);
    if (proof) await queueNotices([proof], services);
    await ledger.markTold(happening);
    return true;
  }
  const telling = tellingOf(happening, at, filters, services);
  for (const selector of selectorsOf(watch)) {
    let after: string | undefined;
    do {
      const page = await ledger.subscriptionsOf(selector, {
        limit: SUBSCRIPTIONS,
        ...(after !== undefined && { after }),
      });
      const placed = await inTurns(page.rows, (subscription) => place(subscription, telling, services));
      await queueNotices(
        placed.filter((notice) => notice !== null),
        services,
      );
      after = page.next;
    } while (after !== undefined);
  }
  await ledger.markTold(happening);
  return true;
}

async function turnedOutNone(revision: Revision, newest: Revision | null, ledger: Ledger): Promise<boolean> {
  const { watchId, number } = revision;
  if (!newest || newest.number <= number) return false;
  return isRotation(revision, newest.number === number + 1 ? newest : await ledger.revision(watchId, number + 1));
}

/** Subscriptions served side by side: a ledger may be a network away. */
const SIDE_BY_SIDE = 25;

async function inTurns<Row>(
  rows: readonly Row[],
  work: (row: Row) => Promise<NoticeRecord | null>,
): Promise<(NoticeRecord | null)[]> {
  const done: (NoticeRecord | null)[] = [];
  for (let at = 0; at < rows.length; at += SIDE_BY_SIDE) {
    done.push(...(await Promise.all(rows.slice(at, at + SIDE_BY_SIDE).map(work))));
  }
  return done;
}
