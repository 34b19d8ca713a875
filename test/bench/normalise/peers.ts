import { articleText, normalise } from "../../../shared/normalise/normalise.ts";
import { htmlText } from "./html-text.ts";

/** Anything that takes the article's text out of a page, which comes as bytes of UTF-8. */
export interface Extractor {
  readonly name: string;
  extract(bytes: Uint8Array, url: string): string | Promise<string>;
}

const encoder = new TextEncoder();
/** A page's text, as who takes a string must make it first. */
export const htmlIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const ours: Extractor = {
  name: "variorum",
  extract: (bytes, url) => articleText(normalise({ url, bytes, contentType: "text/html; charset=utf-8" })),
};

/** No dependency of ours, since nobody but this bench needs them. */
const INSTALL = "npm install --no-save @mozilla/readability linkedom jsdom defuddle @extractus/article-extractor";

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
      extract: (bytes) => htmlText(new Readability(parseHTML(htmlIn(bytes)).document).parse()?.content ?? ""),
    };
  },
  async () => {
    const [{ JSDOM, VirtualConsole }, { Readability }] = (await Promise.all([
      load("jsdom"),
      load("@mozilla/readability"),
    ])) as [
      {
        JSDOM: new (html: string, options: object) => { window: { document: unknown; close(): void } };
        VirtualConsole: new () => unknown;
      },
      { Readability: new (document: unknown) => { parse(): Content | null } },
    ];
    return {
      name: "readability, jsdom",
      extract(bytes, url) {
        // a console of its own, that hears nothing: jsdom prints what it cannot read of a style sheet
        const { window } = new JSDOM(htmlIn(bytes), { url, virtualConsole: new VirtualConsole() });
        const text = htmlText(new Readability(window.document).parse()?.content ?? "");
        window.close();
        return text;
      },
    };
  },
  async () => {
    const { Defuddle } = (await load("defuddle/node")) as {
      Defuddle: (html: string, url: string, options: object) => Promise<Content>;
    };
    // its asynchronous extractors may ask third parties: off, so that nothing leaves the machine
    return {
      name: "defuddle",
      extract: async (bytes, url) => htmlText((await Defuddle(htmlIn(bytes), url, { useAsync: false })).content ?? ""),
    };
  },
  async () => {
    const { extractFromHtml } = (await load("@extractus/article-extractor")) as {
      extractFromHtml: (html: string, url: string) => Promise<Content | null>;
    };
    return {
      name: "article-extractor",
      extract: async (bytes, url) => htmlText((await extractFromHtml(htmlIn(bytes), url))?.content ?? ""),
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
    return await extract(encoder.encode(html), url);
  } catch {
    return "";
  }
}
