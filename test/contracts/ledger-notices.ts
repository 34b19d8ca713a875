import { describe, expect, it } from "vitest";
import type { NoticeRecord } from "../../shared/domain/notice.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { NOON } from "../support/builders.ts";
import { aNotice } from "../support/messages.ts";
import { atOnce, everyRow, type TheLedger } from "./ledger.ts";

const LEASE = addSeconds(NOON, 60);
const later = (seconds: number) => addSeconds(NOON, seconds);

export function noticeFacts(ledger: TheLedger): void {
  const claim = async (id = aNotice().id, now = NOON, until = LEASE): Promise<NoticeRecord> => {
    const claimed = await ledger().claimNotice(id, now, until);
    if (!claimed) throw new Error(`${id} could not be claimed`);
    return claimed;
  };

  describe("notices", () => {
    it("are added once, whoever adds them", async () => {
      const answers = await atOnce(8, () => ledger().addNotice(aNotice()));
      expect(answers.filter((answer) => answer === null)).toHaveLength(1);
      expect(answers.filter((answer) => answer !== null)[0]).toEqual(aNotice());
      expect(await ledger().notice(aNotice().id)).toEqual(aNotice());
      expect(await ledger().notice("other")).toBeNull();
    });

    it("are claimed by one of many", async () => {
      await ledger().addNotice(aNotice());
      const claims = await atOnce(8, () => ledger().claimNotice(aNotice().id, NOON, LEASE));
      expect(claims.filter((claimed) => claimed !== null)).toEqual([{ ...aNotice(), attempts: 1, due: LEASE }]);
    });

    it("are not claimed before they are due, nor when there are none", async () => {
      await ledger().addNotice(aNotice({ due: later(5) }));
      expect(await ledger().claimNotice(aNotice().id, later(4), LEASE)).toBeNull();
      expect(await ledger().claimNotice("other", NOON, LEASE)).toBeNull();
      expect(await ledger().claimNotice(aNotice().id, later(5), LEASE)).not.toBeNull();
    });

    it("are free again when their sender died", async () => {
      await ledger().addNotice(aNotice());
      const dead = await claim();
      expect(await ledger().claimNotice(aNotice().id, later(59), later(200))).toBeNull();
      const heir = await claim(aNotice().id, LEASE, later(120));
      expect(heir.attempts).toBe(2);
      expect(await ledger().settleNotice(dead, { state: "dead", detail: "late" }, later(61))).toBe(false);
      expect(await ledger().settleNotice(heir, { state: "delivered" }, later(62))).toBe(true);
      expect(await ledger().settleNotice(heir, { state: "delivered" }, later(63))).toBe(false);
    });

    it.each([
      ["delivered", { state: "delivered" }, { state: "delivered", attempts: 1, settled: later(1) }],
      ["dead", { state: "dead", detail: "no" }, { state: "dead", detail: "no", attempts: 1, settled: later(1) }],
      [
        "dropped",
        { state: "dropped", detail: "no" },
        { state: "dropped", detail: "no", attempts: 1, settled: later(1) },
      ],
      [
        "tried again",
        { state: "waiting", due: later(90), detail: "no" },
        { state: "waiting", detail: "no", attempts: 1, due: later(90) },
      ],
      [
        "put off",
        { state: "waiting", due: later(90), detail: "no", unsent: true },
        { state: "waiting", detail: "no", attempts: 0, due: later(90) },
      ],
    ] as const)("end a claim %s", async (_what, end, expected) => {
      await ledger().addNotice(aNotice());
      expect(await ledger().settleNotice(await claim(), end, later(1))).toBe(true);
      expect(await ledger().notice(aNotice().id)).toMatchObject(expected);
    });

    it("wait by channel, the longest waiting first, in pages of any size", async () => {
      const ids = ["c", "a", "b", "b.x", "d"];
      for (const [n, id] of ids.entries()) await ledger().addNotice(aNotice({ id, due: later(Math.floor(n / 2)) }));
      await ledger().addNotice(aNotice({ id: "mail", channel: "email" }));
      for (const limit of [1, 2, 5, 6]) {
        const waiting = await everyRow((page) => ledger().waitingNotices("webhook", later(9), page), limit);
        expect(waiting.map(({ id }) => id)).toEqual(["a", "c", "b", "b.x", "d"]);
      }
      const due = await everyRow((page) => ledger().waitingNotices("webhook", later(1), page), 2);
      expect(due.map(({ id }) => id)).toEqual(["a", "c", "b", "b.x"]);
    });

    it("wait no more when they are settled, and wait elsewhere while they are claimed", async () => {
      for (const id of ["a", "b", "c"]) await ledger().addNotice(aNotice({ id }));
      await ledger().settleNotice(await claim("a"), { state: "delivered" }, later(1));
      await claim("b");
      const idsUntil = async (until: string) =>
        (await everyRow((page) => ledger().waitingNotices("webhook", until, page), 9)).map(({ id }) => id);
      expect(await idsUntil(NOON)).toEqual(["c"]);
      expect(await idsUntil(LEASE)).toEqual(["c", "b"]);
    });

    it("are listed when they were given up, and can be sent again under their own id", async () => {
      for (const id of ["a", "b", "c"]) await ledger().addNotice(aNotice({ id }));
      for (const [n, id] of ["c", "a"].entries()) {
        await ledger().settleNotice(await claim(id), { state: "dead", detail: "gone" }, later(n));
      }
      for (const limit of [1, 2, 3]) {
        expect((await everyRow((page) => ledger().deadNotices(page), limit)).map(({ id }) => id)).toEqual(["c", "a"]);
      }
      expect(await ledger().redriveNotice("b", later(5))).toBeNull();
      expect(await ledger().redriveNotice("other", later(5))).toBeNull();
      const again = { ...aNotice({ id: "c" }), since: later(5), due: later(5) };
      expect(await ledger().redriveNotice("c", later(5))).toEqual(again);
      expect(await ledger().notice("c")).toEqual(again);
      expect((await ledger().deadNotices({ limit: 5 })).rows.map(({ id }) => id)).toEqual(["a"]);
      expect((await ledger().waitingNotices("webhook", later(5), { limit: 5 })).rows).toHaveLength(2);
    });

    it("are listed by subscription, newest first, whatever became of them", async () => {
      for (const [n, id] of ["a", "b", "c"].entries()) await ledger().addNotice(aNotice({ id, created: later(n) }));
      await ledger().addNotice(aNotice({ id: "d", subscription: "desk-2" }));
      await ledger().settleNotice(await claim("b"), { state: "delivered" }, later(9));
      for (const limit of [1, 3]) {
        const own = await everyRow((page) => ledger().noticesOf("desk", page), limit);
        expect(own.map(({ id, state }) => `${id} ${state}`)).toEqual(["c waiting", "b delivered", "a waiting"]);
      }
    });
  });
}
