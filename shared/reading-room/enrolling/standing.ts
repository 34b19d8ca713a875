import type { Article } from "../../domain/article.ts";
import type { Enrolment, EnrolmentEntry } from "../../domain/enrolment.ts";
import type { FailureKind } from "../../domain/failure.ts";
import type { WatchState } from "../../domain/watch.ts";
import { readArticle } from "../../ports/derived-store.ts";
import type { Overview } from "../../ports/ledger.ts";
import { isWithheld, unlessRestricted } from "../gate.ts";
import type { Room } from "../room.ts";

/** How a page that was given stands, in the order in which the answer counts them. */
export const ENTRY_STANDINGS = [
  "readable",
  "stub",
  "waiting",
  "blocked",
  "not-article",
  "forbidden",
  "failing",
  "refused",
  "already",
  "twice",
  "taken-back",
  "hidden",
] as const;
export type EntryStanding = (typeof ENTRY_STANDINGS)[number];

/** What an editor will most likely take back: chosen beforehand in a list of such alone. */
export const NO_GOOD: ReadonlySet<EntryStanding> = new Set(["stub", "blocked", "not-article", "forbidden"]);

/** What keeps a page from being read, as an editor sees it. */
const FAILED: Readonly<Record<FailureKind, EntryStanding>> = {
  "host-not-found": "failing",
  "connection-failed": "failing",
  "tls-failed": "failing",
  timeout: "failing",
  "malformed-response": "failing",
  "too-many-redirects": "failing",
  "address-forbidden": "forbidden",
  "robots-disallowed": "blocked",
  "robots-unreachable": "blocked",
  status: "failing",
  gone: "not-article",
  redirected: "not-article",
  "rate-limited": "blocked",
  challenge: "blocked",
  "consent-wall": "blocked",
  "login-wall": "blocked",
  "soft-404": "not-article",
  "error-page": "not-article",
  empty: "not-article",
  truncated: "failing",
  "not-html": "not-article",
  undecodable: "failing",
  collapse: "not-article",
};

/** A line of the list, and what has become of it since. */
export interface Enrolled {
  readonly entry: EnrolmentEntry;
  readonly standing: EntryStanding;
  /** Of a watch whose words are not kept from whoever looks. */
  readonly overview?: Overview;
  /** What its first captures brought; only of watches that this list added. */
  readonly article?: Article;
  readonly failure?: WatchState["failure"];
}

/** Looks so many up side by side. */
const AT_ONCE = 20;

/** How every page of a list stands now. */
export async function enrolledOf(room: Room, { entries }: Enrolment): Promise<readonly Enrolled[]> {
  const enrolled: Enrolled[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE).map((entry) => standingOf(room, entry));
    enrolled.push(...(await Promise.all(some)));
  }
  return enrolled;
}

async function standingOf({ ledger, derived }: Room, entry: EnrolmentEntry): Promise<Enrolled> {
  if (entry.kind === "refused") return { entry, standing: "refused" };
  const overview = await unlessRestricted(ledger.overview(entry.watchId));
  if (!overview) return { entry, standing: "hidden" };
  const { watch, state, newest } = overview;
  if (entry.kind === "twice") return { entry, standing: "twice", overview };
  if (entry.kind === "already") return { entry, standing: "already", overview };
  if (watch.status === "removed") return { entry, standing: "taken-back", overview };
  if (newest && isWithheld(newest.article)) return { entry, standing: "hidden", overview };
  if (newest) {
    const article = await readArticle(derived, newest.article);
    return { entry, standing: isStub(article) ? "stub" : "readable", overview, article };
  }
  const { failure } = state;
  return failure
    ? { entry, standing: FAILED[failure.kind], overview, failure }
    : { entry, standing: "waiting", overview };
}

const isStub = ({ flags }: Article): boolean => flags.some((flag) => flag.startsWith("paywall:"));
