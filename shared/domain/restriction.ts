import { type Digest, sha256 } from "./digest.ts";
import type { Instant } from "./time.ts";
import type { WatchId } from "./watch.ts";

/**
 * Why words are kept from readers. `hold`: until it is lifted; `embargo`: until an instant; both leave them to whoever has
 * the operator's key. `takedown`: for good, and for everybody. None of them touches what is kept.
 */
export const RESTRICTION_KINDS = ["takedown", "hold", "embargo"] as const;

export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** What one act of the operator's says, whatever it does. All acts together tell who hid what, when and why. */
interface Act {
  readonly watchId: WatchId;
  /** One revision's text; absent: all of the watch, also what is yet to come. */
  readonly revision?: RestrictedText;
  readonly at: Instant;
  /** Who did it, as they name themselves. */
  readonly by: string;
  /** For the record; shown to readers of a takedown alone. */
  readonly reason: string;
}

/** A text by its revision. The same text is hidden wherever it comes again: an edit that is taken back brings it back. */
export interface RestrictedText {
  readonly number: number;
  readonly reading: Digest;
}

/** Keeps words from readers. */
export type Restriction = Act &
  (
    | { readonly kind: "hold" }
    | { readonly kind: "embargo"; readonly until: Instant }
    /** `legal`: a court or an authority asked for it, which readers are told (RFC 7725). */
    | { readonly kind: "takedown"; readonly legal?: true }
  );

/** An entry of the record: the newest one about the same watch or revision says what holds. */
export type RestrictionAct = Restriction | (Act & { readonly kind: "lift" });

/** Where an act stands in the record: by its instant; the same act at one place, two of one instant at two. */
export const positionOfAct = (act: RestrictionAct): string =>
  `${act.at}#${act.watchId}#${sha256(JSON.stringify(act)).slice(0, 16)}`;

/** A text that may be hidden. */
export type Hideable = { readonly watchId: WatchId } & RestrictedText;

/** What is hidden from somebody at one moment. */
export interface Restrictions {
  /** False where nothing is hidden of any watch. */
  readonly isAnything: boolean;
  /** Of everything of a watch. */
  ofWatch(id: WatchId): Restriction | null;
  /** Of a revision's text, also by what hides its watch. */
  ofText(text: Hideable): Restriction | null;
  /** True where single texts of a watch are hidden: then whatever else may hold their words has to be looked at. */
  hidesTextsOf(id: WatchId): boolean;
}

/** `reader`: whoever reads here, and whoever is sent a notice. */
export type Viewer = "reader" | "operator";

/**
 * The restrictions that hold at an instant for a viewer, the strongest first.
 *
 * @param acts - all of them, oldest first
 */
export function holding(acts: readonly RestrictionAct[], now: Instant, viewer: Viewer): readonly Restriction[] {
  const newest = new Map(acts.map((act) => [`${act.watchId} ${act.revision?.number ?? "all"}`, act]));
  return [...newest.values()]
    .filter((act) => act.kind !== "lift")
    .filter((act) => act.kind === "takedown" || (viewer === "reader" && !(act.kind === "embargo" && act.until <= now)))
    .toSorted((a, b) => RESTRICTION_KINDS.indexOf(a.kind) - RESTRICTION_KINDS.indexOf(b.kind));
}

/** The same, to be asked. */
export function restrictionsAt(acts: readonly RestrictionAct[], now: Instant, viewer: Viewer): Restrictions {
  const byWatch = Map.groupBy(holding(acts, now, viewer), ({ watchId }) => watchId);
  const those = (id: WatchId) => byWatch.get(id) ?? [];
  return {
    isAnything: byWatch.size > 0,
    ofWatch: (id) => those(id).find(({ revision }) => revision === undefined) ?? null,
    ofText: ({ watchId, number, reading }) =>
      those(watchId).find(
        ({ revision }) => revision === undefined || revision.number === number || revision.reading === reading,
      ) ?? null,
    hidesTextsOf: (id) => those(id).some(({ revision }) => revision !== undefined),
  };
}
