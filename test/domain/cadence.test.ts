import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CADENCE_CLASSES, cadenceClass, nextDue } from "../../shared/domain/cadence.ts";
import { secondsBetween, toInstant } from "../../shared/domain/time.ts";

const id = fc.stringMatching(/^[0-9a-f]{16}$/);
const cadence = fc.constantFrom(...CADENCE_CLASSES);
const instant = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }).map(toInstant);

describe("nextDue", () => {
  it("lies after the instant given and within one period of it", () => {
    fc.assert(
      fc.property(id, cadence, instant, (watch, seconds, after) => {
        const wait = secondsBetween(after, nextDue(watch, seconds, after));
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(seconds);
      }),
    );
  });

  it("comes again after exactly one period, whatever happened in between", () => {
    fc.assert(
      fc.property(id, cadence, instant, (watch, seconds, after) => {
        const first = nextDue(watch, seconds, after);
        expect(secondsBetween(first, nextDue(watch, seconds, first))).toBe(seconds);
      }),
    );
  });

  it("spreads the watches of one class over its period", () => {
    const ids = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(16, "0"));
    const minutes = new Set(ids.map((watch) => nextDue(watch, 3600, "2026-03-01T12:00:00.000Z").slice(14, 16)));
    expect(minutes.size).toBeGreaterThan(50);
  });
});

describe("cadenceClass", () => {
  it.each([
    [900, 900],
    [1000, 900],
    [59, 15],
    [0.2, 1],
    [10_000_000, 604_800],
  ])("%d seconds are checked every %d", (wanted, given) => expect(cadenceClass(wanted)).toBe(given));
});
