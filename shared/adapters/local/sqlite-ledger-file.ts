import { statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { LedgerUnusable } from "../../ports/ledger.ts";
import { APPLICATION_ID, MIGRATIONS } from "./sqlite-ledger-schema.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One connection to a ledger file. Every call is synchronous; a failure throws with a message for the operator. */
export interface LedgerFile {
  all(sql: string, ...values: SQLInputValue[]): readonly Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** @returns how many rows were written */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Runs reads and writes as one step that no other connection sees half of; what throws inside undoes all of it. */
  atomically<T>(work: () => T): T;
  close(): void;
}

/** How long a connection waits for another one's write (the monitor's, the CLI's) before it gives up. */
const BUSY_MILLISECONDS = 10_000;
const PAUSE_MILLISECONDS = 20;

/**
 * Opens a ledger, making or migrating it as needed.
 *
 * @throws LedgerUnusable when the file is not a ledger, is damaged, or was made by a newer release; it is left as it is
 */
export function openLedgerFile(path: string): LedgerFile {
  const told = tellingOf(path);
  return told(() => {
    // A stranger's file is looked at through a connection that cannot write, so that not even its journal changes.
    if (sizeOf(path) > 0) inspect(path);
    const db = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS, enableForeignKeyConstraints: true });
    try {
      prepareLedger(db, path);
    } catch (problem) {
      db.close();
      throw problem;
    }
    return connection(db, told);
  });
}

function inspect(path: string): void {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MILLISECONDS });
  try {
    refuseForeign(db, path);
  } catch (problem) {
    // A process died while it made the file: only a connection that may write can roll that back, and then looks again.
    if (codeOf(problem) !== READONLY) throw problem;
  } finally {
    db.close();
  }
}

/** @returns the version of its schema; 0 for a file that holds nothing yet */
function refuseForeign(db: DatabaseSync, path: string): number {
  const { application, version, tables } = identity(db);
  const isNew = application === 0 && version === 0 && tables === 0;
  if (!isNew && application !== APPLICATION_ID) {
    throw new LedgerUnusable(`${path} is another program's SQLite database, not a ledger. ${ADVICE}`);
  }
  if (version > MIGRATIONS.length) {
    throw new LedgerUnusable(
      `${path} was written by a newer release (schema ${version}; this one knows ${MIGRATIONS.length}). ` +
        "Run that release, or move the file aside to start a new ledger; the file was left as it is.",
    );
  }
  return version;
}

/** Read at one moment: another process may be making the ledger just now. */
function identity(db: DatabaseSync): { application: number; version: number; tables: number } {
  const isWithin = db.isTransaction;
  if (!isWithin) db.exec("BEGIN");
  const read = {
    application: numberOf(db, "PRAGMA application_id"),
    version: numberOf(db, "PRAGMA user_version"),
    tables: numberOf(db, "SELECT count(*) FROM sqlite_schema"),
  };
  if (!isWithin) db.exec("COMMIT");
  return read;
}

function prepareLedger(db: DatabaseSync, path: string): void {
  refuseForeign(db, path);
  switchToWal(db);
  // FULL: with NORMAL a power cut may take back the last commits, and with them a revision that readers were already
  // told of, whose number the next edit would take. One fsync a commit is cheap at a few checks a second.
  db.exec("PRAGMA synchronous = FULL");
  migrate(db, path);
}

/**
 * WAL: the CLI and the reading room read while the monitor writes. A file is switched once; SQLite does not wait for
 * another process that opens the file at that moment, so we do.
 */
function switchToWal(db: DatabaseSync): void {
  for (let waited = 0; ; waited += PAUSE_MILLISECONDS) {
    try {
      db.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (problem) {
      if (codeOf(problem) !== BUSY || waited >= BUSY_MILLISECONDS) throw problem;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS); // a pause: nothing wakes it
    }
  }
}

function migrate(db: DatabaseSync, path: string): void {
  if (refuseForeign(db, path) === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = refuseForeign(db, path); // again: another process may have been faster
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (problem) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw problem;
  }
}

function connection(db: DatabaseSync, told: Telling): LedgerFile {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    all: (sql, ...values) => told(() => prepared(sql).all(...values)),
    get: (sql, ...values) => told(() => prepared(sql).get(...values)),
    run: (sql, ...values) => told(() => Number(prepared(sql).run(...values).changes)),
    atomically: (work) =>
      told(() => {
        db.exec("BEGIN IMMEDIATE"); // not deferred: a read that turns into a write could not wait for its turn
        try {
          const result = work();
          db.exec("COMMIT");
          return result;
        } catch (problem) {
          if (db.isTransaction) db.exec("ROLLBACK"); // a full disk has already rolled back
          throw problem;
        }
      }),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0]);
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

type Telling = <T>(work: () => T) => T;

const ADVICE = "Move it aside and start again to begin a new ledger; the file was left as it is.";
const BUSY = 5;
const READONLY = 8;

/** SQLite's primary result codes (sqlite.org/rescode.html) that an operator can do something about. */
const TELLINGS: Readonly<Record<number, (path: string, detail: string) => Error>> = {
  [BUSY]: (path) =>
    new Error(`the ledger ${path} has been locked by another process for ${BUSY_MILLISECONDS / 1000} s`),
  [READONLY]: (path) => new Error(`the ledger ${path} cannot be written: check its permissions and its folder's`),
  10: (path, detail) => new Error(`the ledger ${path} cannot be read or written: ${detail}; check its disk`),
  11: (path, detail) => new LedgerUnusable(`${path} is damaged (${detail}). ${ADVICE}`),
  13: (path) => new Error(`the disk is full: nothing more can be written to the ledger ${path}; free some space`),
  14: (path) => new Error(`the ledger ${path} cannot be opened: check that its folder exists and may be written`),
  26: (path) => new LedgerUnusable(`${path} is not a ledger (not an SQLite database). ${ADVICE}`),
};

/** Extended codes carry the primary one in their low byte. */
function codeOf(problem: unknown): number | null {
  const code = problem instanceof Error && "errcode" in problem ? problem.errcode : null;
  return typeof code === "number" ? code & 0xff : null;
}

const tellingOf =
  (path: string): Telling =>
  (work) => {
    try {
      return work();
    } catch (problem) {
      const telling = TELLINGS[codeOf(problem) ?? -1];
      if (!telling || !(problem instanceof Error)) throw problem;
      const told = telling(path, problem.message);
      told.cause = problem;
      throw told;
    }
  };
