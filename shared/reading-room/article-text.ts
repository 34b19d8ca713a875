import type { Article, Block, BlockKind } from "../domain/article.ts";
import { foreign, type Html, html } from "./html.ts";
import { foreignAttributes } from "./marks.ts";
import type { Words } from "./strings.ts";

/** What is said of a block's sentences: within its text, and below it. */
export type Telling = (block: Block) => { readonly said: Html | string; readonly below: Html | null };

const nothingTold: Telling = ({ text }) => ({ said: text, below: null });

/** The reading as a person would print it. What is not compared stands apart, below. */
export function articleText(words: Words, article: Article, telling = nothingTold): Html {
  const of = (kind: BlockKind) => article.blocks.filter((block) => block.kind === kind);
  const rotating = article.blocks.filter((block) => block.volatile);
  return html`<div class="article"${foreignAttributes(article.language)}>
${article.standfirst && html`<p class="standfirst" dir="auto">${article.standfirst}</p>`}
${article.byline && html`<p class="byline" dir="auto">${article.byline}</p>`}
${entriesIn(article.blocks.filter((block) => !block.volatile)).map((blocks) => printed(blocks, telling))}
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

function printed(blocks: readonly Block[], telling: Telling): Html {
  const text = html`${blocks.map((block) => {
    const { said, below } = telling(block);
    const shown = BLOCKS[block.kind](block, said);
    return below
      ? html`<div class="told">${shown}${below}</div>
`
      : shown;
  })}`;
  return blocks[0]!.entry === undefined
    ? text
    : html`<section class="entry">
${text}</section>
`;
}

const nothing = (): null => null;

/** Every block by itself finds its own direction: a quotation may run the other way. */
const BLOCKS: Readonly<Record<BlockKind, (block: Block, said: Html | string) => Html | null>> = {
  paragraph: (_, said) => html`<p dir="auto">${said}</p>
`,
  heading: ({ level }, said) =>
    (level ?? 2) <= 2
      ? html`<h3 dir="auto">${said}</h3>
`
      : html`<h4 dir="auto">${said}</h4>
`,
  "list-item": (_, said) => html`<p class="list-item" dir="auto">${said}</p>
`,
  quotation: (_, said) => html`<blockquote dir="auto"><p>${said}</p></blockquote>
`,
  "table-row": (_, said) => html`<p class="table-row" dir="auto">${said}</p>
`,
  code: (_, said) => html`<pre dir="auto"><code>${said}</code></pre>
`,
  entry: (_, said) => html`<h3 dir="auto">${said}</h3>
`,
  caption: nothing,
  related: nothing,
};

function apart(title: string, blocks: readonly Block[], language: string | null): Html | null {
  if (blocks.length === 0) return null;
  return html`<section class="apart"><h3>${title}</h3>
<ul${foreignAttributes(language)}>${blocks.map(({ text }) => html`<li dir="auto">${foreign(text)}</li>`)}</ul></section>`;
}
