import type { BlockKind, Field } from "../../domain/article.ts";
import { labelOf } from "../page/element-label.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import type { Body } from "./body.ts";
import type { Fate } from "./residue.ts";

/** A piece of a page and what became of it, for people who ask why an article reads as it does. */
export interface Part {
  readonly kind: BlockKind;
  /** Of a heading: 1 to 6. */
  readonly level?: number;
  readonly text: string;
  readonly kept: "text" | "caption" | "related" | Field | "nothing";
  /** Why it is kept as nothing; null where it is kept. */
  readonly why: string | null;
  /** The element that decided: the one whose role it is in, else the one that it stands in; as a selector would name it. */
  readonly element: string;
}

/** @param fields - pieces that show a field, by their place in the outline */
export function partsOf(
  { pieces }: Outline,
  body: Body,
  fates: readonly Fate[],
  fields: ReadonlyMap<number, Field>,
): Part[] {
  return pieces.map((piece, at): Part => {
    const { kind, level, text } = piece;
    const fate = fates[at - body.first];
    const inside = at >= body.first && at < body.end && fate !== undefined;
    const field = fields.get(at) ?? (inside && fate.keep === "nothing" && fate.why === "standfirst" ? fate.why : null);
    const kept = field ?? (inside ? fate.keep : "nothing");
    const why = inside && fate.keep === "nothing" ? fate.why : (body.roles[at] ?? "outside the story");
    return {
      kind,
      ...(level > 0 && { level }),
      text,
      kept,
      why: kept === "nothing" ? why : null,
      element: placeOf(decidingBox(piece, kept === "nothing" ? why : null)),
    };
  });
}

/** A box as a selector finds it: one without a name by the nearest named one around it. */
function placeOf(box: Box): string {
  const own = labelOf(box.element);
  for (let at: Box | null = box; at; at = at.parent) {
    const label = labelOf(at.element);
    if (/[.#]/.test(label.slice(1))) return at === box ? own : `${label} ${own}`;
  }
  return own;
}

function decidingBox({ box }: Piece, why: string | null): Box {
  for (let at: Box | null = box; at; at = at.parent) if (at.role !== null && at.role === why) return at;
  return box;
}
