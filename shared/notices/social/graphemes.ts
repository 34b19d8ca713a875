const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What readers take for characters, which is what social networks count. */
export const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

export const countGraphemes = (text: string): number => graphemesOf(text).length;

/** At most so many of the first ones, with an ellipsis where some were cut. */
export function headGraphemes(text: string, most: number): string {
  const all = graphemesOf(text);
  if (most <= 0) return "";
  return all.length <= most ? text : `${atWord(all.slice(0, Math.max(0, most - 1)).join("")).trimEnd()}…`;
}

/** At most so many of the last ones, with an ellipsis where some were cut. */
export function tailGraphemes(text: string, most: number): string {
  const all = graphemesOf(text);
  if (most <= 0) return "";
  if (all.length <= most) return text;
  const kept = most === 1 ? "" : all.slice(1 - most).join("");
  return `…${kept.replace(/^\S{1,20}\s+/, "").trimStart()}`;
}

/** Without the part of a word at its end, unless nothing else would be left. */
function atWord(text: string): string {
  const whole = text.replace(/\s+\S{1,20}$/, "");
  return whole.trim() === "" ? text : whole;
}
