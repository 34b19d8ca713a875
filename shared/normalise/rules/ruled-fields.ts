import type { Claim } from "../../domain/article.ts";
import { claimedInstant } from "../fields/dates.ts";
import type { Metadata } from "../fields/metadata.ts";
import { canonicalText } from "../page/canonical.ts";
import type { Outline } from "../page/outline.ts";
import { type Element, following, isText } from "../page/tree.ts";
import { bylineWords } from "../words/byline.ts";
import type { Finding, Ruling } from "./ruling.ts";
import { RULED_FIELDS, type RuledField } from "./source-rule.ts";

/** A field as a rule reads it. */
export interface RuledValue {
  /** Null where the rule says that not every page has the field, and this one has not. */
  readonly claim: Claim | null;
  /** The pieces of the outline that show it and nothing else, by index: they are no text of the story. */
  readonly shownAt: readonly number[];
}

export interface RuledFields {
  readonly values: ReadonlyMap<RuledField, RuledValue>;
  /** Fields that the rule should have found and has not: they are read the general way. */
  readonly lost: readonly RuledField[];
}

/** Of any field, in characters; a longer text is an element that holds more than the field. */
const MOST_CHARS = 1_000;
/** Elements that are looked at for one field. */
const MOST_ELEMENTS = 20;

export function ruledFields({ rule, findings }: Ruling, outline: Outline): RuledFields {
  const values = new Map<RuledField, RuledValue>();
  const lost: RuledField[] = [];
  const show = showing(outline);
  for (const field of RULED_FIELDS) {
    const asked = findings.filter(({ part }) => part === field);
    if (asked.length === 0) continue;
    const value = firstValue(field, asked, show);
    if (value) values.set(field, value);
    else if (rule.optional?.includes(field)) values.set(field, { claim: null, shownAt: [] });
    else lost.push(field);
  }
  return { values, lost };
}

function firstValue(field: RuledField, asked: readonly Finding[], show: Show): RuledValue | null {
  for (const { selector, elements } of asked) {
    // a byline is of as many persons as there are elements, everything else of the first that says it
    const said = elements.slice(0, MOST_ELEMENTS).flatMap((element) => {
      const value = meaning(field, element, show.textOf(element));
      return value === null ? [] : [{ element, value }];
    });
    const told = field === "byline" ? said : said.slice(0, 1);
    if (told.length === 0) continue;
    return {
      claim: { from: `rule ${selector}`, value: [...new Set(told.map(({ value }) => value))].join(", ") },
      shownAt: told.flatMap(({ element }) => show.piecesOf(element)),
    };
  }
  return null;
}

function meaning(field: RuledField, { attribs }: Element, text: string): string | null {
  const isDate = field === "published" || field === "modified";
  const said = canonicalText(
    (attribs.content ?? (isDate ? attribs.datetime : undefined) ?? text).slice(0, 2 * MOST_CHARS),
  );
  if (isDate) return claimedInstant(said);
  const value = field === "byline" ? said.replace(bylineWords(null).lead, "") : said;
  return value === "" || value.length > MOST_CHARS ? null : value;
}

/** What an element shows in an outline. */
interface Show {
  textOf(element: Element): string;
  /** The pieces that it is, not those that it is a part of. */
  piecesOf(element: Element): number[];
}

function showing({ boxes, pieces }: Outline): Show {
  const boxOf = new Map(boxes.map((box) => [box.element, box]));
  const textOf = (element: Element): string => {
    const box = boxOf.get(element);
    return box
      ? pieces
          .slice(box.first, box.end)
          .map(({ text }) => text)
          .join(" ")
      : canonicalText(inlineTextOf(element));
  };
  return {
    textOf,
    piecesOf(element) {
      let at: Element | null = element;
      while (at && !boxOf.has(at)) at = at.parent as Element | null;
      const box = at && boxOf.get(at);
      if (!box) return [];
      const own = Array.from({ length: box.end - box.first }, (_, offset) => box.first + offset);
      if (at === element) return own;
      const text = textOf(element);
      return own.filter((index) => pieces[index]!.box === box && pieces[index]!.text === text);
    },
  };
}

/** An element's text that is no box of its own. Pages may make it long: more than a field's worth is not looked at. */
function inlineTextOf(element: Element): string {
  let text = "";
  for (let node = following(element, element); node && text.length <= 2 * MOST_CHARS; node = following(element, node))
    if (isText(node)) text += node.data;
  return text;
}

/** The page's claims of dates with what the rule reads in front of them, or in their place where the page has no such field. */
export function ruledMetadata(metadata: Metadata, { values }: RuledFields): Metadata {
  const put = (field: "published" | "modified"): readonly Claim[] => {
    const value = values.get(field);
    if (!value) return metadata[field];
    return value.claim ? [value.claim, ...metadata[field]] : [];
  };
  return { ...metadata, published: put("published"), modified: put("modified") };
}
