import { hostOf } from "../../domain/url.ts";
import { fillText } from "../../domain/wording.ts";
import { readComparison } from "../../ports/derived-store.ts";
import { STYLE } from "../assets.ts";
import { markedHeadline } from "../comparison-view.ts";
import { absolute } from "../feed-entry.ts";
import { changeInBrief } from "../happening.ts";
import { cut, foreign, type Html, html, plain } from "../html.ts";
import { NotFound } from "../parameters.ts";
import { paths, type Room } from "../room.ts";

/** Addresses that other sites may frame, where the room is public. */
export const EMBEDDED = /^\/watches\/[^/]+\/changes\/[^/]+\/embed$/;

/** A change small enough to stand within somebody's story: its first words, its interval, and the way to all of it. */
export async function embedPage(room: Room, id: string, number: number): Promise<Html> {
  const { ledger, derived, words } = room;
  const [watch, revision] = await Promise.all([ledger.watch(id), ledger.revision(id, number)]);
  if (!watch || !revision?.change) throw new NotFound();
  const { change } = revision;
  const { headline: changed } = await readComparison(derived, revision.change.comparison);
  const headline = cut(revision.headline?.trim() || words.reading.noHeadline, 240);
  const page = absolute(room, paths.change(id, number));
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<title>${fillText(words.change.shortTitle, { number, headline: plain(headline) })}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="${page}">
<link rel="stylesheet" href="${STYLE.path}">
</head>
<body class="embed">
<main>
<p class="kicker">${foreign(hostOf(watch.url))} · ${fillText(words.change.title, { number })}</p>
${markedHeadline(words, changed, headline, revision.language)}
${changeInBrief(words, changed ? { ...revision, change: { ...change, excerpt: [] } } : revision)}
<p class="links"><a href="${page}" target="_blank" rel="noopener">${fillText(words.cite.seeIn, { name: words.name })}</a></p>
</main>
</body>
</html>
`;
}
