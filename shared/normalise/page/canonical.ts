/**
 * Invisible characters that carry no text: soft hyphen, zero-width space, word joiner, byte order mark, direction marks,
 * control characters. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]/g;
/** Runs of white space, and single ones of other kinds: a single space is one already. */
const SPACES = /[\s\u0085\u180e]{2,}|[^\S ]|[\u0085\u180e]/g;
const NEEDS_WORK = /[^\x20-\x7e]| {2}|^ | $/;

/** UTF-16 units that are spelt at a time: in one piece, a text of megabytes takes a hundred times its length. */
const PIECE = 16_384;

/** The one spelling of a text: NFC, every run of white space one space, invisible noise gone. Marks and dashes stay. */
export function canonicalText(text: string): string {
  if (!NEEDS_WORK.test(text)) return text;
  if (text.length <= PIECE) return spelt(text).trim();
  let spelling = "";
  for (let from = 0; from < text.length; ) {
    const to = pieceEnd(text, from + PIECE);
    spelling += spelt(text.slice(from, to));
    from = to;
  }
  return spelling.trim();
}

const spelt = (text: string): string => text.replace(INVISIBLE, "").replace(SPACES, " ").normalize("NFC");

/** The next place, from `at` on, before a letter or sign that joins with nothing before it; the end where there is none. */
function pieceEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && (text.charCodeAt(end) <= 0x20 || text.charCodeAt(end) > 0x7e)) end++;
  return Math.min(end, text.length);
}

/** Folds what differs between two printings of one phrase, for asking whether they are the same: case, marks, spaces. */
export const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Two versions of one line, by their folded words: most of the shorter one's are in the other. */
export function akin(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const shared = left.intersection(right).size;
  return shared >= 3 && shared >= 0.6 * Math.min(left.size, right.size);
}
