import { describe, expect, it } from "vitest";
import { isSatisfied, refusalsAfter, stateWhenFailed, stateWhenSeen, validators } from "../../shared/domain/check.ts";
import { NEW_STATE, type WatchState } from "../../shared/domain/watch.ts";
import { aRevision } from "../support/builders.ts";

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
    const seen = stateWhenSeen(state, { at: at(9), revision: 2, conditional: false, payload, etag: '"b"' });
    expect(seen).toMatchObject({ etag: '"b"', unconditional: at(9), payload });
    expect(seen).not.toHaveProperty("lastModified");
  });
});
