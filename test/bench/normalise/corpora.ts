import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decode, textOf } from "../../../shared/normalise/page/decode.ts";
import { inventedStory } from "../../support/invented-stories.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { dressingOf, SITES } from "../../support/site-families.ts";

/** A page with what a person says its article is: the whole text, or segments of it. */
export interface LabelledPage {
  readonly url: string;
  readonly truth?: string;
  readonly truthMarkdown?: string;
  readonly withs?: readonly string[];
  readonly withouts?: readonly string[];
  html(): string;
}

/** Two captures of one page, and whether an editor changed it between them. */
export interface LabelledPair {
  readonly id: string;
  readonly set: string;
  readonly url: string;
  readonly page: string;
  readonly truth: "noise" | "edit" | "unknown";
  readonly a: Taken;
  readonly b: Taken;
}

export interface Taken {
  readonly path: string;
  readonly date: string;
  html(): string;
}

const jsonLines = <Row>(path: string): Row[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
const htmlOf = (path: string) => (): string => textOf(decode(gunzipSync(readFileSync(`${path}.gz`))));

/** The pages of a set under `folder`: `<set>/items.jsonl` and gzipped pages, all of them of the development half. */
const pagesOf = (folder: string, set: string): LabelledPage[] =>
  jsonLines<LabelledPage & { file: string }>(join(folder, set, "items.jsonl")).map((item) => ({
    ...item,
    html: htmlOf(join(folder, set, item.file)),
  }));

const SETS: readonly string[] = ["scrapinghub", "trafilatura", "newspaper4k"];
const INVENTED_PAGES = 200;

/** The sets of labelled pages that EXTRACTION_DATA holds. */
export const setsHere = (folder = process.env.EXTRACTION_DATA): readonly (readonly [string, LabelledPage[]])[] =>
  folder === undefined
    ? []
    : SETS.filter((set) => existsSync(join(folder, set))).map((set) => [set, pagesOf(folder, set)] as const);

/** The pages by which speed and memory are measured: the first set that is here, else invented ones. */
export const benchPages = (): readonly LabelledPage[] => setsHere()[0]?.[1] ?? inventedPages();

export function inventedPages(): LabelledPage[] {
  const sites = Object.keys(SITES);
  return Array.from({ length: INVENTED_PAGES }, (_, at) => {
    const random = seededRandom((at + 1) * 7_919);
    const story = inventedStory(random);
    const html = SITES[sites[at % sites.length]!]!(story, dressingOf(random));
    const truth = [...story.paragraphs, story.quotation, ...story.list, ...story.table.flat()].join("\n");
    return { url: "https://site.example/story", truth, html: () => html };
  });
}

/** The pairs under `folder`: `<set>/pairs.jsonl` and gzipped captures. */
export const pairsIn = (folder: string): LabelledPair[] =>
  readdirSync(folder)
    .filter((set) => existsSync(join(folder, set, "pairs.jsonl")))
    .flatMap((set) =>
      jsonLines<LabelledPair & Record<"a" | "b", { file: string; date?: string }>>(
        join(folder, set, "pairs.jsonl"),
      ).map((pair) => {
        const taken = ({ file, date = "" }: { file: string; date?: string }): Taken => {
          const path = join(folder, set, file);
          return { path, date, html: htmlOf(path) };
        };
        return { ...pair, set, page: pair.page ?? pair.url, a: taken(pair.a), b: taken(pair.b) };
      }),
    );
