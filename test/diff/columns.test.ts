import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import { changeAsColumns } from "../../shared/diff/render/columns.ts";
import { changeAsHtml } from "../../shared/diff/render/html.ts";
import type { Article } from "../../shared/domain/article.ts";
import { articleOf, FERRY, ferryWith } from "./articles.ts";

const change = (after: readonly string[], fields: Partial<Article> = {}) =>
  compareArticles(articleOf(FERRY), articleOf(after, fields));

/** What stands in the cells of one side, as it is seen. */
function seen(html: string, side: "before" | "after"): string[] {
  const $ = load(html);
  $(".visually-hidden, .cell-name").remove();
  return $(`.${side} p`)
    .toArray()
    .map((paragraph) => $(paragraph).text());
}

describe("changeAsColumns", () => {
  it("has what was on one side and what is on the other, in full", () => {
    const after = [...ferryWith("140 passengers", "150 passengers").slice(0, 4), "A sixth ferry was hired."];
    const html = changeAsColumns(change(after, { byline: "By Ada Quill" }), { whole: true });
    expect(seen(html, "before").slice(1)).toEqual(FERRY);
    expect(seen(html, "after").slice(1)).toEqual(after);
    expect([seen(html, "before")[0], seen(html, "after")[0]]).toEqual(["Ada Brandt", "By Ada Quill"]);
    expect(html.slice(0, html.indexOf("</div>"))).toContain("Byline");
    expect(load(html)(".before ins, .after del").length).toBe(0);
  });

  it("rebuilds both sides where paragraphs were made one and sentences went without a space between them", () => {
    const before = ["The first sentence stands here today. The second one follows it.", "A third stands by itself."];
    const after = ["The second one follows it. A third stands by itself."];
    const html = changeAsColumns(compareArticles(articleOf(before), articleOf(after)), { whole: true });
    expect(
      seen(html, "before")
        .join(" ")
        .replace(/moved from here to paragraph 1 /, ""),
    ).toBe(before.join(" "));
    expect(
      seen(html, "after")
        .join(" ")
        .replace(/moved here from paragraph 2 /, ""),
    ).toBe(after.join(" "));
  });

  it("links both ends of a move across the columns", () => {
    const html = changeAsColumns(change([FERRY[0]!, FERRY[4]!, ...FERRY.slice(1, 4)]));
    const $ = load(html);
    expect($(".before #moved-1-from a").attr("href")).toBe("#moved-1-to");
    expect($(".after #moved-1-to a").attr("href")).toBe("#moved-1-from");
  });

  it("says of an empty cell which side has nothing", () => {
    const $ = load(changeAsColumns(change(FERRY.slice(0, 4))));
    expect($(".pair .after.none").text()).toBe("After: nothing");
    expect($(".pair .before del").text()).toContain(FERRY[4]!.slice(-20));
  });

  it("escapes everything from the article", () => {
    const nasty = "<img src=x onerror=alert(1)>";
    const html = changeAsColumns(change([...FERRY, nasty], { standfirst: nasty }));
    expect(html).not.toContain("<img");
    expect(html.match(/&lt;img/g)).toHaveLength(2);
  });
});

describe.each([
  ["changeAsHtml", changeAsHtml],
  ["changeAsColumns", changeAsColumns],
])("typography in %s", (_name, draw) => {
  const straight = ferryWith("“We", '"We');

  it("is folded away where it is asked for, open where nothing else changed", () => {
    const both = load(draw(change([...straight, "A sixth ferry was hired."]), { typography: "folded" }));
    expect(both("details").attr("open")).toBeUndefined();
    expect(both("summary").text()).toBe("1 paragraph in which only typography changed");
    expect(both("details ins").length).toBeGreaterThan(0);
    expect(both("details").text()).not.toContain("A sixth ferry");
    expect(load(draw(change(straight), { typography: "folded" }))("details[open]").length).toBe(1);
  });

  it("stands among the rest otherwise, and in the whole text", () => {
    expect(draw(change(straight))).not.toContain("<details");
    expect(draw(change(straight), { typography: "folded", whole: true })).not.toContain("<details");
  });
});
