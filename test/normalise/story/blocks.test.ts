import { describe, expect, it } from "vitest";
import type { Block } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const OPENING = "The first paragraph is long enough to be one, with a comma.";
const CLOSING = "The last paragraph closes the story, and is long enough for that.";

/** The blocks between two paragraphs of a story. */
function between(html: string): readonly Block[] {
  const page = `<title>Of words</title><article><h1>Of words</h1><p>${OPENING}</p>${html}<p>${CLOSING}</p></article>`;
  const { blocks } = normalise({
    url: "https://words.example/of",
    bytes: new TextEncoder().encode(page),
    contentType: "text/html; charset=utf-8",
  });
  expect([blocks[0]?.text, blocks.at(-1)?.text]).toEqual([OPENING, CLOSING]);
  return blocks.slice(1, -1);
}
const textsOf = (html: string) => between(html).map(({ text }) => text);
const kindsOf = (html: string) =>
  between(html).map(({ kind, level, text }) => [level ? `${kind} ${level}` : kind, text]);

describe("markup joins and parts words as a browser does", () => {
  it.each<[html: string, texts: readonly string[]]>([
    ["<p>Sep<b>tember</b> rain, and no<i>thing</i> more.</p>", ["September rain, and nothing more."]],
    ["<p>Sep<!-- or Octo -->tem<script>1</script>ber rain.</p>", ["September rain."]],
    ['<p><span class="dropcap">T</span>he town was quiet.</p>', ["The town was quiet."]],
    ["<p>Call <button>now</button> or never.</p>", ["Call now or never."]],
    ["<p><button>Truce</button> talks go on.</p>", ["Truce talks go on."]],
    ["<p>Talks go on.<button>Copy</button></p>", ["Talks go on."]],
    ["<div><button>Like</button> <b>7</b></div>", ["7"]],
    ["<p>So <math><mi>x</mi><mo>=</mo><mn>12</mn></math> in all.</p>", ["So x=12 in all."]],
    [
      '<p>So <span><math><mi>x</mi><annotation>\\\\xi</annotation></math></span><span aria-hidden="true">x</span> in all.</p>',
      ["So x in all."],
    ],
    ["<p>Donau<wbr>dampf<wbr/>schifffahrt ahead.</p>", ["Donaudampfschifffahrt ahead."]],
    ["<p>It <q>rains</q>, <del>he</del> <ins>she</ins> said.</p>", ["It rains, he she said."]],
    ["<div>The one sentence.</div><div>The other one.</div>", ["The one sentence.", "The other one."]],
    [
      '<span style="display: block">The one sentence.</span><span style="display:block">The other one.</span>',
      ["The one sentence.", "The other one."],
    ],
    ["<p>One sentence, and<hr>another one.</p>", ["One sentence, and", "another one."]],
    ["<p>One line,<br>and the next.</p>", ["One line, and the next."]],
    ["<div>One part of it.<br><br>Another part of it.</div>", ["One part of it.", "Another part of it."]],
    ["<div>One part of it.<br> \n <br/>Another part of it.</div>", ["One part of it.", "Another part of it."]],
    ["<h2>A heading<br>in two lines</h2>", ["A heading in two lines"]],
    ["<table><tr><td>a</td><td>b</td></tr></table>", ["a | b"]],
    ["<table><tr><td><p>a</p></td><td>b<br>c</td></tr></table>", ["a | b c"]],
    ["<table><tr><td><p>a</p>b</td><td>c<blockquote>d</blockquote>e</td></tr></table>", ["a b | c d e"]],
    ['<table><tr><td>a</td><td style="display:none">b</td><td hidden>c</td><td>d</td></tr></table>', ["a | d"]],
    ["<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["a | b", "c | d"]],
    ["<ul><li>One<li>Two</ul>", ["One", "Two"]],
    ["<blockquote>We wait.<cite>A passenger</cite></blockquote>", ["We wait. A passenger"]],
  ])("%s", (html, texts) => expect(textsOf(html)).toEqual(texts));
});

describe("there is one spelling of a text", () => {
  it.each<[html: string, text: string]>([
    ["<p>Ten&nbsp;000&#8239;euros\u3000and\tmore.</p>", "Ten 000 euros and more."],
    ["<p>Thin\u2009en\u2002em\u2003figure\u2007line\u2028end.</p>", "Thin en em figure line end."],
    ["<p>Co&shy;operation\u200b and \ufeffpeace\u2060.</p>", "Cooperation and peace."],
    ["<p>می\u200cخواهم 👩\u200d🚒 stay.</p>", "می\u200cخواهم 👩\u200d🚒 stay."],
    ['<p>“Curly” – and "straight" - ‘stay’ — «as» they’re.</p>', '“Curly” – and "straight" - ‘stay’ — «as» they’re.'],
    ["<p>cafe\u0301 closed.</p>", "café closed."],
    [
      "<p>Write to <a href='/x' class='__cf_email__' data-cfemail='7c1d3c1e521f'>[email&#160;protected]</a> today.</p>",
      "Write to a@b.c today.",
    ],
  ])("%s", (html, text) => expect(textsOf(html)).toEqual([text]));
});

describe("what stands above the line", () => {
  it.each<[what: string, html: string, text: string]>([
    ["a power keeps its height", "<p>Of 10<sup>6</sup> and 10<sup>-9</sup>.</p>", "Of 10⁶ and 10⁻⁹."],
    ["what would not be misread is joined", "<p>H<sub>2</sub>O, the 3<sup>rd</sup>.</p>", "H2O, the 3rd."],
    [
      "a reading over a word is an aid, not text",
      "<p><ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>を読む。</p>",
      "漢字を読む。",
    ],
  ])("%s", (_what, html, text) => expect(textsOf(html)).toEqual([text]));
});

describe("marks beside the text are not of it", () => {
  it.each<[what: string, html: string, text: string]>([
    ["a footnote's number", '<p>So it was.<sup><a href="#fn1">1</a></sup> It is.</p>', "So it was. It is."],
    ["a footnote's number in brackets", '<p>So.<sup>[<a href="#n">2</a>]</sup> It is.</p>', "So. It is."],
    ["a raised link", '<p>So it was.<a href="#fn1"><sup>*</sup></a> It is.</p>', "So it was. It is."],
    ["a named one", '<p>So.<a href="#n1" role="doc-noteref">1</a> It is.</p>', "So. It is."],
    ["the way back", '<p>The note says so. <a href="#r1" class="footnote-backref">↩</a></p>', "The note says so."],
    ["a heading's link to itself", '<h2>Of boats<a class="headerlink" href="#boats">¶</a></h2>', "Of boats"],
    [
      "a label for those who listen",
      '<p>See <a href="/b">the boats<span class="sr-only"> (opens in a new window)</span></a> there.</p>',
      "See the boats there.",
    ],
    ["what is not shown", "<p>It is <span hidden>not</span> closed.</p>", "It is closed."],
  ])("%s", (_what, html, text) => expect(textsOf(html)).toEqual([text]));

  it.each<[what: string, html: string, text: string]>([
    ["a raised word", "<p>So<sup>they say</sup> it was.</p>", "Sothey say it was."],
    ["a raised number without a link", "<p>So it was.<sup>1</sup></p>", "So it was.1"],
    ["a link to a place in the page", '<p>See <a href="#t">table 3</a> below.</p>', "See table 3 below."],
    [
      "a long text that opens at a click",
      `<p>${OPENING} <span hidden>${OPENING.repeat(2)}</span></p>`,
      `${OPENING} ${OPENING.repeat(2)}`,
    ],
  ])("but %s is", (_what, html, text) => expect(textsOf(html)).toEqual([text]));
});

describe("a number that leads to a place and is one itself", () => {
  it("is a note's, and no text", () =>
    expect(
      textsOf(
        '<p>It rained.<a id="a1" href="#n1">1</a> It did.</p><div><a id="n1" href="#a1">1</a> <p>For forty days, that is.</p></div>',
      ),
    ).toEqual(["It rained. It did.", "For forty days, that is."]));
  it("but not a name, nor a number that leads elsewhere", () =>
    expect(textsOf('<p>See <a id="a1" href="#n1">Noah</a> and <a id="a2" href="/40">40</a>.</p>')).toEqual([
      "See Noah and 40.",
    ]));
});

describe("kinds of blocks", () => {
  it.each<[html: string, blocks: readonly (readonly [string, string])[]]>([
    [
      "<h2>Of boats</h2><h4>Of oars</h4>",
      [
        ["heading 2", "Of boats"],
        ["heading 4", "Of oars"],
      ],
    ],
    [
      "<ul><li>One<ol><li>Nested</li></ol></li><li><p>Two.</p><p>Of two.</p></li></ul>",
      [
        ["list-item", "One"],
        ["list-item", "Nested"],
        ["list-item", "Two."],
        ["list-item", "Of two."],
      ],
    ],
    [
      "<dl><dt>Thwart</dt><dd>A seat across a boat.</dd></dl>",
      [
        ["list-item", "Thwart"],
        ["list-item", "A seat across a boat."],
      ],
    ],
    [
      "<blockquote><p>We wait.</p><footer>A passenger, <cite>The Pier</cite></footer></blockquote>",
      [
        ["quotation", "We wait."],
        ["quotation", "A passenger, The Pier"],
      ],
    ],
    [
      "<figure><img src=a><figcaption>The pier. Photo: A. Bell</figcaption></figure>",
      [["caption", "The pier. Photo: A. Bell"]],
    ],
    [
      "<table><caption>Seats</caption><thead><tr><th>Party</th><th>Seats</th></tr></thead><tr><td>Greens</td><td>12</td></tr></table>",
      [
        ["paragraph", "Seats"],
        ["table-row", "Party | Seats"],
        ["table-row", "Greens | 12"],
      ],
    ],
    ['<p>Read also: <a href="/b">Ten boats</a></p>', [["related", "Ten boats"]]],
  ])("%s", (html, blocks) => expect(kindsOf(html)).toEqual(blocks));

  it("a listing's lines are blocks of their own, their white space folded", () => {
    const listing = "<pre><code>def f(x):\n    return x\n\n<b>print</b>(f(1))</code></pre>";
    const lines = [
      ["code", "def f(x):"],
      ["code", "return x"],
      ["code", "print(f(1))"],
    ];
    expect(kindsOf(listing)).toEqual(lines);
    expect(kindsOf(listing.replaceAll("\n", "<br>"))).toEqual(lines);
    expect(kindsOf(listing.replace(/<\/?code>/g, "").replace("<pre>", '<pre class="brush: python">'))).toEqual(lines);
  });

  it("nor are the numbers of its lines text", () => {
    const numbered =
      '<table class="rouge-table"><tr><td class="gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="code"><pre>a = 1\nb = 2\n</pre></td></tr></table>';
    expect(kindsOf(numbered)).toEqual([
      ["code", "a = 1"],
      ["code", "b = 2"],
    ]);
  });

  it("other preformatted text parts at empty lines", () => {
    expect(textsOf("<pre>Rain on the pier,\n  rain on the boats,\n\nand then none.</pre>")).toEqual([
      "Rain on the pier, rain on the boats,",
      "and then none.",
    ]);
  });

  it("links keep where they lead, absolute; emphasis is not kept", () => {
    expect(between('<p>See <a href="/b">the <em>boats</em></a> and <a href="#c">below</a>.</p>')).toEqual([
      { kind: "paragraph", text: "See the boats and below.", links: ["https://words.example/b"] },
    ]);
  });
});

describe("captions", () => {
  const SEEN = "The wall as it was seen from the valley on the morning after the flood";
  const figures = (count: number) =>
    Array.from(
      { length: count },
      (_, at) =>
        `<figure><b>${at + 1}/${count}</b><img src="${at}.jpg"><figcaption>${SEEN} (${at}).</figcaption></figure>`,
    ).join("");

  it("are the text where they say nearly all of it", () =>
    expect(textsOf(`<article><p>Four pictures.</p>${figures(4)}</article>`)).toEqual([
      "Four pictures.",
      ...[0, 1, 2, 3].map((at) => `${SEEN} (${at}).`),
    ]));

  it("are captions beside a text", () => {
    const text = `<p>${`${SEEN}. `.repeat(5)}</p>`;
    expect(kindsOf(`${text}${figures(3)}`).filter(([kind]) => kind !== "caption")).toHaveLength(1);
  });
});

describe("a shadow root that the markup declares", () => {
  it("is what the reader sees, other templates are not", () => {
    const html = `<x-story><template shadowrootmode="open"><p>${OPENING}</p></template></x-story><template><p>${CLOSING}</p></template>`;
    expect(textsOf(html)).toEqual([OPENING]);
  });
});

describe("a date", () => {
  it("inside a sentence is text, one that stands alone is not", () => {
    const html = "<p>The fair opens on <time>3 May</time> at noon.</p><div><time>4 May</time></div>";
    expect(textsOf(html)).toEqual(["The fair opens on 3 May at noon."]);
  });

  it.each([
    ["a list of terms", "<dl><dt>When</dt><dd><time>4 May</time></dd></dl>"],
    ["a list", "<h2>Dates</h2><ul><li><time>4 May</time></li></ul>"],
    ["a heading", "<h3><time>4 May</time></h3>"],
    ["a programme", `<div id="e1"><h3>Opening</h3><time>4 May</time><p>${OPENING}</p></div>`],
  ])("is the story's in %s", (_where, html) => expect(textsOf(html)).toContain("4 May"));

  it.each([
    ["beside a link to another story", '<ul><li><a href="/1">A fair too many</a></li><li><time>4 May</time></li></ul>'],
    ["right in what holds the story", "<time>4 May</time> <span class='author'>Ines Farrow</span>"],
    ["in a box that has a role", '<div class="meta"><ul><li><time>4 May</time></li></ul></div>'],
  ])("is not %s", (_where, html) => expect(textsOf(html)).not.toContain("4 May"));
});
