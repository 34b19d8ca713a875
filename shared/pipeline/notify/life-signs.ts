import { CHANNELS } from "../../domain/channel.ts";
import { FAILURES } from "../../domain/failure.ts";
import { type Cost, isUnseen, type LifeSigns, type Listed } from "../../domain/life-signs.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { costOf, PRICES } from "../../domain/usage.ts";
import type { Page, PageRequest, Standing } from "../../ports/ledger.ts";
import type { Meter } from "../../ports/meter.ts";
import type { Services } from "../services.ts";

/** Of each kind, so many are named. */
const NAMED = 5;

const PAGE = 100;

const DAY_SECONDS = 86_400;

type Store = Pick<Services, "ledger" | "clock" | "meter">;

/** How the monitor fared since an instant. Reads every watch's standing once: for a report a week, not for every minute. */
export async function lifeSigns(from: Instant, { ledger, clock, meter }: Store): Promise<LifeSigns> {
  const to = clock.now();
  const tally = { active: 0, checked: 0, changes: 0, events: 0, unmarked: 0 };
  const [failing, neverRead, unseen] = [listing(), listing(), listing()];
  for await (const watches of pagesOf((page) => ledger.watches(page))) {
    const standings = await Promise.all(watches.map(({ id }) => ledger.standing(id)));
    for (const standing of standings) {
      if (standing?.watch.status !== "active") continue;
      const { watch, state, newest } = standing;
      tally.active += 1;
      if (state.checked !== null && state.checked > from) tally.checked += 1;
      if (newest === null) neverRead.add(watch, failureOf(standing));
      else if (state.failures > 0) failing.add(watch, failureOf(standing));
      else if (isUnseen(standing, to)) unseen.add(watch);
    }
  }
  recent: for await (const happenings of pagesOf((page) => ledger.recent(page))) {
    for (const happening of happenings) {
      if (happening.at <= from) break recent;
      const change = happening.kind === "revision" ? happening.revision.change : undefined;
      tally[change ? "changes" : "events"] += 1;
      if (change?.significance === "substantive" && change.disclosure === "none") tally.unmarked += 1;
    }
  }
  return {
    from,
    to,
    ...tally,
    failing: failing.listed(),
    neverRead: neverRead.listed(),
    unseen: unseen.listed(),
    ...(await undelivered({ ledger, clock })),
    suspended: await suspended(ledger),
    ...(meter && { cost: await costBetween(from, to, meter) }),
  };
}

/** What the metered usage of some days, and of the month of the last of them, comes to. */
export async function costBetween(from: Instant, to: Instant, meter: Pick<Meter, "usedBetween">): Promise<Cost> {
  const monthBegan: Instant = `${to.slice(0, 7)}-01T00:00:00.000Z`;
  const [period, month] = await Promise.all([
    meter.usedBetween(addSeconds(from, DAY_SECONDS), to), // days are whole: a week from Monday is Tuesday to Monday
    meter.usedBetween(monthBegan, to),
  ]);
  return { period: costOf(period), month: costOf(month), read: PRICES.read, region: PRICES.region };
}

/** Counts end here: beyond, it is "many". */
const COUNTED = 1000;

/** Notices that wait for an address or a time that has come, and those that were given up. */
export async function undelivered({
  ledger,
  clock,
}: Store): Promise<{ readonly waiting: number; readonly dead: number }> {
  const now = clock.now();
  let waiting = 0;
  for (const channel of CHANNELS)
    waiting += (await ledger.waitingNotices(channel, now, { limit: COUNTED })).rows.length;
  return { waiting, dead: (await ledger.deadNotices({ limit: COUNTED })).rows.length };
}

async function suspended(ledger: Services["ledger"]): Promise<LifeSigns["suspended"]> {
  const found: { id: string; reason: string }[] = [];
  for await (const subscriptions of pagesOf((page) => ledger.subscriptions(page))) {
    for (const { id, status, reason = "" } of subscriptions) if (status === "suspended") found.push({ id, reason });
  }
  return found;
}

const failureOf = ({ state }: Standing): string | undefined => state.failure && FAILURES[state.failure.kind].meaning;

function listing() {
  let count = 0;
  const first: { id: string; url: string; detail?: string }[] = [];
  return {
    add({ id, url }: Standing["watch"], detail?: string) {
      count += 1;
      if (first.length < NAMED) first.push({ id, url, ...(detail !== undefined && { detail }) });
    },
    listed: (): Listed => ({ count, first }),
  };
}

/** A list page by page. */
export async function* pagesOf<Row>(list: (page: PageRequest) => Promise<Page<Row>>): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE, ...(after !== undefined && { after }) });
    yield page.rows;
    after = page.next;
  } while (after !== undefined);
}
