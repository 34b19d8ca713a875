import { NOTICE_KINDS, NOTICE_WORDS, type NoticeKind, type NoticeWords } from "./notice-words.ts";

/** What kind of notice a sentence is, the gravest that its words allow; undefined when it is none. */
export function noticeKindOf(sentence: string): NoticeKind | undefined {
  const text = sentence.toLowerCase().replace(/[’‘`]/g, "'");
  return MATCHERS.find(({ matches }) => matches(text))?.kind;
}

/** Brackets, asterisks, emphasis before the first word. */
const LEAD = String.raw`^[^\p{L}\p{N}]*`;
/** What makes a word a heading and not the subject of a sentence: "Correction:", "Update (5 May)", "Updated 12.30". */
const AFTER_HEAD = String.raw`\s*(?:$|[:：(（\[【\]】)）|/;.。—–-]|\s(?:on\s|at\s|le\s|am\s|el\s|em\s|pada\s)?\p{Nd}|\p{Nd})`;

const escaped = (words: readonly string[]) =>
  words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");

const MATCHERS = NOTICE_KINDS.map((kind) => {
  const lists = Object.values(NOTICE_WORDS).flatMap((words): NoticeWords[] => (words[kind] ? [words[kind]] : []));
  const heads = new RegExp(`${LEAD}(?:${escaped(lists.flatMap((list) => list.heads))})${AFTER_HEAD}`, "u");
  const phrases = lists.flatMap((list) => list.phrases);
  return { kind, matches: (text: string) => heads.test(text) || phrases.some((phrase) => text.includes(phrase)) };
});
