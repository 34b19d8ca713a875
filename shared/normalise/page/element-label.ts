import type { Element } from "./tree.ts";

const PLAIN = /^-?[A-Za-z_][\w-]{0,40}$/;
const MOST_CLASSES = 2;

/** An element as a selector would name it, e.g. `div#story.entry.long`: its names as far as they need no escaping. */
export function labelOf({ name, attribs: { id, class: classes } }: Element): string {
  const ids = id !== undefined && PLAIN.test(id) ? `#${id}` : "";
  const names = (classes ?? "").split(/\s+/, 20).filter((one) => PLAIN.test(one));
  return `${name}${ids}${names
    .slice(0, MOST_CLASSES)
    .map((one) => `.${one}`)
    .join("")}`;
}
