import { describe, expect, it } from "vitest";
import { addSeconds, type Instant } from "../../shared/domain/time.ts";
import { NOON } from "../support/builders.ts";
import { atOnce, type TheLedger } from "./ledger.ts";

const HOST = "gazette.example:8443";

const at = (seconds: number): Instant => addSeconds(NOON, seconds);

export function hostFacts(ledger: TheLedger): void {
  describe("a host", () => {
    it("is null until it is asked", async () => expect(await ledger().host(HOST)).toBeNull());

    it("gives its turn to whoever asks while it is free", async () => {
      expect(await ledger().claimHost(HOST, at(0), at(10))).toEqual({ claimed: true });
      expect(await ledger().host(HOST)).toEqual({ host: HOST, freeAt: at(10) });
      expect(await ledger().claimHost(HOST, at(10), at(20))).toEqual({ claimed: true });
      expect(await ledger().host(HOST)).toEqual({ host: HOST, freeAt: at(20) });
    });

    it("tells whoever comes too early when it is free", async () => {
      await ledger().claimHost(HOST, at(0), at(10));
      expect(await ledger().claimHost(HOST, at(9.999), at(20))).toEqual({ claimed: false, freeAt: at(10) });
      expect(await ledger().host(HOST)).toEqual({ host: HOST, freeAt: at(10) });
    });

    it("gives its turn to one of twenty", async () => {
      const answers = await atOnce(20, (n) => ledger().claimHost(HOST, at(n / 1000), at(10)));
      expect(answers.filter(({ claimed }) => claimed)).toHaveLength(1);
      for (const answer of answers) if (!answer.claimed) expect(answer.freeAt).toBe(at(10));
    });

    it("stands apart from other hosts and ports", async () => {
      await ledger().claimHost(HOST, at(0), at(10));
      expect(await ledger().claimHost("gazette.example", at(0), at(10))).toEqual({ claimed: true });
    });

    it("moves the turn's end forward only", async () => {
      await ledger().claimHost(HOST, at(0), at(10));
      await ledger().extendHost(HOST, at(30));
      await ledger().extendHost(HOST, at(20));
      expect((await ledger().host(HOST))?.freeAt).toBe(at(30));
      expect(await ledger().claimHost(HOST, at(29), at(40))).toEqual({ claimed: false, freeAt: at(30) });
    });

    it("can be kept busy before it was ever asked, as by a Retry-After on a redirect's host", async () => {
      await ledger().extendHost(HOST, at(30));
      expect(await ledger().claimHost(HOST, at(0), at(10))).toEqual({ claimed: false, freeAt: at(30) });
    });

    it("remembers its newest robots.txt, beside and not instead of its turn", async () => {
      await ledger().claimHost(HOST, at(0), at(10));
      await ledger().recordRobots(HOST, { at: at(1), kind: "unreachable" });
      const robots = { at: at(2), kind: "rules", body: "robots/abc.txt" } as const;
      await ledger().recordRobots(HOST, robots);
      expect(await ledger().host(HOST)).toEqual({ host: HOST, freeAt: at(10), robots });
      await ledger().claimHost(HOST, at(10), at(20));
      await ledger().extendHost(HOST, at(25));
      expect(await ledger().host(HOST)).toEqual({ host: HOST, freeAt: at(25), robots });
    });

    it("is free when only its robots.txt is known", async () => {
      await ledger().recordRobots(HOST, { at: at(0), kind: "none" });
      expect(((await ledger().host(HOST))?.freeAt ?? at(99)) <= at(0)).toBe(true);
      expect(await ledger().claimHost(HOST, at(0), at(10))).toEqual({ claimed: true });
    });
  });
}
