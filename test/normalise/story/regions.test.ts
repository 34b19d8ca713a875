import { describe, expect, it } from "vitest";
import { comparedBlocks } from "../../../shared/domain/article.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";

const STORY = "The ferry to the northern islands was cancelled on Monday because its ramp would not close. "
  .repeat(2)
  .trim();
const LONG = Array.from({ length: 5 }, (_, at) => `<p>${STORY} (${at})</p>`).join("");
const LEAD = "For three weeks nobody could say when the northern islands would be reached again.";
const textsOf = (html: string) =>
  comparedBlocks(
    normalise({ url: "https://ferry.example/", bytes: new TextEncoder().encode(`<title>The ferry</title>${html}`) }),
  ).map(({ text }) => text);
const story = (body: string) => textsOf(`<h1>The ferry</h1>${body}`);

describe("names that say what is hidden or counted", () => {
  it.each([
    "field field--name-body field--label-hidden",
    "text overflow-hidden",
    "hidden-label",
    "view view-article views-row",
    "block-views",
  ])("“%s” is a part of the element, or a list", (names) => {
    expect(story(`<div class="text"><div class="${names}"><p>${LEAD}</p></div>${LONG}</div>`)[0]).toBe(LEAD);
  });

  it.each(["hidden", "visually-hidden", "post-views", "views", "views-counter"])("“%s” is all of it", (names) => {
    expect(story(`<div class="text"><div class="${names}">1,234 readers of this</div>${LONG}</div>`)).toHaveLength(5);
  });
});

describe("an id made of an element's own words", () => {
  const around = (inside: string) => story(`<article><div class="text">${LONG}${inside}${LONG}</div></article>`);
  it.each([
    ["latest-figures", "h2", "Latest figures: 12 dead"],
    ["privacy", "h3", "Privacy"],
    ["related-work", "h2", "Related work"],
    ["date-of-the-vote", "p", "The vote is on 12 May in the hall of the school."],
    ["time", "dt", "Time"],
    ["tags", "li", "Tags"],
    ["comments-on-the-vote", "h2", "What is said of the vote"], // made of it before an edit
  ])("“%s” says nothing of its <%s>", (id, name, text) =>
    expect(around(`<${name} id="${id}">${text}</${name}>`)).toContain(text),
  );

  it("leaves the headline what it is", () => {
    const html = `<title>The ferry</title><h1 id="latest-news">Of a ramp</h1><div>${LONG}</div>`;
    expect(normalise({ url: "https://ferry.example/", bytes: new TextEncoder().encode(html) }).headline).toBe(
      "Of a ramp",
    );
  });

  it("is another's where it shares none of them", () =>
    expect(around('<h3 id="count">3 remarks</h3>')).not.toContain("3 remarks"));

  const sections = (...names: readonly string[]) =>
    names
      .map(
        (name, at) =>
          `<section id="${name}"><h2>${name.replace("-", " ")}</h2>${at === 0 ? LONG : `<p>${LEAD}</p>`}</section>`,
      )
      .join("");
  it.each(["discussion", "comments", "privacy", "related-work", "legal", "follow-up", "contributors"])(
    "“%s” says nothing of its section, among others named so",
    (id) => expect(story(`<article>${sections("the-ramp", id)}</article>`)).toContain(LEAD),
  );
  it.each(["discussion", "comments"])("“%s” alone says what the section is", (id) =>
    expect(story(`<article><div>${LONG}</div>${sections(id).replace(LONG, `<p>${LEAD}</p>`)}</article>`)).toHaveLength(
      5,
    ),
  );
});

describe("the name of an inline element", () => {
  const around = (inside: string) => story(`<div class="text">${LONG}${inside}${LONG}</div>`);
  it.each(["info", "topic", "details", "text-time", "social-text", "legal-text"])("“%s” silences no sentence", (name) =>
    expect(around(`<p><span class="${name}">${LEAD}</span></p>`)).toContain(LEAD),
  );

  it("that all paragraphs carry silences none of them", () =>
    expect(
      story(`<div>${LONG.replaceAll("<p>", '<p><span class="author-text">').replaceAll("</p>", "</span></p>")}</div>`),
    ).toHaveLength(5));

  it.each([
    ["date", "3 May 2021"],
    ["views", "1,234 readers"],
    ["byline", "By Ines Farrow, who writes of harbours and the sea."],
    ["photo-caption", "The ramp on Monday, as seen from the ferry that could not land."],
  ])("“%s” is believed where it says “%s”", (name, text) =>
    expect(around(`<p><span class="${name}">${text}</span></p>`)).toHaveLength(10),
  );
});

describe("names of what leads on", () => {
  const MORE = `<h4><a href="/2">A new pier</a></h4><p>${LEAD}</p>`;
  it.each(["relatedlinks block", "next-post-thumbnails", "grid next-prev", "jetpack robots-nocontent"])(
    "“%s”",
    (names) => expect(story(`<div class="text">${LONG}</div><div class="${names}">${MORE}</div>`)).toHaveLength(5),
  );
  it.each(["next", "post", "story-next-door"])("but not “%s”", (names) =>
    expect(story(`<div class="text">${LONG}<div class="${names}"><p>${LEAD}</p></div></div>`)).toContain(LEAD),
  );
});

describe("a form", () => {
  const around = (inside: string) => story(`<div class="text">${LONG}<div class="k">${inside}</div>${LONG}</div>`);
  const FORM = '<form action="/list"><input type="email"><button>Go</button></form>';
  it("has no text, nor have the lines that invite to it", () =>
    expect(around(`<h3>Letters</h3><p>${LEAD}</p>${FORM}`)).toHaveLength(10));
  it("for comments says nothing of the lines above it", () => {
    const comment = FORM.replace("<button", "<textarea></textarea><button");
    expect(around(`<h3>Letters</h3><p>${LEAD}</p>${comment}`)).toContain(LEAD);
    expect(around(`<p>${LEAD}</p>${FORM.replace("email", "search")}`)).toContain(LEAD);
  });
  it("does not silence the story it stands in", () => expect(around(`${LONG}${LONG}${FORM}`)).toHaveLength(20));
});

describe("a name on boxes inside one another", () => {
  it("counts once: it is believed as far as the whole of it fits", () => {
    const box = `<div class="subscribe-wrap"><div><p class="subscribe-note">${LEAD.repeat(3)}</p></div></div>`;
    expect(story(`<div class="text">${LONG}${box}</div>`)).toHaveLength(5);
  });
});

describe("an article's teaser", () => {
  const above = (box: string) => story(`${box}<div class="text">${LONG}</div>`);

  it("opens the story", () => expect(above(`<div class="teaser"><p>${LEAD}</p></div>`)[0]).toBe(LEAD));

  it("may have a link in a sentence", () => {
    const linked = LEAD.replace("weeks", '<a href="/w">weeks</a>');
    expect(above(`<div class="teaser"><p>${linked}</p></div>`)[0]).toBe(LEAD);
  });

  it.each([
    ["a box that leads to another article", `<div class="teaser"><p>${LEAD}</p><a href="/2">Go on</a></div>`],
    ["a link around it", `<a href="/2"><div class="teaser"><p>${LEAD}</p></div></a>`],
  ])("is not %s", (_what, box) => expect(above(box)).toHaveLength(5));

  it("is not one below the first paragraphs", () =>
    expect(story(`<div class="text">${LONG}<div class="teaser"><p>${LEAD}</p></div>${LONG}</div>`)).toHaveLength(10));
});

describe("where the story lies", () => {
  const TEASERS = `<div class="latest">${LONG.replaceAll("<p>", '<p><a href="/2">On.</a> ')}</div>`;

  it.each(["class", "id"])("an element that calls itself so by its %s", (attribute) => {
    const texts = story(`<div class="related"><div ${attribute}="article-text">${LONG}</div></div>${TEASERS}`);
    expect(texts).toHaveLength(5);
  });

  it("a page of scraps is what its main element holds", () => {
    const address = "<h3>Address</h3><p>2 Quay Road</p><h3>Host</h3><p>Islands Net</p><p>Registered no. 4711</p>";
    const dialog = `<div class="modal"><p>Please choose the country that you live in.</p><p>${LEAD}</p></div>`;
    expect(textsOf(`<main><h1>Imprint</h1>${address}</main>${dialog}`)).toEqual([
      "Address",
      "2 Quay Road",
      "Host",
      "Islands Net",
      "Registered no. 4711",
    ]);
  });
});
