import type { Happening } from "../domain/happening.ts";
import { type Restriction, type RestrictionAct, type Restrictions, restrictionsAt } from "../domain/restriction.ts";
import type { Revision } from "../domain/revision.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";

/** The part of the ledger that says what readers do not see. */
export interface RestrictionLedger {
  /** Adds an act to the record; nothing there is ever changed. The same act again changes nothing. */
  recordRestriction(act: RestrictionAct): Promise<void>;
  /** All acts, oldest first. Few: they are read whole. Consistent. */
  restrictionActs(): Promise<readonly RestrictionAct[]>;
}

/** What is hidden from readers, and from whoever is sent a notice, now. */
export const restrictionsNow = async ({
  ledger,
  clock,
}: {
  readonly ledger: RestrictionLedger;
  readonly clock: Pick<Clock, "now">;
}): Promise<Restrictions> => restrictionsAt(await ledger.restrictionActs(), clock.now(), "reader");

/**
 * What hides a happening. A change tells words of both its texts, so what hides the one before hides it as well; that
 * one is asked for only where single texts of the watch are hidden.
 */
export function restrictionOf(
  happening: Happening,
  restrictions: Restrictions,
  ledger: Pick<Ledger, "revision">,
): Promise<Restriction | null> {
  if (happening.kind === "revision") return restrictionOfChange(happening.revision, restrictions, ledger);
  return Promise.resolve(restrictions.ofWatch(happening.event.watchId));
}

/** What hides the change that made a revision. */
export async function restrictionOfChange(
  revision: Revision,
  restrictions: Restrictions,
  ledger: Pick<Ledger, "revision">,
): Promise<Restriction | null> {
  const { watchId, number } = revision;
  const own = restrictions.ofText(revision);
  if (own || !restrictions.hidesTextsOf(watchId)) return own;
  const before = await ledger.revision(watchId, number - 1);
  return before && restrictions.ofText(before);
}
