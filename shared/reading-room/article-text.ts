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
${article.blocks.filter((block) => !block.volatile).map((block) => BLOCKS[block.kind](block))}
</div>
${apart(words.reading.rotating, rotating, article.language)}
${apart(words.reading.captions, of("caption"), article.language)}
${apart(words.reading.related, of("related"), article.language)}`;
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
  entry: ({ text }) => html`<p class="entry" dir="auto">${text}</p>
`,
  caption: nothing,
  related: nothing,
};

function apart(title: string, blocks: readonly Block[], language: string | null): Html | null {
  if (blocks.length === 0) return null;
  return html`<section class="apart"><h3>${title}</h3>
<ul${foreignAttributes(language)}>${blocks.map(({ text }) => html`<li dir="auto">${foreign(text)}</li>`)}</ul></section>`;
}
