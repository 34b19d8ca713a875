import {
  type Availability,
  lastSeenOf,
  REFUSALS_BEFORE_UNPUBLISHED,
  refusalsAfter,
  stateWhenFailed,
  stateWhenSeen,
} from "../domain/check.ts";
import type { Failure } from "../domain/failure.ts";
import type { Arm } from "../domain/oscillation.ts";
import { type AvailabilityEvent, eventKey, type Revision } from "../domain/revision.ts";
import { addSeconds, type Instant, secondsBetween } from "../domain/time.ts";
import type { PayloadReference, Suspect } from "../domain/watch.ts";
import type { Standing } from "../ports/ledger.ts";
import type { Services } from "./services.ts";

/** A watch as it stood before the request, with its availability by the record rather than by the state. */
export interface Checked extends Standing {
  readonly availability: Availability;
}

/** What a good capture tells about the page. */
export interface Sighting {
  /** When the request was sent. */
  readonly at: Instant;
  /** When its answer had arrived. */
  readonly answered: Instant;
  readonly revision: Revision;
  readonly conditional: boolean;
  /** Of a 200 with new bytes. */
  readonly payload?: PayloadReference;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly rereadBy?: string;
  /** Of a page that was read: what its source's rule no longer finds in it; null when nothing is amiss. */
  readonly unfit?: string | null;
  /** Of a page that alternates: which of its readings this is. */
  readonly arm?: Arm;
  /** The revision that tells the restoration, when the page came back with another text. */
  readonly toldWith?: number;
}

/** Settles a check that read the article: the page is there, and `last seen` moves. @returns the event that this made */
export async function settleSeen(
  standing: Checked,
  sighting: Sighting,
  services: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  const { watch, state } = standing;
  const { ledger, clock, settings } = services;
  const event = await recordRestored(standing, sighting, services);
  tellOfRule(standing, sighting, services);
  await ledger.settle(
    watch.id,
    stateWhenSeen(state, {
      at: sighting.at,
      revision: sighting.revision.number,
      conditional: sighting.conditional,
      ...(sighting.payload && { payload: sighting.payload }),
      ...(sighting.status === 200 && { validators: validatorsIn(sighting.headers) }),
      ...(sighting.rereadBy !== undefined && { rereadBy: sighting.rereadBy }),
      ...(sighting.arm && { arm: sighting.arm }),
      ...(sighting.unfit !== undefined && { unfit: sighting.unfit }),
    }),
  );
  const { firstSeen } = sighting.revision;
  if (awaitsConfirmation(sighting.revision, sighting.at, settings.confirmationSeconds)) {
    await ledger.requestCheck(watch.id, addSeconds(firstSeen, settings.confirmationSeconds), clock.now());
  } else if (mayTeach(sighting, settings.confirmationSeconds)) {
    await ledger.requestCheck(watch.id, addSeconds(sighting.answered, settings.confirmationSeconds), clock.now());
  }
  return event;
}

/** Once when a rule ceases to fit, or to fit in another way, and once when it fits again. */
function tellOfRule({ watch, state }: Checked, { unfit }: Sighting, { log }: Services): void {
  const before = state.unfit?.detail ?? null;
  if (unfit === undefined || unfit === before) return;
  const facts = { watchId: watch.id, url: watch.url };
  if (unfit === null) log.info("the rule of a page's source fits again", facts);
  else log.warn("the rule of a page's source does not fit it", { ...facts, detail: unfit });
}

/** An edit is told after a capture that read it again, a while after the first. */
const awaitsConfirmation = (
  { cause, change, firstSeen }: Revision,
  at: Instant,
  confirmationSeconds: number,
): boolean =>
  cause === "edit" && change?.significance === "substantive" && secondsBetween(firstSeen, at) < confirmationSeconds;

/**
 * A baseline is captured again after the same wait, and once more if other bytes came: what rotates on each visit shows
 * itself before the first edit.
 */
const mayTeach = ({ revision, payload, at }: Sighting, confirmationSeconds: number): boolean =>
  revision.number === 1 &&
  payload !== undefined &&
  secondsBetween(revision.firstSeen, at) < LEARNING_WAITS * confirmationSeconds;

/** Under two, so that the second of two checks is the last; not by much, since a tick may bring the first a minute late. */
const LEARNING_WAITS = 1.9;

/** A validator longer than we would send back is none. */
const LONGEST_VALIDATOR = 1024;

function validatorsIn({ etag, "last-modified": lastModified }: Readonly<Record<string, string>>) {
  const usable = (text: string | undefined): text is string => text !== undefined && text.length <= LONGEST_VALIDATOR;
  return { ...(usable(etag) && { etag }), ...(usable(lastModified) && { lastModified }) };
}

async function recordRestored(
  { watch, availability }: Checked,
  { answered, revision, toldWith }: Sighting,
  { ledger }: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  const { refusals, unpublished } = availability;
  if (!unpublished || !refusals) return undefined;
  await ledger.recordEvent(
    {
      watchId: watch.id,
      key: eventKey("restored", refusals.first),
      kind: "restored",
      observed: { lastSeen: refusals.last, firstSeen: answered },
      at: answered,
      headline: revision.headline,
      ...(toldWith !== undefined && { toldWith }),
    },
    watch.url,
  );
  return "restored";
}

/** A check that brought no article. */
export interface Failing {
  readonly at: Instant;
  readonly answered: Instant;
  readonly failure: Failure;
  readonly failedPayload?: PayloadReference;
  readonly suspect?: Suspect;
}

/**
 * Settles a check that brought no article: nothing is taken for an edit. A refusal counts towards `unpublished`; it and
 * a new collapse are looked at again after the confirmation wait. @returns the event that this made
 */
export async function settleFailed(
  { watch, state, newest, availability }: Checked,
  { at, answered, failure, failedPayload, suspect }: Failing,
  { ledger, clock, settings }: Services,
): Promise<AvailabilityEvent["kind"] | undefined> {
  const refused = failure.kind === "gone";
  const refusals = refused
    ? refusalsAfter(availability.refusals, answered, settings.confirmationSeconds)
    : availability.refusals;
  const established =
    newest !== null && !availability.unpublished && refused && (refusals?.count ?? 0) >= REFUSALS_BEFORE_UNPUBLISHED;
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
  const unpublished = availability.unpublished || established;
  await ledger.settle(
    watch.id,
    stateWhenFailed(state, {
      at,
      failure,
      unpublished,
      ...(refusals && { refusals }),
      ...(failedPayload && { failedPayload }),
      ...(suspect && { suspect }),
    }),
  );
  const isNewSuspect = suspect !== undefined && suspect.reading !== state.suspect?.reading;
  if ((refused && newest && !unpublished) || isNewSuspect) {
    await ledger.requestCheck(watch.id, addSeconds(answered, settings.confirmationSeconds), clock.now());
  }
  return established ? "unpublished" : undefined;
}
