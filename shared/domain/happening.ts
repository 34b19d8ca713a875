import type { AvailabilityEvent, Revision } from "./revision.ts";
import type { Instant } from "./time.ts";

/** A recorded change or availability event: what is told, listed and fed. `url` is the watch's. */
export type Happening =
  | { readonly kind: "revision"; readonly at: Instant; readonly url: string; readonly revision: Revision }
  | { readonly kind: "event"; readonly at: Instant; readonly url: string; readonly event: AvailabilityEvent };

export const watchIdOfHappening = (happening: Happening): string =>
  happening.kind === "revision" ? happening.revision.watchId : happening.event.watchId;

/** Stable and URL-safe: `<watch id>.r2`, `<watch id>.20260301120000000-1-unpublished`. */
export const happeningKey = (happening: Happening): string =>
  happening.kind === "revision"
    ? `${happening.revision.watchId}.r${happening.revision.number}`
    : `${happening.event.watchId}.${happening.event.key}`;
