import type { Instant } from "../../domain/time.ts";
import { fillText } from "../../domain/wording.ts";
import { isUnmarked } from "../change-facts.ts";
import { type Html, html } from "../html.ts";
import { momentText } from "../instants.ts";
import type { Room } from "../room.ts";
import { counted } from "../wording.ts";
import type { Moment } from "./watch-timeline.ts";

const WIDTH = 1000;
const HEIGHT = 36;
/** Narrower intervals could not be seen. */
const NARROWEST = 5;

/**
 * The moments of a page along a line, each as wide as its observed interval, and dashed where the article was away. For
 * those who see at a glance; the list below tells the same, and its text alternative says so.
 *
 * @param until - where the line ends: when the article was last checked
 */
export function timelinePicture(
  { words }: Pick<Room, "words">,
  moments: readonly Moment[],
  until: Instant,
): Html | null {
  const marks = moments.map(markOf).toSorted((a, b) => (a.to < b.to ? -1 : 1));
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || marks.length < 2) return null;
  const [start, end] = [Date.parse(first.from), Date.parse(until > last.to ? until : last.to)];
  const x = (at: Instant) => Math.round(((Date.parse(at) - start) / Math.max(1, end - start)) * (WIDTH - NARROWEST));
  const { timeline } = words;
  const kinds = KINDS.map((kind) => ({ kind, count: marks.filter((mark) => mark.kind === kind).length }));
  const counts = kinds.filter(({ count }) => count > 0).map(({ kind, count }) => counted(words, timeline[kind], count));
  const said = fillText(timeline.alternative, {
    from: momentText(words, first.from),
    to: momentText(words, until > last.to ? until : last.to),
    counts: counts.join(", "),
  });
  return html`<figure class="line"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${said}" preserveAspectRatio="none">
<rect class="axis" x="0" y="17" width="${WIDTH}" height="2"></rect>
${absences(marks).map(([from, to]) => html`<rect class="away" x="${x(from)}" y="14" width="${Math.max(NARROWEST, x(to ?? until) - x(from))}" height="8"></rect>`)}
${marks.map(({ kind, from, to }) => html`<rect class="${kind}" x="${x(from)}" y="${TOP[kind]}" width="${Math.max(NARROWEST, x(to) - x(from))}" height="${HEIGHT - 2 * TOP[kind]}"></rect>`)}
</svg>
<figcaption class="detail"><span>${momentText(words, first.from)}</span> <span>${counts.join(" · ")}</span> <span>${momentText(words, until > last.to ? until : last.to)}</span></figcaption></figure>`;
}

const KINDS = ["baseline", "unmarked", "marked", "cosmetic", "own", "unpublished", "restored"] as const;
type MarkKind = (typeof KINDS)[number];

/** Heights differ as well as colours: what readers were not told of stands out. */
const TOP: Readonly<Record<MarkKind, number>> = {
  baseline: 10,
  unmarked: 0,
  marked: 5,
  cosmetic: 12,
  own: 14,
  unpublished: 8,
  restored: 8,
};

interface Mark {
  readonly kind: MarkKind;
  readonly from: Instant;
  readonly to: Instant;
}

function markOf(moment: Moment): Mark {
  if (moment.kind === "event") {
    const { kind, observed } = moment.event;
    return { kind, from: observed.lastSeen, to: observed.firstSeen };
  }
  const { change, cause, firstSeen } = moment.revision;
  if (!change) return { kind: "baseline", from: firstSeen, to: firstSeen };
  return { kind: kindOf({ ...change, cause }), from: change.observed.lastSeen, to: change.observed.firstSeen };
}

function kindOf(facts: Parameters<typeof isUnmarked>[0]): MarkKind {
  if (facts.cause === "reextraction") return "own";
  if (facts.significance === "cosmetic") return "cosmetic";
  return isUnmarked(facts) ? "unmarked" : "marked";
}

/** From an unpublishing to the restoring after it; open where there is none. */
function absences(marks: readonly Mark[]): (readonly [from: Instant, to: Instant | undefined])[] {
  return marks.flatMap(({ kind, to }, index) => {
    if (kind !== "unpublished") return [];
    return [[to, marks.slice(index + 1).find((later) => later.kind === "restored")?.from] as const];
  });
}
