import { sourcesOf } from "../../domain/source.ts";
import { hostOf } from "../../domain/url.ts";
import type { Watch } from "../../domain/watch.ts";
import { fillText } from "../../domain/wording.ts";
import type { Choice } from "../chosen.ts";
import { lookFor } from "../chosen.ts";
import { titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import { heartbeat, paths, type Room } from "../room.ts";
import { counted } from "../wording.ts";
import { homeFor, tally } from "./choice-form.ts";
import { happeningList } from "./happening-list.ts";
import { howFar } from "./home.ts";

/** By what watches are grouped. */
export type GroupKind = "sources" | "tags";

interface Grouping {
  readonly list: string;
  readonly of: (name: string) => string;
  readonly feed: (name: string) => string;
  readonly choice: (name: string) => Choice;
  /** The groups that a watch is listed in. */
  readonly names: (watch: Watch) => readonly string[];
  readonly holds: (watch: Watch, name: string) => boolean;
}

const GROUPINGS: Readonly<Record<GroupKind, Grouping>> = {
  sources: {
    list: paths.sources,
    of: paths.source,
    feed: paths.sourceFeed,
    choice: (source) => ({ source }),
    names: ({ url }) => [hostOf(url)],
    holds: ({ url }, name) => sourcesOf(url).includes(name),
  },
  tags: {
    list: paths.tags,
    of: paths.tag,
    feed: paths.tagFeed,
    choice: (tag) => ({ tag }),
    names: ({ tags }) => tags,
    holds: ({ tags }, name) => tags.includes(name),
  },
};

/** Watches that one page looks through: one query, some 0.4 MB. */
const LOOKED_THROUGH = 1000;

/** All sources, or all tags, of the watches that one page looks through. */
export async function groupsPage(room: Room, kind: GroupKind, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const say = words.groups;
  const grouping = GROUPINGS[kind];
  const [page, beat] = await Promise.all([
    ledger.watches({ limit: LOOKED_THROUGH, ...(after && { after }) }),
    heartbeat(room),
  ]);
  const groups = tally(page.rows.flatMap(grouping.names));
  const body = html`<h1>${say[kind].title}</h1>
${groups.length === 0 && html`<p class="note">${say[kind].none}</p>`}
<ul class="groups">${groups.map(
    ([name, count]) =>
      html`<li><a href="${grouping.of(name)}">${foreign(name)}</a> <span class="detail">${counted(words, say.articles, count)}</span></li>
`,
  )}</ul>
${further(room, grouping.list, say[kind].title, page.rows.length, page.next, after)}`;
  return layout(room, { title: say[kind].title, body, heartbeat: beat });
}

/** So many of a group's articles are listed at once. */
const LISTED = 100;

/** One source or one tag: what changed there, and what is watched. */
export async function groupPage(room: Room, kind: GroupKind, name: string, after: string | undefined): Promise<Html> {
  const { ledger, words } = room;
  const say = words.groups;
  const grouping = GROUPINGS[kind];
  const [found, page, beat] = await Promise.all([
    lookFor(room, grouping.choice(name), { times: 1 }),
    ledger.watches({ limit: LOOKED_THROUGH, ...(after && { after }) }),
    heartbeat(room),
  ]);
  const watches = page.rows.filter((watch) => grouping.holds(watch, name));
  const title = fillText(say[kind].one, { name });
  const feed = grouping.feed(name);
  const body = html`<p class="kicker"><a href="${grouping.list}">${say[kind].title}</a></p>
<h1>${foreign(name)}</h1>
<section aria-labelledby="changes"><h2 id="changes">${words.home.title}</h2>
${howFar(room, found)}
${happeningList(room, found.happenings)}
<p class="links"><a href="${homeFor(grouping.choice(name))}">${say.narrow}</a></p></section>
<section aria-labelledby="watches"><h2 id="watches">${words.watches.title}</h2>
${watches.length === 0 && html`<p class="note">${say.noArticles}</p>`}
<ul class="groups">${watches.slice(0, LISTED).map(({ id, url }) => html`<li><a href="${paths.watch(id)}">${foreign(titleOf(null, url))}</a></li>`)}</ul>
${watches.length > LISTED && html`<p class="note">${counted(words, say.moreArticles, watches.length - LISTED)}</p>`}
${further(room, grouping.of(name), words.watches.title, page.rows.length, page.next, after)}</section>`;
  return layout(room, { title, body, feed: { path: feed, title }, heartbeat: beat });
}

/** Says how far was looked where there is more, and leads on. */
function further(
  { words }: Room,
  path: string,
  label: string,
  looked: number,
  next: string | undefined,
  after: string | undefined,
): Html | null {
  if (!next && !after) return null;
  return html`<p class="note">${counted(words, words.groups.looked, looked)}</p>
<nav class="pager" aria-label="${label}">
${after && html`<a href="${path}">${words.groups.first}</a>`}
${next && html`<a href="${path}?after=${encodeURIComponent(next)}" rel="next">${words.groups.further}</a>`}
</nav>`;
}
