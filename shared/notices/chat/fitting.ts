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
  /** The changed words of a happening that has the message for itself, and of one among others; see `lengthOf`. */
  readonly alone: number;
  readonly shared: number;
  /** All happenings together; see `sizeOf`. */
  readonly total: number;
}

/** How a chat writes a happening. */
export interface ChatForm<Part> {
  readonly limits: ChatLimits;
  /** Characters that a run takes in this chat's way of writing. */
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
    const part = partOf(shortened(section, characters, form));
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

/** The passages that find room; the one at the end loses its last words. */
function shortened<Part>(section: Section, characters: number, { lengthOf }: ChatForm<Part>): Section {
  const passages: Passage[] = [];
  let left = characters;
  for (const passage of section.passages) {
    const runs: Run[] = [];
    for (const run of passage) {
      left -= lengthOf(run);
      if (left < 0) break;
      runs.push(run);
    }
    if (left < 0 && (runs.length > 0 || passages.length === 0)) runs.push({ kind: "kept", text: "…" });
    if (runs.length > 0) passages.push(runs);
    if (left < 0) break;
  }
  return { ...section, passages, omitted: section.omitted + section.passages.length - passages.length };
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

/** A message's JSON: control characters and halves of characters, which receivers refuse, become one that shows. */
export const chatJson = (body: unknown): string =>
  JSON.stringify(body, (_name, value: unknown) =>
    typeof value === "string"
      ? value.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd")
      : value,
  );
