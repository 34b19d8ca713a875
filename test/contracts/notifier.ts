import { beforeEach, describe, expect, it } from "vitest";
import { happeningKey } from "../../shared/domain/happening.ts";
import type { Notice } from "../../shared/domain/notice.ts";
import type { Notifier } from "../../shared/ports/notifier.ts";
import { anEvent, aRevision, NOON } from "../support/builders.ts";

/** A notice as its reader finds it. */
export interface Arrived {
  /** The key it came under; null where the channel has none to carry it. */
  readonly id: string | null;
  /** Everything a reader sees. */
  readonly text: string;
}

export interface NotifierSetup {
  readonly notifier: Notifier;
  /** False for a channel that carries no key, and shows a repeated notice again. */
  readonly isKeyed?: boolean;
  /** What has arrived so far, oldest first, repetitions included. */
  arrived(): Promise<readonly Arrived[]>;
}

const URL = "https://gazette.example/harbour-bridge";

/** A notice of a change; give what the test is about. */
export function aNotice(given: Partial<Notice> = {}): Notice {
  const happening = given.happening ?? { kind: "revision", at: NOON, url: URL, revision: aRevision() };
  return {
    id: `${happeningKey(happening)}.desk`,
    subscription: "desk",
    happening,
    subject: "Harbour bridge closed after inspection: 3 days is now 30 days",
    text: "The bridge will stay closed for [-3-] {+30+} days.\nSeen between 12:30 and 13:00 UTC.",
    link: "https://monitor.example/watches/0123456789abcdef/changes/2",
    ...given,
  };
}

/** What every notifier promises; see shared/ports/notifier.ts. */
export function notifierContract(name: string, open: () => Promise<NotifierSetup>): void {
  describe(`${name} as a notifier`, () => {
    let setup: NotifierSetup;
    beforeEach(async () => {
      setup = await open();
    });
    const deliver = (notice: Notice) => setup.notifier.deliver(notice);

    it("has a short, stable channel name", () => expect(setup.notifier.channel).toMatch(/^[a-z][a-z0-9-]{1,19}$/));

    it("brings the words and the link to its reader", async () => {
      expect(await deliver(aNotice())).toEqual({ kind: "delivered" });
      const [arrived, ...others] = await setup.arrived();
      expect(others).toEqual([]);
      expect(arrived?.text).toContain("3 days is now 30 days");
      expect(arrived?.text).toContain("The bridge will stay closed for [-3-] {+30+} days.");
      expect(arrived?.text).toContain("https://monitor.example/watches/0123456789abcdef/changes/2");
    });

    it("brings an availability event", async () => {
      const happening = { kind: "event", at: NOON, url: URL, event: anEvent() } as const;
      expect(await deliver(aNotice({ happening, subject: "Unpublished", text: "Gone." }))).toEqual({
        kind: "delivered",
      });
      expect((await setup.arrived())[0]?.text).toContain("Gone.");
    });

    it("repeats a notice under the same key", async () => {
      await deliver(aNotice());
      expect(await deliver(aNotice())).toEqual({ kind: "delivered" });
      const ids = (await setup.arrived()).map(({ id }) => id);
      expect(new Set(ids)).toEqual(new Set([setup.isKeyed === false ? null : aNotice().id]));
    });

    it("brings different notices under different keys", async () => {
      await deliver(aNotice());
      await deliver(aNotice({ id: "0123456789abcdef.r3.desk", text: "Another change." }));
      const arrived = await setup.arrived();
      expect(arrived).toHaveLength(2);
      expect(arrived.map(({ text }) => text).join()).toContain("Another change.");
    });

    it.each([
      ["letters of many scripts", "Jembatan ditutup — “darurat” · Мост закрыт · 橋が閉鎖 · الجسر مغلق · 🌉"],
      ["lines that mail and terminals take for their own", "From here on\n.\n..\n--\n> quoted\n\nend"],
      ["a very long line", `start ${"word ".repeat(2000)}end`],
    ])("brings %s unharmed", async (_what, text) => {
      await deliver(aNotice({ text }));
      for (const line of text.split("\n")) expect((await setup.arrived())[0]?.text).toContain(line);
    });

    it.each([
      ["without a link", { link: null }],
      ["without a text", { text: "" }],
      ["with a headline as long as a page", { subject: "long ".repeat(500) }],
      ["with a headline in another script", { subject: "Мост закрыт после проверки" }],
      ["with control characters", { subject: "one\u0000\u001b[2Jtwo", text: "three\u0007\u001b]0;four\u0007 five" }],
      ["with half a character", { subject: "half \ud83c", text: "half \udf09" }],
    ])("delivers a notice %s", async (_what, given) => {
      expect(await deliver(aNotice(given))).toEqual({ kind: "delivered" });
      expect(await setup.arrived()).toHaveLength(1);
    });
  });
}
