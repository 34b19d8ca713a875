import type { Article, Block } from "../../shared/domain/article.ts";

/** A reading with these paragraphs; everything else is as given, or fixed. */
export function articleOf(paragraphs: readonly (string | Block)[], fields: Partial<Article> = {}): Article {
  return {
    url: "https://harbour.example/2026/ferry",
    canonicalUrl: null,
    headline: "Night ferry stays in port",
    standfirst: null,
    byline: "Ada Brandt",
    published: "2026-03-01T08:00:00.000Z",
    modified: "2026-03-01T08:00:00.000Z",
    language: "en",
    siteName: null,
    leadImage: null,
    blocks: paragraphs.map((block) => (typeof block === "string" ? { kind: "paragraph", text: block } : block)),
    charset: { name: "utf-8", from: "transport" },
    flags: [],
    normaliser: "test",
    ...fields,
  };
}

export const FERRY = [
  "The night ferry stayed in port on Monday after its crew found a crack in the hull. Some 140 passengers were taken to hotels.",
  "The harbour master, Ms. Ilse Varga, said the damage was small. She expects repairs to take 3 days.",
  "“We will not sail until the hull is safe and the inspectors agree,” she told reporters. The company declined to comment.",
  "Trains and buses carried freight along the coast road. The town council meets again on Thursday.",
  "The ferry was built in 1998 and has served the islands since. It was last inspected in May.",
];

/** FERRY with one text replaced in one paragraph. */
export const ferryWith = (from: string, to: string): string[] => {
  if (!FERRY.some((paragraph) => paragraph.includes(from))) throw new RangeError(`not in the text: ${from}`);
  return FERRY.map((paragraph) => paragraph.replace(from, () => to));
};
