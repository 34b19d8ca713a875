import type { Article, Field, Origin } from "../../shared/domain/article.ts";
import { FAILURES } from "../../shared/domain/failure.ts";
import type { RuleReport } from "../../shared/normalise/rules/ruled-page.ts";
import type { Candidate, Choice } from "../../shared/normalise/story/candidates.ts";
import type { Part } from "../../shared/normalise/story/parts.ts";
import { evidenceFor, type Preview, type Whereabouts } from "../../shared/pipeline/preview.ts";
import { cell, shortened, wrapped } from "./columns.ts";
import { counted } from "./print.ts";

/** A preview for a person: the verdict, the fields, where the story was found, what is kept, what is left out and why. */
export function previewText(
  preview: Preview,
  { all, columns }: { readonly all: boolean; readonly columns: number },
): string {
  const { inspection } = preview;
  const sheet = sheetOf(Math.max(columns, LEAST_COLUMNS));
  const parts = inspection?.parts() ?? [];
  const choice = inspection?.choice() ?? null;
  const sections = [
    verdict(preview, sheet),
    inspection ? fields(inspection.article, sheet) : [],
    inspection?.rule ? rule(inspection.rule, sheet) : [],
    choice ? story(choice, sheet) : [],
    ...(all ? [everyPart(parts, sheet)] : [kept(parts, sheet), leftOut(parts, sheet)]),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** Where the words stand that were asked for, and why they are not in the text. */
export function whereaboutsText(words: string, { parts, served }: Whereabouts, columns: number): string {
  const sheet = sheetOf(Math.max(columns, LEAST_COLUMNS));
  if (parts.length > 0)
    return parts
      .flatMap((part) => [
        `${part.kept === "nothing" ? `left out: ${part.why}` : `kept as ${part.kept}`}  (${part.element || part.kind})`,
        ...wrapped(part.text, sheet.columns - 2).map((line) => `  ${line}`),
      ])
      .join("\n");
  const told = served
    ? `“${words}” is in what was served, but in no text that a reader sees: in a script or an attribute`
    : `“${words}” is nowhere in what was served: a script may put it there, or it is on another page`;
  return wrapped(told, sheet.columns).join("\n");
}

const LEAST_COLUMNS = 60;
const LABEL = 11;

/** The width of a line, and lines under one label. */
interface Sheet {
  readonly columns: number;
  under(label: string, text: string): string[];
}

const sheetOf = (columns: number): Sheet => ({
  columns,
  under: (label, text) =>
    wrapped(text, columns - LABEL).map((line, at) => (at === 0 ? label : "").padEnd(LABEL) + line),
});

function verdict({ inspection, failure, served }: Preview, { under }: Sheet): string[] {
  const evidence = inspection && served ? evidenceFor(inspection.article, served) : [];
  const lines = failure
    ? [
        ...under("no article", FAILURES[failure.kind].meaning),
        ...under("", failure.detail),
        ...under("", FAILURES[failure.kind].advice),
      ]
    : under("article", "nothing speaks against it");
  return [...lines, ...under("", evidence.join("; ")).filter((line) => line.trim() !== "")];
}

const FIELDS: readonly (readonly [name: string, field: Field])[] = [
  ["headline", "headline"],
  ["standfirst", "standfirst"],
  ["byline", "byline"],
  ["published", "published"],
  ["modified", "modified"],
  ["language", "language"],
  ["section", "section"],
  ["site", "siteName"],
  ["canonical", "canonicalUrl"],
  ["image", "leadImage"],
];

function fields(article: Article, sheet: Sheet): string[] {
  return [
    ...FIELDS.flatMap(([name, field]) => fieldLines(name, article[field], article.origins?.[field], sheet)),
    ...article.flags.flatMap((flag) => sheet.under("flag", flag)),
  ];
}

/** A field's value with where it was taken, and below it what other places of the page say. */
function fieldLines(
  name: string,
  value: string | null | undefined,
  origin: Origin | undefined,
  { under }: Sheet,
): string[] {
  if (value == null) return [];
  const from = origin ? ` (${origin.from})` : "";
  const others = origin?.otherwise ?? [];
  return [...under(name, value + from), ...others.flatMap((claim) => under("", `≠ ${claim.value} (${claim.from})`))];
}

function rule({ rule: { host, path = "" }, findings, lost }: RuleReport, { columns, under }: Sheet): string[] {
  const width = columns - LABEL - 12 - 14;
  const lines = findings.map(({ part, selector, elements }) => {
    const found = elements === 0 ? "nothing" : counted(elements, "element", "elements");
    return `${"".padEnd(LABEL)}${cell(part, 12)}${cell(selector, width)}  ${found}`;
  });
  const unfit = lost.length === 0 ? [] : under("", `does not fit: read without its ${lost.join(", ")}`);
  return [...under("rule", `for ${host}${path}`), ...lines, ...unfit];
}

const BAR = 24;
/** Share of the story's score below which another element is not worth a line. */
const NEAR = 0.05;

function story({ story: best, why, within, others }: Choice, { columns, under }: Sheet): string[] {
  if (!best) return under("story", why);
  const near = others.filter(({ score }) => score >= NEAR * best.score);
  const most = Math.max(best.score, within?.score ?? 0, 1);
  const line = ({ element, score, pieces }: Candidate, note = "") => {
    const bar = "█".repeat(Math.max(1, Math.round((BAR * Math.max(0, score)) / most)));
    const counts = `${score.toLocaleString("en").padStart(7)}  ${bar.padEnd(BAR)}  `;
    return `${"".padEnd(LABEL)}${counts}${shortened(`${element}${note || `  ${counted(pieces, "piece", "pieces")}`}`, columns - LABEL - counts.length)}`;
  };
  return [
    ...under("story", `${best.element}: ${why}`),
    line(best),
    ...(within ? [line(within, "  around it")] : []),
    ...near.map((other) => line(other)),
    ...(near.length === 0 && !within ? under("", "nothing else on the page comes near") : []),
  ];
}

/** Kept lines that are shown from the beginning and from the end; a paragraph's beginning is enough to know it by. */
const SHOWN = { first: 8, last: 4 } as const;

function kept(parts: readonly Part[], { columns, under }: Sheet): string[] {
  const shown = parts.filter((part) => part.kept !== "nothing" && !(part.kept in FIELD_NAMES));
  if (shown.length === 0) return [];
  const line = (part: Part) => `  ${cell(kindName(part), LABEL - 2)}${shortened(part.text, columns - LABEL)}`;
  const hidden = shown.length - SHOWN.first - SHOWN.last;
  const lines =
    hidden <= 1
      ? shown.map(line)
      : [
          ...shown.slice(0, SHOWN.first).map(line),
          `  ${"".padEnd(LABEL - 2)}… ${hidden} more (--all)`,
          ...shown.slice(-SHOWN.last).map(line),
        ];
  return [...under("kept", counted(shown.length, "piece", "pieces")), ...lines];
}

const FIELD_NAMES: Readonly<Record<string, true>> = Object.fromEntries(FIELDS.map(([, field]) => [field, true]));

const KIND_NAMES: Readonly<Record<Part["kind"], string>> = {
  paragraph: "text",
  heading: "heading",
  "list-item": "item",
  quotation: "quote",
  "table-row": "row",
  code: "code",
  entry: "entry",
  caption: "caption",
  related: "related",
};

function kindName({ kind, level, kept: as }: Part): string {
  if (as !== "text") return as;
  return level ? `h${level}` : KIND_NAMES[kind];
}

/** Why-and-where groups of what is left out that are shown. */
const MOST_GROUPS = 14;
const WHY = 14;

/** What is left out, by why and where, what says most first: a missing paragraph stands near the top. */
function leftOut(parts: readonly Part[], { columns, under }: Sheet): string[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    if (part.kept !== "nothing") continue;
    const key = `${part.why} ${part.element}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  const dropped = [...groups.values()].map((group) => ({
    group,
    longest: group.reduce((most, part) => (part.text.length > most.text.length ? part : most)),
  }));
  if (dropped.length === 0) return [];
  dropped.sort((a, b) => b.longest.text.length - a.longest.text.length);
  const where = Math.min(24, Math.floor(columns / 4));
  const lines = dropped.slice(0, MOST_GROUPS).map(({ group, longest }) => {
    const head = `  ${cell(whyName(longest.why), WHY)}${String(group.length).padStart(4)}  ${cell(longest.element, where)} `;
    return head + shortened(longest.text, columns - head.length);
  });
  const pieces = dropped.reduce((sum, { group }) => sum + group.length, 0);
  const hidden = dropped.slice(MOST_GROUPS).reduce((sum, { group }) => sum + group.length, 0);
  return [
    ...under("left out", `${counted(pieces, "piece", "pieces")}; the longest of each place`),
    ...lines,
    ...(hidden > 0 ? [`  … ${counted(hidden, "short one", "short ones")} more (--all)`] : []),
  ];
}

const WHY_NAMES: Readonly<Record<string, string>> = {
  "outside the story": "outside",
  "between headline and story": "above story",
  "headline repeated": "repeated",
  "dropped by the rule": "rule: drop",
  "not taken by the rule": "rule: take",
  "related lead": "leads on",
};
const whyName = (why: string | null): string => WHY_NAMES[why ?? ""] ?? why ?? "";

/** Every piece in reading order, a line each; what is left out with its reason and its element. */
function everyPart(parts: readonly Part[], { columns, under }: Sheet): string[] {
  const lines = parts.map((part) => {
    if (part.kept !== "nothing") return `+ ${cell(kindName(part), WHY)} ${shortened(part.text, columns - WHY - 3)}`;
    const element = ` ${shortened(part.element, 24)}`;
    const text = shortened(part.text, columns - WHY - 3 - element.length);
    return `- ${cell(whyName(part.why), WHY)} ${cell(text, columns - WHY - 3 - element.length)}${element}`;
  });
  return [
    ...under("page", `${counted(parts.length, "piece", "pieces")} in reading order, + kept, - left out`),
    ...lines,
  ];
}
