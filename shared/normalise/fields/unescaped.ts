import { Parser } from "htmlparser2";

const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});/i;
/** Sites escape what they print, and what is escaped already once more. */
const MOST_TIMES = 2;

/** What a claim says whose writer escaped it for HTML where nothing unescapes it (a script), or once too often (an attribute). */
export function unescaped(text: string): string {
  let plain = text;
  for (let times = 0; times < MOST_TIMES && REFERENCE.test(plain); times += 1) plain = resolved(plain);
  return plain;
}

/** Character references resolved; nothing else is markup. */
function resolved(text: string): string {
  let plain = "";
  const parser = new Parser({
    ontext: (part) => {
      plain += part;
    },
  });
  parser.end(text.replaceAll("<", "&lt;"));
  return plain;
}
