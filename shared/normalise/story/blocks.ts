import type { Block } from "../../domain/article.ts";
import { absolute } from "../page/links.ts";
import type { Outline } from "../page/outline.ts";
import type { Body } from "./body.ts";
import type { Fate } from "./residue.ts";

/** The article's blocks from the pieces of the body and what became of each. */
export function blocksOf({ pieces }: Outline, body: Body, fates: readonly Fate[], baseUrl: string): Block[] {
  const blocks: Block[] = [];
  const headed = new Set<string>();
  for (const [offset, fate] of fates.entries()) {
    if (fate.keep === "nothing") continue;
    const piece = pieces[body.first + offset]!;
    const targets = piece.references
      .map((reference) => absolute(reference, baseUrl))
      .filter((target) => target !== null);
    const links = targets.length > 0 ? { links: targets } : {};
    const entry = body.entries?.keys[body.first + offset];
    const more = { ...(entry === undefined ? {} : { entry }), ...links };
    if (fate.keep === "related") blocks.push({ kind: "related", text: fate.text, ...more });
    else if (fate.keep === "caption") blocks.push({ kind: "caption", text: piece.text, ...more });
    else {
      const heads = piece.kind === "heading" && entry !== undefined && !headed.has(entry);
      if (heads) headed.add(entry);
      const kind = heads ? "entry" : piece.kind === "caption" ? "paragraph" : piece.kind;
      blocks.push({ kind, text: piece.text, ...(piece.level > 0 ? { level: piece.level } : {}), ...more });
    }
  }
  return blocks;
}
