import { compareArticles } from "../diff/compare.ts";
import type { Article } from "../domain/article.ts";
import { isConfirmedCollapse, lastSeenOf } from "../domain/check.ts";
import { type Comparison, hasNothingInCommon } from "../domain/comparison.ts";
import type { Failure } from "../domain/failure.ts";
import { eventKey, type Revision } from "../domain/revision.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import type { Suspect } from "../domain/watch.ts";
import type { Fetched } from "../ports/fetcher.ts";
import type { Standing } from "../ports/ledger.ts";
import { type Asked, respectRetryAfter } from "./ask.ts";
import { type Kept, keepCapture, type Revisit, revisitOf } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { readCapture } from "./read-capture.ts";
import { type ReadFrom, recordBaseline, recordChange } from "./record.ts";
import { type Newest, newestReading } from "./reextract.ts";
import type { Services } from "./services.ts";
import { type Sighting, settleFailed, settleSeen } from "./settle.ts";

/** A check that brought what we hold: it settles once the batch's revisits are kept. */
export interface Unchanged {
  readonly revisit: Revisit;
  settle(): Promise<Outcome>;
}

/** Takes what was fetched through keeping, judging, reading and comparing to a settled check. */
export async function settleAnswer(
  standing: Standing,
  { fetched, conditional, robots }: Extract<Asked, { kind: "answered" }>,
  services: Services,
): Promise<Outcome | Unchanged> {
  const { watch, state, newest } = standing;
  const held = newest && state.newest === newest.number ? state.payload : undefined;
  const revisit = revisitOf(fetched, held, services.newId);
  if (revisit && newest) {
    const { at, headers } = revisit.exchange;
    const sighting = { at, answered: arrivalOf(fetched), revision: newest, conditional, headers };
    const settle = () => settleUnchanged(standing, sighting, services);
    return { revisit, settle };
  }
  const kept = await keepCapture(watch, fetched, robots, services);
  if (fetched.kind === "failed") return settleFailure(standing, fetched, kept, fetched.failure, services);
  if (!kept) throw new Error(`an answer without bytes from ${watch.url}`);

  const last = newest && (await newestReading({ ...standing, newest }, services));
  if (newest && !last) return { watchId: watch.id, kind: "superseded", revision: newest.number + 1 };
  const judged = judge(standing, fetched, last, kept.at);
  if (judged.failure) return settleFailure(standing, fetched, kept, judged.failure, services, judged.suspect);
  return settleReading(standing, { fetched, kept, conditional, last, ...judged }, services);
}

type Answered = Extract<Fetched, { kind: "answered" }>;

type Judged =
  | { readonly failure: Failure; readonly suspect?: Suspect }
  | { readonly failure: null; readonly article: Article; readonly comparison: Comparison | null };

/** Whether the answer is the article, and how it compares with the newest reading (null: the same, or the first). */
function judge({ watch, state }: Standing, fetched: Answered, last: Newest | null, at: Instant): Judged {
  const { article, reading, failure } = readCapture(watch.url, fetched, last?.article ?? null);
  if (failure && !(failure.kind === "collapse" && article && last)) return { failure };
  if (!article || !reading) throw new Error(`judged as an article, but not read: ${watch.url}`);
  const comparison = last && reading !== last.revision.reading ? compareArticles(last.article, article) : null;
  if (failure && comparison && !isConfirmedCollapse(state.suspect, reading, comparison, at)) {
    const since = state.suspect?.reading === reading ? state.suspect.since : at;
    return { failure, suspect: { reading, since } };
  }
  const elsewhere = comparison && redirectElsewhere(fetched, comparison);
  if (elsewhere) return { failure: { kind: "gone", detail: elsewhere } };
  return { failure: null, article, comparison };
}

/** A lasting redirect to a page that shares nothing with the article is a refusal, not an edit of everything. */
function redirectElsewhere({ exchanges, url }: Answered, comparison: Comparison): string | null {
  const lasting = exchanges.some(({ status }) => status === 301 || status === 308);
  return lasting && comparison.headline && hasNothingInCommon(comparison) ? `redirects to another page, ${url}` : null;
}

interface Reading {
  readonly fetched: Answered;
  readonly kept: Kept;
  readonly conditional: boolean;
  readonly last: Newest | null;
  readonly article: Article;
  readonly comparison: Comparison | null;
}

/** Records what a good capture reads as: the baseline, the same as before, or the next revision. */
async function settleReading(standing: Standing, reading: Reading, services: Services): Promise<Outcome> {
  const { watch, state } = standing;
  const { fetched, kept, conditional, last, article, comparison } = reading;
  const { at, recordId, warc, payload } = kept;
  await recordCapture(standing, fetched, kept, null, services);
  const from: ReadFrom = { warc, recordId, requested: at, answered: arrivalOf(fetched) };
  const sighting = {
    at,
    answered: from.answered,
    conditional,
    headers: fetched.headers,
    ...(payload !== null && { payload: { digest: payload, url: fetched.url, at, recordId } }),
  };
  if (!last) {
    const revision = await recordBaseline(watch, article, from, services);
    if (!revision) return { watchId: watch.id, kind: "superseded", revision: 1 };
    await settleSeen(standing, { ...sighting, revision }, services);
    return { watchId: watch.id, kind: "baseline", headline: revision.headline };
  }
  if (!comparison) {
    const { revision, rereadBy } = last;
    return settleUnchanged(
      standing,
      { ...sighting, revision, ...(rereadBy !== undefined && { rereadBy }), ...toldWith(revision) },
      services,
    );
  }
  const restores = state.unpublished && state.refusals ? eventKey("restored", state.refusals.first) : undefined;
  const revision = await recordChange(
    watch,
    last.revision,
    {
      cause: "edit",
      article,
      comparison,
      from,
      lastSeen: lastSeenOf(state, last.revision),
      ...(restores !== undefined && { restores }),
    },
    services,
  );
  if (!revision) return { watchId: watch.id, kind: "superseded", revision: last.revision.number + 1 };
  const event = await settleSeen(standing, { ...sighting, revision, ...toldWith(revision) }, services);
  const { number, headline } = revision;
  return { watchId: watch.id, kind: "revision", revision: number, headline, ...(event && { event }) };
}

/** A revision that came with the restoration tells it; so also when the restoration is only recorded a check later. */
const toldWith = ({ restores, number }: Revision): { toldWith?: number } =>
  restores === undefined ? {} : { toldWith: number };

async function settleUnchanged(standing: Standing, sighting: Sighting, services: Services): Promise<Outcome> {
  const event = await settleSeen(standing, sighting, services);
  return {
    watchId: standing.watch.id,
    kind: "unchanged",
    revision: sighting.revision.number,
    ...(event && { event }),
  };
}

async function settleFailure(
  standing: Standing,
  fetched: Fetched,
  kept: Kept | null,
  failure: Failure,
  services: Services,
  suspect?: Suspect,
): Promise<Outcome> {
  const { watch } = standing;
  const [first] = fetched.exchanges;
  const at = first?.at ?? services.clock.now();
  const answered = first ? arrivalOf(fetched) : at;
  if (kept) await recordCapture(standing, fetched, kept, failure, services);
  await respectRetryAfter(watch.url, failure, services);
  const event = await settleFailed(
    standing,
    { at, answered, failure, ...(suspect !== undefined && { suspect }) },
    services,
  );
  return { watchId: watch.id, kind: "failed", failure, ...(event && { event }) };
}

async function recordCapture(
  { watch }: Standing,
  fetched: Fetched,
  { at, recordId, warc, payload }: Kept,
  failure: Failure | null,
  { ledger }: Services,
): Promise<void> {
  const answered = fetched.kind === "answered" ? fetched : null;
  await ledger.recordCapture({
    watchId: watch.id,
    recordId,
    at,
    url: answered?.url ?? fetched.exchanges.at(-1)?.url ?? watch.url,
    status: answered?.status ?? fetched.exchanges.at(-1)?.status ?? null,
    warc,
    payload,
    failure,
  });
}

/** When the last answer had arrived, as far as it came. @throws when nothing was sent at all */
function arrivalOf({ exchanges }: Fetched): Instant {
  const last = exchanges.at(-1);
  if (!last) throw new Error("an answer without an exchange");
  return addSeconds(last.at, last.totalSeconds ?? 0);
}
