import type { Article } from "../domain/article.ts";
import type { ObservedInterval, Revision } from "../domain/revision.ts";
import type { Instant } from "../domain/time.ts";
import { hostOf } from "../domain/url.ts";
import { fillText } from "../domain/wording.ts";
import { readArticle } from "../ports/derived-store.ts";
import { absolute } from "./feed-entry.ts";
import { plain } from "./html.ts";
import { intervalText, momentText } from "./instants.ts";
import { NotFound } from "./parameters.ts";
import { paths, type Room } from "./room.ts";

/** What is cited: a text, or the change that made it. */
export interface Cited {
  /** Of the watched page. */
  readonly url: string;
  readonly revision: Revision;
  readonly article: Pick<Article, "headline" | "byline" | "published" | "siteName" | "language">;
  /** Of a change: the text before it. */
  readonly before?: Revision;
}

/** The text of revision n. @throws NotFound, Restricted, ArchiveDamage */
export async function citedRevision({ ledger, derived }: Room, id: string, number: number): Promise<Cited> {
  const [watch, revision] = await Promise.all([ledger.watch(id), ledger.revision(id, number)]);
  if (!watch || !revision) throw new NotFound();
  return { url: watch.url, revision, article: await readArticle(derived, revision.article) };
}

/** The change that made revision n. @throws NotFound, Restricted, ArchiveDamage */
export async function citedChange({ ledger, derived }: Room, id: string, number: number): Promise<Cited> {
  const [watch, before, revision] = await Promise.all([
    ledger.watch(id),
    ledger.revision(id, number - 1),
    ledger.revision(id, number),
  ]);
  if (!watch || !before || !revision?.change) throw new NotFound();
  await readArticle(derived, before.article); // a quotation has words of both texts, so both may be read or neither
  return { url: watch.url, revision, before, article: await readArticle(derived, revision.article) };
}

/** Where what is cited stands for good. */
const pageOf = ({ revision: { watchId, number }, before }: Cited): string =>
  before ? paths.change(watchId, number) : paths.revision(watchId, number);

/** A quotation with its source: what it read, both instants, the hashes, the permanent page. Plain text, a fact a line. */
export function quotation(room: Room, cited: Cited): string {
  const { words } = room;
  const { cite: say } = words;
  const { url, revision, before, article } = cited;
  const source = article.siteName?.trim() || hostOf(url);
  const byline = article.byline?.trim();
  const seen = (one: Revision) =>
    fillText(say.revision, {
      number: one.number,
      at: momentText(words, one.firstSeen),
      instant: one.firstSeen,
      digest: one.reading,
    });
  const { change } = revision;
  return [
    fillText(say.title, { headline: article.headline?.trim() || words.reading.noHeadline, source }),
    byline && fillText(say.byline, { byline }),
    url,
    ...(before && change
      ? [
          fillText(say.changed, { interval: intervalText(words, change.observed) }),
          ...saidBefore(change.excerpt.length > 0, say.before, sideOf(revision, "-")),
          ...saidBefore(change.excerpt.length > 0, say.after, sideOf(revision, "+")),
          seen(before),
        ]
      : []),
    seen(revision),
    fillText(say.permanent, { address: absolute(room, pageOf(cited)) }),
  ]
    .filter((line) => line !== undefined && line !== "")
    .map((line) => plain(line as string))
    .join("\n");
}

const saidBefore = (isThere: boolean, sentence: string, text: string): string[] =>
  isThere ? [fillText(sentence, { text: text.trim() })] : [];

/** One side of a change's first changed words: what was kept, with what was taken out or put in. */
const sideOf = ({ change }: Revision, mark: "-" | "+"): string =>
  (change?.excerpt ?? [])
    .filter((word) => word.mark === "=" || word.mark === mark)
    .map(({ text }) => text)
    .join("");

/** An item of CSL-JSON, as reference managers take it in (citationstyles.org, schema 1.0.2). */
export interface CslItem {
  readonly id: string;
  readonly type: "webpage";
  readonly title: string;
  readonly "container-title": string;
  readonly author?: readonly { readonly literal: string }[];
  readonly issued?: CslDate;
  readonly accessed: CslDate;
  readonly URL: string;
  readonly language?: string;
  readonly version: string;
  readonly archive: string;
  readonly archive_location: string;
  readonly note: string;
}

interface CslDate {
  readonly "date-parts": readonly [readonly number[]];
}

/** The same for a reference manager. `issued` is what the page claims of itself. */
export function cslItem(room: Room, cited: Cited): CslItem {
  const { words } = room;
  const { url, revision, before, article } = cited;
  const { watchId, number, firstSeen, change } = revision;
  const issued = claimedDate(article.published);
  const hash = ({ number: n, reading, firstSeen: at }: Revision) =>
    `Revision ${n}: first seen ${at}, SHA-256 ${reading}`;
  return {
    id: `variorum-${watchId}-${before ? "change" : "revision"}-${number}`,
    type: "webpage",
    title: plain(article.headline?.trim() || url),
    "container-title": plain(article.siteName?.trim() || hostOf(url)),
    ...(article.byline?.trim() && { author: [{ literal: plain(article.byline) }] }),
    ...(issued && { issued }),
    accessed: dateOf(firstSeen),
    URL: url,
    ...(revision.language && { language: plain(revision.language) }),
    version: fillText(words.watch.revision, { number }),
    archive: words.name,
    archive_location: absolute(room, pageOf(cited)),
    note: [...(before && change ? [editedText(change.observed), hash(before)] : []), hash(revision)].join("; "),
  };
}

/** In instants, which every reader of a note understands. */
const editedText = ({ lastSeen, firstSeen }: ObservedInterval): string =>
  `Edited after ${lastSeen}, not after ${firstSeen}`;

const dateOf = (at: Instant): CslDate => ({
  "date-parts": [[Number(at.slice(0, 4)), Number(at.slice(5, 7)), Number(at.slice(8, 10))]],
});

/** A page's claim where it begins as a date of ISO 8601 does. */
function claimedDate(claim: string | null): CslDate | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(claim ?? "") ?? [];
  return year ? { "date-parts": [[Number(year), Number(month), Number(day)]] } : null;
}
