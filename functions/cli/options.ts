import { InvalidArgumentError } from "commander";
import { type Instant, toInstant } from "../../shared/domain/time.ts";
import { durationSeconds } from "../runtime/duration.ts";
import type { Deployment } from "./deployment.ts";

/** What a command says: for people, or for programs with `--json`. */
export interface Said {
  readonly json: unknown;
  /** Words of ours and of publishers; whatever a terminal would obey is taken out of it. */
  readonly text: string;
  /** Follows the text; may hold colours, put there by a renderer that took away those of others. */
  readonly coloured?: string;
  /** Something of what was asked could not be done; the text says what. */
  readonly failed?: boolean;
}

/** Opens the deployment, has the work done, prints what it says, and closes again. */
export type Run = (
  needs: { readonly writes?: boolean },
  work: (deployment: Deployment) => Promise<Said>,
) => Promise<void>;

/** An option's value as seconds. */
export function durationOption(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds === null) throw new InvalidArgumentError('Give a duration such as "30s", "15m", "6h" or "1d".');
  return seconds;
}

const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/;

/** An option's value as an instant; of a day its begin (UTC). */
export function instantOption(text: string): Instant {
  const ms = DAY_OR_INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('Give a day or an instant (UTC) such as "2026-03-01" or "2026-03-01T12:00Z".');
  return toInstant(ms);
}
