import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { NEW_STATE, type WatchState } from "../../shared/domain/watch.ts";
import { aState, aWatch, manyWatches, NOON } from "../support/builders.ts";
import { intrusions, linksOf, textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

const NOW = "2026-03-01T13:00:00.000Z";
const failure = { kind: "challenge", detail: "cf-mitigated: challenge", at: NOON } as const;

describe("what is not seen", () => {
  async function roomWith(states: Readonly<Record<string, Partial<WatchState>>>) {
    const room = aReadingRoom({ now: NOW });
    for (const [name, state] of Object.entries(states)) {
      const { watch } = await room.publish(`https://${name}.example/a`, [{ headline: `Story of ${name}` }]);
      await room.ledger.settle(
        watch.id,
        aState({ checked: addSeconds(NOW, -60), lastSeen: addSeconds(NOW, -60), ...state }),
      );
    }
    return room;
  }

  it("is told by why, and since when", async () => {
    const room = await roomWith({
      seen: {},
      blocked: { failures: 4, failure, lastSeen: NOON },
      late: { lastSeen: addSeconds(NOW, -3 * 900 - 1) },
      onTime: { lastSeen: addSeconds(NOW, -3 * 900) },
      away: { unpublished: true },
    });
    const never = aWatch({ url: "https://never.example/a" });
    await room.ledger.addWatch(never);
    await room.ledger.settle(never.id, { ...NEW_STATE, checked: NOON, failures: 2, failure });
    await room.ledger.addWatch(aWatch({ url: "https://new.example/a" }));
    await room.ledger.addWatch(aWatch({ url: "https://paused.example/a", status: "paused" }));
    const { status, text } = await room.get("/coverage");
    expect([status, intrusions(text)]).toEqual([200, []]);
    const of = (gap: string) => textOf(text, `section[aria-labelledby=${gap}]`);
    expect(of("neverRead")).toMatch(
      /^1 was never read a block or challenge page .* never\.example · Never seen · the last 2/,
    );
    expect(of("failing")).toMatch(/^1 could not be read .* Story of blocked .* last seen 1 March 2026, 12:00 UTC/);
    expect(of("unseen")).toMatch(/^1 was not seen for three of its intervals Story of late/);
    expect(of("away")).toMatch(/^1 was unpublished and has not come back Story of away/);
    expect(of("paused")).toMatch(/^1 is paused by the operator https:\/\/paused/);
    expect(textOf(text, "main")).toContain("8 articles are watched. 3 are seen as they should be.");
  });

  it("is a step from the home page, and from every page's end", async () => {
    const room = await roomWith({ seen: {} });
    for (const path of ["/", "/watches"]) expect(linksOf((await room.get(path)).text)).toContain("/coverage");
  });

  it("is looked for among a hundred articles at a time, and says so", async () => {
    const room = aReadingRoom({ now: NOW });
    for (const watch of manyWatches(130)) await room.ledger.addWatch(watch);
    const first = (await room.get("/coverage")).text;
    expect(textOf(first, ".note")).toContain("100 of the watched articles are looked through here");
    const next = linksOf(first).find((link) => link.startsWith("/coverage?after=")) ?? "missing";
    expect(textOf((await room.get(next)).text, ".note")).toContain("30 of the watched articles");
  });
});

describe("how the monitor fares", () => {
  it("says since when a change waits to be told, and where its cost is told", async () => {
    const room = aReadingRoom();
    const before = (await room.get("/status")).text;
    expect(textOf(before, "#telling + p")).toContain("None waits");
    await room.publish("https://gazette.example/a", [{ text: ["3 days."] }, { text: ["30 days."] }]);
    const { text } = await room.get("/status");
    expect(textOf(text, "#telling + p")).toContain("recorded 1 March 2026, 12:31 UTC");
    expect(textOf(text, "#cost + p")).toContain("Not shown here. On AWS what was used is metered");
  });
});
