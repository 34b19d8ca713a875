import type { Capture } from "../../domain/capture.ts";
import type { AvailabilityEvent, Revision } from "../../domain/revision.ts";
import type { RotatingPlace } from "../../domain/rotation.ts";
import type { Watch, WatchId, WatchState } from "../../domain/watch.ts";
import type { Ledger, PageRequest, Standing } from "../../ports/ledger.ts";
import { indexed, unindexed } from "./dynamo-ledger-happenings.ts";
import { firstOf, fromJson, onePast, pageOf, text } from "./dynamo-ledger-items.ts";
import {
  CAPTURES,
  captureKey,
  EVENTS,
  eventItemKey,
  partitionOf,
  REVISIONS,
  ROTATING,
  revisionKey,
  rotatingKey,
  stateKey,
} from "./dynamo-ledger-keys.ts";
import type { Item, LedgerTable, Question } from "./dynamo-ledger-table.ts";

const UNLESS_THERE = { condition: "attribute_not_exists(#pk)" };

/** Without its watch there is no state, and what is not there has no `newest` that this could hold for. */
const UNLESS_OVERTAKEN = "(attribute_not_exists(#checked) OR #checked < :checked) AND #newest <= :newest";

/** What was recorded of a watch: state, revisions, events, captures. */
export function recordsIn(
  table: LedgerTable,
): Pick<
  Ledger,
  | "standing"
  | "overview"
  | "recordRevision"
  | "recordEvent"
  | "settle"
  | "recordRotating"
  | "recordCapture"
  | "revision"
  | "revisions"
  | "revisionWithReading"
  | "event"
  | "events"
  | "newestEvent"
  | "captures"
  | "hasCapture"
> {
  const newestFirst = async <T>(id: WatchId, prefix: string, page: PageRequest, positionOf: (item: Item) => string) =>
    pageOf(
      table.items({
        where: "#pk = :pk AND begins_with(#sk, :prefix)",
        values: { ":pk": partitionOf(id), ":prefix": prefix },
        descending: true,
        limit: onePast(page),
        ...(page.after !== undefined && { after: { pk: partitionOf(id), sk: prefix + page.after } }),
      }),
      page,
      fromJson<T>,
      positionOf,
    );
  const afterPrefix = (prefix: string) => (item: Item) => text(item, "sk").slice(prefix.length);

  return {
    standing: async (id) => standingIn(await lastOf(table, id)),
    overview: async (id) => {
      const standing = standingIn(await lastOf(table, id, LOOK));
      return standing && { watch: standing.watch, state: standing.state, newest: standing.newest };
    },
    recordRevision: async (revision, url) => {
      const item = { ...revisionKey(revision.watchId, revision.number), json: JSON.stringify(revision), url };
      const happening = { kind: "revision", at: revision.firstSeen, url, revision } as const;
      const isTold = revision.change !== undefined && revision.cause === "edit";
      const index = isTold ? indexed(happening, { isUntold: true }) : unindexed(revision);
      return table.put({ ...item, reading: revision.reading, ...index }, UNLESS_THERE);
    },
    recordEvent: async (event, url) => {
      const item = { ...eventItemKey(event.watchId, event.key), json: JSON.stringify(event), url };
      const happening = { kind: "event", at: event.at, url, event } as const;
      return table.put({ ...item, ...indexed(happening, { isUntold: event.toldWith === undefined }) }, UNLESS_THERE);
    },
    settle: async (id, state) => {
      const { checked, newest } = state;
      if (checked === null) return false;
      const item = { ...stateKey(id), checked, newest, json: JSON.stringify(state) };
      return table.put(item, { condition: UNLESS_OVERTAKEN, values: { ":checked": checked, ":newest": newest } });
    },
    recordRotating: async (id, places, at) => {
      const item = { ...rotatingKey(id), at, json: JSON.stringify(places) };
      await table.put(item, { condition: "attribute_not_exists(#pk) OR #at < :at", values: { ":at": at } });
    },
    recordCapture: async (capture) => {
      const { watchId, at, recordId } = capture;
      await table.put({ ...captureKey(watchId, at, recordId), json: JSON.stringify(capture) }, UNLESS_THERE);
    },
    revision: async (id, number) => {
      const item = await table.get(revisionKey(id, number), false);
      return item && fromJson<Revision>(item);
    },
    revisions: (id, page) => newestFirst<Revision>(id, REVISIONS, page, afterPrefix(REVISIONS)),
    revisionWithReading: async (id, reading, before) => {
      const item = await firstOf(table, {
        where: "#pk = :pk AND #sk BETWEEN :first AND :last",
        filter: "#reading = :reading",
        values: {
          ":pk": partitionOf(id),
          ":first": revisionKey(id, 0).sk,
          ":last": revisionKey(id, before - 1).sk,
          ":reading": reading,
        },
        descending: true,
        consistent: true,
      });
      return item && fromJson<Revision>(item);
    },
    newestEvent: async (id) => {
      const item = await firstOf(table, {
        where: "#pk = :pk AND begins_with(#sk, :events)",
        values: { ":pk": partitionOf(id), ":events": EVENTS },
        descending: true,
        consistent: true,
        limit: 1,
      });
      return item && fromJson<AvailabilityEvent>(item);
    },
    event: async (id, key) => {
      const item = await table.get(eventItemKey(id, key), false);
      return item && fromJson<AvailabilityEvent>(item);
    },
    events: (id, page) => newestFirst<AvailabilityEvent>(id, EVENTS, page, afterPrefix(EVENTS)),
    captures: (id, page) => newestFirst<Capture>(id, CAPTURES, page, afterPrefix(CAPTURES)),
    hasCapture: async (id, at, recordId) => (await table.get(captureKey(id, at, recordId))) !== null,
  };
}

/** All four in one answer, for half the price; a check would pay for the fourth, which it does not need. */
const LOOK = { consistent: false, limit: 4 } as const;

/**
 * The end of the watch's partition, read backwards at one moment: WATCH, STATE and the newest revision. Where something
 * was learnt it stands among them, and the revision is on the answer's next page.
 */
async function lastOf(table: LedgerTable, id: WatchId, how: Partial<Question> = {}): Promise<Item[]> {
  const question = {
    where: "#pk = :pk AND #sk BETWEEN :revisions AND :watch",
    values: { ":pk": partitionOf(id), ":revisions": REVISIONS, ":watch": "WATCH" },
    descending: true,
    consistent: true,
    limit: 3,
    ...how,
  };
  const found: Item[] = [];
  for await (const item of table.items(question)) {
    found.push(item);
    if (text(item, "sk").startsWith(REVISIONS)) break; // else the answer's next page would be asked for
  }
  return found;
}

function standingIn(items: readonly Item[]): Standing | null {
  const at = (key: string) => items.find((item) => text(item, "sk") === key);
  const [watch, state, rotating] = [at("WATCH"), at("STATE"), at(ROTATING)];
  if (!watch || !state) return null;
  const newest = items.find((item) => text(item, "sk").startsWith(REVISIONS));
  return {
    watch: fromJson<Watch>(watch),
    state: fromJson<WatchState>(state),
    newest: newest ? fromJson<Revision>(newest) : null,
    rotating: rotating ? fromJson<RotatingPlace[]>(rotating) : [],
  };
}
