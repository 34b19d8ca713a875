import { type SentenceHistory, sentenceHistory } from "../../diff/history.ts";
import { type Article, type Block, comparedBlocks } from "../../domain/article.ts";
import type { Revision } from "../../domain/revision.ts";
import { readArticle } from "../../ports/derived-store.ts";
import { articleText, type Telling } from "../article-text.ts";
import { type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { paths, type Room } from "../room.ts";
import type { Words } from "../strings.ts";
import { fill } from "../wording.ts";
import { stepsOf, unhidden } from "./history.ts";
import { isOfNote, notes, type Revisions } from "./sentence-notes.ts";
import { stretchesOf } from "./told-sentences.ts";

/** So far back the text on an article's page is followed: each change is an object of the archive to read. */
const CHANGES_FOLLOWED = 6;

/**
 * The text of the newest revision; a sentence that something happened to leads to when it came and what it was before. A
 * style sheet shows that beside it while it is pointed at or focused; its link works without one.
 *
 * @param rows - the newest revisions, newest first
 */
export async function toldText(room: Room, newest: Revision, rows: readonly Revision[]): Promise<Html> {
  const { derived, words } = room;
  const article = await readArticle(derived, newest.article);
  const followed = unhidden(rows.slice(0, CHANGES_FOLLOWED + 1));
  const oldest = followed.at(-1);
  if (!oldest || followed[0]?.number !== newest.number) return articleText(words, article);
  const sentences = sentenceHistory(await stepsOf(room, followed.slice(0, -1).toReversed()), oldest.number);
  const revisions: Revisions = new Map(followed.map((revision) => [revision.number, revision]));
  const { history } = words;
  const intro = sentences.some((sentence) => sentence.at && isOfNote(sentence, revisions))
    ? html`<p class="note">${fill(history.choose, { at: moment(words, oldest.firstSeen) })} <a href="${paths.history(newest.watchId)}">${history.title}</a></p>`
    : null;
  return html`${intro}${articleText(words, article, tellingOf(words, article, sentences, revisions))}`;
}

function tellingOf(
  words: Words,
  article: Article,
  sentences: readonly SentenceHistory[],
  revisions: Revisions,
): Telling {
  const places = new Map(comparedBlocks(article).map((block, index) => [block, index]));
  const living = Map.groupBy(sentences, ({ at }) => at?.paragraph ?? null);
  let count = 0;
  return (block: Block) => {
    const place = places.get(block);
    const below: Html[] = [];
    const said = stretchesOf(block.text, (place !== undefined && living.get(place)) || [], revisions).map(
      ({ text, told }) => {
        if (!told) return html`${text}`;
        const id = `s${++count}`;
        below.push(html`<li id="${id}">${notes(words, told, revisions)}</li>`);
        return html`<a class="said" href="#${id}">${text}</a>`;
      },
    );
    if (below.length === 0) return { said: block.text, below: null };
    return { said: html`${said}`, below: html`<ul class="told-notes" dir="auto" lang="${words.locale}">${below}</ul>` };
  };
}
