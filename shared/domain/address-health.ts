import type { Channel } from "./channel.ts";
import type { Instant } from "./time.ts";

/** How deliveries to one address went of late, whichever subscriptions share it. There is none for one that never failed. */
export interface AddressHealth {
  /** `addressDigest` of the subscriptions that lead there. */
  readonly digest: string;
  readonly channel: Channel;
  /** As others may see it. */
  readonly shown: string;
  /** Failures since the last delivery; 0 when all is well. */
  readonly failures: number;
  /** Nothing is sent to it before. */
  readonly notBefore: Instant;
  /** When the failures began, and what the newest one was. */
  readonly since: Instant;
  readonly detail: string;
  /** Gone for good: nothing is sent until a person says otherwise. */
  readonly suspended?: true;
}
