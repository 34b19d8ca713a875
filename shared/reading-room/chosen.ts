import type { Disclosure } from "../domain/comparison.ts";
import { type Happening, watchIdOfHappening } from "../domain/happening.ts";
import type { LabelKind } from "../domain/label.ts";
import { type NoticeFilter, verdictOf } from "../domain/notice-filter.ts";
import { sourcesOf } from "../domain/source.ts";
import type { Instant } from "../domain/time.ts";
import { languageTag } from "./html.ts";
import { BadRequest } from "./parameters.ts";
import type { Room } from "./room.ts";
import { CHOOSABLE } from "./subscribing/form.ts";

/** What a reader looks for among the happenings, as the home page's form and links send it. */
export interface Choice {
  /** A host, or a domain above it. */
  readonly source?: string;
  readonly tag?: string;
  /** BCP 47: `en` finds `en-GB` too. */
  readonly language?: string;
  readonly label?: LabelKind;
  readonly unmarked?: true;
  /** A notice of the publisher's told of an error. */
  readonly corrections?: true;
}

/** The notices that tell of an error; an update or a newer date alone tells of none. */
export const CORRECTIONS: readonly Disclosure[] = ["retraction", "correction", "clarification", "editors-note"];

const LONGEST = 200;

/** A choice as a query has it; empty fields of a form choose nothing. @throws BadRequest for what can be no choice */
export function choiceFrom(query: (name: string) => string | undefined): Choice {
  const text = (name: string): string | undefined => {
    const value = query(name)?.trim();
    if (value && (value.length > LONGEST || /\p{Cc}/u.test(value))) throw new BadRequest();
    return value || undefined;
  };
  const [source, tag, language, name] = [text("source")?.toLowerCase(), text("tag"), text("language"), text("label")];
  const label = CHOOSABLE.find((kind) => kind === name);
  if ((name && !label) || (language && !languageTag(language))) throw new BadRequest();
  return {
    ...(source && { source }),
    ...(tag && { tag }),
    ...(language && { language }),
    ...(label && { label }),
    ...(text("unmarked") && { unmarked: true }),
    ...(text("corrections") && { corrections: true }),
  };
}

/** The same for a link. */
export const choiceQuery = (choice: Choice): Record<string, string> =>
  Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value === true ? "1" : String(value)]));

export const isChoosing = (choice: Choice): boolean => Object.keys(choice).length > 0;

/** What was found, and how far was looked for it. */
export interface Found {
  readonly happenings: readonly Happening[];
  /** So many were looked through, the newest or those after the given place. */
  readonly looked: number;
  /** The oldest of them; null when there were none. */
  readonly back: Instant | null;
  readonly next?: string;
}

/** So many are looked through at a time, whether anything is found or not. */
const AT_A_TIME = 100;
/** With so many found, it does not look further. */
const ENOUGH = 30;

interface Where {
  readonly after?: string | undefined;
  /** How often it looks at most: each is one request of the ledger, of a tag two. */
  readonly times: number;
}

/** The newest happenings that are chosen, as far as it looks; `next` goes on after the last that it looked at. */
export async function lookFor(room: Room, choice: Choice, { after, times }: Where): Promise<Found> {
  const found: Happening[] = [];
  let [looked, back, next]: [number, Instant | null, string | undefined] = [0, null, after];
  for (let time = 0; time < times && found.length < ENOUGH; time += 1) {
    const page = await room.ledger.recent({ limit: AT_A_TIME, ...(next !== undefined && { after: next }) });
    found.push(...(await chosen(room, choice, page.rows)));
    looked += page.rows.length;
    back = page.rows.at(-1)?.at ?? back;
    next = page.next;
    if (next === undefined) break;
  }
  return { happenings: found, looked, back, ...(next !== undefined && { next }) };
}

/** Those that fit a choice. The tags are those that the watches carry now. */
export async function chosen(room: Room, choice: Choice, happenings: readonly Happening[]): Promise<Happening[]> {
  const { source, tag } = choice;
  const fitting: Happening[] = [];
  for (const happening of happenings) {
    if (source !== undefined && !sourcesOf(happening.url).includes(source)) continue;
    if ((await verdictOf(filterOf(choice), happening, withoutWords)).passes) fitting.push(happening);
  }
  if (tag === undefined) return fitting;
  const ids = [...new Set(fitting.map(watchIdOfHappening))];
  const watches = await room.ledger.watchesById(ids);
  return fitting.filter((happening) => watches.get(watchIdOfHappening(happening))?.tags.includes(tag));
}

/** Conditions on changes leave availability out: nobody who looks for headlines looks for pages that went away. */
function filterOf({ language, label, unmarked, corrections }: Choice): NoticeFilter {
  const changes = {
    ...(language && { languages: [language] }),
    ...(label && { labels: [label] }),
    ...(unmarked && { unmarked }),
    ...(corrections && { disclosures: CORRECTIONS }),
  };
  return { availability: Object.keys(changes).length === 0, changes };
}

const withoutWords = (): never => {
  throw new Error("a choice has no condition on words");
};
