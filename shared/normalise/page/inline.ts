import { type Element, following, isElement, isText, parentOf } from "./tree.ts";

/** Characters that a mark, a label for screen readers or a line's number may have; longer ones are text, however it is set. */
const MOST_CHARS = 80;
const MOST_MARK_CHARS = 12;
const MOST_NODES = 60;
/** Characters that are looked through for them, white space included. */
const MOST_SEEN = 4_000;

/** A footnote's mark and the way back from it, as DPUB-ARIA and the footnote plug-ins of Markdown name them. */
const NOTE_ROLES: ReadonlySet<string> = new Set(["doc-noteref", "doc-backlink"]);
const NOTE_NAME = /(?:^|\s)(?:footnote-?(?:ref|backref|back|link|return)|reversefootnote)(?:$|\s)/i;
/** Names of the column that numbers the lines of a listing. */
const LINE_NUMBERS = /(?:^|[\s-])(?:lineno|linenos|linenodiv|gutter|blob-num|line-numbers-rows|ln-numbers)(?:$|\s)/i;
const SAYS = /[\p{L}\p{N}]/u;
const LETTER = /\p{L}/u;

/**
 * Marks that stand in a text without being of it: a footnote's number (the notes are text, and renumber themselves when one
 * is added), the sign beside a heading that links to the heading, the numbers of a listing's lines. Told by where they lead
 * and what holds them.
 */
export function isMark(element: Element): boolean {
  const { name, attribs } = element;
  if (name === "a") {
    const { href = "", id = "", role = "", class: names = "" } = attribs;
    if (!/^#./.test(href)) return false;
    const text = shortText(element, MOST_MARK_CHARS);
    if (text === null) return false;
    // a number that leads to a place and is one itself: the note's, or the way back
    if (id !== "" && /^\W*\d+\W*$/.test(text)) return true;
    return NOTE_ROLES.has(role) || NOTE_NAME.test(names) || !SAYS.test(text) || isOnly(element, "sup");
  }
  if (name === "sup") return holdsOnlyPlace(element) && shortText(element, MOST_MARK_CHARS) !== null;
  if (!NUMBERING.has(name) || !LINE_NUMBERS.test(attribs.class ?? "")) return false;
  const numbers = textUpTo(element, MOST_CHARS);
  return numbers !== null && /\d/.test(numbers) && !LETTER.test(numbers);
}

const NUMBERING: ReadonlySet<string> = new Set(["td", "pre", "span", "div"]);

/** All of an element's text where that is short; null where it is not. */
export function shortText(element: Element, most = MOST_CHARS): string | null {
  const text = textUpTo(element, most);
  return text === null || text.length > most ? null : text;
}

/** The beginning of an element's text, more than `most` characters where it goes on; null where that takes more than a few nodes or much white space. */
function textUpTo(element: Element, most: number): string | null {
  let text = "";
  let nodes = 0;
  let seen = 0;
  let chars = 0;
  for (let node = following(element, element); node; node = following(element, node)) {
    nodes += 1;
    if (isText(node)) {
      seen += node.data.length;
      const said = node.data.slice(0, MOST_SEEN);
      if (chars > 0) text += said;
      else text = said.trimStart();
      if (/\S/.test(said)) chars = text.trimEnd().length;
    }
    if (chars > most) return text.trim();
    if (nodes > MOST_NODES || seen > MOST_SEEN) return null;
  }
  return text.trim();
}

/** Whether an element has one child element of a name and no text beside it. */
function isOnly({ children }: Element, name: string): boolean {
  const seen = children.filter((child) => isElement(child) || (isText(child) && child.data.trim() !== ""));
  const [only] = seen;
  return seen.length === 1 && isElement(only) && only.name === name;
}

/** Whether what an element says is a link to a place in the page, its brackets aside. */
function holdsOnlyPlace({ children }: Element): boolean {
  const elements = children.filter(isElement);
  const [only] = elements;
  if (elements.length !== 1 || only?.name !== "a" || !/^#./.test(only.attribs.href ?? "")) return false;
  return children.every((child) => !isText(child) || !SAYS.test(child.data));
}

const SUPERSCRIPT: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789-−+"].map((char, at) => [char, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺"][at]!]),
);

/**
 * Raised figures behind figures would read as another number, 10⁶ as 106: they become superscripts, which Unicode has.
 *
 * @param before - the last character of the text that they stand behind
 */
export function raised(text: string, before: string): string {
  return /\d/.test(before) && /^[-−+]?\d{1,3}$/.test(text)
    ? text.replace(/./gu, (char) => SUPERSCRIPT[char] ?? char)
    : text;
}

const CODE_NAME =
  /(?:^|[\s_-])(?:code|source-?code|highlight|codehilite|hljs|chroma|prettyprint|brush:?|syntaxhighlighter|lang|language)(?:$|[\s_-])/i;

/** A `pre` that sets a listing, whose lines are each a whole, rather than verse or a letter: it holds `code`, or is named so. */
export function isListing(pre: Element): boolean {
  if (pre.children.some((child) => isElement(child) && /^(?:code|samp|kbd)$/.test(child.name))) return true;
  return [pre, parentOf(pre)].some((element) => element !== null && CODE_NAME.test(element.attribs.class ?? ""));
}
