import { load } from "cheerio";

/** Every element that the reading room makes. What is not here came from a publisher. */
const OURS = new Set(
  `html head meta title link body a header nav main footer section article aside div p h1 h2 h3 h4 ul ol li dl dt dd time
   bdi span strong em ins del code pre blockquote form fieldset legend label input textarea button hr table tbody tr td th caption
   details summary figure figcaption svg rect select option datalist small mark i b s u sup abbr`
    .split(/\s+/)
    .filter(Boolean),
);

/** Addresses that a page may name: of this site, of this page, or http(s). */
const FOLLOWABLE = /^(\/|#|\?|https?:\/\/)/;

/** The one script of ours: a file, whose name holds its digest. */
const SCRIPT = /^\/assets\/keys\.[0-9a-f]{16}\.js$/;

/** What stands in a page that has no business there; empty for a page in which nothing can run. */
export function intrusions(html: string): string[] {
  const $ = load(html);
  return $("*")
    .toArray()
    .filter((node) => "attribs" in node)
    .flatMap((element) => {
      const { name, attribs } = element;
      const attributes = Object.entries(attribs).flatMap(([attribute, value]) => {
        if (/^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc") return [`${name} ${attribute}`];
        const isAddress = attribute === "href" || attribute === "src" || attribute === "action";
        return isAddress && !FOLLOWABLE.test(value) ? [`${name} ${attribute}=${value}`] : [];
      });
      const isScript = name === "script" && SCRIPT.test(attribs.src ?? "") && $(element).text() === "";
      return OURS.has(name) || isScript ? attributes : [`<${name}>`, ...attributes];
    });
}

/** Text of the first element that a selector finds, white space folded. */
export const textOf = (html: string, selector: string): string =>
  load(html)(selector).first().text().replace(/\s+/g, " ").trim();

/** All addresses that a page links to. */
export const linksOf = (html: string): string[] =>
  load(html)("a[href]")
    .toArray()
    .map((a) => a.attribs.href ?? "");
