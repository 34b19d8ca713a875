import { encodeWord } from "nodemailer/lib/mime-funcs";

/** RFC 2047 allows an encoded word 75 characters, of which `=?UTF-8?Q?` and `?=` take 12. */
const ENCODED_CHARACTERS = 52;

/**
 * A subject on one line. What looks like an encoded word already is encoded itself: nodemailer would let it pass, and a
 * headline could have a mail program show other words than it has.
 */
export function subjectField(subject: string) {
  const line = subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes("=?") && !/\S{70}/.test(line); // folded at spaces only
  return { prepared: true, foldLines: true, value: isPlain ? line : encodeWord(line, "Q", ENCODED_CHARACTERS) };
}
