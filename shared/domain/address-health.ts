import type { Channel } from "./channel.ts";
import { type Instant, later } from "./time.ts";

/** How deliveries to one address went of late, whichever subscriptions share it. There is none for one that is well. */
export interface AddressHealth {
  /** `addressDigest` of the subscriptions that lead there. */
  readonly digest: string;
  readonly channel: Channel;
  /** As others may see it. */
  readonly shown: string;
  /** Failures since the last delivery. */
  readonly failures: number;
  /** Nothing is sent to it before. */
  readonly notBefore: Instant;
  /** When the failures began, and what the newest one was. */
  readonly since: Instant;
  readonly detail: string;
  /** Gone for good: nothing is sent until a person says otherwise. */
  readonly suspended?: true;
}

/** An address after one more failure. */
export function healthAfter(
  known: AddressHealth | null,
  failure: Omit<AddressHealth, "failures" | "since"> & { readonly at: Instant },
): AddressHealth {
  const { at, ...rest } = failure;
  return {
    ...rest,
    failures: (known?.failures ?? 0) + 1,
    since: known?.since ?? at,
    notBefore: later(known?.notBefore ?? failure.notBefore, failure.notBefore),
    ...(known?.suspended && { suspended: true }),
  };
}
