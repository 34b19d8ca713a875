/** "Vari" in ASCII: tells our ledger from any other program's SQLite file. */
export const APPLICATION_ID = 0x56617269;

/**
 * The schema's history: what is at index n takes a ledger from version n to n + 1. Written once, never edited: a change
 * is a new entry at the end.
 *
 * Rows hold the domain object as JSON, and beside it only the columns that something asks for. Instants are ISO 8601 UTC
 * text. Revisions, events and captures name no watch as a foreign key: on DynamoDB nothing could check it, and a record
 * that comes before its watch must be the same on both. A state exists only with its watch.
 * Tables with JSON keep their rowid: rows of a kilobyte would take an overflow page each in a table without.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE watches (
    id TEXT PRIMARY KEY,
    added TEXT NOT NULL,
    status TEXT NOT NULL,
    cadence INTEGER NOT NULL, -- seconds
    phase INTEGER NOT NULL,   -- seconds from the period's start
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX watches_listed ON watches (added, id) WHERE status <> 'removed';
  CREATE INDEX watches_due ON watches (cadence, phase) WHERE status = 'active';

  CREATE TABLE states (
    watch_id TEXT PRIMARY KEY REFERENCES watches (id),
    checked TEXT,
    newest INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;

  CREATE TABLE rechecks (watch_id TEXT PRIMARY KEY, due TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX rechecks_due ON rechecks (due);

  CREATE TABLE revisions (
    watch_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    reading TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (watch_id, number)
  ) STRICT;
  CREATE INDEX revisions_by_reading ON revisions (watch_id, reading, number);

  CREATE TABLE events (
    watch_id TEXT NOT NULL,
    key TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (watch_id, key)
  ) STRICT;

  CREATE TABLE captures (
    watch_id TEXT NOT NULL,
    at TEXT NOT NULL,
    record_id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (watch_id, at, record_id)
  ) STRICT;

  -- What is told and listed, across watches; what happened itself stays in its own table.
  CREATE TABLE happenings (
    position TEXT PRIMARY KEY, -- instant#happening key
    url TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    number INTEGER, -- of a revision
    event TEXT,     -- key of an event
    untold INTEGER NOT NULL,
    FOREIGN KEY (watch_id, number) REFERENCES revisions (watch_id, number),
    FOREIGN KEY (watch_id, event) REFERENCES events (watch_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox ON happenings (position) WHERE untold = 1;

  CREATE TABLE deliveries (notice_id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE hosts (host TEXT PRIMARY KEY, free_at TEXT NOT NULL, robots TEXT) STRICT, WITHOUT ROWID;

  -- One row: the heartbeat.
  CREATE TABLE ticks (one INTEGER PRIMARY KEY CHECK (one = 1), at TEXT NOT NULL) STRICT;
  `,
  `
  -- What captures taught of places that rotate; at: when the capture that taught it was requested.
  CREATE TABLE rotating (watch_id TEXT PRIMARY KEY, at TEXT NOT NULL, json TEXT NOT NULL) STRICT;
  `,
];
