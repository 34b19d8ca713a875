import type { SentenceEvent, SentenceHistory } from "../../diff/history.ts";
import type { Revision } from "../../domain/revision.ts";
import { type Html, html } from "../html.ts";
import { interval, moment } from "../instants.ts";
import { foreignAttributes, marked } from "../marks.ts";
import { paths } from "../room.ts";
import type { Words } from "../strings.ts";
import { counted, fill } from "../wording.ts";

/** The revisions that sentences are followed through, by number. */
export type Revisions = ReadonlyMap<number, Revision>;

/** The latest are shown at once, the others when they are asked for. */
const SHOWN = 3;

/** Whether anything is to be told of it: it came after the first reading, or an editor did something to it. */
export const isOfNote = (sentence: SentenceHistory, revisions: Revisions): boolean =>
  sentence.gone !== undefined || came(sentence, revisions) || eventsOf(sentence, revisions).length > 0;

const came = ({ appeared }: SentenceHistory, revisions: Revisions): boolean => revisions.has(appeared - 1);

/** What our own better reading did to it is no event. */
const eventsOf = ({ events }: SentenceHistory, revisions: Revisions): readonly SentenceEvent[] =>
  events.filter(({ revision }) => revisions.get(revision)?.cause === "edit");

/** What happened to a sentence, the oldest first. */
export function notes(words: Words, sentence: SentenceHistory, revisions: Revisions): Html {
  const { history } = words;
  const own = (number: number) => revisions.get(number)?.cause === "reextraction";
  const say = (told: string, number: number) =>
    html`<p class="when">${fill(told, { change: changeOf(words, revisions.get(number)) })}</p>`;
  const { appeared, gone } = sentence;
  const events = eventsOf(sentence, revisions).map(
    (event) => html`${say(history[event.kind], event.revision)}
${wordsOf(words, event, revisions.get(event.revision)?.language)}`,
  );
  const earlier = events.slice(0, -SHOWN);
  return html`${came(sentence, revisions) && say(own(appeared) ? history.appearedRead : history.appeared, appeared)}
${earlier.length > 0 && html`<details><summary>${counted(words, history.earlier, earlier.length)}</summary>${earlier}</details>`}
${events.slice(-SHOWN)}
${gone !== undefined && say(own(gone) ? history.wentRead : history.went, gone)}`;
}

/** Where it happened, and between which instants. */
function changeOf(words: Words, revision: Revision | undefined): Html | null {
  if (!revision) return null;
  const { watchId, number, change, firstSeen } = revision;
  const when = change ? interval(words, change.observed) : moment(words, firstSeen);
  return html`<a href="${paths.change(watchId, number)}">${fill(words.history.inChange, { number })}</a>, ${when}`;
}

function wordsOf(
  words: Words,
  { kind, words: changed, from }: SentenceEvent,
  language: string | null | undefined,
): Html | null {
  if (changed) return html`<p${foreignAttributes(language)}>${marked(words, changed)}</p>`;
  return kind === "moved"
    ? null
    : html`<p${foreignAttributes(language)}>${fill(words.history.said, { text: from })}</p>`;
}
