import { headOf } from "../diff/excerpt.ts";
import { changeRuns, type Run } from "../diff/render/runs.ts";
import { countedIn, fill } from "../diff/render/strings.ts";
import type { Comparison } from "../domain/comparison.ts";
import type { LabelKind } from "../domain/label.ts";
import { type AvailabilityEvent, type ChangeSummary, hintsBeside, type Revision } from "../domain/revision.ts";
import { counted, fillText } from "../domain/wording.ts";
import type { Told, ToldLinks } from "../ports/message.ts";
import type { ContentLink, Passage, Section, SectionChange } from "./content.ts";
import { dayAndClock, observedText } from "./observed.ts";
import type { NoticeWords } from "./words.ts";

/** How much of a change a message carries. */
export interface Room {
  /** Changed passages of one happening. */
  readonly passages: number;
  /** UTF-16 units of one run of words; a longer one is cut with an ellipsis. */
  readonly runCharacters: number;
}

export interface Reader {
  readonly words: NoticeWords;
  readonly timeZone: string;
  readonly room: Room;
}

/** What is said of one happening. */
export async function sectionOf(told: Told, reader: Reader): Promise<Section> {
  const { words } = reader;
  if (!("comparison" in told)) return eventSection(told.happening.event, told.happening.url, told.links, reader);
  const { revision, url } = told.happening;
  const comparison = await told.comparison();
  const change = changeOf(revision);
  return {
    kind: change.alternatesWith === undefined ? "change" : "oscillation",
    heading: headingOf(revision, url),
    facts: changeFacts(revision, comparison, reader),
    change: badges(change, words),
    ...passages(comparison, reader),
    links: linksOf(told.links, words, "change"),
  };
}

/** The sum of a burst: what stood before its first edit beside what stands now. @param edits - oldest first, one at least */
export function overallSection(edits: readonly ToldEdit[], overall: Comparison, reader: Reader): Section {
  const { words, timeZone } = reader;
  const [first, last] = [edits[0]!, edits.at(-1)!];
  const { revision, url } = last.happening;
  const { lastSeen } = changeOf(first.happening.revision).observed;
  const { firstSeen } = changeOf(revision).observed;
  const interval = observedText(words, { lastSeen, firstSeen }, timeZone);
  return {
    kind: "burst",
    heading: headingOf(revision, url),
    facts: [counted(words.locale, words.counts.burst, edits.length, { interval }), words.facts.overall],
    change: null,
    ...passages(overall, reader),
    links: linksOf(last.links, words, "change"),
  };
}

type ToldEdit = Extract<Told, { comparison: unknown }>;

/** @throws Error for a baseline, which is never told: a bug */
export function changeOf({ change, number, watchId }: Revision): ChangeSummary {
  if (!change) throw new Error(`revision ${number} of ${watchId} is no change`);
  return change;
}

function changeFacts(revision: Revision, comparison: Comparison, { words, timeZone }: Reader): string[] {
  const change = changeOf(revision);
  const { observed, disclosure, revertedTo, alternatesWith, counts, labels } = change;
  const hints = hintsBeside(change);
  const named = (kinds: readonly LabelKind[]) => kinds.map((kind) => words.labels[kind]).join(", ");
  const { facts } = words;
  const { modified } = comparison;
  const claimed = (date: string | null) => claimedText(date, words, timeZone);
  const edits = (["edited", "added", "removed", "moved"] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => counted(words.locale, words.counts[kind], counts[kind]));
  return [
    ...(revision.restores === undefined ? [] : [facts.restoredChange]),
    ...(alternatesWith === undefined
      ? []
      : [fillText(facts.alternates, { other: alternatesWith, number: revision.number })]),
    ...(revertedTo === undefined || alternatesWith !== undefined
      ? []
      : [fillText(facts.revertedTo, { number: revertedTo })]),
    fillText(facts.edited, { interval: observedText(words, observed, timeZone) }),
    words.disclosure[disclosure],
    ...(modified ? [fillText(facts.claims, { from: claimed(modified.from), to: claimed(modified.to) })] : []),
    ...(edits.length > 0 ? [`${edits.join(", ")}.`] : []),
    ...(labels.length > 0 ? [fillText(facts.labels, { labels: named(labels) })] : []),
    ...(hints.length > 0 ? [fillText(facts.hints, { hints: named(hints) })] : []),
  ];
}

/** A date as the page claims it: on the reader's clock where it can be understood, else as it stands there. */
function claimedText(date: string | null, words: NoticeWords, timeZone: string): string {
  if (date === null) return words.facts.claimsNothing;
  if (Number.isNaN(Date.parse(date))) return date;
  const { day, clock } = dayAndClock(words, date, timeZone);
  return date.length > 10 ? `${day}, ${clock}` : day;
}

function badges({ significance, disclosure, labels }: ChangeSummary, words: NoticeWords): SectionChange {
  return {
    significance,
    disclosure,
    unmarked: significance === "substantive" && disclosure === "none",
    labels: labels.map((kind) => ({ kind, name: words.labels[kind] })),
  };
}

function eventSection(event: AvailabilityEvent, url: string, links: ToldLinks, { words, timeZone }: Reader): Section {
  const { kind, headline, observed, refusals = 0, detail = "" } = event;
  const interval = observedText(words, observed, timeZone);
  const refused = counted(words.locale, words.counts.refusals, refusals);
  return {
    kind,
    heading: headingOf({ headline }, url),
    facts:
      kind === "restored"
        ? [fillText(words.facts.cameBack, { interval })]
        : [
            fillText(words.facts.wentAway, { interval }),
            ...(refusals > 0 ? [fillText(words.facts.refused, { refusals: refused, detail })] : []),
          ],
    change: null,
    passages: [],
    omitted: 0,
    links: linksOf(links, words, "history"),
  };
}

function passages(comparison: Comparison, { words, room }: Reader): Pick<Section, "passages" | "omitted"> {
  const all = changeRuns(comparison, words.marks);
  const shown: Passage[] = all
    .slice(0, room.passages)
    .map((runs) => runs.map((run) => shortened(run, room.runCharacters)));
  const aside = (text: string): Passage => [{ kind: "aside", text }];
  if (all.length === 0) shown.push(aside(words.marks.nothing));
  if (comparison.pagedOut) shown.push(aside(countedIn(words.marks, "pagedOut", comparison.pagedOut)));
  if (comparison.degraded) shown.push(aside(fill(words.marks.degraded, "reason", comparison.degraded.reason)));
  return { passages: shown, omitted: Math.max(0, all.length - room.passages) };
}

const shortened = ({ kind, text }: Run, longest: number): Run => ({
  kind,
  text: text.length <= longest ? text : `${headOf(text, longest).trimEnd()}…`,
});

const linksOf = ({ change, article }: ToldLinks, words: NoticeWords, role: "change" | "history"): ContentLink[] => [
  ...(change === null ? [] : [{ role, text: words.links[role], url: change }]),
  { role: "article", text: words.links.article, url: article },
];

const headingOf = ({ headline }: { readonly headline?: string | null | undefined }, url: string): string =>
  oneLine(headline ?? "") || url;

export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
