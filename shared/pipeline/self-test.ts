import { SELF_TEST_PATH } from "../config.ts";
import { CADENCE_CLASSES } from "../domain/cadence.ts";
import { FAILURES } from "../domain/failure.ts";
import { happeningNoticeId } from "../domain/notice.ts";
import { type Subscription, shownAddress } from "../domain/subscription.ts";
import { type Instant, secondsBetween, toDigits } from "../domain/time.ts";
import { watchIdOf } from "../domain/url.ts";
import type { Watch } from "../domain/watch.ts";
import { readComparison } from "../ports/derived-store.ts";
import type { Standing } from "../ports/ledger.ts";
import type { Services } from "./services.ts";

/** Stations on an edit's way to its reader, in their order. */
export const SELF_TEST_STAGES = ["fetched", "kept", "read", "compared", "recorded", "noticed", "delivered"] as const;
export type SelfTestStage = (typeof SELF_TEST_STAGES)[number];

export interface StageEnd {
  readonly stage: SelfTestStage;
  readonly ok: boolean;
  /** Since the stage before. */
  readonly seconds: number;
  /** What was seen, or what failed: one line. */
  readonly detail: string;
}

type Store = Pick<Services, "ledger" | "evidence" | "derived" | "clock" | "newId"> & {
  readonly settings: Pick<Services["settings"], "confirmationSeconds">;
};

export interface SelfTestOptions {
  /** Active; hears of the edit. */
  readonly subscription: Subscription;
  /** Address of the reading room that serves the page, without a trailing slash. */
  readonly room: string;
  /** A stage that takes longer than this, and the confirmation that it may wait for, has failed. */
  readonly stageSeconds: number;
  /** Between two looks at the ledger. */
  readonly lookSeconds: number;
  onStage(end: StageEnd): void;
}

/**
 * Proves the way from an edit to a subscription's address. A page of the reading room is watched, which changes as soon as
 * it was read once; a running monitor does the rest, and this looks on in the ledger. Afterwards the page is watched no
 * more; its change is in no list and no feed, and what was not delivered by then is dropped.
 *
 * @returns every stage that was passed, and the one that failed
 */
export async function selfTest(options: SelfTestOptions, services: Store): Promise<readonly StageEnd[]> {
  const { room, subscription, onStage } = options;
  const { ledger, clock, newId } = services;
  const now = clock.now();
  const url = `${room}${SELF_TEST_PATH}${toDigits(now)}-${newId().slice(0, 8)}`;
  const watch: Watch = {
    id: watchIdOf(url),
    url,
    added: now,
    tags: [],
    cadenceSeconds: CADENCE_CLASSES.at(-1) ?? 0, // every check is asked for: one that is left over asks for next to none
    status: "active",
    selfTest: subscription.id,
  };
  await ledger.addWatch(watch);
  await ledger.requestCheck(watch.id, now, now);
  const ends: StageEnd[] = [];
  try {
    let since = now;
    for (const stage of SELF_TEST_STAGES) {
      const seen = await reached(stage, watch, since, options, services);
      const end = { stage, ...seen, seconds: secondsBetween(since, clock.now()) };
      ends.push(end);
      onStage(end);
      if (!end.ok) break;
      since = clock.now();
    }
    return ends;
  } finally {
    await ledger.changeWatch(watch.id, { status: "removed" });
  }
}

type Seen = Pick<StageEnd, "ok" | "detail">;
const passed = (detail: string): Seen => ({ ok: true, detail });
const failed = (detail: string): Seen => ({ ok: false, detail });

/** Looks until the stage is passed, or known to fail, or its time is up. */
async function reached(
  stage: SelfTestStage,
  watch: Watch,
  since: Instant,
  { subscription, stageSeconds, lookSeconds }: SelfTestOptions,
  services: Store,
): Promise<Seen> {
  const { ledger, clock, settings } = services;
  const longest = stageSeconds + (stage === "noticed" ? settings.confirmationSeconds : 0);
  for (;;) {
    const standing = await ledger.standing(watch.id);
    if (!standing) throw new Error(`the ledger lost the watch ${watch.id}`);
    const seen = await LOOK[stage](standing, subscription, services);
    if (seen) return seen;
    if (secondsBetween(since, clock.now()) > longest) return failed(`nothing of it for ${Math.round(longest)} s`);
    await clock.sleep(lookSeconds);
  }
}

/** What the ledger and the archives tell of a stage; null while it is under way. */
const LOOK: Readonly<
  Record<SelfTestStage, (standing: Standing, subscription: Subscription, services: Store) => Promise<Seen | null>>
> = {
  async fetched({ watch, state, newest }, _, { ledger }) {
    const [capture] = (await ledger.captures(watch.id, { limit: 1 })).rows;
    if (capture || newest) return passed(watch.url);
    return state.failure ? failed(failureText(state.failure)) : null;
  },
  async kept({ watch, state }, _, { ledger, evidence }) {
    const [capture] = (await ledger.captures(watch.id, { limit: 1 })).rows;
    const bytes = capture && (await evidence.read(capture.warc));
    if (bytes) return passed(`${capture.warc}, ${bytes.length} bytes`);
    return state.failure ? failed(failureText(state.failure)) : null;
  },
  async read({ watch, state, newest }, _, { ledger, clock }) {
    if (!newest) return state.failure ? failed(failureText(state.failure)) : null;
    await ledger.requestCheck(watch.id, clock.now(), clock.now()); // the page has another text from now on
    return passed(newest.headline ?? "no headline");
  },
  async compared({ state, newest }, _, { derived }) {
    if (!newest?.change) return state.failure ? failed(failureText(state.failure)) : null;
    const { segments } = await readComparison(derived, newest.change.comparison);
    const { labels, significance } = newest.change;
    return passed(`${segments.length} segments, ${[significance, ...labels].join(", ")}`);
  },
  async recorded({ newest }) {
    return newest?.change ? passed(`revision ${newest.number}; a second capture confirms it before it is told`) : null;
  },
  async noticed({ watch, newest }, { id }, { ledger }) {
    const notice = newest && (await ledger.notice(noticeIdOf(watch, newest, id)));
    return notice ? passed(notice.id) : null;
  },
  async delivered({ watch, newest }, subscription, { ledger }) {
    const notice = newest && (await ledger.notice(noticeIdOf(watch, newest, subscription.id)));
    if (!notice) return null;
    const { state, attempts, detail } = notice;
    if (state === "delivered") return passed(`by ${subscription.channel} to ${shownAddress(subscription)}`);
    return state !== "waiting" || (attempts > 0 && detail !== undefined) ? failed(detail ?? state) : null;
  },
};

const noticeIdOf = ({ url }: Watch, revision: NonNullable<Standing["newest"]>, subscription: string): string =>
  happeningNoticeId({ kind: "revision", at: revision.firstSeen, url, revision }, subscription);

function failureText({ kind, detail }: NonNullable<Standing["state"]["failure"]>): string {
  const { meaning, advice } = FAILURES[kind];
  return `${meaning} (${detail}); ${advice}`;
}
