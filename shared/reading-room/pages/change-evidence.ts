import type { Article } from "../../domain/article.ts";
import type { Comparison, FieldChange } from "../../domain/comparison.ts";
import type { ChangeSummary, Revision } from "../../domain/revision.ts";
import { toInstant } from "../../domain/time.ts";
import { type Child, cut, foreign, type Html, html } from "../html.ts";
import { interval, moment } from "../instants.ts";
import { paths } from "../room.ts";
import type { Words } from "../strings.ts";
import { fill } from "../wording.ts";

/** What the page claims of its dates, beside what was observed. */
export function claims(words: Words, change: ChangeSummary, comparison: Comparison, article: Article): Html {
  const { observed, observedMeaning, claimedPublished, claimedModified, claimedMeaning } = words.change;
  return html`<dl class="claims">
<div><dt>${observed}</dt><dd>${interval(words, change.observed)} <span class="detail">(${observedMeaning})</span></dd></div>
<div><dt>${claimedPublished}</dt><dd>${claim(words, comparison.published, article.published)}</dd></div>
<div><dt>${claimedModified}</dt><dd>${claim(words, comparison.modified, article.modified)} <span class="detail">(${claimedMeaning})</span></dd></div>
</dl>`;
}

function claim(words: Words, change: FieldChange | undefined, stands: string | null): Html {
  const said = (date: string | null): Html =>
    date === null ? html`${words.change.claimedNothing}` : claimedDate(words, date);
  return change ? fill(words.change.claimedFromTo, { from: said(change.from), to: said(change.to) }) : said(stands);
}

/** In UTC where the claim names its zone; else as the page has it, since nobody knows which zone it means. */
function claimedDate(words: Words, date: string): Html {
  const instant = /T.*(Z|[+-]\d\d:?\d\d)$/.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(instant) ? foreign(cut(date, 100)) : moment(words, toInstant(instant));
}

/** Where the bytes are that both readings were taken from. */
export function evidenceBox(words: Words, before: Revision, after: Revision): Html {
  const { evidence, evidenceMeaning } = words.change;
  return html`<section class="evidence" aria-labelledby="evidence"><h2 id="evidence">${evidence}</h2>
<p class="note">${evidenceMeaning}</p>
<div class="sides">${side(words, words.change.before, before)}${side(words, words.change.after, after)}</div>
</section>`;
}

function side(words: Words, title: string, revision: Revision): Html {
  const { watchId, number } = revision;
  const { change } = words;
  const rows: readonly (readonly [string, Child])[] = [
    [change.revision, html`<a href="${paths.revision(watchId, number)}">${number}</a>`],
    [change.readingDigest, html`<code>${revision.reading}</code>`],
    [change.capture, html`<code>${revision.recordId}</code>`],
    [change.capturedAt, moment(words, revision.requested)],
    [
      change.warc,
      html`<code>${revision.warc}</code> <a href="${paths.capture(watchId, number)}" download>${change.download}</a>`,
    ],
    [change.normaliser, html`<code>${revision.normaliser}</code>`],
  ];
  return html`<div class="side"><h3>${title}</h3>
<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></div>`;
}
