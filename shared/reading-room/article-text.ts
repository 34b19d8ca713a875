import type { Article, Block, BlockKind } from "../domain/article.ts";
import { foreign, type Html, html } from "./html.ts";
import { foreignAttributes } from "./marks.ts";
import type { Words } from "./strings.ts";

/** The reading as a person would print it. What is not compared stands apart, below. */
export function articleText(words: Words, article: Article): Html {
  const of = (kind: BlockKind) => article.blocks.filter((block) => block.kind === kind);
  const rotating = article.blocks.filter((block) => block.volatile);
  return html`<div class="article"${foreignAttributes(article.language)}>
${article.standfirst && html`<p class="standfirst" dir="auto">${article.standfirst}</p>`}
${article.byline && html`<p class="byline" dir="auto">${article.byline}</p>`}
${entriesIn(article.blocks.filter((block) => !block.volatile)).map(printed)}
</div>
${apart(words.reading.rotating, rotating, article.language)}
${apart(words.reading.captions, of("caption"), article.language)}
${apart(words.reading.related, of("related"), article.language)}`;
}

/** The blocks, those of one entry of a live blog together. */
function entriesIn(blocks: readonly Block[]): Block[][] {
  const together: Block[][] = [];
  for (const block of blocks) {
    const last = together.at(-1);
    if (last && last[0]!.entry === block.entry) last.push(block);
    else together.push([block]);
  }
  return together;
}

function printed(blocks: readonly Block[]): Html {
  const text = html`${blocks.map((block) => BLOCKS[block.kind](block))}`;
  return blocks[0]!.entry === undefined
    ? text
    : html`<section class="entry">
${text}</section>
`;
}

const nothing = (): null => null;

/** Every block by itself finds its own direction: a quotation may run the other way. */
const BLOCKS: Readonly<Record<BlockKind, (block: Block) => Html | null>> = {
  paragraph: ({ text }) => html`<p dir="auto">${text}</p>
`,
  heading: ({ text, level }) =>
    (level ?? 2) <= 2
      ? html`<h3 dir="auto">${text}</h3>
`
      : html`<h4 dir="auto">${text}</h4>
`,
  "list-item": ({ text }) => html`<p class="list-item" dir="auto">${text}</p>
`,
  quotation: ({ text }) => html`<blockquote dir="auto"><p>${text}</p></blockquote>
`,
  "table-row": ({ text }) => html`<p class="table-row" dir="auto">${text}</p>
`,
  code: ({ text }) => html`<pre dir="auto"><code>${text}</code></pre>
`,
  entry: ({ text }) => html`<h3 dir="auto">${text}</h3>
`,
  caption: nothing,
  related: nothing,
};

function apart(title: string, blocks: readonly Block[], language: string | null): Html | null {
  if (blocks.length === 0) return null;
  return html`<section class="apart"><h3>${title}</h3>
<ul${foreignAttributes(language)}>${blocks.map(({ text }) => html`<li dir="auto">${foreign(text)}</li>`)}</ul></section>`;
}
