import { lineOf } from "../diff/render/lines.ts";
import { PLAIN } from "../diff/render/text.ts";
import { counted } from "../domain/wording.ts";
import type { ContentLink, NoticeContent, Section } from "./content.ts";
import { noticeWords } from "./words.ts";

/**
 * A message's body in plain text, its title left out: removed words as `[-old-]`, added ones as `{+new+}`, as
 * `git diff --word-diff` writes them. Lines have any length.
 */
export function contentAsText(content: NoticeContent): string {
  const { lead, sections, links } = content;
  const alone = sections.length === 1;
  const blocks = [
    lead.join("\n"),
    ...sections.flatMap((section) => [...(alone ? [] : [heading(section)]), ...sectionBlocks(section, content)]),
    ...(links.length > 0 ? [links.map(linkLine).join("\n")] : []),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const heading = ({ heading }: Section): string => `── ${heading}`;

function sectionBlocks({ facts, passages, omitted, links }: Section, { language }: NoticeContent): string[] {
  const words = noticeWords(language);
  return [
    facts.join("\n"),
    ...passages.map((runs) => lineOf(runs, PLAIN)),
    ...(omitted > 0 ? [counted(words.locale, words.counts.omitted, omitted)] : []),
    links.map(linkLine).join("\n"),
  ];
}

const linkLine = ({ text, url }: ContentLink): string => `${text}: ${url}`;
