import type { Box, Outline, Piece } from "./outline.ts";
import type { Role } from "./roles.ts";
import { attribute } from "./tree.ts";

/** Where the story lies. */
export interface Body {
  /** The element that holds it; null when the page has none worth the name. */
  readonly box: Box | null;
  /** Its pieces: from `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
  /** Per piece of the whole outline: the role of the region it stands in, null for none. */
  readonly roles: readonly (Role | null)[];
}

/** Share of the page's prose, or characters, up to which an element's role is believed; beyond, the word means something else. */
const BELIEVED: Readonly<Record<Role, { readonly share: number; readonly chars: number }>> = {
  navigation: { share: 0.4, chars: 20_000 },
  sidebar: { share: 0.4, chars: 20_000 },
  comments: { share: 0.9, chars: Number.POSITIVE_INFINITY },
  share: { share: 0.3, chars: 1_500 },
  related: { share: 0.5, chars: 20_000 },
  promotion: { share: 0.3, chars: 4_000 },
  author: { share: 0.3, chars: 1_500 },
  date: { share: 0.3, chars: 200 },
  meta: { share: 0.3, chars: 500 },
  tags: { share: 0.3, chars: 800 },
  counter: { share: 0.3, chars: 150 },
  caption: { share: 0.5, chars: 1_500 },
  form: { share: 0.3, chars: 4_000 },
  legal: { share: 0.3, chars: 1_500 },
  hidden: { share: 0.5, chars: 20_000 },
};

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;
const SENTENCE_END = /[.!?…。！？।؟۔"”»」』)\]:;]$/u;

/** Characters as a measure of how much is said: one of a Chinese, Japanese or Korean text says as much as two and a half. */
export function weightOf(text: string): number {
  const wide = text.match(WIDE);
  return text.length + (wide ? wide.length * 1.5 : 0);
}

/** How much a piece speaks for its surroundings being the story (above 0) or not (below). */
function speaksFor(piece: Piece): number {
  const { text, kind } = piece;
  const weight = weightOf(text);
  const linked = piece.linkChars / text.length;
  if (kind === "heading") return linked > 0.5 ? -20 : 0;
  if (linked > 0.5) return -10 - Math.min(weight, 60) / 2;
  if (kind === "table-row" || kind === "code") return weight * 0.3 * (1 - linked);
  const prose = weight >= 80 || (weight >= 25 && SENTENCE_END.test(text));
  if (!prose) return kind === "list-item" ? 0 : -5;
  return weight * (1 - linked) * (kind === "list-item" ? 0.6 : 1);
}

/** Finds the story: the element whose pieces speak for it most, junk inside counted against it. */
export function bodyOf(outline: Outline): Body {
  const { boxes, pieces } = outline;
  const values = pieces.map(speaksFor);
  const prose = prefixSums(values.map((value) => Math.max(0, value)));
  const chars = prefixSums(pieces.map((piece) => piece.text.length));
  const roles = rolesOf(outline, prose, chars);
  const told = prefixSums(values.map((value, at) => (roles[at] ? 0 : value)));
  const sumOf = (box: Box) => told[box.end]! - told[box.first]!;

  let best: Box | null = null;
  for (const box of boxes) {
    if (box.end <= box.first || (pieces[box.first] && box.element.name === "p")) continue;
    if (
      best === null ||
      sumOf(box) > sumOf(best) ||
      (sumOf(box) === sumOf(best) && box.depth > best.depth && within(box, best))
    )
      best = box;
  }
  if (best === null || sumOf(best) <= 0) return { box: null, first: 0, end: pieces.length, roles };
  const named = namedBody(boxes, best, sumOf);
  const box = named ?? best;
  return { box, first: box.first, end: box.end, roles };
}

/** An element that calls itself the article's body, where it holds most of what the best element says. */
function namedBody(boxes: readonly Box[], best: Box, sumOf: (box: Box) => number): Box | null {
  const named = boxes.filter(
    (box) => /\barticlebody\b/i.test(attribute(box.element, "itemprop")) && sumOf(box) >= 0.5 * sumOf(best),
  );
  return named.length === 1 ? named[0]! : null;
}

const within = (inner: Box, outer: Box): boolean => inner.first >= outer.first && inner.end <= outer.end;

export function prefixSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const [at, value] of values.entries()) sums.push(sums[at]! + value);
  return sums;
}

/** For each piece the role of the nearest element around it whose role is believed. */
function rolesOf({ boxes, pieces }: Outline, prose: readonly number[], chars: readonly number[]): (Role | null)[] {
  const all = prose[pieces.length]!;
  const effective = new Map<Box, Role | null>();
  for (const box of boxes) {
    const inherited = box.parent ? (effective.get(box.parent) ?? null) : null;
    let role = inherited;
    if (box.role !== null && (inherited === null || inherited === "meta")) {
      const { share, chars: most } = BELIEVED[box.role];
      const said = prose[box.end]! - prose[box.first]!;
      if (said <= share * all && chars[box.end]! - chars[box.first]! <= most) role = box.role;
    }
    effective.set(box, role);
  }
  return pieces.map((piece) => {
    const role = effective.get(piece.box) ?? null;
    if (role !== null) return role;
    return piece.roleChars >= 0.8 * piece.text.replace(/\s/g, "").length ? piece.inlineRole : null;
  });
}
