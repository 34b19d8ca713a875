import { DatabaseSync } from "node:sqlite";
import type { SearchQuery, SearchTerm } from "../../domain/search-query.ts";
import { sourcesOf } from "../../domain/source.ts";
import { wordsOf } from "../../domain/whole-words.ts";
import type { IndexedText } from "../../ports/search-index.ts";

/** Another one makes the index begin anew: the schema, or how words are cut, has changed. */
export const SCHEMA_VERSION = 1;

/**
 * Words come cut and folded, so the tokenizer only has to part them. It takes every character beyond ASCII as part of a
 * word, whatever Unicode version SQLite knows. No text is stored: readings lie in the archive.
 */
const SCHEMA = `
  CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    watch_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    article TEXT NOT NULL,
    UNIQUE (watch_id, number)
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5 (
    place, headline, text, content = '', tokenize = "ascii tokenchars '.-_:[]#/'"
  );
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** In a file's header once something was added: one that was lost and made anew is told from it. "VaSe" in ASCII. */
const BEGUN = 0x56615365;

/** Stands between paragraphs, so that no phrase goes over their ends. A word it can never be. */
const PARAGRAPH_END = "¶";

/** A version that matches; `id` says in which order it was taken in. */
export interface Match {
  readonly id: number;
  readonly watchId: string;
  readonly number: number;
  readonly article: string;
}

/** Of one article in one file: its newest version that matches, and the match that was taken in last. */
export interface BestMatch extends Match {
  readonly lastId: number;
}

/** Texts under ascending ids and their words, in one SQLite file. */
export interface FtsFile {
  /** Adds texts under ids from `firstId` on, all or none, but those that are there. @returns the next free id */
  add(texts: readonly IndexedText[], firstId: number): number;
  nextId(): number;
  /** Whether anything was ever added, be it nothing. */
  isBegun(): boolean;
  /** Matches below an id, the one taken in last first. */
  matches(expression: string, below: number, limit: number): readonly Match[];
  /** Of one article. */
  best(expression: string, watchId: string): BestMatch | null;
  /** The newest version that is here; 0 when there is none. */
  newest(watchId: string): number;
  /** Takes over what another file holds, under the ids that it has there, but versions that are here. @returns how many */
  copy(from: FtsFile): number;
  /** All texts of this file as its tables hold them, by id. */
  rows(): Iterable<FtsRow>;
  /** Packs the file, which is written to no more, into one without a journal beside it. */
  seal(): void;
  close(): void;
}

/** A text as the tables hold it: its words in order, by column. */
export interface FtsRow extends Match {
  readonly words: Readonly<Record<"place" | "headline" | "text", string>>;
}

/** Opens a file, or makes it. @throws what SQLite throws for a file that is damaged; null for one of another schema */
export function openFtsFile(path: string): FtsFile | null {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  const version = numberOf(db, "PRAGMA user_version");
  const isNew = version === 0 && db.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (!isNew && version !== SCHEMA_VERSION) {
    db.close();
    return null;
  }
  if (isNew) db.exec(`PRAGMA journal_mode = WAL; BEGIN; ${SCHEMA} COMMIT;`);
  return fileOver(db);
}

function fileOver(db: DatabaseSync): FtsFile {
  const addText = db.prepare(
    "INSERT INTO texts (id, watch_id, number, article) VALUES (?, ?, ?, ?) ON CONFLICT (watch_id, number) DO NOTHING",
  );
  const addWords = db.prepare("INSERT INTO words (rowid, place, headline, text) VALUES (?, ?, ?, ?)");
  const found = "FROM words JOIN texts ON texts.id = words.rowid WHERE words MATCH ?";
  const matching = db.prepare(
    `SELECT id, watch_id, number, article ${found} AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?`,
  );
  const ofWatch = db.prepare(`SELECT id, watch_id, number, article ${found}`);
  const newestOf = db.prepare("SELECT max(number) AS number FROM texts WHERE watch_id = ?");
  const lastId = db.prepare("SELECT max(id) AS id FROM texts");
  return {
    add(texts, firstId) {
      let id = firstId;
      db.exec("BEGIN IMMEDIATE");
      db.exec(`PRAGMA application_id = ${BEGUN}`);
      try {
        for (const text of texts) {
          if (addText.run(id, text.watchId, text.number, text.article).changes === 0) continue;
          addWords.run(id, placeOf(text), wordsOf(text.headline ?? "").join(" "), bodyOf(text));
          id += 1;
        }
        db.exec("COMMIT");
      } catch (problem) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw problem;
      }
      return id;
    },
    copy(from) {
      let copied = 0;
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const { id, watchId, number, article, words } of from.rows()) {
          if (addText.run(id, watchId, number, article).changes === 0) continue;
          addWords.run(id, words.place, words.headline, words.text);
          copied += 1;
        }
        db.exec("COMMIT");
      } catch (problem) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw problem;
      }
      return copied;
    },
    rows: () => rowsOf(db),
    seal() {
      db.exec("INSERT INTO words (words) VALUES ('optimize'); PRAGMA journal_mode = DELETE; VACUUM");
    },
    isBegun: () => numberOf(db, "PRAGMA application_id") === BEGUN,
    nextId: () => Number(lastId.get()?.id ?? 0) + 1,
    matches: (expression, below, limit) => matching.all(expression, below, limit).map(matchOf),
    best(expression, watchId) {
      const matches = ofWatch.all(`${inPlace(`watch:${watchId}`)} AND ${expression}`).map(matchOf);
      const [first] = matches;
      if (!first) return null;
      const newest = matches.reduce((best, match) => (match.number > best.number ? match : best), first);
      return { ...newest, lastId: Math.max(...matches.map(({ id }) => id)) };
    },
    newest: (watchId) => Number(newestOf.get(watchId)?.number ?? 0),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

const numberOf = (db: DatabaseSync, sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0]);

/** The texts are not stored, but their words are, each with its place: in order they are what was added. */
function* rowsOf(db: DatabaseSync): Generator<FtsRow> {
  db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.placed_words USING fts5vocab (main, words, instance)");
  const texts = db.prepare("SELECT id, watch_id, number, article FROM texts ORDER BY id");
  const placed = db.prepare("SELECT doc, col, term FROM temp.placed_words ORDER BY doc, col, offset").iterate();
  let next = placed.next();
  for (const row of texts.iterate()) {
    const words = { place: [] as string[], headline: [] as string[], text: [] as string[] };
    for (; !next.done && Number(next.value.doc) === Number(row.id); next = placed.next()) {
      words[next.value.col as keyof typeof words].push(String(next.value.term));
    }
    const { place, headline, text } = words;
    yield { ...matchOf(row), words: { place: place.join(" "), headline: headline.join(" "), text: text.join(" ") } };
  }
}

const matchOf = (row: Record<string, unknown>): Match => ({
  id: Number(row.id),
  watchId: String(row.watch_id),
  number: Number(row.number),
  article: String(row.article),
});

const placeOf = ({ watchId, url }: IndexedText): string =>
  [`watch:${watchId}`, ...sourcesOf(url).map((source) => `source:${source}`)].join(" ");

const bodyOf = ({ paragraphs }: IndexedText): string =>
  paragraphs.map((paragraph) => wordsOf(paragraph).join(" ")).join(` ${PARAGRAPH_END} `);

/**
 * The query in FTS5's language; every string in it is quoted. Null when it asks for nothing.
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function expressionOf({ all, none, sources, notSources }: SearchQuery): string | null {
  const wanted = [...all.map(inText), ...sources.map((source) => inPlace(`source:${source}`))];
  const unwanted = [...none.map(inText), ...notSources.map((source) => inPlace(`source:${source}`))];
  if (wanted.length === 0) return null;
  const positive = `(${wanted.join(" AND ")})`;
  return unwanted.length === 0 ? positive : `(${positive} NOT (${unwanted.join(" OR ")}))`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll("\0", "")}"`;
const inText = ({ words, isPrefix }: SearchTerm): string =>
  `({headline text} : ${quoted(words.join(" "))}${isPrefix ? " *" : ""})`;
const inPlace = (token: string): string => `(place : ${quoted(token)})`;
