import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readingDigest } from "../../../shared/domain/article.ts";
import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { ADVERT_LABELS } from "../../../shared/normalise/words/adverts.ts";
import { RELATED_LEADS } from "../../../shared/normalise/words/related.ts";

/**
 * What sites set between the blocks of a story that is none of it, put between any two of them: the text stays as it is. And
 * what an editor may have written, put there: the text has it.
 */
const PAGES = ["wordpress", "wordpress-blocks", "hugo", "json-ld-news", "printer", "cells"] as const;
const htmlOf = Object.fromEntries(
  PAGES.map((name) => [name, readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), "utf8")]),
) as Record<(typeof PAGES)[number], string>;
const read = (html: string) =>
  normalise({ url: "https://residue.example/story", bytes: new TextEncoder().encode(html), contentType: "text/html" });

/** Places between two blocks of a page's story: before each paragraph of it but the first. */
function placesIn(html: string): readonly number[] {
  const paragraphs = articleText(read(html))
    .split("\n\n")
    .map((text) => text.slice(0, 12));
  return [...html.matchAll(/<p\b[^>]*>/gi)]
    .filter(({ index, 0: tag }) => {
      if (/<blockquote[^>]*>$/.test(html.slice(0, index))) return false;
      const text = html
        .slice(index + tag.length)
        .replace(/<[^>]*>/g, "")
        .replace(/&#8220;/g, "“");
      return paragraphs.slice(1).some((start) => text.startsWith(start));
    })
    .map(({ index }) => index);
}
const PLACES = PAGES.flatMap((page) => placesIn(htmlOf[page]).map((at) => ({ page, at })));
const at = ({ page, at: place }: (typeof PLACES)[number], added: string): string =>
  htmlOf[page].slice(0, place) + added + htmlOf[page].slice(place);
const readings = Object.fromEntries(PAGES.map((page) => [page, read(htmlOf[page])])) as Record<
  (typeof PAGES)[number],
  ReturnType<typeof read>
>;

/** Words of several languages that such boxes show, our own; some of languages whose lead words no table knows. */
const LANGUAGES: Readonly<Record<string, { title: string; sentence: string; minutes: string; label: string }>> = {
  en: {
    title: "The ferry that never left its pier",
    sentence: "Every Friday we write to you about boats, and about people who would rather have stayed ashore.",
    minutes: "5 min read",
    label: "Share this",
  },
  de: {
    title: "Die Fähre, die nie ihren Steg verließ",
    sentence: "Jeden Freitag schreiben wir Ihnen von Booten und von Leuten, die lieber an Land geblieben wären.",
    minutes: "5 Minuten Lesezeit",
    label: "Teilen",
  },
  id: {
    title: "Feri yang tidak pernah meninggalkan dermaga",
    sentence: "Setiap Jumat kami menulis tentang kapal dan tentang orang yang lebih suka tinggal di darat saja.",
    minutes: "5 menit membaca",
    label: "Bagikan",
  },
  sw: {
    title: "Kivuko ambacho hakikuondoka gatini",
    sentence: "Kila Ijumaa tunakuandikia kuhusu mashua na kuhusu watu waliotaka kubaki nchi kavu siku zote.",
    minutes: "Dakika 5 za kusoma",
    label: "Shiriki",
  },
  ar: {
    title: "العبّارة التي لم تغادر رصيفها قط",
    sentence: "نكتب إليكم كل يوم جمعة عن القوارب وعن الناس الذين كانوا يفضلون البقاء على اليابسة طوال العمر.",
    minutes: "مدة القراءة 5 دقائق",
    label: "شارك",
  },
  ja: {
    title: "桟橋を一度も離れなかった渡し船",
    sentence: "毎週金曜日、船のことと、できれば陸に残っていたかった人たちのことを書いてお届けしています。",
    minutes: "この記事は5分で読めます",
    label: "シェア",
  },
};
type Words = (typeof LANGUAGES)[string];

const RESIDUE: Readonly<Record<string, (words: Words, byline: string) => string>> = {
  "a link of its own paragraph": ({ title }) => `<p><a href="/other">${title}</a></p>`,
  "a list of links under a heading in a box so named": ({ label, title }) =>
    `<div class="related-articles"><h3>${label}</h3><ul><li><a href="/1">${title}</a></li><li><a href="/2">${title} 2</a></li></ul></div>`,
  "an embedded page": ({ title }) => `<blockquote class="x8"><a href="/other">${title}</a></blockquote>`,
  "a card": ({ title, sentence }) =>
    `<div class="x9"><a href="/1"><div><img src="t.jpg"></div><div><h3>${title}</h3><p>${sentence}</p></div></a></div>`,
  "an aside": ({ label, title, sentence }) =>
    `<aside><h4>${label}</h4><p>${sentence}</p><p><a href="/1">${title}</a></p></aside>`,
  "a share bar": ({ label }) =>
    `<div class="share-bar"><span>${label}</span><ul><li><a href="#f">Facebook</a></li><li><a href="#x">X</a></li></ul><span class="n">1,2K</span></div>`,
  "share buttons": ({ label }) => `<div class="social-icons"><button>${label}</button><a href="#m">E-Mail</a></div>`,
  "a newsletter box so named": ({ title, sentence, label }) =>
    `<div class="newsletter-signup"><h3>${title}</h3><p>${sentence}</p><form><input type="email"><button>${label}</button></form></div>`,
  "a newsletter box": ({ title, sentence, label }) =>
    `<div class="k3"><h4>${title}</h4><p>${sentence}</p><form action="/list"><input type="email"><button>${label}</button></form></div>`,
  "a form": ({ sentence, label }) =>
    `<form action="/list"><p>${sentence}</p><input type="email"><button>${label}</button></form>`,
  "an advertisement": ({ title, sentence }) => `<div id="ad-slot-4"><h4>${title}</h4><p>${sentence}</p></div>`,
  "an advertisement's frame": () =>
    '<ins class="adsbygoogle" style="display:block"><iframe src="/f"></iframe></ins><script>push({});</script>',
  "a read time": ({ minutes }) => `<div class="reading-time">${minutes}</div>`,
  "a read time, inline": ({ minutes }) => `<p><span class="read-time">${minutes}</span></p>`,
  "a counter": ({ minutes }) => `<div class="post-views">1.204 ${minutes}</div>`,
  "a comment count": ({ label }) => `<div class="comments-count"><a href="#comments">12 ${label}</a></div>`,
  "a tag list": ({ label }) =>
    `<ul class="post-tags"><li><a href="/t/1" rel="tag">${label}</a></li><li><a href="/t/2" rel="tag">1744</a></li></ul>`,
  "tags told by their links": ({ label }) =>
    `<p><a href="/t/1" rel="tag">${label}</a> <a href="/t/2" rel="tag">1744</a></p>`,
  "an author box": ({ sentence }, byline) =>
    `<div class="author-box"><img src="a.jpg"><h4>${byline}</h4><p>${sentence}</p></div>`,
  "a time": ({ minutes }) => `<p><time datetime="2025-01-01">${minutes}</time></p>`,
  "an image with its credit": ({ title, label }) =>
    `<figure><img src="i.jpg" alt=""><figcaption>${title} <span class="credit">${label}</span></figcaption></figure>`,
  "an image credit": ({ label }) => `<div class="photo-credit">${label}: A. Kilroy</div>`,
  "a player": ({ title }) => `<div class="video-player"><p>${title}</p><video src="v.mp4"></video></div>`,
  "a cookie notice": ({ sentence, label }) => `<div role="dialog"><p>${sentence}</p><button>${label}</button></div>`,
};

describe("residue between two blocks leaves the text as it is", () => {
  it("at places enough", () => expect(PLACES.length).toBeGreaterThan(15));

  it.each(Object.keys(RESIDUE))("%s", (kind) => {
    for (const [language, words] of Object.entries(LANGUAGES))
      for (const place of PLACES.filter(({ page }) => kind !== "an author box" || readings[page].byline !== null))
        expectSame(place, RESIDUE[kind]!(words, readings[place.page].byline ?? ""), language);
  });

  const FORMS: readonly ((lead: string, title: string) => string)[] = [
    (lead, title) => `<p>${lead}: <a href="/other">${title}</a></p>`,
    (lead, title) => `<p><strong>${lead}:</strong> <a href="/other"><em>${title}</em></a></p>`,
    (lead, title) => `<p><a href="/other">${lead} – ${title}</a></p>`,
    (lead, title) => `<p>${lead} : « <a href="/other">${title}</a> »</p>`,
    (lead, title) => `<p>→ ${lead.includes(" ") ? lead : `${lead}:`} <a href="/other">${title}</a></p>`,
    (lead, title) => `<div class="x4"><p><b>${lead}</b></p><p><a href="/1">${title}</a></p></div>`,
    (lead, title) =>
      `<div class="x5"><h3>${lead}:</h3><ul><li><a href="/1">${title}</a></li><li><a href="/2">${title} 2</a></li></ul></div>`,
  ];
  it.each(Object.entries(RELATED_LEADS))("related links, %s", (language, leads) => {
    let turn = 0;
    for (const lead of leads)
      for (const form of FORMS) {
        turn += 1;
        const { title } = LANGUAGES[language] ?? LANGUAGES.sw!;
        expectSame(PLACES[turn % PLACES.length]!, form(lead, title), lead);
      }
  });

  it.each(["Lolo foʻi", "Karanta kuma", "Wo ka tu", "Bona gape", "ᱯᱟᱲᱦᱟᱣ ᱢᱮ"])("an unknown lead, “%s”", (lead) => {
    for (const place of PLACES) expectSame(place, FORMS[1]!(lead, LANGUAGES.sw!.title), lead);
  });

  it.each(Object.entries(ADVERT_LABELS))("labels of advertisements, %s", (_language, labels) => {
    for (const [turn, label] of labels.entries()) {
      expectSame(PLACES[turn % PLACES.length]!, `<div><span>${label}</span></div>`, label);
      expectSame(PLACES[(turn + 7) % PLACES.length]!, `<p>– ${label.toUpperCase()} –</p>`, label);
    }
  });

  function expectSame(place: (typeof PLACES)[number], residue: string, what: string): void {
    const changed = read(at(place, residue));
    expect(articleText(changed), `${place.page} ${place.at} ${what}`).toBe(articleText(readings[place.page]));
    expect(readingDigest(changed), `${place.page} ${place.at} ${what}`).toBe(readingDigest(readings[place.page]));
  }
});

describe("an editor's words between two blocks are text", () => {
  const LAST = "so the keeper said when the lamp was put out for the last time";
  const SENTENCES: readonly ((words: string) => string)[] = [
    (words) => `${words} ${LAST}.`,
    (words) => `${words}: ${LAST}.`,
    (words) => `${words}, <a href="/keeper">so</a> ${LAST.slice(3)}.`,
    (words) => `${words}: so the <a href="/keeper">keeper</a> ${LAST.slice(14)}.`,
    (words) => `“${words},” ${LAST}, “and <strong>never</strong> again.”`,
  ];
  const textIn = (html: string) => read(`<p>${html}</p>`).blocks[0]!.text;

  it.each(Object.entries(RELATED_LEADS))("with the lead words of related links, %s", (_language, leads) => {
    for (const [turn, lead] of leads.entries()) expectText(SENTENCES[turn % SENTENCES.length]!(lead), turn);
  });

  it.each(Object.entries(ADVERT_LABELS))("with the labels of advertisements, %s", (_language, labels) => {
    for (const [turn, label] of labels.entries()) expectText(SENTENCES[turn % SENTENCES.length]!(label), turn);
  });

  it.each([
    "Newsletter",
    "Share this",
    "5 min read",
    "1,204 views",
    "Tags",
    "Photo: A. Kilroy",
    "By Rosa Thorne",
    "3 hours ago",
    "Contents",
    "Subscribe now",
  ])("with “%s”", (words) => {
    for (const [turn, sentence] of SENTENCES.entries())
      for (const skip of [0, 5, 10]) expectText(sentence(words), turn + skip);
  });

  it.each([
    ["a short line", "<p>Nobody came.</p>", "Nobody came."],
    ["a line without an end", "<p>At the lamp, nobody</p>", "At the lamp, nobody"],
    [
      "a label and a sentence with a link at its end",
      '<p>The answer: it was <a href="/k">no</a>.</p>',
      "The answer: it was no.",
    ],
    ["a label and a name", '<p>Keeper: <a href="/k">Jon Ray</a></p>', "Keeper: Jon Ray"],
    [
      "a list of links",
      '<ul><li><a href="/1">The lamp of 1744</a></li><li><a href="/2">The lamp of 1820</a></li></ul>',
      "The lamp of 1744",
    ],
    [
      "a heading that is a link, with text below",
      `<h2><a href="/1">The lamp of 1744</a></h2><p>It was ${LAST}.</p>`,
      "The lamp of 1744",
    ],
  ])("%s", (_what, html, text) => {
    for (const place of PLACES) expect(articleText(read(at(place, html))), `${place.page} ${place.at}`).toContain(text);
  });

  function expectText(html: string, turn: number): void {
    const place = PLACES[turn % PLACES.length]!;
    expect(articleText(read(at(place, `<p>${html}</p>`))), `${place.page} ${place.at}`).toContain(textIn(html));
  }
});
