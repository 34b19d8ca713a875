import { type Article, readingDigest } from "../domain/article.ts";
import type { Digest } from "../domain/digest.ts";
import type { Failure } from "../domain/failure.ts";
import { armAfter, hasLeft, knownArm } from "../domain/oscillation.ts";
import type { Revision } from "../domain/revision.ts";
import { addSeconds, type Instant } from "../domain/time.ts";
import type { PayloadReference, Watch } from "../domain/watch.ts";
import { captureKey } from "../evidence/keys.ts";
import { afterRevisit, hasSettled } from "../normalise/rotation/rotation.ts";
import { markedAlike } from "../normalise/rotation/volatile.ts";
import { readArticle } from "../ports/derived-store.ts";
import type { Fetched } from "../ports/fetcher.ts";
import { type Asked, respectRetryAfter } from "./ask.ts";
import { type Answered, judge, type Refused } from "./judge.ts";
import { type Kept, keepCapture, type Revisit, revisitOf } from "./keep.ts";
import type { Outcome } from "./outcome.ts";
import { readArticleFrom, readCapture } from "./read-capture.ts";
import type { ReadFrom } from "./record.ts";
import { keptEntity, type Newest, newestReading } from "./reextract.ts";
import { rotationTaught } from "./rotation.ts";
import type { Services } from "./services.ts";
import { type Checked, type Sighting, settleFailed } from "./settle.ts";
import { type Reading, settleReading, settleUnchanged } from "./settle-reading.ts";

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
  const revisit = revisitOf(fetched, heldBy(checked, conditional, services.clock.now()), conditional, services.newId);
  if (revisit) return { revisit, settle: () => settleRevisit(checked, fetched, revisit, conditional, services) };

  const kept = await keepCapture(watch, fetched, robots, services);
  if (fetched.kind === "failed") return settleFailure(checked, fetched, kept, { failure: fetched.failure }, services);
  if (!kept) throw new Error(`an answer without bytes from ${watch.url}`);

  const stored = newest && (await readArticle(services.derived, newest.article));
  const { article, failure } = readCapture(watch.url, fetched, stored, services.rules);
  const suspected = failure?.kind === "collapse" ? failure : null;
  if (failure && !suspected) return settleFailure(checked, fetched, kept, { failure }, services);
  if (!article) throw new Error(`judged as an article, but not read: ${watch.url}`);
  const from: ReadFrom = {
    warc: kept.warc,
    recordId: kept.recordId,
    requested: kept.at,
    answered: arrivalOf(fetched),
  };
  const captured = { article, answer: fetched, from };
  const last = newest && stored && (await newestReading({ ...checked, newest, stored }, captured, services));
  if (newest && !last) return { watchId: watch.id, kind: "superseded", revision: newest.number + 1 };
  const judged = judge(checked, fetched, last?.captured ?? article, suspected, last, kept.at);
  if (judged.failure) return settleFailure(checked, fetched, kept, judged, services);

  const { at, payload } = kept;
  const readsAs = last && (await armRead(watch, last.revision, judged, services));
  const arm = last && readsAs !== null && armAfter(checked.state, last.revision, readsAs, at);
  await recordCapture(checked, fetched, kept, null, services, readsAs ?? undefined);
  const sighting = {
    at,
    answered: from.answered,
    conditional,
    status: fetched.status,
    headers: fetched.headers,
    unfit: unfitRule(article),
    ...(payload !== null && { payload: payloadOf(kept, payload, fetched.url) }),
    ...(arm && { arm }),
  };
  const reading = { from, sighting, last, ...judged, ...(readsAs !== null && { readsAs }) };
  const taught =
    last &&
    readsAs === null &&
    judged.comparison &&
    (await rotationTaught(checked, last, judged.article, at, services));
  return taught
    ? settleTaught({ ...checked, rotating: taught }, fetched, suspected, { ...reading, last }, services)
    : settleReading(checked, reading, services);
}

/**
 * The revision that a capture of a page that alternates reads as; null for a third reading, and of any other page. What
 * another version read of the other one is read again, as the newest is: like is compared with like.
 */
async function armRead(
  { id, url }: Watch,
  { number, change }: Revision,
  { article, comparison, rotating }: Pick<Reading, "article" | "comparison" | "rotating">,
  services: Services,
): Promise<number | null> {
  if (change?.alternatesWith === undefined) return null;
  if (!comparison) return number;
  const other = await services.ledger.revision(id, change.alternatesWith);
  if (!other) return null;
  if (other.reading === readingDigest(article)) return other.number;
  const read =
    other.normaliser === article.normaliser
      ? await readArticle(services.derived, other.article)
      : readArticleFrom(url, await keptEntity(other, services), services.rules);
  const [before, now] = markedAlike(read, article, rotating);
  return readingDigest(before) === readingDigest(now) ? other.number : null;
}

/** A capture that taught what rotates: that is remembered first, then the newest revision and it are read accordingly. */
async function settleTaught(
  checked: Checked,
  fetched: Answered,
  suspected: Failure | null,
  { last, ...reading }: Reading & { readonly last: Newest },
  services: Services,
): Promise<Outcome> {
  const { watch, rotating } = checked;
  const { at } = reading.sighting;
  await services.ledger.recordRotating(watch.id, rotating, at);
  services.log.info("learnt what rotates", { watchId: watch.id, places: rotating.length });
  const { revision } = last;
  const known = { ...checked, newest: revision, rotating };
  const stored = await readArticle(services.derived, revision.article);
  const captured = { article: last.captured, answer: fetched, from: reading.from };
  const again = await newestReading({ ...known, stored }, captured, services);
  if (!again) return { watchId: watch.id, kind: "superseded", revision: revision.number + 1 };
  const judged = judge(known, fetched, again.captured, suspected, again, at);
  if (judged.failure) return settleFailure(known, fetched, null, judged, services);
  return settleReading(known, { ...reading, last: { ...again, lastSeen: last.lastSeen }, ...judged }, services);
}

/** What the same bytes again would be a revisit of. A state that lags behind the newest revision vouches for nothing. */
function heldBy({ state, newest }: Checked, conditional: boolean, now: Instant): Parameters<typeof revisitOf>[1] {
  const { payload, failedPayload } = state;
  // What was asked for with validators was no such page when it was asked.
  const hasLeftIt = newest !== null && !conditional && hasLeft(state, newest, now);
  const isCurrent = newest !== null && state.newest === newest.number && !hasLeftIt;
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
    const { failure } = readCapture(watch.url, fetched, null, services.rules);
    if (!failure) throw new Error(`judged as an article with status ${fetched.status}`);
    return settleFailure(checked, fetched, null, { failure }, services);
  }
  if (!newest) throw new Error(`a revisit of nothing: ${watch.url}`);
  const { at, headers, status } = exchange;
  const arm = knownArm(checked.state, newest);
  const seen = { at, answered: arrivalOf(fetched), revision: newest, conditional, status: status ?? 0, headers };
  const sighting = { ...seen, ...(arm && { arm }) };
  return checked.rotating.length > 0
    ? settleWhileRotating({ ...checked, newest }, sighting, services)
    : settleUnchanged(checked, sighting, services);
}

/**
 * Places that rotate may settle while the same bytes come: that is counted here, and once one has, the bytes are read
 * again to compare it.
 */
async function settleWhileRotating(
  checked: Checked & { readonly newest: Revision },
  sighting: Omit<Sighting, "revision">,
  services: Services,
): Promise<Outcome> {
  const { watch, state, newest } = checked;
  const rotating = afterRevisit(checked.rotating, sighting.at);
  if (!rotating.some(hasSettled) || !state.payload) {
    await services.ledger.recordRotating(watch.id, rotating, sighting.at);
    return settleUnchanged(checked, { ...sighting, revision: newest }, services);
  }
  const { at, recordId } = state.payload;
  const from = { warc: captureKey(watch.id, at, recordId), recordId, requested: at, answered: sighting.answered };
  const answer = await keptEntity(from, services);
  const captured = { article: readArticleFrom(watch.url, answer, services.rules), answer, from };
  const stored = await readArticle(services.derived, newest.article);
  const last = await newestReading({ ...checked, stored }, captured, services);
  if (!last) return { watchId: watch.id, kind: "superseded", revision: newest.number + 1 };
  const read = { from, sighting, last, article: last.captured, comparison: null, rotating };
  return settleReading(checked, read, services);
}

/** A flag is a line; the state that it goes into is small. */
const MOST_UNFIT_CHARS = 300;

/** What the source's rule does not find in the page; null where nothing is amiss, or there is none. */
const unfitRule = ({ flags }: Article): string | null =>
  flags
    .filter((flag) => flag.startsWith("rule: "))
    .join("; ")
    .slice(0, MOST_UNFIT_CHARS) || null;

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
  arm?: number,
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
    ...(arm !== undefined && { arm }),
  });
}

/** When the last answer had arrived, as far as it came. @throws when nothing was sent at all */
function arrivalOf({ exchanges }: Fetched): Instant {
  const last = exchanges.at(-1);
  if (!last) throw new Error("an answer without an exchange");
  return addSeconds(last.at, last.totalSeconds ?? 0);
}
