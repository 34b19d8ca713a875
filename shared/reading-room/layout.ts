import { CARD_SIZE } from "../ports/card-drawer.ts";
import { feedPath } from "./access.ts";
import { ICON, KEYS, STYLE } from "./assets.ts";
import { cut, type Html, html, plain } from "./html.ts";
import { atInstant } from "./instants.ts";
import { type Heartbeat, inFormat, paths, type Room } from "./room.ts";
import { takesNewcomers } from "./services.ts";
import type { Words } from "./strings.ts";

interface Sheet {
  readonly title: string;
  readonly body: Html;
  /** The place in the navigation that this page is. */
  readonly here?: "home" | "watches" | "search" | "subscribe";
  /** A feed of its own, beside that of all changes. */
  readonly feed?: { readonly path: string; readonly title: string };
  /** The picture that stands for the page where its link is shown. */
  readonly card?: { readonly path: string; readonly alt: string; readonly title: string };
  /** For whoever may be no reader: without the feeds, whose addresses hold the key of a private room. */
  readonly toAnyone?: boolean;
  /** With a script for whoever turns pages by keys; the body has `keysHint` then. */
  readonly keys?: boolean;
  /** Shown loudly when the monitor does not run. */
  readonly heartbeat?: Heartbeat;
}

/** A whole page in the reading room's dress. */
export function layout(room: Room, { title, body, here, feed, heartbeat, toAnyone, card, keys }: Sheet): Html {
  const { words } = room;
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<title>${here === "home" ? words.name : `${cut(plain(title), 160)} · ${words.name}`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${STYLE.path}">
<link rel="icon" type="image/svg+xml" href="${ICON.path}">
${keys && html`<script src="${KEYS.path}" defer></script>`}
${!toAnyone && feedLinks(room, feed)}
${card && openGraph(room, card)}
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header class="masthead">
<p class="name"><a href="/">${words.name}</a></p>
${!toAnyone && navigation(room, here, feed?.path ?? paths.feed)}
</header>
${room.viewer === "operator" && html`<p class="warning operator">${words.restricted.operator}</p>`}
${heartbeat && !heartbeat.alive && alarm(room, heartbeat)}
<main id="text" tabindex="-1">
${body}
</main>
<footer class="colophon">${!toAnyone && furtherPages(room)}<p>${words.footer}</p></footer>
</body>
</html>
`;
}

/** Names the keys; hidden until the script that they need runs. Its room is kept where scripts run, so that nothing shifts. */
export const keysHint = ({ keys }: Words, within: "change" | "comparison" | "revision"): Html =>
  html`<div class="keys" data-keys hidden><p data-keys-when="on">${keys[within]} <button type="button">${keys.end}</button></p>
<p data-keys-when="off" hidden>${keys.ended} <button type="button">${keys.begin}</button></p></div>`;

function feedLinks(room: Room, own: Sheet["feed"]): Html {
  const link = (title: string, path: string) =>
    html`<link rel="alternate" type="application/atom+xml" title="${plain(title)}" href="${feedPath(room, path)}">
<link rel="alternate" type="application/feed+json" title="${plain(title)}" href="${feedPath(room, inFormat(path, "json"))}">`;
  return html`${link(room.words.feed.all, paths.feed)}${own && link(own.title, own.path)}`;
}

/** Open Graph wants whole addresses, and who draws previews is no reader of a private room. */
function openGraph({ address, access, words }: Room, { path, alt, title }: NonNullable<Sheet["card"]>): Html | null {
  if (address === null || access.kind === "private") return null;
  return html`<meta property="og:type" content="article">
<meta property="og:site_name" content="${words.name}">
<meta property="og:title" content="${plain(title)}">
<meta property="og:description" content="${plain(alt)}">
<meta property="og:image" content="${address}${path}">
<meta property="og:image:width" content="${String(CARD_SIZE.width)}">
<meta property="og:image:height" content="${String(CARD_SIZE.height)}">
<meta property="og:image:alt" content="${plain(alt)}">
<meta name="twitter:card" content="summary_large_image">`;
}

function navigation(room: Room, here: Sheet["here"], feed: string): Html {
  const { label, ...names } = room.words.navigation;
  const current = (place: Sheet["here"]) => (place === here ? html` aria-current="page"` : null);
  return html`<nav aria-label="${label}"><ul>
<li><a href="${paths.home}"${current("home")}>${names.home}</a></li>
<li><a href="${paths.watches}"${current("watches")}>${names.watches}</a></li>
${room.search && html`<li><a href="${paths.search}"${current("search")}>${names.search}</a></li>`}
${takesNewcomers(room.subscribing) && html`<li><a href="${paths.subscribe}"${current("subscribe")}>${names.subscribe}</a></li>`}
<li><a href="${feedPath(room, feed)}" type="application/atom+xml">${names.feed}</a></li>
</ul></nav>`;
}

/** Where else there is something to read: below, so that the text begins near the top of a phone. */
const furtherPages = ({ words }: Room): Html =>
  html`<nav aria-label="${words.navigation.more}"><ul>
<li><a href="${paths.sources}">${words.groups.sources.title}</a></li>
<li><a href="${paths.tags}">${words.groups.tags.title}</a></li>
<li><a href="${paths.coverage}">${words.coverage.title}</a></li>
<li><a href="${paths.status}">${words.status.title}</a></li>
</ul></nav>`;

function alarm({ words }: Room, { lastTick }: Heartbeat): Html {
  const { late, lateTitle, lateAdvice, never } = words.health;
  return html`<div class="alarm" role="alert"><p><strong>${lateTitle}</strong>
${lastTick === null ? never : atInstant(words, late, lastTick)} ${lateAdvice}</p></div>`;
}
