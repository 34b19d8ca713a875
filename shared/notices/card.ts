import { headOf } from "../diff/excerpt.ts";
import { hostOf } from "../domain/url.ts";
import { fillText } from "../domain/wording.ts";
import type { CardContent, CardRun } from "../ports/card-drawer.ts";
import type { Told } from "../ports/message.ts";
import type { Passage } from "./content.ts";
import { observedText } from "./observed.ts";
import { changeOf, type Room, sectionOf } from "./section.ts";
import { type NoticeWords, noticeWords } from "./words.ts";

/** A card has room for one passage. */
const ROOM: Room = { passages: 1, runCharacters: 400 };
/** UTF-16 units of a passage and of a headline that a card can hold, and of words that are read out. */
const MOST_SHOWN = 600;
const MOST_HEADING = 200;
const MOST_READ_OUT = 400;

/** What a picture of a change says, and the words that stand for it. Times are UTC: who sees it is not known. */
export async function cardOf(told: Extract<Told, { comparison: unknown }>): Promise<CardContent> {
  const words = noticeWords("en");
  const { revision, url } = told.happening;
  const { heading, change, passages } = await sectionOf(told, { words, timeZone: "UTC", room: ROOM });
  const source = hostOf(url);
  const fact = fillText(words.facts.edited, { interval: observedText(words, changeOf(revision).observed, "UTC") });
  const passage = firstOf(passages[0] ?? [], MOST_SHOWN);
  const shown = heading.length <= MOST_HEADING ? heading : `${headOf(heading, MOST_HEADING).trimEnd()}…`;
  return {
    kicker: fillText(words.card.changed, { source }),
    heading: shown,
    fact,
    passage: parted(passage),
    notDrawn: words.card.notDrawn,
    badges: [...(change?.labels.map(({ name }) => name) ?? []), ...(change?.unmarked ? [words.card.unmarked] : [])],
    language: revision.language,
    alt: [fillText(words.card.alt, { source, heading: shown, fact }), ...readOut(passage, words)].join(" "),
  };
}

/** Removed words and those that replace them stand apart: "12" and "31" are no 1231, least of all from right to left. */
const parted = (passage: Passage): CardRun[] =>
  passage.flatMap((run, at) => {
    const before = passage[at - 1];
    const touches =
      before?.kind === "removed" && run.kind === "added" && !/\s$/.test(before.text) && !/^\s/.test(run.text);
    return touches ? [{ kind: "kept" as const, text: " " }, run] : [run];
  });

const readOut = (passage: Passage, { card }: NoticeWords): string[] =>
  firstOf(
    passage.filter(({ kind }) => kind === "removed" || kind === "added"),
    MOST_READ_OUT,
  ).map(({ kind, text }) => fillText(kind === "removed" ? card.removed : card.added, { words: text.trim() }));

/** The first runs of a passage, so many UTF-16 units of them. */
function firstOf(passage: Passage, most: number): Passage {
  const runs: CardRun[] = [];
  let left = most;
  for (const { kind, text } of passage) {
    if (left <= 0) break;
    runs.push({ kind, text: text.length <= left ? text : `${headOf(text, left).trimEnd()}…` });
    left -= text.length;
  }
  return runs;
}
