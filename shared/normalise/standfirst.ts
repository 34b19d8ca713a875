import type { Body } from "./body.ts";
import { folded } from "./canonical.ts";
import type { Metadata } from "./metadata.ts";
import type { Box, Outline, Piece } from "./outline.ts";
import type { Fate } from "./residue.ts";
import { attribute } from "./tree.ts";

/** Class words by which sites name the lines between headline and story. */
const NAMED =
  /(?:^|[\s_-])(?:standfirst|dek|deck|subtitle|subheadline|subheading|subhead|sub-?head(?:line)?|sub-?title|summary|intro|introduction|lede|excerpt|chapo|sapo|strapline|bajada|abstract|kurztext)(?:$|[\s_-])/i;
const NAMED_PROPERTY = /^(?:alternativeheadline|description|abstract)$/i;

/**
 * The standfirst, where the page shows one: a piece between headline and story that is named so, or that says what the
 * page's description says while standing apart from the story's paragraphs. A description alone is none: many sites put
 * their own slogan there.
 */
export function standfirstOf(
  { pieces }: Outline,
  body: Body,
  fates: readonly Fate[],
  metadata: Metadata,
): string | null {
  const start = pieces.findIndex((piece) => within(piece, metadata.headlineElement));
  if (start < 0) return null;
  const descriptions = metadata.descriptions.map(folded);
  for (let at = start + 1; at < Math.min(pieces.length, start + 12); at += 1) {
    const piece = pieces[at]!;
    if (fates[at - body.first]?.keep === "text") break;
    if (piece.text.length < 20 || piece.text.length > 800 || body.roles[at]) continue;
    if (isNamed(piece) || descriptions.includes(folded(piece.text))) return piece.text;
  }
  return null;
}

function within(piece: Piece, element: unknown): boolean {
  for (let box: Box | null = piece.box; box; box = box.parent) if (box.element === element) return true;
  return false;
}

function isNamed(piece: Piece): boolean {
  for (let box: Box | null = piece.box, up = 0; box && up < 2; box = box.parent, up += 1) {
    if (NAMED_PROPERTY.test(attribute(box.element, "itemprop"))) return true;
    if (NAMED.test(`${attribute(box.element, "class")} ${attribute(box.element, "id")}`)) return true;
  }
  return false;
}
