/** The words that renderers say; `{n}` stands for a paragraph's number, counted from 1. */
export const CHANGE_STRINGS = {
  headline: "Headline",
  standfirst: "Standfirst",
  byline: "Byline",
  nothing: "Nothing that readers see has changed.",
  cosmetic: "typography only",
  movedFrom: "moved here from paragraph {n}",
  movedTo: "moved from here to paragraph {n}",
  /** Where no page is at hand that "here" could mean. */
  movedFromTo: "moved from paragraph {n} to paragraph {m}",
  movedPlace: "moved within paragraph {n}",
  degraded: "Shown more coarsely than usual: {reason}.",
  pagedOutOne: "1 entry left at the old end when one came at the new one.",
  pagedOutMany: "{n} entries left at the old end when as many came at the new one.",
  /** Read out by screen readers around marked words. */
  removedStart: "[removed:",
  removedEnd: "]",
  addedStart: "[added:",
  addedEnd: "]",
  unchangedOne: "1 unchanged paragraph",
  unchangedMany: "{n} unchanged paragraphs",
  typographyOne: "1 paragraph in which only typography changed",
  typographyMany: "{n} paragraphs in which only typography changed",
  /** Of the two columns of a side-by-side view. */
  before: "Before",
  after: "After",
  beforeNone: "Before: nothing",
  afterNone: "After: nothing",
} as const satisfies Readonly<Record<string, string>>;

export type ChangeStrings = Readonly<Record<keyof typeof CHANGE_STRINGS, string>>;

/** The given strings, English for the others. */
export const stringsWith = (strings: Partial<ChangeStrings> = {}): ChangeStrings => ({ ...CHANGE_STRINGS, ...strings });

/** The sentence for one or for many. */
export const countedIn = (
  strings: ChangeStrings,
  name: "unchanged" | "typography" | "pagedOut",
  count: number,
): string => (count === 1 ? strings[`${name}One`] : fill(strings[`${name}Many`], "n", count));

export const fill = (template: string, name: string, value: string | number): string =>
  template.replaceAll(`{${name}}`, () => String(value));
