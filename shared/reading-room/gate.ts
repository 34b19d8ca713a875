import type { Capture } from "../domain/capture.ts";
import type { Happening } from "../domain/happening.ts";
import { type Restriction, type Restrictions, restrictionsAt, type Viewer } from "../domain/restriction.ts";
import type { AvailabilityEvent, Revision } from "../domain/revision.ts";
import { type Instant, secondsBetween } from "../domain/time.ts";
import type { Archive } from "../ports/archive.ts";
import type { Ledger, Overview, Page, PageRequest } from "../ports/ledger.ts";
import { restrictionOf } from "../ports/restriction-ledger.ts";
import type { SearchHit, SearchIndex } from "../ports/search-index.ts";
import type { ReadingRoomServices } from "./services.ts";

/**
 * The questions that pages ask of the ledger. One that is added here says below what it keeps back: pages know no other
 * way to what is kept.
 */
export type RoomLedger = Pick<
  Ledger,
  | "watch"
  | "watches"
  | "watchesById"
  | "standing"
  | "overview"
  | "overviews"
  | "revision"
  | "revisions"
  | "events"
  | "captures"
  | "recent"
  | "lastTick"
  | "subscription"
  | "savedFilters"
  | "outbox"
  | "failingAddresses"
  | "deadNotices"
>;

/** What stands behind the gate: the same stores, without the words that are kept from the viewer. */
export interface Gated extends Omit<ReadingRoomServices, "ledger"> {
  readonly ledger: RoomLedger;
}

/** A reader asked for words that are kept from them. Shown as a tombstone: what is known of them without a word. */
export class Restricted extends Error {
  override readonly name = "Restricted";
  readonly restriction: Restriction;
  /** Of the text, or the newest ones of the watch: as recorded, for their numbers, instants and hashes alone. */
  readonly revisions: readonly Revision[];

  constructor(restriction: Restriction, revisions: readonly Revision[]) {
    super(`${restriction.kind} of ${restriction.watchId}`);
    this.restriction = restriction;
    this.revisions = revisions;
  }
}

/** Null where the answer is kept from the reader: for what only names it beside other things. */
export const unlessRestricted = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof Restricted) return null;
    throw error;
  });

const WITHHELD = "withheld/";

/** In place of an archive key that the viewer is not given; reading it tells why. Names the revision whose words they are. */
const withheldKey = ({ watchId, number }: Pick<Revision, "watchId" | "number">): string =>
  `${WITHHELD}${watchId}/${number}`;

/** True for a text, a comparison, a WARC whose words are kept from the viewer. */
export const isWithheld = (key: string): boolean => key.startsWith(WITHHELD);

/** A restriction takes effect within so many seconds; one reading of them serves all that a page asks. */
const KEPT_SECONDS = 2;

/** Puts the gate in front of the stores: whatever a page reads has passed it. */
export function gated(services: ReadingRoomServices, viewer: Viewer): Gated {
  const { ledger, derived, evidence, search, subscribing } = services;
  const restrictions = restrictionsFor(services, viewer);
  const gate: Gate = { ledger, restrictions };
  return {
    ...services,
    ledger: gatedLedger(gate),
    derived: gatedArchive(derived, gate),
    evidence: gatedArchive(evidence, gate),
    ...(search && { search: gatedSearch(search, gate) }),
    subscribing:
      subscribing.kind === "open"
        ? { ...subscribing, desk: { ...subscribing.desk, preview: gatedPreview(subscribing.desk, gate) } }
        : subscribing,
  };
}

interface Gate {
  readonly ledger: Ledger;
  restrictions(): Promise<Restrictions>;
}

function restrictionsFor({ ledger, clock }: Pick<ReadingRoomServices, "ledger" | "clock">, viewer: Viewer) {
  let known: { readonly at: Instant; readonly acts: ReturnType<Ledger["restrictionActs"]> } | undefined;
  return async (): Promise<Restrictions> => {
    const now = clock.now();
    const age = known ? secondsBetween(known.at, now) : KEPT_SECONDS;
    if (!known || age < 0 || age >= KEPT_SECONDS) {
      const reading = { at: now, acts: ledger.restrictionActs() };
      known = reading;
      reading.acts.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return restrictionsAt(await known.acts, now, viewer);
  };
}

function gatedLedger(gate: Gate): RoomLedger {
  const { ledger, restrictions } = gate;
  /** Asks side by side; nothing of a watch that is hidden as a whole is told. */
  const ofWatch = async <T>(id: string, asked: Promise<T>): Promise<readonly [T, Restrictions]> => {
    const [answer, hides] = await Promise.all([asked, restrictions()]);
    const whole = hides.ofWatch(id);
    if (whole) throw await tombstoneOf(whole, ledger);
    return [answer, hides];
  };
  return {
    watch: async (id) => (await ofWatch(id, ledger.watch(id)))[0],
    watches: (page) =>
      kept(ledger.watches, page, async (watch) => ((await restrictions()).ofWatch(watch.id) ? null : watch)),
    watchesById: async (ids) => {
      const [watches, hides] = await Promise.all([ledger.watchesById(ids), restrictions()]);
      return new Map([...watches].filter(([id]) => !hides.ofWatch(id)));
    },
    overview: async (id) => {
      const [overview, hides] = await ofWatch(id, ledger.overview(id));
      return overview && redactedOverview(overview, hides, ledger);
    },
    overviews: (page) =>
      kept(ledger.overviews, page, async (overview) => {
        const hides = await restrictions();
        return hides.ofWatch(overview.watch.id) ? null : redactedOverview(overview, hides, ledger);
      }),
    standing: async (id) => {
      const [standing, hides] = await ofWatch(id, ledger.standing(id));
      if (!standing || !hides.hidesTextsOf(id)) return standing;
      return { ...(await redactedOverview(standing, hides, ledger)), rotating: [] }; // it is told by the words around it
    },
    revision: async (id, number) => {
      const [revision, hides] = await ofWatch(id, ledger.revision(id, number));
      return revision && redacted(revision, hides, ledger);
    },
    revisions: async (id, page) => {
      const [{ rows, ...rest }, hides] = await ofWatch(id, ledger.revisions(id, page));
      return { ...rest, rows: await Promise.all(rows.map((revision) => redacted(revision, hides, ledger))) };
    },
    events: async (id, page) => {
      const [{ rows, ...rest }, hides] = await ofWatch(id, ledger.events(id, page));
      return { ...rest, rows: rows.map((event) => withoutHeadline(event, hides)) };
    },
    captures: async (id, page) => {
      const [captures, hides] = await ofWatch(id, ledger.captures(id, page));
      return hides.hidesTextsOf(id) ? withheldCaptures(captures, hides, id, ledger) : captures;
    },
    recent: (page) => kept(ledger.recent, page, (happening) => shown(happening, gate)),
    lastTick: () => ledger.lastTick(),
    subscription: (id) => ledger.subscription(id),
    savedFilters: () => ledger.savedFilters(),
    outbox: (page) => kept(ledger.outbox, page, (happening) => shown(happening, gate)),
    failingAddresses: (page) => ledger.failingAddresses(page),
    deadNotices: (page) => ledger.deadNotices(page),
  };
}

/** The rows of a list that may be seen. A page may hold fewer than its limit, but none only where nothing is left. */
async function kept<Row>(
  list: (page: PageRequest) => Promise<Page<Row>>,
  request: PageRequest,
  see: (row: Row) => Promise<Row | null>,
): Promise<Page<Row>> {
  let { rows, next } = await list(request);
  for (;;) {
    const seen = (await Promise.all(rows.map(see))).filter((row) => row !== null);
    if (seen.length > 0 || next === undefined) return { rows: seen, ...(next !== undefined && { next }) };
    ({ rows, next } = await list({ ...request, after: next }));
  }
}

/** A happening as a list may have it; null where its words are hidden. */
async function shown(happening: Happening, { ledger, restrictions }: Gate): Promise<Happening | null> {
  const hides = await restrictions();
  if (await restrictionOf(happening, hides, ledger)) return null;
  return happening.kind === "event" ? { ...happening, event: withoutHeadline(happening.event, hides) } : happening;
}

/** An event has the headline that stood then, and does not tell of which revision. */
const withoutHeadline = (event: AvailabilityEvent, hides: Restrictions): AvailabilityEvent =>
  hides.hidesTextsOf(event.watchId) ? { ...event, headline: null } : event;

/** A revision without the words that are hidden: its own, and in its change those of the one before. */
async function redacted(revision: Revision, hides: Restrictions, ledger: Pick<Ledger, "revision">): Promise<Revision> {
  const { watchId, number, change } = revision;
  if (!hides.hidesTextsOf(watchId)) return revision;
  const withheld = (hidden: Pick<Revision, "watchId" | "number">) =>
    change && { change: { ...change, excerpt: [], comparison: withheldKey(hidden) } };
  if (hides.ofText(revision)) {
    const key = withheldKey(revision);
    return { ...revision, headline: null, article: key, warc: key, ...withheld(revision) };
  }
  const before = change ? await ledger.revision(watchId, number - 1) : null;
  return before && hides.ofText(before) ? { ...revision, ...withheld(before) } : revision;
}

const redactedOverview = async (
  { watch, state, newest }: Overview,
  hides: Restrictions,
  ledger: Pick<Ledger, "revision">,
): Promise<Overview> => ({ watch, state, newest: newest && (await redacted(newest, hides, ledger)) });

/** Revisions among which the texts of captures are looked for. */
const LOOKED_AT = 1000;

/** Captures without the keys of those that were served a hidden text. */
async function withheldCaptures(
  { rows, ...rest }: Page<Capture>,
  hides: Restrictions,
  id: string,
  ledger: Ledger,
): Promise<Page<Capture>> {
  const { rows: revisions, next } = await ledger.revisions(id, { limit: LOOKED_AT });
  const textOf = ({ at, arm }: Capture) =>
    revisions.find(({ number, requested }) => (arm === undefined ? requested <= at : number === arm));
  const see = (capture: Capture): Capture => {
    const text = textOf(capture);
    const hidden = text ? hides.ofText(text) !== null : next !== undefined; // beyond what is looked at, nobody knows
    return hidden ? { ...capture, warc: withheldKey({ watchId: id, number: text?.number ?? 0 }) } : capture;
  };
  return { ...rest, rows: rows.map(see) };
}

/** An archive that refuses the keys that the gated ledger gives in place of hidden ones. */
const gatedArchive = (archive: Archive, { ledger, restrictions }: Gate): Archive => ({
  keep: (key, bytes) => archive.keep(key, bytes),
  list: (prefix, after) => archive.list(prefix, after),
  read: async (key) => {
    if (!isWithheld(key)) return archive.read(key);
    const [watchId = "", number] = key.slice(WITHHELD.length).split("/");
    const revision = await ledger.revision(watchId, Number(number));
    const restriction = revision && (await restrictions()).ofText(revision);
    if (!restriction) throw new Error(`${key} is not withheld: it was lifted while a page was made`);
    throw await tombstoneOf(restriction, ledger, revision);
  },
});

/** Finds no article by a version that is hidden, so that nobody learns by asking which words it has. */
const gatedSearch = (search: SearchIndex, { ledger, restrictions }: Gate): SearchIndex => ({
  isBegun: () => search.isBegun(),
  add: (texts) => search.add(texts),
  find: (query, page) =>
    search.find(query, {
      ...page,
      choose: async (hits) => {
        const hides = await restrictions();
        const isShown = async ({ watchId, number }: SearchHit) => {
          if (hides.ofWatch(watchId)) return false;
          const revision = hides.hidesTextsOf(watchId) ? await ledger.revision(watchId, number) : null;
          return revision === null || hides.ofText(revision) === null;
        };
        const shown = await Promise.all(hits.map(isShown));
        const wanted = await page.choose?.(hits.filter((_, index) => shown[index]));
        let at = 0;
        return shown.map((one) => one && (wanted === undefined || wanted[at++] === true));
      },
    }),
});

type Desk = Extract<ReadingRoomServices["subscribing"], { kind: "open" }>["desk"];

const gatedPreview =
  (desk: Desk, gate: Gate): Desk["preview"] =>
  async (...wish) => {
    const previewed = await desk.preview(...wish);
    if (previewed === null || typeof previewed === "string") return previewed;
    const seen = await Promise.all(
      previewed.map(async (one) => {
        const happening = await shown(one.happening, gate);
        return happening && { ...one, happening };
      }),
    );
    return seen.filter((one) => one !== null);
  };

/** Revisions whose hashes stand on the tombstone of a whole watch. */
const HASHES_SHOWN = 50;

async function tombstoneOf(restriction: Restriction, ledger: Ledger, revision?: Revision): Promise<Restricted> {
  if (revision) return new Restricted(restriction, [revision]);
  const { rows } = await ledger.revisions(restriction.watchId, { limit: HASHES_SHOWN });
  return new Restricted(restriction, rows);
}
