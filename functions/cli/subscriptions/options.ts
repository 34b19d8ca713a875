import type { Command } from "commander";
import { CHANNELS } from "../../../shared/domain/channel.ts";
import { DEFAULT_FILTER } from "../../../shared/domain/notice-filter.ts";
import { RHYTHMS } from "../../../shared/domain/rhythm.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import { CommandFailed, EXIT } from "../failure.ts";

/** The conditions of a filter, as they are typed. */
export interface Conditions {
  readonly only?: readonly string[];
  readonly significance?: string;
  readonly unmarked?: true;
  readonly disclosed?: readonly string[];
  readonly enters?: readonly string[];
  readonly leaves?: readonly string[];
  readonly removed?: true;
  readonly in?: readonly string[];
  readonly availability: boolean;
  readonly changes: boolean;
  readonly saved?: string;
}

/** When a subscription hears, as it is typed. */
export interface Timing {
  readonly when?: string;
  readonly at?: string;
  readonly on?: string;
  readonly quiet?: string;
  readonly zone?: string;
  readonly rest?: string;
}

/** What else its owner decides. */
export interface Particulars {
  readonly perHour?: string;
  readonly secret?: string;
  readonly template?: string;
  readonly language?: string;
}

export const CHANNEL_NAMES = CHANNELS.join(", ");

export const withConditions = (command: Command): Command =>
  command
    .option("--only <label...>", "changes with one of these labels (docs/labels.md), as in number, headline, byline")
    .option(
      "--significance <which>",
      "substantive or cosmetic (default: substantive unless other conditions are given)",
    )
    .option("--unmarked", "substantive changes that the publisher told nobody of")
    .option("--disclosed <how...>", "changes told in one of these ways, as in correction, retraction, date-only, none")
    .option("--enters <words...>", "changes by which one of these words or phrases came in")
    .option("--leaves <words...>", "changes by which one of these words or phrases went out")
    .option("--removed", "changes that took a sentence out")
    .option("--in <language...>", "articles in one of these languages, as in en or pt-BR")
    .option("--no-availability", "leave out that a page went away or came back")
    .option("--no-changes", "leave out changes: only whether a page is there")
    .option("--saved <name>", "a filter that was saved under a name, in place of conditions");

export const withTiming = (command: Command): Command =>
  command
    .option("--when <rhythm>", `${RHYTHMS.join(", ")} (default: at-once)`)
    .option("--at <time>", "when daily and weekly digests are due (default: 08:00)")
    .option("--on <day>", "day of weekly digests (default: monday)")
    .option("--quiet <from-to>", "hours without notices, as in 22:00-07:00, or none")
    .option("--zone <name>", "time zone of these times, as in Europe/Berlin (default: UTC)")
    .option("--rest <what>", "what becomes of what the filter leaves: daily, a digest, or nothing (default: daily)");

export const withParticulars = (command: Command): Command =>
  command
    .option(
      "--per-hour <count>",
      "notices at once in one hour; what is beyond is told together (default: 60; of an account 6)",
    )
    .option("--secret <text>", "signs what a webhook gets; the access token of Mastodon, the app password of Bluesky")
    .option("--template <json>", "form of what a webhook gets, for other chats (docs/notifications.md)")
    .option("--language <tag>", "language of our words (default: en)");

/** The filter that was typed, unchecked; null when nothing of one was. Conditions stand alone: what is not typed is no condition. */
export function filterOf(typed: Conditions): unknown {
  const { only, significance, unmarked, disclosed, enters, leaves, removed, availability, changes, saved } = typed;
  const conditions = {
    ...(significance !== undefined && { significance }),
    ...(only && { labels: only }),
    ...(unmarked && { unmarked }),
    ...(disclosed && { disclosures: disclosed }),
    ...(enters && { enters }),
    ...(leaves && { leaves }),
    ...(removed && { removed }),
    ...(typed.in && { languages: typed.in }),
  };
  const has = Object.keys(conditions).length > 0;
  const isGiven = has || !availability || !changes;
  if (saved !== undefined && isGiven) throw new CommandFailed("give --saved alone, or conditions", EXIT.usage);
  if (saved !== undefined) return { saved };
  if (!isGiven) return null;
  if (has && !changes) throw new CommandFailed("--no-changes leaves nothing for the other conditions", EXIT.usage);
  return { availability, changes: !changes ? null : has ? conditions : DEFAULT_FILTER.changes };
}

/** Monday first: a weekday's number is its place. */
export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** The rhythm that was typed over the one there was, unchecked; null when nothing of one was typed. */
export function rhythmOf(
  { when, at, on, quiet, zone, rest }: Timing,
  known: object = SUBSCRIPTION_DEFAULTS.rhythm,
): unknown {
  if ([when, at, on, quiet, zone, rest].every((given) => given === undefined)) return null;
  const { quiet: before, ...others } = known as { readonly quiet?: unknown };
  const hours = quiet === undefined ? before : quietOf(quiet);
  return {
    ...others,
    ...(when !== undefined && { kind: when }),
    ...(at !== undefined && { at }),
    ...(on !== undefined && { weekday: weekdayOf(on) }),
    ...(zone !== undefined && { timeZone: zone }),
    ...(rest !== undefined && { rest }),
    ...(hours !== undefined && { quiet: hours }),
  };
}

function quietOf(text: string): unknown {
  if (text === "none") return undefined;
  const [from, to, ...more] = text.split("-");
  if (!from || !to || more.length > 0) {
    throw new CommandFailed(`"${text}" are no quiet hours: write them as in 22:00-07:00, or none`, EXIT.usage);
  }
  return { from, to };
}

function weekdayOf(day: string): number {
  const found = WEEKDAYS.findIndex((name) => day.length >= 3 && name.startsWith(day.toLowerCase()));
  if (found < 0) throw new CommandFailed(`"${day}" is no day: give one of ${WEEKDAYS.join(", ")}`, EXIT.usage);
  return found + 1;
}

/** The particulars that were typed, unchecked. */
export const particularsOf = ({ perHour, secret, template, language }: Particulars): object => ({
  ...(perHour !== undefined && { perHour: Number(perHour) }),
  ...(secret !== undefined && { secret }),
  ...(template !== undefined && { template }),
  ...(language !== undefined && { language }),
});
