import { sourcesOf } from "../../domain/source.ts";
import type { Selector } from "../../domain/subscription.ts";
import { fillText } from "../../domain/wording.ts";
import { unlessRestricted } from "../gate.ts";
import { titleOf } from "../happening.ts";
import type { Room } from "../room.ts";

/** Watches whose sources and tags are offered: a list that is longer than this is nothing to choose from. */
const WATCHES_ASKED = 200;
const MOST_OFFERED = 50;

/** What a selector is about, in words. */
export async function aboutText({ ledger, words }: Room, selector: string): Promise<string> {
  const { everything, source, tag, article } = words.subscribing.subscribe;
  if (selector.startsWith("tag:")) return fillText(tag, { tag: selector.slice("tag:".length) });
  if (selector.startsWith("source:")) return fillText(source, { source: selector.slice("source:".length) });
  if (!selector.startsWith("watch:")) return everything;
  const standing = await unlessRestricted(ledger.standing(selector.slice("watch:".length)));
  return fillText(article, { headline: standing ? titleOf(standing.newest?.headline, standing.watch.url) : "?" });
}

/** What can be subscribed to from here: everything, the sources and tags there are, and what the address of the page names. */
export async function offered(room: Room, named: string): Promise<readonly { selector: Selector; text: string }[]> {
  const { rows } = await room.ledger.watches({ limit: WATCHES_ASKED });
  const tags = [...new Set(rows.flatMap(({ tags: own }) => own))].toSorted().slice(0, MOST_OFFERED);
  const hosts = [...new Set(rows.flatMap(({ url }) => sourcesOf(url).slice(0, 1)))].toSorted().slice(0, MOST_OFFERED);
  const selectors = new Set<Selector>([
    "everything",
    ...hosts.map((host): Selector => `source:${host}`),
    ...tags.map((tag): Selector => `tag:${tag}`),
  ]);
  if (await isThere(room, named)) selectors.add(named as Selector);
  return Promise.all([...selectors].map(async (selector) => ({ selector, text: await aboutText(room, selector) })));
}

/** A stranger's selector is shown only when it names what is watched. */
async function isThere({ ledger }: Room, named: string): Promise<boolean> {
  const id = /^watch:([A-Za-z0-9_-]{1,64})$/.exec(named)?.[1];
  const watch = id === undefined ? null : await unlessRestricted(ledger.watch(id));
  return watch !== null && watch.status !== "removed";
}
