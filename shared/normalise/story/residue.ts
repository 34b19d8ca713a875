import { noticeKindOf } from "../../domain/notice-kind.ts";
import { folded } from "../page/canonical.ts";
import { absolute } from "../page/links.ts";
import { type Box, makeOf, type Outline, type Piece } from "../page/outline.ts";
import { DROPPED, NOT_TAKEN, type Standing } from "../page/roles.ts";
import { attribute } from "../page/tree.ts";
import { isAdvertLabel } from "../words/adverts.ts";
import { isBareLead, isLeadAlone, leadLength } from "../words/related.ts";
import type { Body } from "./body.ts";
import { contentsIn } from "./contents.ts";
import {
  isLink,
  isProse,
  LEAST_LINE,
  linkedShare,
  MOST_LINKED,
  prefixSums,
  SENTENCE_END,
  speaksFor,
  weightOf,
} from "./prose.ts";
import { toldDates } from "./told-dates.ts";

/** What becomes of a piece: kept as it is, kept as something outside the compared text, or dropped, and why. */
export type Fate =
  | { readonly keep: "text" }
  | { readonly keep: "caption" }
  | { readonly keep: "related"; readonly text: string }
  | { readonly keep: "nothing"; readonly why: string };

const TEXT: Fate = { keep: "text" };
const CAPTION: Fate = { keep: "caption" };
const dropped = (why: string): Fate => ({ keep: "nothing", why });
const related = (text: string): Fate => ({ keep: "related", text });

/** Judges the pieces of the body by where they stand; never by whether they look like a date, a number or a name. */
export function fatesOf(outline: Outline, body: Body, headline: string | null, url: string): Fate[] {
  const { pieces } = outline;
  const own = pieces.slice(body.first, body.end);
  const told = toldDates(own, body);
  const fates = own.map((piece, at) =>
    body.first + at < body.core && (body.chosen === "rule" || !isIntroduction(piece))
      ? dropped("between headline and story")
      : fateOf(piece, told.has(at) ? null : (body.roles[body.first + at] ?? null), url),
  );
  for (const at of contentsIn(outline, body, isLink))
    fates[at - body.first] = dropped(body.entries ? "key events" : "contents");
  cards(own, fates);
  gallery(own, fates);
  teasersOfItself(pieces, body, fates);
  repeatedHeadlines(own, fates, headline);
  labels(own, fates);
  relatedLists(own, fates, body);
  const edged = withoutEdges(own, fates);
  for (const { first, end } of stretchesOf(body)) {
    const entry = withoutEdges(own.slice(first, end), edged.slice(first, end));
    for (const [at, fate] of entry.entries()) edged[first + at] = fate;
  }
  for (const at of body.notices ?? []) if (at >= body.first && !isLink(pieces[at]!)) edged[at - body.first] = TEXT;
  return edged;
}

/** The fates without what stands at the edges outside running text; what is nothing but scraps is what it is. */
function withoutEdges(pieces: readonly Piece[], fates: readonly Fate[]): Fate[] {
  const edged = [...fates];
  const isText = (piece: Piece, at: number) => edged[at]!.keep === "text" && !isScrap(piece);
  const makes = new Set(
    pieces
      .filter((piece, at) => isText(piece, at) && isProse(piece) && isAloneInBlock(piece))
      .map(({ box }) => makeOf(box)),
  );
  const isMadeLikeText = (piece: Piece) => isAloneInBlock(piece) && makes.has(makeOf(piece.box));
  const isLoose = (piece: Piece, beside: Piece | undefined) =>
    isScrap(piece) && !isMadeLikeText(piece) && !(beside && standsAround(piece, beside));
  tail(pieces, edged, isLoose, pieces.findLast(isText));
  head(
    pieces,
    edged,
    isLoose,
    pieces.find((piece, at) => isText(piece, at) && piece.kind !== "heading"),
  );
  return edged.some(({ keep }) => keep === "text") ? edged : [...fates];
}

/** Where a live blog's entries begin and end among the pieces of the body. */
function stretchesOf({ entries, first, end }: Body): { readonly first: number; readonly end: number }[] {
  const keys = entries?.keys.slice(first, end) ?? [];
  const edges = [...keys.keys()].filter((at) => keys[at] !== keys[at - 1]);
  return edges
    .map((at, index) => ({ first: at, end: edges[index + 1] ?? keys.length }))
    .filter((stretch) => keys[stretch.first] !== undefined);
}

/**
 * Of what stands between headline and story, headings, running text and lines without a link, a date or a name belong to it: a
 * standfirst, key points, an opening paragraph. Whether a line ends with a full stop does not decide.
 */
const isIntroduction = (piece: Piece): boolean =>
  (piece.kind === "heading" && !isLink(piece)) ||
  (piece.paragraph && piece.linkChars + piece.roleChars === 0 && weightOf(piece.text) >= LEAST_LINE) ||
  (piece.kind !== "caption" && (piece.kind === "list-item" ? isProse(piece) : speaksFor(piece) > 0));

function fateOf(piece: Piece, role: Standing | null, url: string): Fate {
  if (role === DROPPED || role === NOT_TAKEN) return dropped(role);
  if (role === "caption" || piece.kind === "caption") return CAPTION;
  if (role === "related" && isLink(piece)) return related(piece.text);
  if (role !== null) return dropped(role);
  const lead = leadOf(piece);
  if (lead > 0 && lead < piece.text.length && piece.linkChars >= 0.8 * (piece.text.length - lead))
    return related(piece.text.slice(lead).trim());
  if (isPointer(piece, url)) return related(piece.text.slice(piece.leadChars).trim());
  // a paragraph that is one link leads elsewhere, as an embedded page does; inside a list, a table, a quotation it may be what the list is of
  if (isLink(piece) && (piece.kind === "paragraph" || isEmbedded(piece))) return related(piece.text);
  if (piece.kind === "paragraph" && isAdvertLabel(piece.text)) return dropped("advertisement");
  return isUnderPicture(piece) ? CAPTION : TEXT;
}

/** How long the lead words are that a link follows, nothing but marks between them; 0 where there are none. */
function leadOf({ text, linkChars, leadChars }: Piece): number {
  if (linkChars === 0) return 0;
  const before = leadChars > MOST_LEAD_CHARS ? "" : text.slice(0, leadChars).replace(/[\s\p{P}\p{S}]+$/u, "");
  if (before !== "" && isLeadAlone(before) && !isBareLead(before)) return leadChars;
  const lead = leadLength(text);
  return WORD.test(text.slice(lead, leadChars)) ? 0 : lead;
}

const MOST_LEAD_CHARS = 60;
const WORD = /[\p{L}\p{N}]/u;

/** A quotation that says nothing but a link stands for a page that scripts would show in its place. */
const isEmbedded = ({ kind, box }: Piece): boolean =>
  kind === "quotation" && box.element.name === "blockquote" && box.end - box.first === 1;

/**
 * A paragraph of a label and one link, to another page of the site and as long as titles are: it leads there in whatever
 * language it says so. Sources lie on other sites, names are short, and a correction may end in a link.
 */
function isPointer({ kind, text, leadChars, linkChars, references }: Piece, url: string): boolean {
  if (kind !== "paragraph" || references.length !== 1 || leadChars === 0 || leadChars > MOST_LABEL_CHARS) return false;
  const title = text.slice(leadChars).trim();
  if (!LABEL_END.test(text.slice(0, leadChars)) || linkChars < title.length - 1) return false;
  return weightOf(title) >= LEAST_TITLE && isOnSite(references[0]!, url) && noticeKindOf(text) === undefined;
}

const MOST_LABEL_CHARS = 30;
const LABEL_END = /[:：»›>]\s*$/;
/** A title says as much, weighed; a name does not. */
const LEAST_TITLE = 25;

function isOnSite(reference: string, url: string): boolean {
  const target = absolute(reference, url);
  return target !== null && hostOf(target) === hostOf(url);
}
const hostOf = (url: string): string | undefined => URL.parse(url)?.hostname.replace(/^www\./, "");

/** A page whose pictures tell its story: their captions say far more than its text does, and are text. */
function gallery(pieces: readonly Piece[], fates: Fate[]): void {
  const saidAs = (keep: Fate["keep"]) =>
    pieces.reduce((sum, piece, at) => sum + (fates[at]!.keep === keep ? Math.max(0, speaksFor(piece)) : 0), 0);
  if (fates.filter(({ keep }) => keep === "caption").length < LEAST_CAPTIONS) return;
  if (saidAs("caption") <= CAPTIONS_TELL * saidAs("text")) return;
  for (const [at, piece] of pieces.entries()) {
    if (fates[at]!.keep === "caption") fates[at] = TEXT;
    else if (fates[at]!.keep === "text" && isScrap(piece) && isInFigure(piece)) fates[at] = dropped("beside a caption");
  }
}

const LEAST_CAPTIONS = 3;
/** How many times as much as the text: near to one, an edit could make text of captions. */
const CAPTIONS_TELL = 2;

function isInFigure({ box: inner }: Piece): boolean {
  for (let box: Box | null = inner; box; box = box.parent) if (box.element.name === "figure") return true;
  return false;
}

const ON_CARDS: ReadonlySet<Piece["kind"]> = new Set(["heading", "paragraph", "caption"]);

/** One link around several blocks is a card that leads to another page, however it sets its title and in whatever it stands. */
function cards(pieces: readonly Piece[], fates: Fate[]): void {
  const inside = pieces.map((piece) => isLink(piece) && piece.references.length === 0); // the link was opened further out
  for (const [at, piece] of pieces.entries()) {
    if (!inside[at] || !(inside[at - 1] || inside[at + 1]) || !ON_CARDS.has(piece.kind)) continue;
    if (fates[at]!.keep === "text" || fates[at]!.keep === "caption") fates[at] = related(piece.text);
  }
}

/**
 * Some sites call an article's own first lines its teaser. What advertises other articles leads to them: running text above
 * the story, in a box so named that leads nowhere, opens the story.
 */
function teasersOfItself(pieces: readonly Piece[], { first, roles }: Body, fates: Fate[]): void {
  const leading = prefixSums(pieces.map((piece) => (linkedShare(piece) > MOST_LINKED ? 1 : 0)));
  const leads = (box: Box): boolean => leading[box.end]! > leading[box.first]!;
  for (const [at, fate] of fates.entries()) {
    const piece = pieces[first + at]!;
    if (fate.keep === "text" && isProse(piece)) return;
    if (roles[first + at] !== "related" || speaksFor(piece) <= 0) continue;
    let box: Box | null = piece.box;
    while (box && !(box.role === "related" && (leads(box) || !isTeaser(box)))) box = box.parent;
    if (box === null) fates[at] = TEXT;
  }
}

const isTeaser = ({ element }: Box): boolean =>
  /teaser/i.test(`${attribute(element, "class")} ${attribute(element, "id")}`);

/** A line that is no sentence, alone in one block with the picture above it. */
const isUnderPicture = (piece: Piece): boolean =>
  piece.box.pictured && piece.box.end - piece.box.first === 1 && isScrap(piece);

/** The headline again at the head of the body, as often as the theme prints it. */
function repeatedHeadlines(pieces: readonly Piece[], fates: Fate[], headline: string | null): void {
  if (headline === null) return;
  const title = folded(headline);
  for (const [at, piece] of pieces.entries()) {
    if (fates[at]!.keep !== "text") continue;
    if (folded(piece.text) === title) fates[at] = dropped("headline repeated");
    else if (piece.kind !== "heading") return;
  }
}

/**
 * Headings of one rank above the story, two or more in a row, each alone in its box and with nothing but links under it: a
 * list of versions, of sections, of topics. A heading of the story has text under it, or headings of a lower rank.
 */
function labels(pieces: readonly Piece[], fates: Fate[]): void {
  const story = fates.findIndex(({ keep }, at) => keep === "text" && speaksFor(pieces[at]!) > 0);
  const runs: number[][] = [];
  let below: Piece | null = null;
  let run: number[] = [];
  for (let at = story; at >= 0; at -= 1) {
    const piece = pieces[at]!;
    if (isLink(piece)) continue;
    const heading = fates[at]!.keep === "text" && piece.kind === "heading" && isAlone(piece);
    const bare = heading && below?.kind === "heading" && below.level <= piece.level;
    if (!bare || piece.level !== pieces[run[0] ?? at]!.level) run = [];
    if (bare && run.push(at) === 1) runs.push(run);
    below = piece;
  }
  for (const at of runs.filter(({ length }) => length > 1).flat()) fates[at] = dropped("label");
}

const isAlone = ({ box: { parent } }: Piece): boolean => parent !== null && parent.end - parent.first === 1;

/**
 * Lead words alone ("Read also"), and what they lead: the links, headings and scraps in the rest of their box, or the
 * links right below them. A word that heads paragraphs as well ("Watch") leads no more than the latter.
 */
function relatedLists(pieces: readonly Piece[], fates: Fate[], body: Body): void {
  const links = prefixSums(pieces.map((piece) => (isLink(piece) ? 1 : 0)));
  for (const [at, piece] of pieces.entries()) {
    if (fates[at]!.keep !== "text" || !isLeadAlone(piece.text)) continue;
    const linksUntil = (end: number) => links[end]! - links[at + (isLink(piece) ? 0 : 1)]!;
    let end = isBareLead(piece.text) ? at + 1 : endOfLed(piece, at, body);
    if (linksUntil(end) === 0) {
      end = at + 1;
      while (end < pieces.length && (fates[end]!.keep !== "text" || isLink(pieces[end]!))) end += 1;
    }
    if (linksUntil(end) === 0) continue;
    fates[at] = dropped("related lead");
    for (let below = at + 1; below < end; below += 1)
      if (fates[below]!.keep === "text" && !isProse(pieces[below]!)) fates[below] = related(pieces[below]!.text);
  }
}

/** Where the box that lead words open ends: the widest around them that holds little of the story. */
function endOfLed(lead: Piece, at: number, { box: story, prose, first, end }: Body): number {
  const place = first + at;
  const most = MOST_OF_STORY * (prose[end]! - prose[first]!);
  let last = place + 1;
  for (let box: Box | null = lead.box; box && box !== story; box = box.parent) {
    const opens = box.first === place || box.first === place - 1;
    if (opens && box.end <= end && prose[box.end]! - prose[box.first]! <= most) last = box.end;
  }
  return last - first;
}

/** Share of the story's text up to which a box that opens with lead words is a list of teasers. */
const MOST_OF_STORY = 0.4;

/** Whether a piece has nothing to do with the running text beside it: no paragraph, nor made like one, nor right under what holds it. */
type IsLoose = (piece: Piece, beside: Piece | undefined) => boolean;

/** Sites without `<p>` set each paragraph in a block of one make. */
const isAloneInBlock = ({ box: { first, end } }: Piece): boolean => end - first === 1;

/** What trails after the last running text: headings of nothing, lists of links, scraps outside paragraphs. */
function tail(pieces: readonly Piece[], fates: Fate[], isLoose: IsLoose, last: Piece | undefined): void {
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    if (fates[at]!.keep !== "text") continue;
    const piece = pieces[at]!;
    if (isLink(piece)) fates[at] = related(piece.text);
    else if ((piece.kind === "heading" && isShort(piece)) || isLoose(piece, last)) fates[at] = dropped("tail");
    else return;
  }
}

/** Whether a scrap stands in the very element that holds running text: nothing parts it from the story. */
function standsAround(scrap: Piece, story: Piece): boolean {
  for (let box: Box | null = story.box; box; box = box.parent) if (box === scrap.box) return true;
  return false;
}

/** What stands before the first running text outside paragraphs: section labels, dates, names, controls, links. */
function head(pieces: readonly Piece[], fates: Fate[], isLoose: IsLoose, first: Piece | undefined): void {
  for (const [at, piece] of pieces.entries()) {
    const fate = fates[at]!;
    const menu = fate.keep === "related" && isLink(piece) && leadLength(piece.text) === 0;
    if (!menu && (fate.keep !== "text" || piece.kind === "heading")) continue;
    if (!menu && !isLoose(piece, first)) return;
    fates[at] = dropped("head");
  }
}

const isScrap = (piece: Piece): boolean =>
  piece.kind === "paragraph" && !piece.paragraph && isShort(piece) && !SENTENCE_END.test(piece.text);
/** Too little for a paragraph of a story. */
const isShort = (piece: Piece): boolean => weightOf(piece.text) < 80;
