import type { Box, Outline, Piece } from "../page/outline.ts";
import type { Body } from "./body.ts";
import { LEAST_SAID, prefixSums } from "./prose.ts";
import { isNamedStory } from "./regions.ts";

/** The entries of a live blog. */
export interface Entries {
  /** The element that lists them. */
  readonly list: Box;
  /** Per piece of the outline: the key of the entry that it stands in. */
  readonly keys: readonly (string | undefined)[];
}

/** Entries that make a live blog of a page that does not call itself one, and of one that does. */
const LEAST = { unclaimed: 3, claimed: 2 } as const;
/** Share of the page's prose that stands in them, and of them that show a time. */
const LEAST_PROSE = 0.5;
const LEAST_TIMED = 0.8;
/** Pieces at the head of an entry among which its time stands. */
const HEAD = 6;
/** Boxes that hold but the entry itself: list items, wrappers. */
const MOST_WRAPPERS = 3;
const KEY_ATTRIBUTE = /^data-(?:[a-z]+-)*(?:id|key)$/;
const MOST_KEY_CHARS = 200;

/**
 * Looks for a live blog: elements of one kind side by side, each with a key of its own (an id, a `data-…-id`) and a time at
 * its head, that hold most of what the page says; the newest first, for a programme or a timeline runs the other way, and its
 * times are text. A page that claims `liveBlogUpdate`s (schema.org) or keeps an AMP live list needs to show no times.
 *
 * @param claimed - what the page says its updates are called, null where it claims none
 */
function entriesOf({ boxes, pieces }: Outline, body: Body, claimed: readonly string[] | null): Entries | null {
  const { roles, prose } = body;
  const told = prefixSums(roles.map((role) => (role === null ? 1 : 0)));
  const updates = new Set(claimed ?? []);
  const timeIn = ({ first, end }: Box) =>
    pieces
      .slice(first, Math.min(end, first + HEAD))
      .find((piece, at) => piece.inline?.role === "date" || roles[first + at] === "date");

  const groups = new Map<string, Candidate[]>();
  for (const box of boxes) {
    if (box.parent === null || told[box.end] === told[box.first]) continue;
    const key = keyOf(boxes, box, updates);
    if (key === null) continue;
    const group = `${box.parent.index} ${box.element.name}`;
    const entry = { box, key, claimed: updates.has(key) || isLiveItem(box), time: timeIn(box) };
    if (!groups.get(group)?.push(entry)) groups.set(group, [entry]);
  }
  const proseOf = (group: readonly Candidate[]) =>
    group.reduce((sum, { box }) => sum + prose[box.end]! - prose[box.first]!, 0);
  const [best] = [...groups.values()]
    .filter((group) => isLive(group, claimed !== null))
    .map((group) => ({ group, said: proseOf(group) }))
    .filter(({ said }) => said > 0 && said >= LEAST_PROSE * prose[pieces.length]!)
    .sort((a, b) => b.said - a.said);
  if (!best) return null;
  const keys: (string | undefined)[] = new Array(pieces.length).fill(undefined);
  for (const { box, key } of best.group) keys.fill(key, box.first, box.end);
  return { list: best.group[0]!.box.parent!, keys };
}

interface Candidate {
  readonly box: Box;
  readonly key: string;
  readonly claimed: boolean;
  /** The piece that shows when it was written. */
  readonly time: Piece | undefined;
}

function isLive(group: readonly Candidate[], claims: boolean): boolean {
  if (new Set(group.map(({ key }) => key)).size < group.length) return false;
  const share = (is: (entry: Candidate) => boolean) => group.filter(is).length / group.length;
  if (group.length >= LEAST.claimed && share(({ claimed }) => claimed) >= 0.5) return true;
  if (
    group.length < (claims ? LEAST.claimed : LEAST.unclaimed) ||
    share(({ time }) => time !== undefined) < LEAST_TIMED
  )
    return false;
  return claims || isNewestFirst(group.flatMap(({ time }) => time ?? []));
}

/** Whether times that pieces show run backwards: all by the instant that their elements carry, or all by the clock. */
function isNewestFirst(times: readonly Piece[]): boolean {
  const instants = times.map(instantOf);
  if (instants.every((instant) => instant !== null)) return runsBackwards(instants, Number.POSITIVE_INFINITY);
  const clocks = times.map(({ text }) => minutesOf(text));
  return clocks.every((clock) => clock !== null) && runsBackwards(clocks, HALF_A_DAY);
}

/** @param midnight - a step forward of more than this leads back over midnight */
const runsBackwards = (times: readonly number[], midnight: number): boolean =>
  times.every((time, at) => at === 0 || time <= times[at - 1]! || time - times[at - 1]! > midnight);

const HALF_A_DAY = 12 * 60;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?/;

/** Milliseconds; without a zone as if of UTC, for they are compared with each other alone. */
function instantOf({ inline, box }: Piece): number | null {
  const written = (inline?.element ?? box.element).attribs.datetime?.trim() ?? "";
  const local = INSTANT.exec(written)?.[0];
  if (local === undefined) return null;
  const zone = /(?:Z|[+-]\d\d:?\d\d)$/i.exec(written)?.[0] ?? "Z";
  const instant = Date.parse(local.replace(" ", "T") + zone.toUpperCase());
  return Number.isNaN(instant) ? null : instant;
}

/** The time of day that a text names ("10.05 GMT", "9:31 pm"), in minutes. */
function minutesOf(text: string): number | null {
  const clock = /(?<!\d)(\d{1,2})\s?[:.h]\s?(\d\d)(?!\d)\s?([ap]?)/i.exec(text);
  if (!clock) return null;
  const [hours, minutes, half] = [Number(clock[1]), Number(clock[2]), clock[3]!.toLowerCase()];
  if (half === "") return 60 * hours + minutes;
  return 60 * ((hours % 12) + (half === "p" ? 12 : 0)) + minutes;
}

/** An AMP live list sorts its items by this attribute; schema.org's microdata names an update. */
const isLiveItem = ({ element: { attribs } }: Box): boolean =>
  attribs["data-sort-time"] !== undefined || attribs.itemprop?.toLowerCase() === "liveblogupdate";

/** What the page calls an entry: by preference as its claims do, then its id, then a `data-…-id`; or that of the one box inside it. */
function keyOf(boxes: readonly Box[], box: Box, updates: ReadonlySet<string>): string | null {
  let at: Box | undefined = box;
  for (let down = 0; at && down <= MOST_WRAPPERS; down += 1) {
    const { attribs } = at.element;
    const names: string[] = [attribs.id ?? ""];
    for (const name in attribs) if (KEY_ATTRIBUTE.test(name)) names.push(attribs[name]!);
    const keys = names.filter((key) => key !== "" && key.length <= MOST_KEY_CHARS);
    const key = keys.find((name) => updates.has(name)) ?? keys[0];
    if (key !== undefined) return key;
    const inner: Box | undefined = boxes[at.index + 1];
    at = inner?.parent === at && inner.first === at.first && inner.end === at.end ? inner : undefined;
  }
  return null;
}

/** Readers' remarks have ids and times as well; they stand below an article that has a text of its own. */
const isBelowStory = (list: Box, { boxes }: Outline, { prose }: Body): boolean =>
  boxes.some(
    (box) =>
      box.end <= list.first &&
      (box.element.name === "article" || isNamedStory(box)) &&
      prose[box.end]! - prose[box.first]! >= LEAST_SAID,
  );

/** The body with the entries that it has; it holds them all, also where one long entry among short ones says nearly all. */
export function withEntries(
  outline: Outline,
  body: Body,
  claimed: readonly string[] | null,
  headlineIn: (body: Body) => number,
): Body {
  const entries = entriesOf(outline, body, claimed);
  // the page's headline in one of them: articles one below the other, of which it is the first
  if (entries === null || (claimed === null && entries.keys[headlineIn(body)] !== undefined)) return body;
  const { list } = entries;
  let { box } = body;
  if (claimed === null && isBelowStory(list, outline, body)) return body;
  while (box && !(box.first <= list.first && list.end <= box.end)) box = box.parent;
  if (box === null || box === body.box || body.chosen === "rule") return { ...body, entries };
  return { ...body, entries, chosen: "entries", box, first: box.first, core: box.first, end: box.end };
}
