import { type Cited, quotation } from "../citation.ts";
import { absolute } from "../feed-entry.ts";
import { type Html, html, plain } from "../html.ts";
import { paths, type Room } from "../room.ts";

/** How it can be cited and shown elsewhere. Each block is taken whole by one click: a style does it, no script. */
export function citeBox(room: Room, cited: Cited): Html {
  const { cite: say } = room.words;
  const { watchId, number } = cited.revision;
  const path = cited.before ? paths.change(watchId, number) : paths.revision(watchId, number);
  const frame = cited.before ? embedCode(room, cited) : null;
  return html`<details class="cite"><summary>${say.summary}</summary>
<p class="note">${say.meaning}</p>
<pre class="whole" dir="auto">${quotation(room, cited)}</pre>
<p class="links"><a href="${path}/cite.txt">${say.asText}</a> <a href="${path}/cite.json">${say.asCsl}</a></p>
${
  frame &&
  html`<p class="note">${say.embedMeaning}</p>
<pre class="whole"><code>${frame}</code></pre>
<p class="links"><a href="${path}/embed">${say.embed}</a></p>`
}</details>`;
}

/** What a story takes to show the change; null where nobody elsewhere could see it. */
function embedCode(room: Room, { revision: { watchId, number, headline } }: Cited): string | null {
  if (room.address === null || room.access.kind === "private") return null;
  const address = absolute(room, `${paths.change(watchId, number)}/embed`);
  const title = plain(`${room.words.name}: ${headline?.trim() || room.words.reading.noHeadline}`);
  return String(
    html`<iframe src="${address}" title="${title}" width="100%" height="320" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0"></iframe>`,
  );
}
