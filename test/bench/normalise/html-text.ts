import { Parser } from "htmlparser2";

const BLOCK: ReadonlySet<string> = new Set(
  "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol optgroup option p pre search section summary table tbody td tfoot th thead title tr ul".split(
    " ",
  ),
);
const SILENT: ReadonlySet<string> = new Set("script style template noscript head svg math object iframe".split(" "));

/** One plain rendering for every extractor that gives HTML, so that they differ only by what they take. */
export function htmlText(html: string): string {
  let text = "";
  let silent = 0;
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent += 1;
      if (BLOCK.has(name)) text += "\n";
    },
    ontext(data) {
      if (silent === 0) text += data.replace(/[\s\u00a0]+/g, " ");
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent -= 1;
      if (BLOCK.has(name)) text += "\n";
    },
  });
  parser.end(html);
  return text
    .split("\n")
    .map((line) => line.replace(/ +/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
