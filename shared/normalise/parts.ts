import type { BlockKind } from "../domain/article.ts";
import type { Body } from "./body.ts";
import type { Outline } from "./outline.ts";
import type { Fate } from "./residue.ts";

/** A piece of a page and what became of it, for people who ask why an article reads as it does. */
export interface Part {
  readonly kind: BlockKind;
  readonly text: string;
  readonly kept: "text" | "caption" | "related" | "headline" | "standfirst" | "nothing";
  /** Why it is not in the text; null where it is. */
  readonly why: string | null;
}

export function partsOf({ pieces }: Outline, body: Body, fates: readonly Fate[], headlineAt: number): Part[] {
  return pieces.map(({ kind, text }, at) => {
    if (at === headlineAt) return { kind, text, kept: "headline", why: null };
    const fate = fates[at - body.first];
    if (at < body.first || at >= body.end || fate === undefined)
      return { kind, text, kept: "nothing", why: body.roles[at] ?? "outside the story" };
    if (fate.keep !== "nothing") return { kind, text, kept: fate.keep, why: null };
    return fate.why === "standfirst"
      ? { kind, text, kept: "standfirst", why: null }
      : { kind, text, kept: "nothing", why: fate.why };
  });
}
