import { expect, it } from "vitest";
import { cardOf } from "../../shared/notices/card.ts";
import { aChange } from "../support/builders.ts";
import { toldChange } from "../support/messages.ts";

it("a card shows when, where and which words, and tells the same to those who do not see it", async () => {
  const card = await cardOf(
    toldChange({ revision: { headline: "The bridge", change: aChange({ labels: ["number"], disclosure: "none" }) } }),
  );
  expect(card).toMatchObject({ heading: "The bridge", badges: ["number", "unmarked"] });
  expect(card.kicker).toMatch(/^Changed · /);
  expect(card.fact).toMatch(/^Edited between .* \(UTC\)\.$/);
  expect(card.alt).toContain(`The bridge. ${card.fact} Removed: “3”. Added: “30”.`);
});

it("parts what was removed from what replaces it, which stand side by side in a text", async () => {
  const { passage } = await cardOf(toldChange());
  const kinds = passage.map(({ kind, text }) => [kind, text.trim()]);
  expect(kinds.slice(1, 4)).toEqual([
    ["removed", "3"],
    ["kept", ""],
    ["added", "30"],
  ]);
});

it("reads long words out in part", async () => {
  const { alt } = await cardOf(
    toldChange({ before: ["The bridge."], after: ["The bridge.", "A new sentence. ".repeat(40)] }),
  );
  expect(alt.length).toBeLessThan(1000);
  expect(alt).toContain("…”.");
});
