import type { Body } from "./body.ts";
import { folded } from "./canonical.ts";
import type { Outline, Piece } from "./outline.ts";
import { isLeadAlone, leadLength } from "./words/related.ts";

/** What becomes of a piece: kept as it is, kept as something outside the compared text, or dropped, and why. */
export type Fate =
  | { readonly keep: "text" }
  | { readonly keep: "caption" }
  | { readonly keep: "related"; readonly text: string }
  | { readonly keep: "nothing"; readonly why: string };

const TEXT: Fate = { keep: "text" };
const CAPTION: Fate = { keep: "caption" };
const dropped = (why: string): Fate => ({ keep: "nothing", why });

/** Judges the pieces of the body one by one, by where they stand. */
export function fatesOf({ pieces }: Outline, body: Body, headline: string | null): Fate[] {
  const fates: Fate[] = [];
  const title = headline === null ? "" : folded(headline);
  let begun = false;
  for (let at = body.first; at < body.end; at += 1) {
    const piece = pieces[at]!;
    const fate = fateOf(piece, body.roles[at] ?? null, begun ? "" : title, pieces[at + 1]);
    if (fate.keep === "text" && piece.kind !== "heading") begun = true;
    fates.push(fate);
  }
  return fates;
}

function fateOf(piece: Piece, role: Body["roles"][number], title: string, next: Piece | undefined): Fate {
  if (role === "caption" || piece.kind === "caption") return CAPTION;
  if (role === "related" && piece.linkChars > 0) return { keep: "related", text: piece.text };
  if (role !== null) return dropped(role);
  if (title !== "" && folded(piece.text) === title) return dropped("headline repeated");
  const linked = piece.linkChars / piece.text.length;
  const lead = leadLength(piece.text);
  if (lead > 0 && piece.leadChars <= lead && piece.linkChars + lead >= 0.8 * piece.text.length)
    return { keep: "related", text: piece.text.slice(lead) };
  if (isLeadAlone(piece.text))
    return next && next.linkChars > 0.8 * next.text.length
      ? dropped("related lead")
      : linked > 0.8
        ? dropped("related lead")
        : TEXT;
  return TEXT;
}
