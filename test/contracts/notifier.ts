import { beforeEach, describe, expect, it } from "vitest";
import type { Subscription } from "../../shared/domain/subscription.ts";
import type { Message } from "../../shared/ports/message.ts";
import type { Notifier } from "../../shared/ports/notifier.ts";
import { aMessage, aSubscription, type ToldChange, toldChange, toldEvent } from "../support/messages.ts";

/** A notice as its reader finds it. */
export interface Arrived {
  /** The key it came under; null where the channel has none to carry it. */
  readonly id: string | null;
  /** Everything a reader sees. */
  readonly text: string;
}

export interface NotifierSetup {
  readonly notifier: Notifier;
  /** Of the subscriptions that this channel serves. */
  readonly address: string;
  readonly secret?: string;
  /** True for a channel that anybody reads: what is the operator's or the subscriber's business alone is refused. */
  readonly isPublic?: boolean;
  /** How "3 days" that became "30 days" reads. @default both numbers in one sentence */
  readonly reads?: RegExp;
  /** False for a channel that carries no key, and shows a repeated notice again. */
  readonly isKeyed?: boolean;
  /** Characters of a text that the channel carries at least; longer ones may be cut. @default whatever there is */
  readonly carries?: number;
  /** What has arrived so far, oldest first, repetitions included. */
  arrived(): Promise<readonly Arrived[]>;
}

/** What every notifier promises; see shared/ports/notifier.ts. */
export function notifierContract(name: string, open: () => Promise<NotifierSetup>): void {
  describe(`${name} as a notifier`, () => {
    let setup: NotifierSetup;
    beforeEach(async () => {
      setup = await open();
    });
    const subscription = (): Subscription =>
      aSubscription({
        channel: setup.notifier.channel,
        address: setup.address,
        ...(setup.secret !== undefined && { secret: setup.secret }),
      });
    const change = (given: ToldChange = {}, id?: string): Message =>
      aMessage(
        { kind: "change", told: toldChange(given) },
        { subscription: subscription(), ...(id !== undefined && { id }) },
      );
    const deliver = (message: Message) => setup.notifier.deliver(message);
    const delivered = { kind: "delivered" };

    it("brings the words that changed and the link to its reader", async () => {
      expect(await deliver(change())).toMatchObject(delivered);
      const [arrived, ...others] = await setup.arrived();
      expect(others).toEqual([]);
      expect(arrived?.text).toContain("Harbour bridge closed after inspection");
      expect(arrived?.text).toMatch(setup.reads ?? /The bridge will stay closed for \W*3\W+30\W* days\./);
      expect(arrived?.text).toContain("https://monitor.example/watches/");
    });

    it("brings an availability event", async () => {
      const gone = aMessage({ kind: "availability", told: toldEvent() }, { subscription: subscription() });
      expect(await deliver(gone)).toMatchObject(delivered);
      expect((await setup.arrived())[0]?.text).toContain("404 Not Found");
    });

    it.each<[string, () => Message]>([
      [
        "a digest",
        () =>
          aMessage({ kind: "digest", told: [toldChange(), toldEvent()], more: 3 }, { subscription: subscription() }),
      ],
      [
        "a burst",
        () =>
          aMessage(
            { kind: "rolling", told: [toldChange()], more: 0, overall: async () => null },
            { subscription: subscription() },
          ),
      ],
      [
        "a trouble",
        () => aMessage({ kind: "trouble", trouble: { kind: "silent", last: null } }, { subscription: subscription() }),
      ],
      [
        "a question whether the address wants it",
        () => aMessage({ kind: "confirmation" }, { subscription: subscription() }),
      ],
    ])("brings %s", async (_what, message) => {
      const isKept = setup.isPublic && !("told" in message());
      expect(await deliver(message())).toMatchObject(isKept ? { kind: "failed", retryable: false } : delivered);
      expect(await setup.arrived()).toHaveLength(isKept ? 0 : 1);
    });

    it("repeats a notice under the same key", async () => {
      await deliver(change());
      expect(await deliver(change())).toMatchObject(delivered);
      const ids = (await setup.arrived()).map(({ id }) => id);
      expect(new Set(ids)).toEqual(new Set([setup.isKeyed === false ? null : change().id]));
    });

    it("brings different notices under different keys", async () => {
      await deliver(change());
      await deliver(change({ after: ["The bridge will stay closed for 90 days."] }, "0123456789abcdef.r3.desk"));
      const arrived = await setup.arrived();
      expect(arrived).toHaveLength(2);
      expect(arrived.map(({ text }) => text).join()).toMatch(/\b90\b/);
    });

    it.each([
      ["letters of many scripts", "Jembatan ditutup — “darurat” · Мост закрыт · 橋が閉鎖 · الجسر مغلق · 🌉"],
      ["lines that mail and terminals take for their own", "From here on. -- > quoted"],
      ["a long paragraph", `start ${"word ".repeat(200)}end`],
    ])("brings %s unharmed", async (_what, text) => {
      await deliver(change({ before: ["Same."], after: ["Same.", text] }));
      const arrived = (await setup.arrived())[0]?.text.replace(/\s+/g, " ") ?? "";
      expect(arrived).toContain(text.slice(0, setup.carries ?? text.length));
    });

    it.each<[string, ToldChange]>([
      ["without a link", { withRoom: false }],
      ["without a headline", { revision: { headline: null } }],
      ["with a headline as long as a page", { revision: { headline: "long ".repeat(500) } }],
      ["with a headline in another script", { revision: { headline: "Мост закрыт после проверки" } }],
      [
        "with control characters",
        { revision: { headline: "one\u0000\u001b[2Jtwo" }, after: ["three\u0007\u001b]0;four\u0007 five"] },
      ],
      ["with half a character", { revision: { headline: "half \ud83c" }, after: ["half \udf09"] }],
      [
        "with markup in the words",
        { revision: { headline: "<b>Bridge</b> & *all* <!here>" }, after: ["<script>x</script>"] },
      ],
    ])("delivers a notice %s", async (_what, given) => {
      expect(await deliver(change(given))).toMatchObject(delivered);
      expect(await setup.arrived()).toHaveLength(1);
    });
  });
}
