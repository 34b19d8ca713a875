import { html as template } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** Markup that is safe to send: made by `html`, never by hand from what a publisher wrote. */
export type Html = HtmlEscapedString;

/** What may stand in a template: strings are escaped, nothing is left out for `null`, `undefined` and `false`. */
export type Child = string | number | Html | null | undefined | false | readonly Child[];

/** Control characters that HTML and XML do not carry; NUL ends or garbles text in some parsers. */
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;

/** Embeddings, overrides and isolates: they turn the text around them, too, where no element can fence them in. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that every parser reads as written: each forbidden character is one replacement character. */
export const clean = (text: string): string => text.toWellFormed().replace(CONTROLS, "\ufffd");

/** Text on one line where no element can isolate it: titles, attributes, feeds. */
export const plain = (text: string): string => clean(text).replace(BIDI_CONTROLS, "").replace(/\s+/g, " ").trim();

/** Escapes every string that it is given, in text and in quoted attributes alike. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Html {
  const made = template(strings, ...children.map(cleaned));
  if (made instanceof Promise) throw new TypeError("a page's parts are at hand before it is written");
  return made;
}

function cleaned(child: Child): unknown {
  if (typeof child === "string") return clean(child);
  return Array.isArray(child) ? child.map(cleaned) : child;
}

/** A publisher's text beside ours: isolated, so that its direction turns nothing around it. */
export const foreign = (text: string): Html => html`<bdi>${text}</bdi>`;

/** The first characters of a text, never half a surrogate pair, with an ellipsis where it was cut. */
export function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const end = text.charCodeAt(characters - 1) >>> 10 === 0x36 ? characters - 1 : characters;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The address if a browser may follow it; null for `javascript:`, `data:` and whatever else is not http(s). */
export function followable(address: string | null | undefined): string | null {
  const url = address ? URL.parse(address) : null;
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

/** A language tag fit for a `lang` attribute; null for what is none. */
export const languageTag = (language: string | null | undefined): string | null =>
  language && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : null;

/** A link to a publisher's page; its text alone where the address cannot be followed. */
export function outwardLink(address: string, text: string): Html {
  const href = followable(address);
  return href
    ? html`<a href="${href}" rel="external noopener noreferrer nofollow">${foreign(text)}</a>`
    : foreign(text);
}
