import { noticeKindOf } from "../../domain/notice-kind.ts";
import type { Box, Outline, Piece } from "../page/outline.ts";
import { DROPPED, type Role } from "../page/roles.ts";
import type { Body } from "./body.ts";
import { LEAST_LINE, linkedShare, SENTENCE_END, speaksFor, weightOf } from "./prose.ts";

/**
 * Class words by which sites name their corrections. A notice that is dropped makes its publisher out to be silent, the
 * worst that can be said falsely: such a box is text, whatever else it is called.
 */
const NAMED =
  /(?:^|[^a-z])(?:corrections?|clarifications?|editor-?s?-?notes?|errat(?:um|a)|amend(?:ed|ments?)|retract(?:ed|ions?)|koreksi|ralat|korrektur|berichtigung|richtigstellung|rectificati(?:f|on)|correccion|errores)(?:$|[^a-z])/;
/** Roles of boxes that a story's notice is put in; nobody corrects a story in its comments, its menus or its forms. */
const HOUSES: ReadonlySet<Role> = new Set([
  "sidebar",
  "footer",
  "meta",
  "date",
  "legal",
  "promotion",
  "author",
  "tags",
]);
/** A notice is a heading and a few paragraphs; a box of more is something else. */
const MOST_PIECES = 8;
const LOOKED_AT_CHARS = 300;

/**
 * The body with the publisher's notices in it: a box of the story that is named as a notice, or that begins as one, and that
 * says something, loses the role that it has or stands in. A notice below the core, in the same `<article>` or, without one,
 * the same `<main>`, belongs to it.
 */
export function withNotices({ boxes, pieces }: Outline, body: Body): Body {
  const { box: story, first } = body;
  if (story === null) return body;
  const around = nearest(story, "article") ?? nearest(story, "main") ?? story;
  const roles = [...body.roles];
  const notices = new Set<number>();
  let end = body.end;
  for (const box of boxes) {
    if (box.end <= box.first || box.end - box.first > MOST_PIECES || box.first < first || box.end > around.end)
      continue;
    const { kind, paragraph } = pieces[box.first]!;
    const isText = !roles[box.first] && box.end <= end && box.first >= body.core;
    // nothing drops a paragraph of the story, or hardly anything what is a block of its own there
    if (isText && (paragraph || (kind !== "paragraph" && !isNamed(box)))) continue;
    if (roles[box.first] === DROPPED || !isInHouse(box, around)) continue;
    const begun = begins(pieces[box.first]!);
    if (!(begun || isNamed(box)) || !speaks(pieces.slice(box.first, box.end), begun)) continue;
    for (let at = end; at < box.first; at += 1) roles[at] ??= "footer";
    for (let at = box.first; at < box.end; at += 1) {
      if (!isOwn(pieces[at]!, box)) continue;
      roles[at] = null;
      notices.add(at);
    }
    end = Math.max(end, box.end);
  }
  return { ...body, roles, end, notices };
}

const isNamed = ({ element: { attribs } }: Box): boolean => {
  const names = `${attribs.class ?? ""} ${attribs.id ?? ""}`.slice(0, 2 * LOOKED_AT_CHARS);
  return NAMED.test(
    names
      .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
      .replace(/_/g, "-")
      .toLowerCase(),
  );
};

/** "Updated 12.30" is a date, and changes with every edit: an update counts where it says what it is about. */
function begins({ text, linkChars }: Piece): boolean {
  if (linkChars > 0.5 * text.length) return false;
  const kind = noticeKindOf(text.slice(0, LOOKED_AT_CHARS));
  return kind !== undefined && (kind !== "update" || (weightOf(text) >= 80 && SENTENCE_END.test(text)));
}

/** Whether a notice says what it is about: after its head word anything will do, elsewhere a line. A full stop it needs not. */
function speaks(pieces: readonly Piece[], begun: boolean): boolean {
  const isLine = (piece: Piece) => linkedShare(piece) <= 0.5 && weightOf(piece.text) >= LEAST_LINE;
  const [head, ...rest] = pieces;
  if (begun && SAYS_WHAT.test(head?.text ?? "")) return true;
  return pieces.some((piece) => speaksFor(piece) > 0) || (begun ? rest : pieces).some(isLine);
}

/** A head word, its mark, and more than a date or a name. */
const SAYS_WHAT = /^[^:：]{1,60}[:：]\s*(?=.*\p{L}).{4}/u;

/** Whether the roles of the box and of those around it, up to the story, are such as a notice may stand in. */
function isInHouse(box: Box, around: Box): boolean {
  if (box === around) return false;
  let at: Box | null = box;
  for (; at && at !== around; at = at.parent) if (at.role !== null && !HOUSES.has(at.role)) return false;
  return at === around;
}

/** Whether a piece of the box has no other role there: a footer's notice is text, its labels stay labels. */
function isOwn(piece: Piece, box: Box): boolean {
  for (let at: Box | null = piece.box; at && at !== box; at = at.parent) if (at.role !== null) return false;
  const { inline } = piece;
  return inline === null || (inline.role !== null && HOUSES.has(inline.role));
}

function nearest(box: Box, name: string): Box | null {
  let at: Box | null = box;
  while (at && at.element.name !== name) at = at.parent;
  return at;
}
