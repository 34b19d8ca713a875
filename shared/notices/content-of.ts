import { counted, fillText } from "../domain/wording.ts";
import type { Message, MessageLinks, Told } from "../ports/message.ts";
import type { ContentLink, NoticeContent, Section } from "./content.ts";
import { summarySaid, troubleSaid } from "./operations.ts";
import { changeOf, oneLine, overallSection, type Reader, type Room, sectionOf } from "./section.ts";
import { type NoticeWords, noticeWords } from "./words.ts";

/** Where one happening has the message for itself, and where many share it. */
const ALONE: Room = { passages: 20, runCharacters: 1200 };
const SHARED: Room = { passages: 3, runCharacters: 300 };

/**
 * What a message says. Comparisons are read here, so this is to be awaited once for each message.
 *
 * @param room - how much of each change fits into the channel; unless given, what a mail carries well
 */
export async function contentOf(message: Message, room?: Room): Promise<NoticeContent> {
  const words = noticeWords(message.subscription.language);
  const reader: Reader = {
    words,
    timeZone: message.subscription.rhythm.timeZone,
    room: room ?? (message.kind === "digest" ? SHARED : ALONE),
  };
  const { title, lead = [], sections = [], more = 0 } = await saidIn(message, reader);
  return { language: words.locale, title: oneLine(title), lead, sections, more, links: linksOf(message.links, words) };
}

/** The parts of a content that depend on what is told. */
export interface Said {
  readonly title: string;
  readonly lead?: readonly string[];
  readonly sections?: readonly Section[];
  readonly more?: number;
}

async function saidIn(message: Message, reader: Reader): Promise<Said> {
  const { words } = reader;
  switch (message.kind) {
    case "change":
    case "oscillation":
    case "availability": {
      const section = await sectionOf(message.told, reader);
      return { title: fillText(titleOf(message.told, words), { headline: section.heading }), sections: [section] };
    }
    case "rolling":
      return burstSaid(message, reader);
    case "digest": {
      const { told, more } = message;
      const title = fillText(words.title.digest, { counts: countsOf(told, more, words) });
      return { title, lead: moreText(more, words), sections: await sectionsOf(told, reader), more };
    }
    case "summary":
      return summarySaid(message.signs, reader);
    case "trouble":
      return troubleSaid(message.trouble, words);
    case "confirmation":
      return { title: words.title.confirmation, lead: words.confirmation };
  }
}

async function burstSaid(
  { told, more, overall }: Extract<Message, { kind: "rolling" }>,
  reader: Reader,
): Promise<Said> {
  const { words } = reader;
  const edits = told.filter((one) => "comparison" in one);
  const last = edits.at(-1);
  const sum = last && edits.length > 1 ? await overall() : null;
  const sections =
    last && sum
      ? [
          overallSection(edits, sum, reader),
          ...(await sectionsOf(
            told.filter((one) => !("comparison" in one)),
            reader,
          )),
        ]
      : await sectionsOf(told, reader);
  const headline = sections[0]?.heading ?? "";
  const title = counted(words.locale, words.title.burst, told.length + more, { headline });
  return { title, lead: moreText(more, words), sections, more };
}

function titleOf({ happening }: Told, { title }: NoticeWords): string {
  if (happening.kind === "event") return title[happening.event.kind];
  const { restores } = happening.revision;
  const { revertedTo, alternatesWith } = changeOf(happening.revision);
  if (alternatesWith !== undefined) return title.oscillation;
  if (restores !== undefined) return title.restoredChange;
  return revertedTo === undefined ? title.change : title.changeBack;
}

/** One after the other: each may read a comparison, and a digest has many. */
async function sectionsOf(told: readonly Told[], reader: Reader): Promise<Section[]> {
  const sections: Section[] = [];
  for (const one of told) sections.push(await sectionOf(one, reader));
  return sections;
}

function countsOf(told: readonly Told[], more: number, { locale, counts }: NoticeWords): string {
  const events = told.filter(({ happening }) => happening.kind === "event").length;
  const changes = told.length - events + more;
  return [
    ...(changes > 0 ? [counted(locale, counts.changes, changes)] : []),
    ...(events > 0 ? [counted(locale, counts.events, events)] : []),
  ].join(", ");
}

const moreText = (more: number, { locale, counts }: NoticeWords): string[] =>
  more > 0 ? [counted(locale, counts.more, more)] : [];

const ROLES = ["confirm", "room", "manage", "unsubscribe"] as const;

const linksOf = (links: MessageLinks, words: NoticeWords): ContentLink[] =>
  ROLES.flatMap((role) => {
    const url = links[role];
    return url === undefined ? [] : [{ role, text: words.links[role], url }];
  });
