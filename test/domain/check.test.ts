import { describe, expect, it } from "vitest";
import {
  availabilityOf,
  isSatisfied,
  mayRest,
  refusalsAfter,
  stateWhenFailed,
  stateWhenSeen,
  validators,
} from "../../shared/domain/check.ts";
import { eventKey } from "../../shared/domain/revision.ts";
import { NEW_STATE, type WatchState } from "../../shared/domain/watch.ts";
import { anEvent, aRevision } from "../support/builders.ts";

const NOON = "2026-03-01T12:00:00.000Z";
const at = (minutes: number) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
const state: WatchState = { ...NEW_STATE, newest: 2, unconditional: NOON, etag: '"a"', lastModified: "yesterday" };
const newest = aRevision({ number: 2 });

describe("validators", () => {
  it("go out with the next request", () => {
    expect(validators(state, newest, at(10))).toEqual({ etag: '"a"', lastModified: "yesterday" });
  });
  it("stay at home once a day, since they may lie", () => {
    expect(validators(state, newest, at(24 * 60))).toEqual({});
  });
  it("stay at home when the state lags behind the newest revision: they vouch for another text", () => {
    expect(validators(state, aRevision({ number: 3 }), at(10))).toEqual({});
  });
  it("stay at home before the baseline", () => expect(validators(state, null, at(10))).toEqual({}));
});

describe("isSatisfied", () => {
  it.each([
    ["by a check after its due instant", at(0), at(1), true],
    ["by a check at its due instant", at(1), at(1), true],
    ["not by an earlier check", at(2), at(1), false],
    ["not when nothing was checked yet", at(0), null, false],
  ])("a request is satisfied %s", (_fact, due, checked, expected) => {
    expect(isSatisfied({ ...state, checked }, due)).toBe(expected);
  });
});

describe("refusalsAfter", () => {
  it("counts refusals a confirmation wait apart", () => {
    const once = refusalsAfter(undefined, at(0), 180);
    const twice = refusalsAfter(once, at(3), 180);
    expect(refusalsAfter(twice, at(6), 180)).toEqual({ count: 3, first: at(0), last: at(6) });
  });
  it("does not count one that follows too soon", () => {
    const once = refusalsAfter(undefined, at(0), 180);
    expect(refusalsAfter(once, at(2), 180)).toEqual(once);
  });
});

describe("availabilityOf", () => {
  const refusals = { count: 3, first: at(0), last: at(6) };
  const told = anEvent({ kind: "unpublished", key: eventKey("unpublished", at(0)) });
  it("goes by the event's own row, where the process died before it wrote the state", () => {
    expect(availabilityOf({ ...state, refusals, unpublished: false }, told)).toEqual({ refusals, unpublished: true });
  });
  it("begins anew when the run of refusals was ended by a restoration", () => {
    const back = anEvent({ kind: "restored", key: eventKey("restored", at(0)) });
    expect(availabilityOf({ ...state, refusals, unpublished: true }, back)).toEqual({ unpublished: false });
  });
  it("is not told while the run is young", () => {
    expect(availabilityOf({ ...state, refusals }, null)).toEqual({ refusals, unpublished: false });
  });
});

describe("mayRest", () => {
  const failing = (failures: number) => ({ ...state, failures, checked: at(0) });
  it.each([
    ["not while it failed three times at most", 3, 15, false],
    ["not when it is due after twice its cadence", 4, 30, false],
    ["when it is due earlier than that", 4, 15, true],
    ["but never longer than six hours", 40, 360, false],
  ])("a watch that fails rests %s", (_fact, failures, minutes, expected) => {
    expect(mayRest(failing(failures), 900, at(minutes))).toBe(expected);
  });
  it("never makes a slow watch slower than its cadence", () => {
    expect(mayRest(failing(40), 604_800, at(7 * 24 * 60))).toBe(false);
  });
});

describe("the state after a check", () => {
  const failure = { kind: "status", detail: "503" } as const;
  it("keeps what is known of the newest revision when the check failed", () => {
    const failed = stateWhenFailed({ ...state, lastSeen: at(1) }, { at: at(5), failure, unpublished: false });
    expect(failed).toMatchObject({ newest: 2, lastSeen: at(1), etag: '"a"', failures: 1, checked: at(5) });
  });
  it("forgets failures and refusals when the article was read", () => {
    const refused = { ...state, failures: 4, refusals: { count: 3, first: at(0), last: at(3) }, unpublished: true };
    const seen = stateWhenSeen(refused, { at: at(9), revision: 2, conditional: true });
    expect(seen).toMatchObject({ failures: 0, unpublished: false, lastSeen: at(9), etag: '"a"', unconditional: NOON });
    expect(seen).not.toHaveProperty("refusals");
  });
  it("takes the validators of a new answer and drops those it no longer sends", () => {
    const payload = { digest: "d", url: "u", at: at(9), recordId: "r" };
    const seen = stateWhenSeen(state, {
      at: at(9),
      revision: 2,
      conditional: false,
      payload,
      validators: { etag: '"b"' },
    });
    expect(seen).toMatchObject({ etag: '"b"', unconditional: at(9), payload });
    expect(seen).not.toHaveProperty("lastModified");
  });
});
