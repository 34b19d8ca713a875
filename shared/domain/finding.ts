/** What was found where something was looked over: whether it is as it should be, and what to do next. */
export interface Finding {
  /** What was looked at, in two words or three. */
  readonly what: string;
  /** `fail`: it cannot work like this. `warn`: it works, and could be better or could not be seen. */
  readonly verdict: "ok" | "warn" | "fail";
  /** What was found: one line, no secret in it. */
  readonly detail: string;
  /** What to do next; absent where all is well. */
  readonly advice?: string;
}

export const well = (what: string, detail: string): Finding => ({ what, verdict: "ok", detail });
export const warning = (what: string, detail: string, advice: string): Finding => ({
  ...{ what, verdict: "warn", detail, advice },
});
export const failing = (what: string, detail: string, advice: string): Finding => ({
  ...{ what, verdict: "fail", detail, advice },
});
