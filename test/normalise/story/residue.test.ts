import { describe, expect, it } from "vitest";
import { comparedBlocks } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const STORY = "The reservoir above the town was emptied on Tuesday so that divers could look for the cracks. "
  .repeat(2)
  .trim();
const LONG = Array.from({ length: 6 }, (_, at) => `<p>${STORY} (${at})</p>`).join("");
const read = (html: string) =>
  normalise({ url: "https://dam.example/", bytes: new TextEncoder().encode(`<title>The dam</title>${html}`) });
const textsOf = (html: string) => comparedBlocks(read(html)).map(({ text }) => text);
const relatedIn = (html: string) =>
  read(html)
    .blocks.filter(({ kind }) => kind === "related")
    .map(({ text }) => text);

describe("between headline and story", () => {
  const around = (between: string) =>
    `<article><h1>The dam</h1>${between}<div itemprop="articleBody">${LONG}</div></article>`;
  const POINT = "At least twelve houses were emptied when the water rose on Monday night.";

  it("key points are compared", () => {
    const texts = textsOf(
      around(`<ul class="bullets"><li>${POINT}</li><li>${POINT.replace("twelve", "two")}</li></ul>`),
    );
    expect(texts.slice(0, 2)).toEqual([POINT, POINT.replace("twelve", "two")]);
  });

  it("a line is, whether or not a full stop ends it", () =>
    expect(textsOf(around("<p>At least 12 houses emptied, the mayor says</p>"))[0]).toMatch(/^At least 12/));

  it.each([
    ["links to other stories", `<ul class="bullets"><li><a href="/1">${POINT}</a></li></ul>`],
    ["points half of which are links", `<ul class="bullets"><li><a href="/1">${POINT}</a> ${POINT} Too.</li></ul>`],
    ["a heading that leads to another story", `<h3><a href="/1">${POINT}</a></h3>`],
    ["labels", "<ul><li>Politics</li><li>4 min read</li></ul><p>Politics</p><div>The valley and its towns today</div>"],
    ["points in a box of recommendations", `<ul class="recommended"><li>${POINT}</li></ul>`],
  ])("%s are not", (_what, between) => expect(textsOf(around(between))).toEqual(textsOf(around(""))));
});

describe("a line without a full stop", () => {
  const LINE = "Houses emptied so far: 12";
  const divs = LONG.replaceAll("<p>", "<div>").replaceAll("</p>", "</div>");
  const around = (body: string) => textsOf(`<article><h1>The dam</h1><div class="k">${body}</div></article>`);

  it.each<[where: string, body: string, at: number]>([
    ["right in the story's element, at its head", `${LINE}<br><br>${LONG}`, 0],
    ["at its head, where breaks part the paragraphs", `${LINE}<br><br>${STORY}<br><br>${STORY}`, 0],
    ["in a block like the story's paragraphs, the first", `<div>${LINE}</div>${divs}`, 0],
    ["in a block like the story's paragraphs, the last", `${divs}<div>${LINE}</div>`, -1],
  ])("is text %s", (_where, body, at) => expect(around(body).at(at)).toBe(LINE));

  it.each([
    ["the first", `<div class="x">${LINE}</div>${divs}`],
    ["the last", `${divs}<div class="x">${LINE}</div>`],
  ])("is none in a block of another make, %s", (_where, body) => expect(around(body)).not.toContain(LINE));
});

describe("a box that lead words open", () => {
  const LINKS =
    '<p><a href="/1">Ten walks around the lake</a></p><h4>Of boats</h4><p><a href="/2">A boat for two</a></p>';
  const around = (box: string) => `<article><h1>The dam</h1><div class="k">${LONG}${box}${LONG}</div></article>`;

  it("holds links to other stories", () => {
    const html = around(`<div><h3>Read also</h3>${LINKS}</div>`);
    expect(textsOf(html)).toEqual(textsOf(around("")));
    expect(relatedIn(html)).toEqual(["Ten walks around the lake", "Of boats", "A boat for two"]);
  });

  it("loses no paragraph of the story that stands in it", () => {
    const added = "The mayor said on Friday that nobody had told her of the cracks.";
    const html = around(`<div><h3>Read also</h3>${LINKS}<p>${added}</p></div>`);
    expect(textsOf(html)).toContain(added);
    expect(relatedIn(html)).toContain("A boat for two");
  });

  it.each(["Watch", "More", "Listen:", "TRENDING", "Read"])("“%s” reaches the links right below it alone", (word) => {
    const heading = "Under the wall";
    const html = around(
      `<div><p>${word}</p><p><a href="/1">The dam from above</a></p><h3>${heading}</h3><p>${STORY} (a)</p><p>And so on <a href="/2">as ever</a></p></div>`,
    );
    expect(textsOf(html)).toEqual(expect.arrayContaining([heading, `${STORY} (a)`, "And so on as ever"]));
    expect(textsOf(html)).not.toContain(word);
    expect(relatedIn(html)).toEqual(["The dam from above"]);
  });
});

describe("headings above the story with nothing under them", () => {
  const headings = (level: number, ...texts: string[]) =>
    texts.map((text) => `<div><div><h${level}>${text}</h${level}></div></div>`).join("");
  const around = (above: string) => textsOf(`<article><h1>The dam</h1>${above}<div class="k">${LONG}</div></article>`);

  it("are a list of labels", () =>
    expect(around(`<h2>Rules</h2>${headings(6, "3 May 2021", "1 May 2019", "12 June 2018")}<h4>Why</h4>`)).toEqual([
      "Rules",
      "Why",
      ...around(""),
    ]));

  it("are so with links between them", () =>
    expect(around(`${headings(6, "3 May 2021", "1 May 2019")}<a href="/older">Older</a><h4>Why</h4>`)).not.toContain(
      "1 May 2019",
    ));

  it.each([
    ["one", headings(3, "The town below")],
    ["of falling rank", `${headings(2, "The town below")}${headings(3, "In spring")}${headings(4, "At night")}`],
    ["side by side in one box", "<div><h3>The town below</h3><h3>In spring</h3></div>"],
    ["with a line under each", headings(3, "The town below</h3><p>Two houses</p><h3>In spring")],
  ])("are headings of the story where they are %s", (_what, above) =>
    expect(around(above)).toEqual(expect.arrayContaining(["The town below"])),
  );

  it("are headings below it", () =>
    expect(textsOf(`<article><h1>The dam</h1>${LONG}${headings(3, "In spring", "At night")}${LONG}</article>`)).toEqual(
      expect.arrayContaining(["In spring", "At night"]),
    ));
});

describe("the label of an advertisement", () => {
  const inside = (label: string) =>
    textsOf(`<article><h1>The dam</h1><div class="k">${LONG}${label}${LONG}</div></article>`);

  it.each(["<div>Advertisement</div>", "<p>ANZEIGE</p>", "<div>– Publicité –</div>", "<div>広告</div>"])(
    "is no text: %s",
    (label) => expect(inside(label)).toEqual(inside("")),
  );

  it.each([
    ["a heading", "<h3>Advertising</h3>", "Advertising"],
    ["a list's item", "<ul><li>Advertising</li><li>Analytics</li></ul>", "Advertising"],
    ["a sentence", "<p>Advertisement pays for this.</p>", "Advertisement pays for this."],
  ])("is text as %s", (_what, html, text) => expect(inside(html)).toContain(text));
});

describe("a line under a picture", () => {
  const LINE = "The wall seen from the valley";
  const captionsIn = (html: string) =>
    read(`<article><h1>The dam</h1><div class="k">${LONG}${html}${LONG}</div></article>`)
      .blocks.filter(({ kind }) => kind === "caption")
      .map(({ text }) => text);

  it.each([
    `<div><img src="1.jpg">${LINE}</div>`,
    `<div><div><img src="1.jpg"></div><span>${LINE}</span></div>`,
    `<div><a href="1.jpg"><img src="1.jpg"></a><br><em>${LINE}</em></div>`,
  ])("alone with it in a block is its caption: %s", (html) => expect(captionsIn(html)).toEqual([LINE]));

  it.each([
    ["a paragraph", `<p><img src="1.jpg">${LINE}</p>`],
    ["a sentence", `<div><img src="1.jpg">${LINE}.</div>`],
    ["above the picture", `<div>${LINE}<img src="1.jpg"></div>`],
    ["one of several", `<div><img src="1.jpg">${LINE}<p>And from the town</p></div>`],
  ])("is text as %s", (_what, html) => expect(captionsIn(html)).toEqual([]));
});
