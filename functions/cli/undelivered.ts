import type { AddressHealth } from "../../shared/domain/address-health.ts";
import { CHANNELS } from "../../shared/domain/channel.ts";
import { addressDigest, type Subscription, serverDigest, shownAddress } from "../../shared/domain/subscription.ts";
import type { NoticeLedger } from "../../shared/ports/notice-ledger.ts";
import { all } from "./find.ts";
import { COMMAND, counted } from "./print.ts";

/** What is not with its readers yet, and who cannot be reached. */
export interface Undelivered {
  /** Notices that wait: `due` ones for their sender, `retried` ones for their next attempt, the rest for their time. */
  readonly waiting: Readonly<Record<"due" | "retried" | "later", number>>;
  readonly dead: readonly { readonly id: string; readonly detail: string }[];
  /** Addresses and servers that fail, in the form in which others may see them, with the subscriptions that lead there. */
  readonly receivers: readonly (Omit<AddressHealth, "digest"> & { readonly subscriptions: readonly string[] })[];
  readonly suspended: readonly { readonly id: string; readonly address: string; readonly reason: string }[];
}

/** Beyond, it is "1000 or more" of a channel. */
const COUNTED = 1000;

export async function undelivered(ledger: NoticeLedger, now: string): Promise<Undelivered> {
  const waiting = { due: 0, retried: 0, later: 0 };
  for (const channel of CHANNELS) {
    const { rows } = await ledger.waitingNotices(channel, FOR_EVER, { limit: COUNTED });
    for (const { due, attempts, detail } of rows) {
      waiting[attempts > 0 || detail !== undefined ? "retried" : due <= now ? "due" : "later"] += 1;
    }
  }
  const dead = await all((page) => ledger.deadNotices(page));
  const failing = await all((page) => ledger.failingAddresses(page));
  const subscriptions = await all((page) => ledger.subscriptions(page));
  const wanted = subscriptions.filter(({ status }) => status !== "ended");
  const leading = new Map([...Map.groupBy(wanted, addressDigest), ...Map.groupBy(wanted, serverDigest)]);
  return {
    waiting,
    dead: dead.map(({ id, detail = "" }) => ({ id, detail })),
    receivers: failing
      .filter(({ digest }) => leading.has(digest))
      .map(({ digest, ...health }) => ({
        ...health,
        subscriptions: (leading.get(digest) ?? []).map(({ id }) => id),
      })),
    suspended: wanted.filter(({ status }) => status === "suspended").map(suspendedOf),
  };
}

/** After every instant at which a notice can be due. */
const FOR_EVER = "9999-12-31T23:59:59.999Z";

const suspendedOf = (subscription: Subscription) => ({
  id: subscription.id,
  address: shownAddress(subscription),
  reason: subscription.reason ?? "",
});

/** Of the dead ones, so many are named: of a receiver that is gone they are all alike. As many of a server's subscriptions. */
const NAMED = 5;

/** How many notices wait, and for what; nothing where none does. */
export function waitingLines({ waiting: { due, retried, later } }: Undelivered): readonly string[] {
  const sum = due + retried + later;
  if (sum === 0) return [];
  return [
    `${counted(sum, "notice waits", "notices wait")}: ${due} due now, ${retried} to be tried again, ${later} for their time`,
  ];
}

/** Who cannot be reached, and what was given up, with what to do; nothing where all is well. */
export function undeliveredLines({ dead, receivers, suspended }: Undelivered): readonly string[] {
  const suspendedIds = new Set(suspended.map(({ id }) => id));
  const failing = receivers.filter(({ subscriptions }) => !subscriptions.every((id) => suspendedIds.has(id)));
  return [
    ...list(
      "receivers that fail; they are tried again by themselves",
      failing.map(
        ({ shown, channel, subscriptions, failures, since, detail, notBefore }) =>
          `${channel} ${shown} (${shownIds(subscriptions)}): ${detail}; ${counted(failures, "failure", "failures")} since ${since}, not tried before ${notBefore}`,
      ),
    ),
    ...list(
      `suspended; \`${COMMAND} subscriptions resume ID\` once the address takes notices again, or \`… change ID --address ADDRESS\``,
      suspended.map(({ id, address, reason }) => `${id}  ${address}: ${reason}`),
    ),
    ...list(
      `notices given up; \`${COMMAND} subscriptions redrive\` sends them again`,
      dead.slice(0, NAMED).map(({ id, detail }) => `${id}: ${detail}`),
      dead.length,
    ),
  ];
}

const shownIds = (ids: readonly string[]): string =>
  [...ids.slice(0, NAMED), ...(ids.length > NAMED ? [`${ids.length - NAMED} more`] : [])].join(", ");

const list = (title: string, lines: readonly string[], count = lines.length): string[] =>
  count === 0
    ? []
    : [`\n${title} (${count}):`, ...lines.map((line) => `  ${line}`), ...(count > lines.length ? ["  …"] : [])];
