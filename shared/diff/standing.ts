import type { LabelKind, Standing } from "../domain/label.ts";

/**
 * What may be filtered by. The measurements behind this table are in docs/labels.md: filterable needs a measured
 * precision of at least 0.9 on at least 30 firings, or a fact that needs no judging (a field differs, a reading equals an
 * earlier one, folding typography makes two sentences equal).
 */
export const LABEL_STANDING: Readonly<Record<LabelKind, Standing>> = {
  headline: "filterable",
  standfirst: "filterable",
  byline: "filterable",
  reverted: "filterable",
  typography: "filterable",
  number: "filterable",
  quotation: "grey",
  correction: "grey",
  retraction: "grey",
  clarification: "grey",
  "editors-note": "grey",
  update: "grey",
  spelling: "grey",
  name: "grey",
  negation: "grey",
  hedging: "grey",
  link: "grey",
  caption: "grey",
};
