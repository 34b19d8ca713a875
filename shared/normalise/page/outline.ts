import type { BlockKind } from "../../domain/article.ts";
import { canonicalText } from "./canonical.ts";
import { HIDDEN_ADDRESS, shownAddress } from "./hidden-address.ts";
import { isListing, isMark, raised, shortText } from "./inline.ts";
import { type Role, roleOf, roleOfStructure } from "./roles.ts";
import { type ChildNode, type Document, Element, following, isElement, isText, parentOf, type Text } from "./tree.ts";

/** A block-level element, or the page as a whole, and the stretch of pieces that lies in it: `pieces[first]` up to, not including, `pieces[end]`. */
export interface Box extends Named {
  readonly parent: Box | null;
  readonly depth: number;
  readonly first: number;
  end: number;
  /** Whether a picture stands in it above its text. */
  pictured: boolean;
  /** Its place among the boxes, and the place after the last box inside it. */
  readonly index: number;
  after: number;
}

/** An element and the role that it has by itself. */
export interface Named {
  readonly element: Element;
  readonly role: Role | null;
}

/** Siblings of one name and class are of one make. */
export const makeOf = ({ element, parent }: Box): string =>
  `${parent?.index} ${element.name} ${element.attribs.class ?? ""}`;

/** A run of text between two block boundaries, not yet judged. */
export interface Piece {
  readonly kind: BlockKind;
  readonly level: number;
  readonly text: string;
  /** Innermost block-level element. */
  readonly box: Box;
  readonly linkChars: number;
  /** The `href` of each link inside, as written. */
  readonly references: readonly string[];
  /** Characters inside inline elements with a role of their own, and the first such element. */
  readonly roleChars: number;
  readonly inline: Named | null;
  /** Inline elements inside that name an author. */
  readonly authors: readonly Element[];
  /** Characters before the first link; all of them where there is none: related links are told by them. */
  readonly leadChars: number;
  /** Whether its box is a `<p>`. */
  readonly paragraph: boolean;
}

export interface Outline {
  readonly boxes: readonly Box[];
  readonly pieces: readonly Piece[];
}

const BLOCK: ReadonlySet<string> = new Set(
  "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead tr ul caption".split(
    " ",
  ),
);
/** A shadow root that is declared in the page's markup is what the reader sees. */
const isShadowRoot = ({ name, attribs }: Element): boolean => name === "template" && "shadowrootmode" in attribs;

/**
 * Elements whose text a reader never sees, sees as a control, or sees as a reading aid (`rt`, small print over the text of a
 * `ruby`). `head` is not among them: many pages never close it, and what stands in a proper one is silent by itself.
 */
const SILENT: ReadonlySet<string> = new Set(
  "script style template noscript title iframe object embed svg annotation annotation-xml canvas audio video select button input textarea map datalist noembed noframes rt rp link meta base amp-ad amp-sidebar".split(
    " ",
  ),
);
const KIND_OF_TAG: ReadonlyMap<string, BlockKind> = new Map([
  ["li", "list-item"],
  ["dd", "list-item"],
  ["dt", "list-item"],
  ["blockquote", "quotation"],
  ["pre", "code"],
  ["figcaption", "caption"],
  ["tr", "table-row"],
]);
const PICTURES: ReadonlySet<string> = new Set(["img", "amp-img"]);
const HEADING = /^h[1-6]$/;

/** Where the walk is: the text gathered since the last block boundary. */
interface Run {
  text: string;
  /** Characters that are no white space at an edge: whether there is any text, without looking through it. */
  chars: number;
  /** The last character; asked of the text itself it would cost its length. */
  last: string;
  linkChars: number;
  roleChars: number;
  leadChars: number;
  inline: Named | null;
  authors: Element[];
  references: string[];
}
const freshRun = (): Run => ({
  text: "",
  chars: 0,
  last: "",
  linkChars: 0,
  roleChars: 0,
  leadChars: -1,
  inline: null,
  authors: [],
  references: [],
});
const textOf = ({ text, chars }: Run): string => (chars === 0 ? "" : canonicalText(text));

/** Cuts the page into boxes and pieces in one walk over the tree. */
export function outlineOf(page: Document): Outline {
  const pieces: Piece[] = [];
  const root: Box = {
    element: new Element("#page", {}),
    parent: null,
    depth: 0,
    role: null,
    first: 0,
    end: 0,
    pictured: false,
    index: 0,
    after: 0,
  };
  const boxes: Box[] = [root];
  let box = root;
  let run = freshRun();
  let anchors = 0;
  const inlineRoles: Named[] = [];
  let breaks = 0;
  let row: { box: Box; cells: number } | null = null;
  let pre: { box: Box; listing: boolean } | null = null;
  let superscript: Element | null = null;
  let lines = 0;

  const flush = () => {
    const text = textOf(run);
    if (text !== "") {
      pieces.push({
        ...kindOf(box, pieces.length),
        text,
        box,
        linkChars: Math.min(run.linkChars, text.length),
        references: run.references,
        roleChars: run.roleChars,
        inline: run.inline,
        authors: run.authors,
        leadChars: run.leadChars < 0 ? text.length : run.leadChars,
        paragraph: box.element.name === "p",
      });
    }
    if (run.text !== "" || run.references.length + run.authors.length > 0) run = freshRun();
    breaks = 0;
  };

  /** @returns how many characters the text has, white space around it aside; alone it is a single space, or none before text */
  const add = (text: string): number => {
    const { length } = text.trim();
    run.chars += length;
    if (length === 0 && run.chars === 0) return 0;
    run.text += length === 0 ? " " : text;
    run.last = length === 0 ? " " : text.slice(-1);
    return length;
  };

  /** Two line breaks in a row part paragraphs, one is a space; a listing's lines stand each by itself. */
  const breakLine = () => {
    breaks += 1;
    if (!row && (breaks > 1 || pre?.listing)) flush();
    else add("\n");
  };

  /** @returns whether what is inside may be read */
  const enter = (element: Element): boolean => {
    const { name } = element;
    const inlineRole = BLOCK.has(name) || isVoid(element) ? null : roleOf(element);
    // a label for those who listen stands in the midst of a sentence
    if (isMark(element) || (inlineRole === "hidden" && !isBlock(element) && shortText(element) !== null)) return false;
    const hidden = element.attribs[HIDDEN_ADDRESS];
    if (hidden !== undefined) add(shownAddress(hidden));
    if (PICTURES.has(name)) box.pictured ||= box.first === pieces.length && run.chars === 0;
    else if (name === "br") breakLine();
    else if (name === "a" && element.attribs.href !== undefined) {
      anchors += 1;
      run.references.push(element.attribs.href);
      if (run.leadChars < 0) run.leadChars = textOf(run).length;
    } else if (isBlock(element)) {
      if (row && name !== "tr") {
        if (name === "td" || name === "th") {
          if (roleOfStructure(element) === "hidden") return false;
          if (row.cells > 0 && run.chars > 0) add(" | ");
          row.cells += 1;
        } else add(" ");
        return true;
      }
      flush();
      const next: Box = {
        element,
        parent: box,
        depth: box.depth + 1,
        role: roleOf(element),
        first: pieces.length,
        end: 0,
        pictured: false,
        index: boxes.length,
        after: 0,
      };
      boxes.push(next);
      box = next;
      if (name === "tr" && isDataRow(element)) row = { box: next, cells: 0 };
      if (name === "pre") pre = { box: next, listing: isListing(element) };
      return true;
    }
    if (inlineRole === "author" && inlineRoles.every(({ role }) => role !== "author")) run.authors.push(element);
    if (inlineRole) inlineRoles.push({ element, role: inlineRole });
    if (name === "sup") superscript = element;
    else if (name === "cite" && parentOf(element)?.name === "blockquote") add(" ");
    return true;
  };

  const leave = (element: Element) => {
    const { name } = element;
    if (name === "a" && element.attribs.href !== undefined) anchors -= 1;
    if (box.element === element) {
      flush();
      box.end = pieces.length;
      box.after = boxes.length;
      if (row?.box === box) row = null;
      if (pre?.box === box) pre = null;
      const { first, end, pictured, parent } = box;
      box = parent ?? root;
      if (pictured && first === end) box.pictured ||= box.first === first;
      return;
    }
    if (superscript === element) superscript = null;
    if (row && isBlock(element)) add(" ");
    if (inlineRoles.at(-1)?.element === element) inlineRoles.pop();
  };

  const read = ({ data }: Text) => {
    let at = 0;
    for (let end = data.indexOf("\n"); pre && end >= 0 && lines < MOST_LINES; end = data.indexOf("\n", at)) {
      lines += 1;
      say(data.slice(at, end));
      breakLine();
      at = end + 1;
    }
    const rest = at === 0 ? data : data.slice(at);
    say(superscript ? raised(rest, run.last) : rest);
  };

  const say = (data: string) => {
    const length = add(data);
    if (length === 0) return;
    breaks = 0;
    if (anchors > 0) run.linkChars += length;
    const inline = inlineRoles.at(-1);
    if (inline) {
      run.roleChars += length;
      run.inline ??= inline;
    }
  };

  walk(page, { enter, leave, read });
  flush();
  root.end = pieces.length;
  root.after = boxes.length;
  return { boxes, pieces };
}

/** Lines of preformatted text that are told apart; beyond, they are folded. */
const MOST_LINES = 20_000;

interface Visitor {
  /** Whether to go inside; where not, nothing is left either. */
  enter(element: Element): boolean;
  leave(element: Element): void;
  read(text: Text): void;
}

/** Every visible element on the way in and on the way out, and the text between; silent elements are passed over. */
function walk(document: Document, { enter, leave, read }: Visitor): void {
  let node: ChildNode | null = document.children[0] ?? null;
  while (node) {
    if (isText(node)) read(node);
    else if (isElement(node) && !isSilent(node) && enter(node)) {
      const child: ChildNode | undefined = HIDDEN_ADDRESS in node.attribs ? undefined : node.children[0];
      if (child) {
        node = child;
        continue;
      }
      leave(node);
    }
    while (node && !node.next) {
      node = parentOf(node);
      if (node) leave(node);
    }
    node = node?.next ?? null;
  }
}

function isSilent(element: Element): boolean {
  if (element.name === "math") return isDrawn(element);
  if (!SILENT.has(element.name)) return false;
  return element.name === "button" ? !isWord(element) : !isShadowRoot(element);
}

/** Whether a button is a word of a sentence, as glossaries set it: text goes on behind it, in a paragraph or from text before. */
function isWord({ prev, next, parent }: Element): boolean {
  const isSaid = (node: unknown) => isText(node) && node.data.trim() !== "";
  return isSaid(next) && (isSaid(prev) || (isElement(parent) && parent.name === "p" && !isElement(prev)));
}

/** Whether a formula stands beside it as drawn for the eye (KaTeX, MathJax): one of the two is text. */
function isDrawn(math: Element): boolean {
  return [math, parentOf(math)].some((element) =>
    [element?.prev, element?.next].some((beside) => isElement(beside) && beside.attribs["aria-hidden"] === "true"),
  );
}

const BLOCK_STYLE = /(?:^|[\s;])display\s*:\s*(?:block|flex|grid)/i;

const isVoid = ({ name, children }: Element): boolean => children.length === 0 && name !== "a";

/** Block-level, or an unknown element (custom ones) that carries block-level children. */
function isBlock(element: Element): boolean {
  if (BLOCK.has(element.name) || isShadowRoot(element)) return true;
  if (!element.name.includes("-") && element.name !== "a" && element.name !== "span") return false;
  if (BLOCK_STYLE.test(element.attribs.style ?? "")) return true;
  return element.children.some((child) => isElement(child) && BLOCK.has(child.name));
}

/**
 * The kind of the text in a box: that of the nearest element that says one. A heading around further paragraphs was never
 * closed: its first piece alone is one.
 *
 * @param place - the piece's index
 */
function kindOf(box: Box, place: number): { kind: BlockKind; level: number } {
  let inParagraph = false;
  for (let at: Box | null = box; at; at = at.parent) {
    const { name } = at.element;
    inParagraph ||= name === "p";
    if (HEADING.test(name)) {
      if (!inParagraph || at.first === place) return { kind: "heading", level: Number(name[1]) };
    } else if (name === "tr") {
      if (at === box) return { kind: "table-row", level: 0 };
    } else {
      const kind = KIND_OF_TAG.get(name);
      if (kind) return { kind, level: 0 };
    }
    if (name === "article" || name === "section" || name === "main" || name === "td") break;
  }
  return { kind: "paragraph", level: 0 };
}

/** A row of figures rather than a layout: two cells or more, each with little in it. */
function isDataRow(row: Element): boolean {
  let cells = 0;
  for (const cell of row.children) {
    if (!isElement(cell)) continue;
    if (cell.name !== "td" && cell.name !== "th") return false;
    cells += 1;
    let weight = 0;
    for (let node = following(cell, cell); node; node = following(cell, node)) {
      if (isText(node)) weight += node.data.trim().length;
      else if (isElement(node) && /^(?:table|tr|td|div|ul|ol|pre|h[1-6]|form|article|section|img)$/.test(node.name))
        return false;
      if (weight > 300) return false;
    }
  }
  return cells > 1;
}
