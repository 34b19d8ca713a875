import type { Alarms } from "./alarms.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { Derived } from "./derived.ts";
import type { Evidence } from "./evidence.ts";
import type { Ledger } from "./ledger.ts";
import type { NodeFunctionProps } from "./node-function.ts";

/** What every capability is built on. */
export interface Capability {
  readonly evidence: Evidence;
  readonly derived: Derived;
  readonly ledger: Ledger;
  readonly alarms: Alarms;
  /** What all functions have in common, unless they say otherwise. */
  readonly functions: Pick<NodeFunctionProps, "environment" | "logRetention"> & { readonly failures: DeadLetters };
}
