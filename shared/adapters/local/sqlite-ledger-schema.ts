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
  `
  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    selector TEXT NOT NULL,
    created TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX subscriptions_by_selector ON subscriptions (selector, id);
  CREATE INDEX subscriptions_listed ON subscriptions (created, id);

  CREATE TABLE filters (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;

  -- When a happening was first about to be told.
  CREATE TABLE tellings (happening TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    subscription TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    due TEXT NOT NULL,
    settled TEXT,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX notices_waiting ON notices (channel, due, id) WHERE state = 'waiting';
  CREATE INDEX notices_dead ON notices (settled, id) WHERE state = 'dead';
  CREATE INDEX notices_settled ON notices (settled) WHERE settled IS NOT NULL;
  CREATE INDEX notices_of ON notices (subscription, created, id);

  -- What waits to be told with others.
  CREATE TABLE gathered (
    subscription TEXT NOT NULL,
    box TEXT NOT NULL,
    at TEXT NOT NULL,
    happening TEXT NOT NULL,
    due TEXT NOT NULL,
    told TEXT, -- when
    PRIMARY KEY (subscription, box, at, happening)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX gathered_told ON gathered (told) WHERE told IS NOT NULL;

  CREATE TABLE addresses (digest TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;

  CREATE TABLE turns (name TEXT NOT NULL, since TEXT NOT NULL, taken INTEGER NOT NULL, PRIMARY KEY (name, since))
    STRICT, WITHOUT ROWID;

  CREATE TABLE threads (
    subscription TEXT NOT NULL,
    thread TEXT NOT NULL,
    root TEXT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (subscription, thread)
  ) STRICT, WITHOUT ROWID;

  -- What was delivered under "<happening>.<channel>" is not delivered again under the subscription of that name.
  INSERT INTO notices (id, subscription, channel, state, created, due, settled, json)
    SELECT notice_id, channel, channel, 'delivered', at, at, at,
      json_object('id', notice_id, 'subscription', channel, 'channel', channel,
        'subject', json_object('kind', 'happening', 'key', substr(notice_id, 1, length(notice_id) - length(channel) - 1)),
        'state', 'delivered', 'created', at, 'due', at, 'attempts', 1, 'settled', at)
    FROM (SELECT notice_id, at, CASE WHEN notice_id LIKE '%.console' THEN 'console' ELSE 'outbox' END AS channel FROM deliveries);
  DROP TABLE deliveries;
  `,
  `
  -- What the search index has not taken in. Nothing is in one that is not there yet: the first to come asks for all.
  CREATE TABLE unindexed (position TEXT PRIMARY KEY, watch_id TEXT NOT NULL, number INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  `,
  `
  -- The operator's acts that keep words from readers; position: instant#watch#digest of the act.
  CREATE TABLE restrictions (position TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;
  `,
];
