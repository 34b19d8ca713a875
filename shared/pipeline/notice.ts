import { changeAsText } from "../diff/render/text.ts";
import type { Disclosure } from "../domain/comparison.ts";
import type { Happening } from "../domain/happening.ts";
import type { Notice } from "../domain/notice.ts";
import type { AvailabilityEvent, ObservedInterval, Revision } from "../domain/revision.ts";
import { readComparison } from "../ports/derived-store.ts";
import type { Services } from "./services.ts";

/** Makes the message about a happening, with the words that changed in it. */
export async function noticeOf(
  id: string,
  subscription: string,
  happening: Happening,
  { derived, settings }: Services,
): Promise<Notice> {
  const { url } = happening;
  const link = settings.readingRoomUrl && `${settings.readingRoomUrl}${pagePath(happening)}`;
  const told =
    happening.kind === "event" ? eventText(happening.event, url) : await changeText(happening.revision, url, derived);
  const text = [...told.lines, "", ...(link ? [`Read the change: ${link}`] : []), `The page: ${url}`].join("\n");
  return { id, subscription, happening, subject: oneLine(told.subject), text, link };
}

/** Where the reading room shows a happening. */
const pagePath = (happening: Happening): string =>
  happening.kind === "event"
    ? `/watches/${happening.event.watchId}`
    : `/watches/${happening.revision.watchId}/changes/${happening.revision.number}`;

interface Told {
  readonly subject: string;
  readonly lines: readonly string[];
}

async function changeText(revision: Revision, url: string, derived: Services["derived"]): Promise<Told> {
  const { change, headline, restores } = revision;
  if (!change) throw new Error(`revision ${revision.number} of ${revision.watchId} is no change`);
  const comparison = await readComparison(derived, change.comparison);
  const back = restores === undefined ? [] : ["The page was gone and is back, with another text."];
  const reverted = change.revertedTo === undefined ? [] : [`The text is again as in revision ${change.revertedTo}.`];
  return {
    subject: `${restores === undefined ? "Changed" : "Back and changed"}: ${headline ?? url}`,
    lines: [
      ...back,
      `Edited ${between(change.observed)}.`,
      DISCLOSED[change.disclosure],
      ...reverted,
      "",
      changeAsText(comparison).trimEnd(),
    ],
  };
}

/** What the publisher said of the edit. We report; we do not accuse. */
const DISCLOSED: Readonly<Record<Disclosure, string>> = {
  retraction: "The page carries a new retraction notice.",
  correction: "The page carries a new correction.",
  clarification: "The page carries a new clarification.",
  "editors-note": "The page carries a new editor's note.",
  update: "The page carries a new update note.",
  "date-only": "The page's modified date moved; no note was added.",
  none: "The page carries no note of it, and its modified date did not move.",
};

function eventText(event: AvailabilityEvent, url: string): Told {
  const headline = event.headline ?? url;
  if (event.kind === "restored") {
    return {
      subject: `Back: ${headline}`,
      lines: [`The page is back, with the same text, ${between(event.observed)}.`],
    };
  }
  const refusals = `Refused ${event.refusals ?? 0} times, last with: ${event.detail ?? "no detail"}.`;
  return { subject: `Gone: ${headline}`, lines: [`The page went away ${between(event.observed)}.`, refusals] };
}

/** The observed interval in words: never one false instant. */
const between = ({ lastSeen, firstSeen }: ObservedInterval): string =>
  `between ${minute(lastSeen)} and ${minute(firstSeen)} UTC`;

const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
