/** A sentence that counts: forms by the plural categories of `Intl.PluralRules`, `{count}` for the number. */
export interface Counted {
  readonly one?: string;
  readonly other: string;
}

/** Puts the parts where the sentence has their names, as one line of plain text. */
export const fillText = (sentence: string, parts: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ""));

/**
 * A counted sentence in the form that the language has for this number.
 *
 * @param locale - BCP 47
 * @param parts - what else stands in the sentence
 */
export function counted(
  locale: string,
  sentence: Counted,
  count: number,
  parts: Readonly<Record<string, string | number>> = {},
): string {
  const one = sentence.one !== undefined && new Intl.PluralRules(locale).select(count) === "one";
  const form = one ? (sentence.one ?? sentence.other) : sentence.other;
  return fillText(form, { ...parts, count: new Intl.NumberFormat(locale).format(count) });
}
