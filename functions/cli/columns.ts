import stringWidth from "string-width";

/** Text in so many columns of a terminal, in which some letters take two and some none: cut with a mark, or filled. */
export function cell(text: string, columns: number): string {
  const cut = shortened(text, columns);
  return cut + " ".repeat(columns - stringWidth(cut));
}

/** Text of at most so many columns. */
export function shortened(text: string, columns: number): string {
  // so many are looked at, however long the text is: hardly any letter is made of more than four
  const most = 4 * columns;
  if (text.length <= most && stringWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, most))) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of at most so many columns, broken between words; a longer word stands on a line of its own, cut. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && stringWidth(line) + 1 + stringWidth(word) <= columns)
      lines.splice(-1, 1, `${line} ${word}`);
    else lines.push(shortened(word, columns));
  }
  return lines;
}
