/** Documents that try to cost more than they weigh. The bench runs each whole, the tests a part of it and four times that part. */
export interface HostileDocument {
  readonly name: string;
  /** How many times the thing that hurts is repeated in the whole document. */
  readonly times: number;
  /** Of the answer, where it is not a page's. */
  readonly contentType?: string;
  html(times: number): string;
}

export const STORY = "<p>The bridge is closed from Monday, the town says, and nobody knows for how long.</p>";

const numbered = (times: number, one: (at: number) => string): string =>
  Array.from({ length: times }, (_, at) => one(at)).join("");
const jsonLd = (json: string): string => `<script type="application/ld+json">${json}</script>${STORY}`;
const document = (name: string, times: number, html: (times: number) => string): HostileDocument => ({
  name,
  times,
  html,
});
const repeated = (name: string, times: number, markup: string, before = STORY): HostileDocument =>
  document(name, times, (count) => before + markup.repeat(count));

export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  repeated("elements in elements", 100_000, "<div>", ""),
  repeated("elements in elements, within the bound", 400, "<div>", ""),
  repeated("formatting in formatting", 100_000, "<b><i><span>"),
  repeated("formatting that closes in the wrong order", 100_000, "<b><i>x</b></i>"),
  repeated("tables in tables", 30_000, "<table><tr><td>"),
  document(
    "60,000 attributes on one element",
    60_000,
    (times) => `<div ${numbered(times, (at) => `a${at}=b `)}>${STORY}`,
  ),
  document(
    "60,000 attributes on many",
    60_000,
    (times) => STORY + numbered(times / 10, () => `<b ${numbered(10, (at) => `a${at}=b `)}>x</b>`),
  ),
  repeated("50 MB of text", 10_000_000, "word ", `${STORY}<p>`),
  repeated("50 MB of one word", 50_000_000, "w", `${STORY}<p>`),
  repeated("7 MB of words in one paragraph", 1_400_000, "word ", `${STORY}<p>`),
  repeated("7 MB of one word", 7_000_000, "w", `${STORY}<p>`),
  repeated("7 MB of white space", 7_000_000, " ", `${STORY}<p>a`),
  repeated("paragraphs, none closed", 400_000, "<p>x"),
  repeated("null bytes", 5_000_000, "\0", `${STORY}<p>`),
  repeated("a million line breaks", 1_000_000, "<br>"),
  repeated("words between line breaks", 200_000, "x<br>"),
  repeated("a million character references", 1_000_000, "&amp;", `${STORY}<p>`),
  repeated("character references that never end", 1_000_000, "&CounterClockwise"),
  document("a JSON-LD list of 5 MB", 100_000, (times) =>
    jsonLd(`[${numbered(times, (at) => `{"@type":"Article","headline":"a ${at}"},`)}0]`),
  ),
  document("JSON-LD in JSON-LD", 100_000, (times) =>
    jsonLd(`${'{"@type":"Article","mainEntity":'.repeat(times)}1${"}".repeat(times)}`),
  ),
  document("JSON-LD that never closes", 1_000_000, (times) => jsonLd("[".repeat(times))),
  repeated("JSON-LD scripts", 30_000, '<script type="application/ld+json">{"@type":"Article"}</script>'),
  repeated("links", 100_000, "<a href=/x>y</a> "),
  repeated("links in one paragraph after a text", 100_000, "word <a href=/x>y</a>", `${STORY}<p>`),
  repeated("a comment that never ends", 10_000_000, "-", `${STORY}<!--`),
  repeated("a script that never ends", 5_000_000, "</s", `${STORY}<script>`),
  repeated("an attribute that never ends", 10_000_000, "a", `${STORY}<b title="`),
  repeated("tags that never end", 2_000_000, "<b "),
  repeated("closing tags of nothing", 400_000, "</p></b>"),
  repeated("combining marks on one letter", 2_000_000, "\u0301", `${STORY}<p>a`),
  document(
    "images of megabytes in their addresses",
    8,
    (times) => `${STORY}<p>a${`<img src="data:image/png;base64,${"A".repeat(1_000_000)}">`.repeat(times)}`,
  ),
  repeated("headings", 50_000, "<h2>Of the bridge</h2>"),
  repeated("headings with a text each", 20_000, `<h2>Of the bridge</h2>${STORY}`),
  repeated("lists", 50_000, "<ul><li>one</ul>"),
  document(
    "class names, each its own",
    60_000,
    (times) => STORY + numbered(times, (at) => `<b class="name-of-${at}-part" id="i${at}">x</b>`),
  ),
  document(
    "class names on one element",
    500_000,
    (times) => `<div class="${numbered(times, (at) => `c${at} `)}">${STORY}</div>`,
  ),
  repeated("a row of cells", 100_000, "<td>1</td>", `${STORY}<table><tr>`),
  repeated("rows of cells", 50_000, "<tr><td>1<td>2", `${STORY}<table>`),
  repeated("raised figures", 100_000, "1<sup>2</sup>", `${STORY}<p>`),
  repeated("pictures in one paragraph", 100_000, "x<img>", `${STORY}<p>`),
  repeated("hidden text in hidden text", 400, "<span hidden> ", STORY),
  document(
    "blanks in hidden text in hidden text",
    400,
    (times) => `${STORY}<p>${"<span hidden>".repeat(times)}${`${" ".repeat(10_000)}<b></b>`.repeat(times)}`,
  ),
  repeated("lines of preformatted text", 2_000_000, "x\n", `${STORY}<pre><code>`),
  repeated("lead words", 30_000, "<p>Read more</p>"),
  repeated("authors", 50_000, '<span class="author">By A. Person</span>'),
  repeated("times", 50_000, "<time datetime=2026-01-01>x</time>"),
  repeated("corrections", 30_000, '<aside class="correction"><p>Correction: a.</p></aside>'),
  repeated("sidebars and stories by turns", 20_000, '<div class="sidebar"><div class="post-content">x</div></div>'),
  repeated("scraps", 60_000, "<div>Page one</div>"),
  document("a title of separators", 1_000_000, (times) => `<title>${"| ".repeat(times)}</title>${STORY}`),
  document(
    "a title of many headlines over many headings",
    20_000,
    (times) =>
      `<title>${"aaaa1 bbbb1 of the bridge | ".repeat(180)}</title>${STORY}${"<h2>of the bridge</h2>".repeat(times)}`,
  ),
  document(
    "locked parts in locked parts",
    480,
    (times) =>
      `${jsonLd('{"@type":"NewsArticle","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":false,"cssSelector":".x"}}')}${'<div class="x">'.repeat(times)}${"words ".repeat(300_000)}`,
  ),
  repeated("links to places with blanks in them", 12_000, `<a href="#x">${" ".repeat(66)}`, `${STORY}<p>`),
  repeated("authors with one nested in another", 32_000, '<div class="author">By<span> ', STORY),
  document(
    "an address hidden from robots, 2 MB of it",
    1_000_000,
    (times) => `${STORY}<p><a data-cfemail="${"7c".repeat(times)}">x</a>`,
  ),
  { ...repeated("50 MB of plain text", 10_000_000, "word "), contentType: "text/plain" },
  { ...repeated("7 MB of plain text in one paragraph", 1_400_000, "word "), contentType: "text/plain" },
  { ...repeated("two million paragraphs of plain text", 2_000_000, "x\n\n"), contentType: "text/plain" },
  { ...repeated("plain text of empty lines", 2_000_000, "\n \t"), contentType: "text/plain" },
  {
    ...repeated("a feed of 100,000 entries", 100_000, "<item><link>/x</link></item>", "<rss><channel>"),
    contentType: "application/rss+xml",
  },
  {
    ...repeated(
      "a JSON feed of 20 MB",
      1_000_000,
      '{"url":"/x","a":[]},',
      '{"version":"https://jsonfeed.org/version/1.1","items":[',
    ),
    contentType: "application/feed+json",
  },
];
