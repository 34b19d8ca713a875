/** True for the same texts in the same order. Joined ones may be alike that are not: a text may hold what joins them. */
export const isSameList = (before: readonly string[], after: readonly string[]): boolean =>
  before.length === after.length && before.every((text, at) => text === after[at]);
