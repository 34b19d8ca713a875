import { type WordSequence, wordsOf } from "./whole-words.ts";

/** A word, or words that must follow each other; of a prefix the last one may go on. Folded as `wordsOf` folds. */
export interface SearchTerm {
  readonly words: WordSequence;
  readonly isPrefix: boolean;
}

/** Which version of an article the words are looked for in: any, the newest, or one before it and no longer the newest. */
export type SearchedVersions = "any" | "current" | "earlier";

/** What is asked of the search index. All of `all` must stand in one version of an article, and none of `none`. */
export interface SearchQuery {
  readonly all: readonly SearchTerm[];
  readonly none: readonly SearchTerm[];
  /** Hosts or domains above them, as `sourcesOf` names them: the article comes from each. */
  readonly sources: readonly string[];
  readonly notSources: readonly string[];
  /** The watch carries each. */
  readonly tags: readonly string[];
  readonly versions: SearchedVersions;
}

/** Longer questions are cut: each word costs a look into the index. */
export const QUERY_CHARACTERS = 400;
const MOST_TERMS = 24;

/** A shorter beginning of a word would stand for too many. */
const PREFIX_CHARACTERS = 2;

/** What opens a phrase, and what closes it. */
const QUOTATION_MARKS: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "„": "“”",
  "«": "»",
  "»": "«",
  "「": "」",
};

/** `name:` before a value, and what it does with it. */
const FILTERS: Readonly<Record<string, (value: string, query: Draft, isNegated: boolean) => void>> = {
  source: (value, query, isNegated) => query[isNegated ? "notSources" : "sources"].push(value.toLowerCase()),
  tag: (value, query) => query.tags.push(value),
  in: (value, query) => {
    if (value === "current" || value === "earlier") query.versions = value;
  },
};

interface Draft {
  readonly all: SearchTerm[];
  readonly none: SearchTerm[];
  readonly sources: string[];
  readonly notSources: string[];
  readonly tags: string[];
  versions: SearchedVersions;
}

/**
 * Reads a question as people type it: `words` that must all occur, `"a phrase"`, `-without`, `begin*`, `source:host`,
 * `tag:name` or `tag:"a name"`, `in:current`, `in:earlier`. Whatever it is, it is read as something: what has no words in
 * it asks for nothing.
 */
export function parseSearchQuery(text: string): SearchQuery {
  const query: Draft = { all: [], none: [], sources: [], notSources: [], tags: [], versions: "any" };
  let terms = 0;
  for (const { value, name, isNegated } of piecesOf(text.slice(0, QUERY_CHARACTERS).toWellFormed())) {
    if (terms === MOST_TERMS) break;
    const filter = name === undefined ? undefined : FILTERS[name];
    if (filter) {
      if (value === "") continue;
      filter(value, query, isNegated);
    } else {
      const words = wordsOf(value);
      if (words.length === 0) continue;
      const isPrefix = value.endsWith("*") && canBegin(words.at(-1) ?? "");
      query[isNegated ? "none" : "all"].push({ words, isPrefix });
    }
    terms += 1;
  }
  return query;
}

/** True when there is something to look for; a question of exclusions alone would mean nearly everything. */
export const asksForSomething = ({ all, sources }: SearchQuery): boolean => all.length > 0 || sources.length > 0;

const canBegin = (word: string): boolean => word.length >= PREFIX_CHARACTERS || !/[a-z0-9]/.test(word);

interface Piece {
  readonly value: string;
  readonly name?: string;
  readonly isNegated: boolean;
}

/** What stands between white space; quoted, it may hold some. A quotation that is not closed goes on to the end. */
function* piecesOf(text: string): Generator<Piece> {
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    const isNegated = text[at] === "-" && at + 1 < text.length && !/\s/.test(text[at + 1]!);
    if (isNegated) at += 1;
    const name = /^(source|tag|in):/.exec(text.slice(at, at + 7))?.[1];
    if (name !== undefined) at += name.length + 1;
    const closing = QUOTATION_MARKS[text[at] ?? ""];
    const from = closing ? at + 1 : at;
    let to = from;
    while (to < text.length && !(closing ? closing.includes(text[to]!) : /\s/.test(text[to]!))) to += 1;
    at = closing ? to + 1 : to;
    let value = text.slice(from, to);
    if (closing && text[at] === "*") {
      value += "*";
      at += 1;
    }
    yield { value, isNegated, ...(name !== undefined && { name }) };
  }
}
