import { describe, expect, it } from "vitest";
import { isInstant } from "../../shared/domain/time.ts";
import type { Clock } from "../../shared/ports/clock.ts";

/** What every clock promises; see shared/ports/clock.ts. */
export function clockContract(name: string, open: () => Clock): void {
  describe(`${name} as a clock`, () => {
    it("gives instants", () => expect(isInstant(open().now())).toBe(true));

    it("never gives an earlier instant than before", () => {
      const clock = open();
      const instants = Array.from({ length: 2000 }, () => clock.now());
      expect(instants).toEqual(instants.toSorted());
    });

    it("wakes a sleeper when the signal aborts, and does not reject", async () => {
      const wake = new AbortController();
      const sleep = open().sleep(3600, wake.signal);
      wake.abort(new Error("enough"));
      await expect(sleep).resolves.toBeUndefined();
    });

    it("wakes every sleeper on one signal", async () => {
      const clock = open();
      const wake = new AbortController();
      const sleeps = [clock.sleep(60, wake.signal), clock.sleep(3600, wake.signal), clock.sleep(7200, wake.signal)];
      wake.abort();
      await expect(Promise.all(sleeps)).resolves.toHaveLength(3);
    });

    it("does not sleep under a signal that has aborted", () =>
      expect(open().sleep(3600, AbortSignal.abort())).resolves.toBeUndefined());

    it.each([0, -1])("does not sleep for %d seconds", (seconds) =>
      expect(open().sleep(seconds)).resolves.toBeUndefined(),
    );

    it.each([3600, 30 * 86_400, 1e12])("sleeps on while nothing wakes it (%d seconds)", async (seconds) => {
      const wake = new AbortController();
      let awake = false;
      const sleep = open()
        .sleep(seconds, wake.signal)
        .then(() => {
          awake = true;
        });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(awake).toBe(false);
      wake.abort();
      await sleep;
    });
  });
}
