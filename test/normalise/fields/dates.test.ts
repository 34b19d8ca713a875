import { describe, expect, it } from "vitest";
import { claimedInstant } from "../../../shared/normalise/fields/dates.ts";

describe("a claimed date", () => {
  it.each([
    ["2021-03-19T08:08:00-07:00", "2021-03-19T08:08:00-07:00"],
    ["2021-03-19T08:08:00.123Z", "2021-03-19T08:08:00Z"],
    ["2021-03-19T08:08:00+0700", "2021-03-19T08:08:00+07:00"],
    ["2021-03-19T08:08:00+07", "2021-03-19T08:08:00+07:00"],
    ["2021-03-19T08:08", "2021-03-19T08:08:00"],
    ["2021-03-19 08:08:00", "2021-03-19T08:08:00"],
    ["2022-05-05T22:27:15 UTC", "2022-05-05T22:27:15Z"],
    ["2022-5-3T4:57:00", "2022-05-03T04:57:00"],
    ["2019/11/19", "2019-11-19"],
    ["20210319", "2021-03-19"],
    ["20210319T080800Z", "2021-03-19T08:08:00Z"],
    ["20210319080800", "2021-03-19T08:08:00"],
    ["Fri, 19 Mar 2021 08:08:00 GMT", "2021-03-19T08:08:00Z"],
    ["19 Mar 2021 08:08 -0700", "2021-03-19T08:08:00-07:00"],
    ["Fri, 19 Mar 2021 08:08:00 EST", "2021-03-19T08:08:00-05:00"],
    ["March 19, 2021", "2021-03-19"],
    ["19 March 2021", "2021-03-19"],
    ["Friday, March 19, 2021, 12:06 PM", "2021-03-19T12:06:00"],
    ["Mar 19, 2021 at 12:06 a.m.", "2021-03-19T00:06:00"],
    ["Fri Mar 19 2021 08:08:00 GMT+0100 (Central European Standard Time)", "2021-03-19T08:08:00+01:00"],
    ["Fri Mar 19 08:08:00 UTC 2021", "2021-03-19T08:08:00Z"],
    ["1616141280", "2021-03-19T08:08:00Z"],
    ["1616141280000", "2021-03-19T08:08:00Z"],
    ["  2021-03-19\n", "2021-03-19"],
  ])("%j is %s", (claim, instant) => expect(claimedInstant(claim)).toBe(instant));

  it.each([
    ["day and month that may be one another", "03/04/2021"],
    ["day and month that may be one another, with a time", "03/04/2021 05:22 pm"],
    ["a day that never was", "2021-02-30"],
    ["a month that is none", "2021-13-01"],
    ["a month that is no word", "19 Foo 2021"],
    ["an hour that is none", "2021-03-19T25:00:00Z"],
    ["a zone that means several", "March 19, 2021, 07:47 PM CST"],
    ["what a program writes for no date", "0001-01-01T00:00:00"],
    ["a year alone", "2021"],
    ["a time alone", "18:28"],
    ["a time that has passed", "3 hours ago"],
    ["a number", "637787971747838761"],
    ["words", "yesterday"],
    ["nothing", ""],
    ["a text without end", "2021-03-19 ".repeat(100_000)],
  ])("%s is left unsaid", (_what, claim) => expect(claimedInstant(claim)).toBeNull());
});
