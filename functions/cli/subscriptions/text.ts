import type { NoticeFilter } from "../../../shared/domain/notice-filter.ts";
import type { Rhythm } from "../../../shared/domain/rhythm.ts";
import { type Subscription, shownAddress } from "../../../shared/domain/subscription.ts";
import { WEEKDAYS } from "./options.ts";

/** A filter as the options that make it. */
export function filterText(filter: Subscription["filter"]): string {
  if ("saved" in filter) return `--saved ${filter.saved}`;
  return (
    [...changesText(filter.changes), ...(filter.availability ? [] : ["--no-availability"])].join(" ") || "everything"
  );
}

function changesText(changes: NoticeFilter["changes"]): string[] {
  if (changes === null) return ["--no-changes"];
  const { significance, labels, unmarked, disclosures, enters, leaves, removed, languages } = changes;
  return [
    ...(significance ? [`--significance ${significance}`] : []),
    ...(labels ? [`--only ${labels.join(" ")}`] : []),
    ...(unmarked ? ["--unmarked"] : []),
    ...(disclosures ? [`--disclosed ${disclosures.join(" ")}`] : []),
    ...(enters ? [`--enters ${enters.map(quoted).join(" ")}`] : []),
    ...(leaves ? [`--leaves ${leaves.map(quoted).join(" ")}`] : []),
    ...(removed ? ["--removed"] : []),
    ...(languages ? [`--in ${languages.join(" ")}`] : []),
  ];
}

/** For a shell. */
const quoted = (text: string): string => (/^[\p{L}\p{N}-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** A rhythm in a few words. */
export function rhythmText({ kind, at, weekday, timeZone, quiet, rest }: Rhythm): string {
  const when = {
    "at-once": rest === "daily" ? `at once, the rest daily at ${at}` : "at once",
    hourly: "hourly",
    daily: `daily at ${at}`,
    weekly: `weekly, ${WEEKDAYS[weekday - 1]} at ${at}`,
  }[kind];
  return `${when}${quiet ? `, quiet ${quiet.from}-${quiet.to}` : ""} (${timeZone})`;
}

/** A subscription as lists show it: nobody reads an address, a secret or a template's token off a screen that was meant for a list. */
export const listed = ({
  secret: _,
  template: __,
  givenAddress: ___,
  ...subscription
}: Subscription): Omit<Subscription, "secret" | "template" | "givenAddress"> => ({
  ...subscription,
  address: shownAddress(subscription),
});

export const rowOf = (subscription: Subscription): string[] => [
  subscription.id,
  subscription.status,
  subscription.channel,
  shownAddress(subscription),
  subscription.selector,
  rhythmText(subscription.rhythm),
  filterText(subscription.filter),
];

/** All of one, line by line. */
export function wholeText(subscription: Subscription): string {
  const { id, status, reason, channel, address, selector, filter, rhythm, perHour, language, created } = subscription;
  const { confirmed, secret } = subscription;
  const rows = [
    ["id", id],
    ["status", reason === undefined ? status : `${status}: ${reason}`],
    ["channel", channel],
    ["address", address],
    ["about", selector],
    ["filter", filterText(filter)],
    ["when", rhythmText(rhythm)],
    ["per hour", String(perHour)],
    ["language", language],
    ["added", created],
    ["confirmed", confirmed ?? (status === "pending" ? "not yet" : "by the operator")],
    ...(secret === undefined ? [] : [["secret", secret]]),
  ];
  return rows.map(([name = "", value = ""]) => `${name.padEnd(13)} ${value}`).join("\n");
}
