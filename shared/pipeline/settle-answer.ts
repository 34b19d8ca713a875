import type { Article } from "../domain/article.ts";
import type { Comparison } from "../domain/comparison.ts";
import type { Digest } from "../domain/digest.ts";
import type { Failure } from "../domain/failure.ts";
import { eventKey, type Revision } from "../domain/revision.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import type { PayloadReference } from "../domain/watch.ts";
import type { Fetched } from "../ports/fetcher.ts";
import { type Asked, respectRetryAfter } from "./ask.ts";
import { type Answered, judge, type Refused } from "./judge.ts";
import { type Kept, keepCapture, type Revisit, revisitOf } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { readCapture } from "./read-capture.ts";
import { type ReadFrom, recordBaseline, recordChange } from "./record.ts";
import { type Newest, newestReading } from "./reextract.ts";
import type { Services } from "./services.ts";
import { type Checked, type Sighting, settleFailed, settleSeen } from "./settle.ts";

/** A check that brought what we hold: it settles once the batch's revisits are kept. */
export interface Unchanged {
  readonly revisit: Revisit;
  settle(): Promise<Outcome>;
}

/** Takes what was fetched through keeping, judging, reading and comparing to a settled check. */
export async function settleAnswer(
  checked: Checked,
  { fetched, conditional, robots }: Extract<Asked, { kind: "answered" }>,
  services: Services,
): Promise<Outcome | Unchanged> {
  const { watch, newest } = checked;
  const revisit = revisitOf(fetched, heldBy(checked), conditional, services.newId);
  if (revisit) return { revisit, settle: () => settleRevisit(checked, fetched, revisit, conditional, services) };

  const kept = await keepCapture(watch, fetched, robots, services);
  if (fetched.kind === "failed") return settleFailure(checked, fetched, kept, { failure: fetched.failure }, services);
  if (!kept) throw new Error(`an answer without bytes from ${watch.url}`);

  const last = newest && (await newestReading({ ...checked, newest }, services));
  if (newest && !last) return { watchId: watch.id, kind: "superseded", revision: newest.number + 1 };
  const judged = judge(checked, fetched, last, kept.at);
  if (judged.failure) return settleFailure(checked, fetched, kept, judged, services);
  return settleReading(checked, { fetched, kept, conditional, last, ...judged }, services);
}

/** What the same bytes again would be a revisit of. A state that lags behind the newest revision vouches for nothing. */
function heldBy({ state, newest }: Checked): Parameters<typeof revisitOf>[1] {
  const { payload, failedPayload } = state;
  const isCurrent = newest !== null && state.newest === newest.number;
  return { ...(isCurrent && payload && { article: payload }), ...(failedPayload && { failed: failedPayload }) };
}

/** The same bytes as before: the article again, or the same refusal again. */
async function settleRevisit(
  checked: Checked,
  fetched: Fetched,
  { exchange }: Revisit,
  conditional: boolean,
  services: Services,
): Promise<Outcome> {
  const { watch, newest } = checked;
  if (fetched.kind === "answered" && fetched.status !== 200 && fetched.status !== 304) {
    const { failure } = readCapture(watch.url, fetched, null);
    if (!failure) throw new Error(`judged as an article with status ${fetched.status}`);
    return settleFailure(checked, fetched, null, { failure }, services);
  }
  if (!newest) throw new Error(`a revisit of nothing: ${watch.url}`);
  const { at, headers, status } = exchange;
  const sighting = { at, answered: arrivalOf(fetched), revision: newest, conditional, status: status ?? 0, headers };
  return settleUnchanged(checked, sighting, services);
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
async function settleReading(checked: Checked, reading: Reading, services: Services): Promise<Outcome> {
  const { watch } = checked;
  const { fetched, kept, conditional, last, article, comparison } = reading;
  const { at, recordId, warc, payload } = kept;
  await recordCapture(checked, fetched, kept, null, services);
  const from: ReadFrom = { warc, recordId, requested: at, answered: arrivalOf(fetched) };
  const sighting = {
    at,
    answered: from.answered,
    conditional,
    status: fetched.status,
    headers: fetched.headers,
    ...(payload !== null && { payload: payloadOf(kept, payload, fetched.url) }),
  };
  if (!last) {
    const revision = await recordBaseline(watch, article, from, services);
    if (!revision) return { watchId: watch.id, kind: "superseded", revision: 1 };
    await settleSeen(checked, { ...sighting, revision }, services);
    return { watchId: watch.id, kind: "baseline", headline: revision.headline };
  }
  const restores = restoration(checked);
  const told = (revision: Revision) =>
    restores && revision.restores === restores ? { toldWith: revision.number } : {};
  if (!comparison) {
    const { revision, rereadBy } = last;
    const reread = rereadBy === undefined ? {} : { rereadBy };
    return settleUnchanged(checked, { ...sighting, revision, ...reread, ...told(revision) }, services);
  }
  const { lastSeen } = last;
  const next = { cause: "edit" as const, article, comparison, from, lastSeen, ...(restores && { restores }) };
  const revision = await recordChange(watch, last.revision, next, services);
  if (!revision) return { watchId: watch.id, kind: "superseded", revision: last.revision.number + 1 };
  const event = await settleSeen(checked, { ...sighting, revision, ...told(revision) }, services);
  const { number, headline } = revision;
  return { watchId: watch.id, kind: "revision", revision: number, headline, ...(event && { event }) };
}

/** The key of the event that a good capture of this watch now would be. */
const restoration = ({ availability: { unpublished, refusals } }: Checked): string | undefined =>
  unpublished && refusals ? eventKey("restored", refusals.first) : undefined;

async function settleUnchanged(checked: Checked, sighting: Sighting, services: Services): Promise<Outcome> {
  const event = await settleSeen(checked, sighting, services);
  return {
    watchId: checked.watch.id,
    kind: "unchanged",
    revision: sighting.revision.number,
    ...(event && { event }),
  };
}

/** @param kept - null when nothing came, or what came is a revisit */
async function settleFailure(
  checked: Checked,
  fetched: Fetched,
  kept: Kept | null,
  { failure, suspect }: Refused,
  services: Services,
): Promise<Outcome> {
  const { watch } = checked;
  const [first] = fetched.exchanges;
  const at = first?.at ?? services.clock.now();
  if (kept) await recordCapture(checked, fetched, kept, failure, services);
  await respectRetryAfter(watch.url, failure.retryAfterSeconds, services);
  const failing = {
    at,
    answered: first ? arrivalOf(fetched) : at,
    failure,
    ...(kept?.payload && fetched.kind === "answered" && { failedPayload: payloadOf(kept, kept.payload, fetched.url) }),
    ...(suspect && { suspect }),
  };
  const event = await settleFailed(checked, failing, services);
  return { watchId: watch.id, kind: "failed", failure, ...(event && { event }) };
}

const payloadOf = ({ at, recordId }: Kept, digest: Digest, url: string): PayloadReference => ({
  digest,
  url,
  at,
  recordId,
});

async function recordCapture(
  { watch }: Checked,
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
