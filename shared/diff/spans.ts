import type { Span } from "../domain/span.ts";

/** The text that a span points to. */
export const textOf = (texts: readonly string[], { paragraph, start, end }: Span): string =>
  texts[paragraph]!.slice(start, end);
