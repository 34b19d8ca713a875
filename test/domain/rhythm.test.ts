import { describe, expect, it } from "vitest";
import { isTimeZone, nextDigest, quietUntil, type Rhythm } from "../../shared/domain/rhythm.ts";

const rhythm = (given: Partial<Rhythm> = {}): Rhythm => ({
  kind: "daily",
  timeZone: "Europe/Berlin",
  at: "08:00",
  weekday: 1,
  rest: "daily",
  ...given,
});

describe("the next digest", () => {
  it.each([
    ["is today's when its time is still to come", rhythm(), "2026-01-15T06:59:59.999Z", "2026-01-15T07:00:00.000Z"],
    ["is tomorrow's at the very time", rhythm(), "2026-01-15T07:00:00.000Z", "2026-01-16T07:00:00.000Z"],
    ["keeps the reader's clock over summer time", rhythm(), "2026-03-28T12:00:00.000Z", "2026-03-29T06:00:00.000Z"],
    [
      "counts the reader's day",
      rhythm({ timeZone: "Asia/Tokyo" }),
      "2026-01-15T22:00:00.000Z",
      "2026-01-15T23:00:00.000Z",
    ],
    [
      "comes though the clock skips its time",
      rhythm({ at: "02:30" }),
      "2026-03-28T12:00:00.000Z",
      "2026-03-29T01:30:00.000Z",
    ],
    [
      "comes the first of two times the clock shows it",
      rhythm({ at: "02:30" }),
      "2026-10-24T12:00:00.000Z",
      "2026-10-25T00:30:00.000Z",
    ],
    [
      "comes once though the clock shows its time twice",
      rhythm({ at: "02:30" }),
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ],
    [
      "of the week is on its day",
      rhythm({ kind: "weekly", weekday: 5 }),
      "2026-01-14T12:00:00.000Z",
      "2026-01-16T07:00:00.000Z",
    ],
    [
      "of the week is a week later at the very time",
      rhythm({ kind: "weekly" }),
      "2026-01-12T07:00:00.000Z",
      "2026-01-19T07:00:00.000Z",
    ],
    [
      "of the hour is at the full hour",
      rhythm({ kind: "hourly" }),
      "2026-01-15T09:20:30.400Z",
      "2026-01-15T10:00:00.000Z",
    ],
    [
      "of the hour is at the reader's full hour",
      rhythm({ kind: "hourly", timeZone: "Asia/Kathmandu" }),
      "2026-01-15T09:20:00.000Z",
      "2026-01-15T10:15:00.000Z",
    ],
    [
      "waits for the end of the quiet hours",
      rhythm({ kind: "hourly", quiet: { from: "22:00", to: "06:30" } }),
      "2026-01-15T21:10:00.000Z",
      "2026-01-16T05:30:00.000Z",
    ],
  ])("%s", (_fact, given, at, due) => {
    if (given.kind === "at-once") throw new Error("a digest");
    expect(nextDigest(given, at, given.kind)).toBe(due);
  });
});

describe("quiet hours", () => {
  const night = rhythm({ quiet: { from: "22:00", to: "06:30" } });
  const noon = rhythm({ quiet: { from: "12:00", to: "13:00" } });
  it.each([
    ["begin at their first minute", night, "2026-01-15T21:00:00.000Z", "2026-01-16T05:30:00.000Z"],
    ["last past midnight", night, "2026-01-16T02:00:00.000Z", "2026-01-16T05:30:00.000Z"],
    ["end at their end", night, "2026-01-16T05:30:00.000Z", null],
    ["are none by day", night, "2026-01-16T12:00:00.000Z", null],
    ["may lie within a day", noon, "2026-01-16T11:59:00.000Z", "2026-01-16T12:00:00.000Z"],
    ["may lie within a day, and end", noon, "2026-01-16T12:00:00.000Z", null],
    ["are none when none are asked for", rhythm(), "2026-01-16T02:00:00.000Z", null],
    ["of no length are none", rhythm({ quiet: { from: "08:00", to: "08:00" } }), "2026-01-16T07:00:00.000Z", null],
  ])("%s", (_fact, given, at, until) => expect(quietUntil(given, at)).toBe(until));
});

it("knows time zones by their names alone", () => {
  expect(["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"].filter(isTimeZone)).toHaveLength(3);
  expect(["Berlin", "", "Mars/Olympus"].filter(isTimeZone)).toEqual([]);
});
