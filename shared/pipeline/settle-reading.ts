import type { Article } from "../domain/article.ts";
import type { Comparison } from "../domain/comparison.ts";
import { knownArm } from "../domain/oscillation.ts";
import { eventKey, type Revision } from "../domain/revision.ts";
import type { RotatingPlace } from "../domain/rotation.ts";
import { earlier, type Instant } from "../domain/time.ts";
import { hasSettled, lastWithoutSettled } from "../normalise/rotation/rotation.ts";
import type { Outcome } from "./outcome.ts";
import { type ReadFrom, recordBaseline, recordChange } from "./record.ts";
import type { Newest } from "./reextract.ts";
import { comparedAgain } from "./rotation.ts";
import type { Services } from "./services.ts";
import { type Checked, type Sighting, settleSeen } from "./settle.ts";

/** A good capture, read and compared with the newest revision. */
export interface Reading {
  readonly from: ReadFrom;
  /** What it tells about the page, whichever revision it reads as. */
  readonly sighting: Omit<Sighting, "revision">;
  readonly last: Newest | null;
  readonly article: Article;
  /** Null for the first reading, and for one that reads as the newest revision. */
  readonly comparison: Comparison | null;
  /** What is known of rotating places after this capture. */
  readonly rotating: readonly RotatingPlace[];
  /** Of a page that alternates: which of the two revisions it reads as; absent for a third reading. */
  readonly readsAs?: number;
}

/**
 * Records what a good capture reads as: the baseline, the same as before, or the next revision. Of a page that alternates
 * a sight of either reading is no revision.
 */
export async function settleReading(checked: Checked, reading: Reading, services: Services): Promise<Outcome> {
  const { watch } = checked;
  const { from, sighting, last, article, comparison, rotating } = reading;
  if (!last) {
    const revision = await recordBaseline(watch, article, from, services);
    if (!revision) return { watchId: watch.id, kind: "superseded", revision: 1 };
    await settleSeen(checked, { ...sighting, revision }, services);
    return { watchId: watch.id, kind: "baseline", headline: revision.headline };
  }
  const restores = restoration(checked);
  if (sighting.arm && comparison && !restores) {
    await rememberRotating(checked, rotating, sighting, services);
    return settleUnchanged(checked, { ...sighting, revision: last.revision }, services);
  }
  const told = (revision: Revision) =>
    restores && revision.restores === restores ? { toldWith: revision.number } : {};
  const over = comparison ? undefined : rotating.find(hasSettled);
  const rest = rotating.filter((place) => place !== over);
  const next = comparison
    ? { cause: "edit" as const, article, comparison, lastSeen: lastUnlike(checked, reading, last) }
    : over
      ? comparedAgain(over, rest, last, article)
      : null;
  // By what an edit is read is remembered before it is recorded, a settled place is forgotten after that is: then a
  // process that dies in between has recorded nothing that the next check does not read in the same way.
  const remember = () => rememberRotating(checked, rest, sighting, services);
  if (!over || !next) await remember();
  if (!next) {
    const { revision, rereadBy } = last;
    const reread = rereadBy === undefined ? {} : { rereadBy };
    return settleUnchanged(checked, { ...sighting, revision, ...reread, ...told(revision) }, services);
  }
  const isEdit = next.cause === "edit";
  const change = { ...next, from, ...(isEdit && restores && { restores }) };
  const revision = await recordChange(watch, last.revision, change, services);
  if (!revision) return { watchId: watch.id, kind: "superseded", revision: last.revision.number + 1 };
  if (over) await remember();
  if (!isEdit) return settleUnchanged(checked, { ...sighting, revision, ...told(revision) }, services);
  const event = await settleSeen(checked, { ...sighting, revision, ...told(revision) }, services);
  const { number, headline } = revision;
  return { watchId: watch.id, kind: "revision", revision: number, headline, ...(event && { event }) };
}

/** Settles a check that read as a revision that is there already. */
export async function settleUnchanged(checked: Checked, sighting: Sighting, services: Services): Promise<Outcome> {
  const event = await settleSeen(checked, sighting, services);
  return {
    watchId: checked.watch.id,
    kind: "unchanged",
    revision: sighting.arm?.revision ?? sighting.revision.number,
    ...(event && { event }),
  };
}

/** The key of the event that a good capture of this watch now would be. */
const restoration = ({ availability: { unpublished, refusals } }: Checked): string | undefined =>
  unpublished && refusals ? eventKey("restored", refusals.first) : undefined;

/** When the old text was last seen: before an editor's paragraph came into a rotating place, where it had to prove itself. */
function lastUnlike({ state }: Checked, { rotating, readsAs }: Reading, newest: Newest): Instant {
  const { article, revision } = newest;
  // Of a text that came and went before it stayed: when the other was last seen.
  const arm = knownArm(state, revision);
  const hasStayed = readsAs !== undefined && readsAs !== revision.number && arm?.revision === readsAs;
  const lastSeen = hasStayed ? arm.other : newest.lastSeen;
  const without = lastWithoutSettled(rotating, article);
  return without === null ? lastSeen : earlier(without, lastSeen);
}

async function rememberRotating(
  { watch, rotating: known }: Checked,
  rotating: readonly RotatingPlace[],
  { at }: Pick<Sighting, "at">,
  { ledger }: Services,
): Promise<void> {
  if (known.length > 0 || rotating.length > 0) await ledger.recordRotating(watch.id, rotating, at);
}
