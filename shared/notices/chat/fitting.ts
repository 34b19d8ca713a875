import { headOf } from "../../diff/excerpt.ts";
import type { Run } from "../../diff/render/runs.ts";
import { counted } from "../../domain/wording.ts";
import type { Message } from "../../ports/message.ts";
import type { NoticeContent, Passage, Section } from "../content.ts";
import { contentOf } from "../content-of.ts";
import { noticeWords } from "../words.ts";

/** How much a chat shows of one message. */
export interface ChatLimits {
  /** Happenings in it. */
  readonly sections: number;
  /** The changed words of a happening that has the message for itself, and of one among others; in the unit of `lengthOf`. */
  readonly alone: number;
  readonly shared: number;
  /** All happenings together; see `sizeOf`. */
  readonly total: number;
}

/** How a chat writes a happening. */
export interface ChatForm<Part> {
  readonly limits: ChatLimits;
  /** What a run takes in this chat's way of writing, in the unit of `limits.alone`. */
  lengthOf(run: Run): number;
  partOf(section: Section): Part;
  /** In the unit of `limits.total`. */
  sizeOf(part: Part): number;
}

export interface Fitted<Part> {
  readonly content: NoticeContent;
  /** Of the first happenings, one at least where any is told. */
  readonly parts: readonly Part[];
  /** Sentences for the whole message; how many happenings are left out is among them. */
  readonly lead: readonly string[];
}

/** What a chat message says, cut to what the chat takes: whole happenings first, then passages, then words. */
export async function fittedTo<Part>(message: Message, form: ChatForm<Part>): Promise<Fitted<Part>> {
  const content = await contentOf(message, message.kind === "digest" ? SHARED : ALONE);
  const { limits, partOf, sizeOf } = form;
  const characters = content.sections.length === 1 ? limits.alone : limits.shared;
  const parts: Part[] = [];
  let left = limits.total;
  for (const section of content.sections.slice(0, limits.sections)) {
    const short = shortened(section, characters, form);
    const part = partOf({ ...short, passages: short.passages.flatMap(withOwnDirection) });
    left -= sizeOf(part);
    if (left < 0 && parts.length > 0) break;
    parts.push(part);
  }
  const words = noticeWords(content.language);
  const untold = content.sections.length - parts.length;
  const lead = untold > 0 ? [counted(words.locale, words.counts.more, content.more + untold)] : content.lead;
  return { content, parts, lead };
}

/** The title of a message about one happening has its headline already. */
export const tellsMany = ({ kind }: Message): boolean => kind === "digest" || kind === "rolling";

const ALONE = { passages: 8, runCharacters: 600 };
const SHARED = { passages: 2, runCharacters: 240 };

/** The passages that find room. The last one may lose words of its end; it then counts among those left out, too. */
export function shortened(
  section: Section,
  characters: number,
  { lengthOf }: Pick<ChatForm<unknown>, "lengthOf">,
): Section {
  const passages: Passage[] = [];
  let [left, whole] = [characters, 0];
  for (const passage of section.passages) {
    const runs: Run[] = [];
    for (const unit of unitsOf(passage)) {
      const length = sum(unit.map(lengthOf));
      const room = left;
      left -= length;
      runs.push(...(left < 0 ? cutUnit(unit, room, lengthOf) : unit));
      if (left < 0) break;
    }
    if (left < 0 && (runs.length > 0 || passages.length === 0)) runs.push({ kind: "kept", text: "…" });
    if (runs.length > 0) passages.push(runs);
    if (left < 0) break;
    whole += 1;
  }
  return {
    ...section,
    passages,
    omitted: section.omitted + section.passages.length - whole,
  };
}

const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);

/** What is told whole or not at all: a run, or a removed one, what replaces it and the space between. */
function unitsOf(runs: Passage): Passage[] {
  const units: Run[][] = [];
  for (const run of runs) {
    const last = units.at(-1);
    const isOpen = last?.[0]?.kind === "removed" && last.at(-1)?.kind !== "added";
    if (isOpen && (run.kind === "added" || (run.kind === "kept" && run.text.trim() === ""))) last.push(run);
    else units.push([run]);
  }
  return units;
}

/** Fewer characters of a run tell nothing. */
const SHORTEST_CUT = 12;

/** Both halves of an exchange are cut alike: the first alone would read as a deletion. Empty where there is too little room. */
function cutUnit(unit: Passage, room: number, lengthOf: (run: Run) => number): Passage {
  const fixed = sum(unit.map(({ kind }) => lengthOf({ kind, text: "…" })));
  const share = (room - fixed) / Math.max(1, sum(unit.map(lengthOf)) - fixed);
  const cut = unit.map(({ kind, text }) => ({ kind, text: cutTo(text, Math.max(0, Math.floor(text.length * share))) }));
  const isTold = cut.every(({ text }, index) => text.length >= Math.min(SHORTEST_CUT, unit[index]!.text.length));
  return share > 0 && isTold ? cut : [];
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Chats take a paragraph's direction from its first letter: ours stand apart from words that run the other way. */
function withOwnDirection(runs: Passage): Passage[] {
  const start = runs.findIndex(({ kind, text }) => kind !== "aside" && text.trim() !== "");
  const words = runs.slice(Math.max(0, start));
  const letter = words.flatMap(({ text }) => /\p{L}/u.exec(text)?.[0] ?? [])[0];
  if (start < 1 || letter === undefined || !RIGHT_TO_LEFT.test(letter)) return [runs];
  return [runs.slice(0, start).filter(({ kind }) => kind === "aside"), words];
}

/** A text of at most so many UTF-16 units, with an ellipsis where it was cut. */
export const cutTo = (text: string, longest: number): string =>
  text.length <= longest ? text : `${headOf(text, longest - 1).trimEnd()}…`;

/** A removed run stands apart from what replaces it. */
export const isReplaced = (runs: Passage, index: number): boolean =>
  runs[index]?.kind === "removed" && runs[index + 1]?.kind === "added";

/** How many passages were left out, in a sentence; empty when none was. */
export function omittedText({ omitted }: Section, language: string): readonly string[] {
  const words = noticeWords(language);
  return omitted > 0 ? [counted(words.locale, words.counts.omitted, omitted)] : [];
}

/** Control characters and halves of characters, which receivers refuse, become one that shows. */
export const sendable = (text: string): string =>
  text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd");

/** A message's JSON, its texts as receivers take them. */
export const chatJson = (body: unknown): string =>
  JSON.stringify(body, (_name, value: unknown) => (typeof value === "string" ? sendable(value) : value));
