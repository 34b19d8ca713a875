/** A stretch of one side's text: UTF-16 offsets `[start, end)` into the paragraph with that index. */
export interface Span {
  readonly paragraph: number;
  readonly start: number;
  readonly end: number;
}
