import type { Article, Block } from "../domain/article.ts";
import type { Segment } from "../domain/comparison.ts";
import type { Label } from "../domain/label.ts";
import { isSameList } from "./same-list.ts";

/** A paragraph whose text stayed leads elsewhere. */
export function linkChange(before: readonly Block[], after: readonly Block[], segments: readonly Segment[]): Label[] {
  const pairs = new Map<string, Segment>();
  for (const segment of segments) {
    if (!segment.before || !segment.after) continue;
    pairs.set(`${segment.before.paragraph} ${segment.after.paragraph}`, segment);
  }
  const found = [...pairs.values()].filter(({ before: from, after: to }) => {
    const [left, right] = [before[from!.paragraph]!, after[to!.paragraph]!];
    return left.text === right.text && !isSameList(left.links ?? [], right.links ?? []);
  });
  const whole = (paragraph: number, { text }: Block) => ({ paragraph, start: 0, end: text.length });
  if (found.length === 0) return [];
  return [
    {
      kind: "link",
      before: found.map(({ before: span }) => whole(span!.paragraph, before[span!.paragraph]!)),
      after: found.map(({ after: span }) => whole(span!.paragraph, after[span!.paragraph]!)),
    },
  ];
}

/** Captions stand outside the compared text: there is no span to point to. */
export function captionChange(before: Article, after: Article): Label[] {
  const captions = ({ blocks }: Article) => blocks.filter(({ kind }) => kind === "caption").map(({ text }) => text);
  return isSameList(captions(before), captions(after)) ? [] : [{ kind: "caption" }];
}
