import {
  lastSeenOf,
  REFUSALS_BEFORE_UNPUBLISHED,
  refusalsAfter,
  stateWhenFailed,
  stateWhenSeen,
} from "../domain/check.ts";
import type { Failure } from "../domain/failure.ts";
import { type AvailabilityEvent, eventKey, type Revision } from "../domain/revision.ts";
import { addSeconds, type Instant, secondsBetween } from "../domain/time.ts";
import type { PayloadReference, Suspect } from "../domain/watch.ts";
import type { Standing } from "../ports/ledger.ts";
import type { Services } from "./services.ts";

/** What a good capture tells about the page. */
export interface Sighting {
  /** When the request was sent. */
  readonly at: Instant;
  /** When its answer had arrived. */
  readonly answered: Instant;
  readonly revision: Revision;
  readonly conditional: boolean;
  readonly payload?: PayloadReference;
  readonly headers: Readonly<Record<string, string>>;
  readonly rereadBy?: string;
  /** The revision that tells the restoration, when the page came back with another text. */
  readonly toldWith?: number;
}

/** Settles a check that read the article: the page is there, and `last seen` moves. @returns the event that this made */
export async function settleSeen(
  standing: Standing,
  sighting: Sighting,
  services: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  const { watch, state } = standing;
  const { ledger, clock, settings } = services;
  const event = await recordRestored(standing, sighting, services);
  const { etag, "last-modified": lastModified } = sighting.headers;
  await ledger.settle(
    watch.id,
    stateWhenSeen(state, {
      at: sighting.at,
      revision: sighting.revision.number,
      conditional: sighting.conditional,
      ...(sighting.payload && { payload: sighting.payload }),
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
      ...(sighting.rereadBy !== undefined && { rereadBy: sighting.rereadBy }),
    }),
  );
  const { firstSeen } = sighting.revision;
  if (awaitsConfirmation(sighting.revision, sighting.at, settings.confirmationSeconds)) {
    await ledger.requestCheck(watch.id, addSeconds(firstSeen, settings.confirmationSeconds), clock.now());
  }
  return event;
}

/** An edit is told after a capture that read it again, a while after the first (design: confirm before alerting). */
const awaitsConfirmation = (
  { cause, change, firstSeen }: Revision,
  at: Instant,
  confirmationSeconds: number,
): boolean =>
  cause === "edit" && change?.significance === "substantive" && secondsBetween(firstSeen, at) < confirmationSeconds;

async function recordRestored(
  { watch, state }: Standing,
  { answered, revision, toldWith }: Sighting,
  { ledger }: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  if (!state.unpublished || !state.refusals) return undefined;
  const { first, last } = state.refusals;
  await ledger.recordEvent(
    {
      watchId: watch.id,
      key: eventKey("restored", first),
      kind: "restored",
      observed: { lastSeen: last, firstSeen: answered },
      at: answered,
      headline: revision.headline,
      ...(toldWith !== undefined && { toldWith }),
    },
    watch.url,
  );
  return "restored";
}

/**
 * Settles a check that brought no article: nothing is taken for an edit. A refusal counts towards `unpublished`; it and
 * a collapse are looked at again after the confirmation wait. @returns the event that this made
 */
export async function settleFailed(
  standing: Standing,
  failed: { readonly at: Instant; readonly answered: Instant; readonly failure: Failure; readonly suspect?: Suspect },
  services: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  const { watch, state, newest } = standing;
  const { ledger, clock, settings } = services;
  const { at, answered, failure, suspect } = failed;
  const refused = failure.kind === "gone";
  const refusals = refused ? refusalsAfter(state.refusals, answered, settings.confirmationSeconds) : state.refusals;
  const established =
    newest !== null && !state.unpublished && refused && (refusals?.count ?? 0) >= REFUSALS_BEFORE_UNPUBLISHED;
  if (established && refusals) {
    await ledger.recordEvent(
      {
        watchId: watch.id,
        key: eventKey("unpublished", refusals.first),
        kind: "unpublished",
        observed: { lastSeen: lastSeenOf(state, newest), firstSeen: refusals.first },
        at: answered,
        headline: newest.headline,
        refusals: refusals.count,
        detail: failure.detail,
      },
      watch.url,
    );
  }
  const unpublished = state.unpublished || established;
  await ledger.settle(
    watch.id,
    stateWhenFailed(state, {
      at,
      failure,
      unpublished,
      ...(refusals && { refusals }),
      ...(suspect !== undefined && { suspect }),
    }),
  );
  if ((refused && newest && !unpublished) || failure.kind === "collapse") {
    await ledger.requestCheck(watch.id, addSeconds(answered, settings.confirmationSeconds), clock.now());
  }
  return established ? "unpublished" : undefined;
}
