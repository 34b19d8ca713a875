import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { htmlText } from "./html-text.ts";

/** Anything that takes the article's text out of a page. */
export interface Extractor {
  readonly name: string;
  extract(html: string, url: string): string | Promise<string>;
}

const encoder = new TextEncoder();
const ours: Extractor = {
  name: "variorum",
  extract: (html, url) =>
    articleText(normalise({ url, bytes: encoder.encode(html), contentType: "text/html; charset=utf-8" })),
};

/** No dependency of ours, since nobody but this bench needs them. */
const INSTALL = "npm install --no-save @mozilla/readability linkedom defuddle @extractus/article-extractor";

type Loaded = Readonly<Record<string, unknown>>;
/** Its name is a value, so that the types are not asked for a package that is not installed. */
const load = (name: string): Promise<Loaded> => import(name) as Promise<Loaded>;
interface Content {
  readonly content?: string | null;
}

const PEERS: readonly (() => Promise<Extractor>)[] = [
  async () => {
    const [{ parseHTML }, { Readability }] = (await Promise.all([load("linkedom"), load("@mozilla/readability")])) as [
      { parseHTML: (html: string) => { document: unknown } },
      { Readability: new (document: unknown) => { parse(): Content | null } },
    ];
    return {
      name: "readability, linkedom",
      extract: (html) => htmlText(new Readability(parseHTML(html).document).parse()?.content ?? ""),
    };
  },
  async () => {
    const { Defuddle } = (await load("defuddle/node")) as {
      Defuddle: (html: string, url: string, options: object) => Promise<Content>;
    };
    // its asynchronous extractors may ask third parties: off, so that nothing leaves the machine
    return {
      name: "defuddle",
      extract: async (html, url) => htmlText((await Defuddle(html, url, { useAsync: false })).content ?? ""),
    };
  },
  async () => {
    const { extractFromHtml } = (await load("@extractus/article-extractor")) as {
      extractFromHtml: (html: string, url: string) => Promise<Content | null>;
    };
    return {
      name: "article-extractor",
      extract: async (html, url) => htmlText((await extractFromHtml(html, url))?.content ?? ""),
    };
  },
];

/** Ours, and the peers that are installed; says how to install the others. */
export async function extractors(say: (line: string) => void): Promise<Extractor[]> {
  const found = [ours];
  for (const peer of PEERS) {
    try {
      found.push(await peer());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    }
  }
  if (found.length <= PEERS.length) say(`(not all peers are installed: ${INSTALL})`);
  return found;
}

/** A page that an extractor stumbles over counts as empty. */
export async function textBy({ extract }: Extractor, html: string, url: string): Promise<string> {
  try {
    return await extract(html, url);
  } catch {
    return "";
  }
}
