import type { Exchange } from "../domain/exchange.ts";
import type { Failure } from "../domain/failure.ts";

export interface FetchRequest {
  /** http or https, canonical. */
  readonly url: string;
  /** Validators of the last capture; leave out for the unconditional fetch of the day. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** URL that gave the validators, where redirects ended; `url` unless told. They are sent to no other. */
  readonly validatorsOf?: string;
  /**
   * Asked before each redirect is followed, with its absolute target (http or https, no fragment) and after the address
   * rule has let it pass; not asked for what will not be followed anyway. A failure ends the fetch with it; what went over
   * the wire so far is in `exchanges`. Its time counts as the fetch's.
   *
   * @param passage - to hand on with any request that the answer depends on, such as robots.txt of the target's host:
   * without it a public page could have a private address asked
   */
  readonly mayFollow?: (target: string, passage: Passage) => Promise<Failure | null>;
  /** True: no private or loopback address is asked, whatever the operator opened. */
  readonly publicOnly?: boolean;
}

/** What a chain of redirects may still reach. */
export type Passage = Required<Pick<FetchRequest, "publicOnly">>;

/** What a fetch brought. Whatever went over the wire is in `exchanges`, also when it failed. */
export type Fetched =
  | {
      readonly kind: "answered";
      readonly exchanges: readonly Exchange[];
      /** Where the redirects ended. */
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Entity body, transfer and content codings removed; cut at the limit when `truncated` is set. */
      readonly body: Uint8Array;
      /** Why the body is not whole or could not be decoded: the failure to record. */
      readonly bodyFailure?: Failure;
    }
  | { readonly kind: "failed"; readonly exchanges: readonly Exchange[]; readonly failure: Failure };

/** Asks servers for pages, honestly, within limits. Never throws for anything that a server or an address can do. */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<Fetched>;
}
