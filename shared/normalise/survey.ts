import { type Role, roleOf } from "./roles.ts";
import { attribute, type Document, type Element, following, isElement, textOf } from "./tree.ts";

/** What the page's markup says about the article, gathered in one walk; who wins is decided in metadata.ts. */
export interface Survey {
  /** First content of each `<meta>` by lower-case name, property, http-equiv or itemprop. */
  readonly meta: ReadonlyMap<string, string>;
  readonly jsonLd: readonly string[];
  readonly htmlLanguage: string | null;
  readonly title: string | null;
  readonly canonical: string | null;
  readonly base: string | null;
  /** Elements with `itemprop`, `rel` or a class that names an author. */
  readonly authors: readonly { readonly element: Element; readonly by: "itemprop" | "rel" | "class" }[];
  /** Elements that carry a time: `<time>`, `<abbr title>`, itemprop dates. */
  readonly times: readonly { readonly element: Element; readonly property: string; readonly value: string }[];
}

export function surveyOf(document: Document): Survey {
  const meta = new Map<string, string>();
  const jsonLd: string[] = [];
  const authors: { element: Element; by: "itemprop" | "rel" | "class" }[] = [];
  const times: { element: Element; property: string; value: string }[] = [];
  let htmlLanguage: string | null = null;
  let title: string | null = null;
  let canonical: string | null = null;
  let base: string | null = null;

  let skip = false;
  for (let node = following(document, document); node; node = following(document, node, skip)) {
    skip = false;
    if (!isElement(node)) continue;
    const { name, attribs } = node;
    if (name === "meta") {
      const content = attribs.content;
      if (content === undefined || content.trim() === "") continue;
      for (const key of [attribs.name, attribs.property, attribs["http-equiv"]]) {
        const lower = key?.toLowerCase();
        if (lower !== undefined && !meta.has(lower)) meta.set(lower, content);
      }
    } else if (name === "script") {
      skip = true;
      if (/ld\+json/i.test(attribs.type ?? "")) jsonLd.push(textOf(node));
    } else if (name === "style" || name === "template" || name === "svg") skip = true;
    else if (name === "html") htmlLanguage ??= attribs.lang ?? attribs["xml:lang"] ?? null;
    else if (name === "title") title ??= textOf(node, 5_000);
    else if (name === "base") base ??= attribs.href ?? null;
    else if (name === "link") {
      if (/\bcanonical\b/i.test(attribs.rel ?? "")) canonical ??= attribs.href ?? null;
    }
    const property = attribute(node, "itemprop").toLowerCase();
    if (
      /^(?:datepublished|datemodified|datecreated)$/.test(property) ||
      name === "time" ||
      (name === "abbr" && /\b(?:published|updated)\b/.test(attribute(node, "class")))
    ) {
      const value = attribs.content ?? attribs.datetime ?? (name === "abbr" ? attribs.title : undefined) ?? "";
      times.push({ element: node, property, value });
    }
    const by = authorSign(node, property);
    if (by) authors.push({ element: node, by });
  }
  return { meta, jsonLd, htmlLanguage, title, canonical, base, authors, times };
}

function authorSign(element: Element, property: string): "itemprop" | "rel" | "class" | null {
  if (property === "author") return "itemprop";
  if (/\bauthor\b/.test(attribute(element, "rel"))) return "rel";
  const role: Role | null = element.attribs.class === undefined ? null : roleOf(element);
  return role === "author" ? "class" : null;
}
