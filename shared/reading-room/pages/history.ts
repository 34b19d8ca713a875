import { type RevisionStep, type SentenceHistory, sentenceHistory } from "../../diff/history.ts";
import { comparedBlocks, isHeading } from "../../domain/article.ts";
import type { Revision } from "../../domain/revision.ts";
import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readArticle, readComparison } from "../../ports/derived-store.ts";
import { isWithheld } from "../gate.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { moment } from "../instants.ts";
import { layout } from "../layout.ts";
import { foreignAttributes } from "../marks.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";
import type { Words } from "../strings.ts";
import { fill } from "../wording.ts";
import { isOfNote, notes, type Revisions } from "./sentence-notes.ts";
import { stretchesOf } from "./told-sentences.ts";

/** Each is an object of the archive to read. */
export const CHANGES_FOLLOWED = 50;

/** What became of each sentence: when it came and what it said before; and those that are gone. */
export async function historyPage(room: Room, id: string): Promise<Html> {
  const { ledger, derived, words } = room;
  const [standing, { rows: all }] = await Promise.all([
    ledger.overview(id),
    ledger.revisions(id, { limit: CHANGES_FOLLOWED + 1 }),
  ]);
  const rows = unhidden(all);
  const [newest, oldest] = [rows.at(0), rows.at(-1)];
  if (!standing || !newest || !oldest) throw new NotFound();
  const article = await readArticle(derived, newest.article);
  const paragraphs = comparedBlocks(article).map((block) => ({ text: block.text, isHeading: isHeading(block) }));
  const sentences = sentenceHistory(await stepsOf(room, rows.slice(0, -1).toReversed()), oldest.number);
  const revisions: Revisions = new Map(rows.map((revision) => [revision.number, revision]));
  const living = Map.groupBy(sentences, ({ at }) => at?.paragraph ?? null);
  const gone = sentences.filter(({ gone: went }) => went !== undefined).toReversed();
  const { history } = words;
  const number = counter();
  const body = html`<p class="kicker"><a href="${paths.watch(id)}">${foreign(hostOf(standing.watch.url))}</a> · ${history.title}</p>
<h1${foreignAttributes(article.language)}>${article.headline?.trim() || words.reading.noHeadline}</h1>
<p class="note">${sentences.some((sentence) => isOfNote(sentence, revisions)) ? history.meaning : history.unchanged}</p>
${oldest.number > 1 && html`<p class="note">${fill(history.since, { number: oldest.number, at: moment(words, oldest.firstSeen) })}</p>`}
<div class="article history"${foreignAttributes(article.language)}>
${paragraphs.map((paragraph, index) => paragraphOf(words, paragraph, living.get(index) ?? [], revisions, number))}</div>
${newest.number > 1 && goneSentences(words, gone, revisions, article.language)}`;
  const title = fillText(history.shortTitle, { headline: titleOf(article.headline, standing.watch.url) });
  return layout(room, { title, body });
}

/** The newest ones before a hidden text: nothing is followed through one. */
export function unhidden(rows: readonly Revision[]): readonly Revision[] {
  const hidden = rows.findIndex(({ article }, index) => index > 0 && isWithheld(article));
  return hidden < 0 ? rows : rows.slice(0, hidden);
}

/** What revisions changed, in their order. */
export const stepsOf = ({ derived }: Pick<Room, "derived">, changed: readonly Revision[]): Promise<RevisionStep[]> =>
  Promise.all(
    changed.flatMap(({ number, change }) =>
      change
        ? [readComparison(derived, change.comparison).then((comparison) => ({ ...comparison, revision: number }))]
        : [],
    ),
  );

/** Numbers the marked sentences of the page. */
function counter(): () => number {
  let count = 0;
  return () => ++count;
}

interface Paragraph {
  readonly text: string;
  readonly isHeading: boolean;
}

/** A paragraph with its marked sentences, and below it what happened to them. */
function paragraphOf(
  words: Words,
  { text, isHeading }: Paragraph,
  sentences: readonly SentenceHistory[],
  revisions: Revisions,
  number: () => number,
): Html {
  const below: Html[] = [];
  const shown = stretchesOf(text, sentences, revisions).map(({ text, told }) => {
    if (!told) return html`${text}`;
    const n = number();
    below.push(html`<li id="s${n}" value="${n}">${notes(words, told, revisions)}</li>`);
    return html`<mark>${text}</mark><sup><a href="#s${n}">${n}</a></sup>`;
  });
  return html`${isHeading ? html`<h3 dir="auto">${shown}</h3>` : html`<p dir="auto">${shown}</p>`}
${below.length > 0 && html`<ol class="sentence-notes" dir="auto" lang="${words.locale}">${below}</ol>`}
`;
}

function goneSentences(
  words: Words,
  gone: readonly SentenceHistory[],
  revisions: Revisions,
  language: string | null,
): Html {
  const { history } = words;
  return html`<section aria-labelledby="gone"><h2 id="gone">${history.gone}</h2>
${
  gone.length === 0
    ? html`<p class="note">${history.nothingGone}</p>`
    : html`<p class="note">${history.goneMeaning}</p>
<ul class="gone">${gone.map(
        (sentence) => html`<li><p${foreignAttributes(language)}>${sentence.text}</p>
<div class="sentence-notes">${notes(words, sentence, revisions)}</div></li>
`,
      )}</ul>`
}
</section>`;
}
