import { feedPath } from "./access.ts";
import { ICON, STYLE } from "./assets.ts";
import { cut, type Html, html, plain } from "./html.ts";
import { atInstant } from "./instants.ts";
import { type Heartbeat, paths, type Room } from "./room.ts";

interface Sheet {
  readonly title: string;
  readonly body: Html;
  /** The place in the navigation that this page is. */
  readonly here?: "home" | "watches";
  /** A feed of its own, beside that of all changes. */
  readonly feed?: { readonly path: string; readonly title: string };
  /** Shown loudly when the monitor does not run. */
  readonly heartbeat?: Heartbeat;
}

/** A whole page in the reading room's dress. */
export function layout(room: Room, { title, body, here, feed, heartbeat }: Sheet): Html {
  const { words } = room;
  const current = (place: "home" | "watches") => (place === here ? html` aria-current="page"` : null);
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<title>${here === "home" ? words.name : `${cut(plain(title), 160)} · ${words.name}`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${STYLE.path}">
<link rel="icon" type="image/svg+xml" href="${ICON.path}">
<link rel="alternate" type="application/atom+xml" title="${words.feed.all}" href="${feedPath(room, paths.feed)}">
${feed && html`<link rel="alternate" type="application/atom+xml" title="${plain(feed.title)}" href="${feedPath(room, feed.path)}">`}
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header class="masthead">
<p class="name"><a href="/">${words.name}</a></p>
<nav aria-label="${words.navigation.label}"><ul>
<li><a href="${paths.home}"${current("home")}>${words.navigation.home}</a></li>
<li><a href="${paths.watches}"${current("watches")}>${words.navigation.watches}</a></li>
<li><a href="${feedPath(room, feed?.path ?? paths.feed)}" type="application/atom+xml">${words.navigation.feed}</a></li>
</ul></nav>
</header>
${heartbeat && !heartbeat.alive && alarm(room, heartbeat)}
<main id="text" tabindex="-1">
${body}
</main>
<footer class="colophon"><p>${words.footer}</p></footer>
</body>
</html>
`;
}

function alarm({ words }: Room, { lastTick }: Heartbeat): Html {
  const { late, lateTitle, lateAdvice, never } = words.health;
  return html`<div class="alarm" role="alert"><p><strong>${lateTitle}</strong>
${lastTick === null ? never : atInstant(words, late, lastTick)} ${lateAdvice}</p></div>`;
}
