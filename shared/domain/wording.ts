/** A sentence that counts: forms by the plural categories of `Intl.PluralRules`, `{count}` for the number. */
export interface Counted {
  readonly one?: string;
  readonly other: string;
}

/** Puts the parts where the sentence has their names, as one line of plain text. */
export const fillText = (sentence: string, parts: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ""));

const languages = new Map<string, { readonly plural: Intl.PluralRules; readonly number: Intl.NumberFormat }>();

/** Making these takes longer than a hundred uses of them. */
function languageOf(locale: string) {
  const known = languages.get(locale);
  if (known) return known;
  const made = { plural: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) };
  languages.set(locale, made);
  return made;
}

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
  const { plural, number } = languageOf(locale);
  const one = sentence.one !== undefined && plural.select(count) === "one";
  const form = one ? (sentence.one ?? sentence.other) : sentence.other;
  return fillText(form, { ...parts, count: number.format(count) });
}
