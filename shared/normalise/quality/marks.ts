import { Parser } from "htmlparser2";
import { decode, textOf } from "../page/decode.ts";

/** An element of a page, and what it says if it is a script, a title or a button. */
export interface Mark {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Walls and challenges are small; of a larger page the beginning is looked at. */
const LOOKED_AT_BYTES = 300_000;
const SPEAKING: ReadonlySet<string> = new Set(["script", "title", "button"]);

/** What the markup at the beginning of a page names, without the text that readers see: a page that speaks of a challenge is none. */
export function marksOf(body: Uint8Array, contentType?: string): Mark[] {
  const marks: Mark[] = [];
  let speaking: { name: string; text: string } | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      const mark = { name, attributes, text: "" };
      marks.push(mark);
      // what a script of data holds is text: the article's own may be there
      if (SPEAKING.has(name) && !/json/i.test(attributes.type ?? "")) speaking = mark;
    },
    ontext(data) {
      if (speaking) speaking.text += data;
    },
    onclosetag(name) {
      if (speaking?.name === name) speaking = null;
    },
  });
  parser.end(textOf(decode(body.subarray(0, LOOKED_AT_BYTES), contentType)));
  return marks;
}

/** The text of the first element of a name; empty where there is none. */
export const textOfFirst = (marks: readonly Mark[], name: string): string =>
  marks.find((mark) => mark.name === name)?.text.trim() ?? "";
