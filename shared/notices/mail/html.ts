import { escapeHtml } from "../../diff/render/escape.ts";
import { lineOf } from "../../diff/render/lines.ts";
import type { Run } from "../../diff/render/runs.ts";
import { PLAIN } from "../../diff/render/text.ts";
import { counted } from "../../domain/wording.ts";
import { shortened } from "../chat/fitting.ts";
import type { ContentLink, NoticeContent, Passage, Section } from "../content.ts";
import { noticeWords } from "../words.ts";
import { DARK_STYLES, type StyleName, styleOf } from "./style.ts";

/** Gmail hides what comes after 102 KB of HTML; the frame and the links at the end take their part. */
const SECTIONS_BYTES = 90_000;

/** Of the changed words of one happening: many small edits are mostly marks. */
const PASSAGES_BYTES = 70_000;

const PREVIEW_CHARACTERS = 200;

/** Where the picture of a change is found, and the words that stand for it. */
export interface HtmlPicture {
  readonly url: string;
  readonly alt: string;
}

/**
 * A message's body as HTML for mail programs: tables for the width (Outlook knows no other), a style on every element
 * (Gmail drops style sheets at times), and dark colours in a sheet for those that heed one. Removed words are struck
 * through and added ones bold and underlined, so that they are told apart where a program makes its own colours.
 */
export function contentAsHtml(content: NoticeContent, picture: HtmlPicture | null = null): string {
  const { language, title, lead, sections, links } = content;
  const shown = fitting(
    sections.map((section) => sectionHtml(shortened(section, PASSAGES_BYTES, { lengthOf }), content)),
  );
  const left = sections.length - shown.length;
  const words = noticeWords(language);
  const rows = [
    ...(sections.length === 1 ? [] : [element("h1", "title", text(title))]),
    ...lead.map((sentence) => element("p", "lead", text(sentence))),
    ...shown,
    ...(left > 0 ? [element("p", "lead", text(counted(words.locale, words.counts.more, left)))] : []),
    ...(picture ? [pictureHtml(picture)] : []),
    ...(links.length > 0 ? [element("p", "foot", links.map(linkHtml).join(SEPARATOR))] : []),
  ];
  return `<!doctype html>
<html lang="${text(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${text(title)}</title>
<style>
${DARK_STYLES}
</style>
</head>
<body ${styled("page")}>
<div style="display:none;max-height:0;overflow:hidden">${text(previewOf(content))}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ${styled("page")}><tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px"><tr><td ${styled("body")}>
${rows.join("\n")}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

/** The first ones that find room, one at least. */
function fitting(sections: readonly string[]): readonly string[] {
  let bytes = 0;
  const end = sections.findIndex((section, index) => {
    bytes += Buffer.byteLength(section);
    return index > 0 && bytes > SECTIONS_BYTES;
  });
  return end < 0 ? sections : sections.slice(0, end);
}

/** What a mailbox shows beside the subject: the words that changed, else the first sentence. */
function previewOf({ lead, sections }: NoticeContent): string {
  const [first] = sections;
  const [passage] = first?.passages ?? [];
  const line = passage ? lineOf(passage, PLAIN) : (first?.facts[0] ?? lead[0] ?? "");
  return line.slice(0, PREVIEW_CHARACTERS);
}

function sectionHtml({ heading, facts, passages, omitted, links }: Section, { sections, language }: NoticeContent) {
  const words = noticeWords(language);
  const [tag, style] = sections.length === 1 ? (["h1", "title"] as const) : (["h2", "heading"] as const);
  return [
    `<${tag} dir="auto" ${styled(style)}>${text(heading)}</${tag}>`,
    ...passages.map(passageHtml),
    ...(omitted > 0 ? [element("p", "aside", text(counted(words.locale, words.counts.omitted, omitted)))] : []),
    // where no words changed, the facts are the news
    element("p", passages.length > 0 ? "facts" : "lead", facts.map(text).join("<br>")),
    ...(links.length > 0 ? [element("p", "links", links.map(linkHtml).join(SEPARATOR))] : []),
  ].join("\n");
}

const passageHtml = (runs: Passage): string => {
  const inner = runs.map(
    (run, index) => runHtml(run) + (run.kind === "removed" && runs[index + 1]?.kind === "added" ? " " : ""),
  );
  return `<p dir="auto" ${styled("passage")}>${inner.join("").trim()}</p>`;
};

const RUN_TAGS = { kept: null, removed: "del", added: "ins", aside: "em" } as const;

function runHtml({ kind, text: words }: Run): string {
  const tag = RUN_TAGS[kind];
  if (tag === null) return text(words);
  // With a direction of its own it says nothing of its paragraph's, which is the article's.
  return kind === "aside" ? `<em dir="auto" ${styled("em")}>${text(words)}</em>` : element(tag, tag, text(words));
}

/** With the space between a removed run and what replaces it. */
const lengthOf = (run: Run): number => Buffer.byteLength(runHtml(run)) + 1;

const SEPARATOR = " &nbsp;·&nbsp; ";

/** The one thing that a message asks for is a button; where many links stand, they are links. */
function linkHtml({ role, text: name, url }: ContentLink): string {
  if (!/^https?:\/\//i.test(url)) return text(name);
  return `<a href="${text(url)}" ${styled(role === "confirm" ? "button" : "link")}>${text(name)}</a>`;
}

/** Outlook goes by the attribute, others by the style. Where pictures are off, its words are small print. */
const pictureHtml = ({ url, alt }: HtmlPicture): string =>
  `<p ${styled("facts")}><img src="${text(url)}" alt="${text(alt)}" width="600" ${styled("picture")}></p>`;

const element = (tag: string, style: StyleName, inner: string): string => `<${tag} ${styled(style)}>${inner}</${tag}>`;

const styled = (name: StyleName): string => `class="${name}" style="${styleOf(name)}"`;

/** Control characters that HTML does not carry become one that shows. */
const text = (given: string): string =>
  escapeHtml(given.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd"));
