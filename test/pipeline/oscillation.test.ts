import { describe, expect, it } from "vitest";
import { addSeconds } from "../../shared/domain/time.ts";
import { parseRules } from "../../shared/normalise/rules/source-rule-schema.ts";
import { followed, PARAGRAPHS, recorded, story, URL } from "../support/bridge-story.ts";
import { CONFIRMATION_SECONDS } from "../support/pipeline-world.ts";
import { type Answer, pageOf } from "../support/scripted-web.ts";

const HOUR = 3600;

/** One page under two headlines, and under a third. */
const A = story(undefined, "Bridge closed");
const B = story(undefined, "Why the bridge stays shut");
const C = story(undefined, "Bridge to open on Monday");

/** The same two, with a paragraph that a rule knows to be none of the story. */
const tipped = (headline: string, noise = 0) => ({
  body: pageOf({ headline, paragraphs: PARAGRAPHS }).replace(
    "</article>",
    `<p class="tip">Whoever saw the divers at their work may write to the port's own letter box at the pier.</p></article><!-- ${noise} -->`,
  ),
});

/** A page that was seen to read A, B, A, B, each told when it was confirmed. */
async function alternating([first, second] = [A, B]) {
  const world = await followed(first);
  /** Serves a text, captures it, confirms it, tells. */
  async function see(answer: Answer, afterSeconds = 900) {
    world.web.set(URL, answer);
    const outcome = await world.capture(URL, afterSeconds);
    await world.capture(URL, CONFIRMATION_SECONDS + 1);
    await world.tell();
    return outcome;
  }
  for (const answer of [second, first, second]) await see(answer);
  return { ...world, see };
}

describe("a page that goes back and forth between two readings", () => {
  it("is told once as alternating, and then kept quiet, with nothing lost on the record", async () => {
    const { services, delivered, id, see } = await alternating();
    expect(delivered.map(({ subject }) => subject)).toEqual([
      "Changed: Why the bridge stays shut",
      expect.stringContaining("Bridge closed"),
      "Alternates between two texts: Why the bridge stays shut",
    ]);
    const { revisions } = await recorded(services, id);
    expect(revisions.map(({ change }) => change?.alternatesWith)).toEqual([undefined, undefined, undefined, 3]);

    for (const [answer, arm] of [
      [A, 3],
      [B, 4],
      [A, 3],
      [B, 4],
    ] as const) {
      expect(await see(answer)).toEqual({ watchId: id, kind: "unchanged", revision: arm });
    }
    expect(delivered).toHaveLength(3);
    const after = await recorded(services, id);
    expect(after.revisions).toHaveLength(4);
    expect(after.captures.slice(-4).map(({ arm }) => arm)).toEqual([3, 4, 3, 4]);
    expect(new Set(after.captures.map(({ warc }) => warc)).size).toBe(after.captures.length);
  });

  it("is told again when a third reading comes, after either of the two was last seen", async () => {
    const { services, delivered, id, see, clock } = await alternating();
    await see(A);
    const lastSeen = (await services.ledger.standing(id))?.state.lastSeen;
    expect(await see(C)).toMatchObject({ kind: "revision", revision: 5 });
    expect(delivered.at(-1)?.subject).toBe("Changed: Bridge to open on Monday");
    const { revisions } = await recorded(services, id);
    expect(revisions[4]?.change).toMatchObject({ observed: { lastSeen } });
    expect(revisions[4]?.change).not.toHaveProperty("alternatesWith");
    expect(clock.now() > (lastSeen ?? "")).toBe(true);
  });

  it("is told again when the other text has stayed for a day, and begins anew from there", async () => {
    const { services, delivered, id, capture, web, tell, see } = await alternating();
    const before = (await services.ledger.standing(id))?.state.lastSeen;
    web.set(URL, A);
    for (let hours = 0; hours < 24; hours += 6)
      expect(await capture(URL, 6 * HOUR)).toMatchObject({ kind: "unchanged", revision: 3 });
    expect(await capture(URL, 6 * HOUR)).toMatchObject({ kind: "revision", revision: 5 });
    await capture(URL, CONFIRMATION_SECONDS + 1);
    await tell();
    expect(delivered.at(-1)?.subject).toContain("Bridge closed");
    const { revisions } = await recorded(services, id);
    expect(revisions[4]?.change).toMatchObject({ revertedTo: 3, observed: { lastSeen: before } });
    expect(revisions[4]?.change).not.toHaveProperty("alternatesWith");
    expect(await see(B)).toMatchObject({ kind: "revision", revision: 6 });
    expect(await see(A)).toMatchObject({ kind: "revision", revision: 7 });
    expect((await recorded(services, id)).revisions.at(-1)?.change).toHaveProperty("alternatesWith", 6);
  });

  it("tells the return of the other text when the newest one had stayed for a day", async () => {
    const { services, id, capture, web, see } = await alternating();
    web.set(URL, B);
    for (let hours = 0; hours < 24; hours += 6) await capture(URL, 6 * HOUR);
    expect(await see(A)).toMatchObject({ kind: "revision", revision: 5 });
    expect((await recorded(services, id)).revisions[4]?.change).not.toHaveProperty("alternatesWith");
  });

  it.each([
    ["the other text", [3, 5, 3, 5]],
    ["the newest text", [5, 3, 5, 3]],
  ])("is kept quiet after it is read by another rule, first in a capture of %s", async (_which, arms) => {
    const headlines = ["Bridge closed", "Why the bridge stays shut"] as const;
    const { services, delivered, id, see, rules } = await alternating([tipped(headlines[0]), tipped(headlines[1])]);
    for (const headline of headlines) await see(tipped(headline));
    const parsed = parseRules([{ host: "news.example", drop: ".tip" }]);
    rules.push(...(parsed.ok ? parsed.rules : []));
    for (const [index, arm] of arms.entries()) {
      const answer = tipped(headlines[arm === 3 ? 0 : 1], index + 1);
      expect(await see(answer)).toEqual({ watchId: id, kind: "unchanged", revision: arm });
    }
    const { revisions, captures } = await recorded(services, id);
    expect(revisions.slice(3).map(({ cause, change }) => [cause, change?.alternatesWith])).toEqual([
      ["edit", 3],
      ["reextraction", 3],
    ]);
    expect(new Set(captures.slice(-4).map(({ arm }) => arm))).toEqual(new Set([3, 5]));
    expect(delivered).toHaveLength(3);
    expect(await see(tipped("Bridge to open on Monday"))).toMatchObject({ kind: "revision", revision: 6 });
    expect(delivered).toHaveLength(4);
  });

  it("goes on after the process died before the state was written", async () => {
    const { services, id, see } = await alternating();
    const standing = await services.ledger.standing(id);
    const { arm: _, ...state } = standing!.state;
    await services.ledger.settle(id, { ...state, checked: addSeconds(state.checked ?? "", 1) });
    expect(await see(A)).toEqual({ watchId: id, kind: "unchanged", revision: 3 });
    expect((await recorded(services, id)).revisions).toHaveLength(4);
  });
});
