import { describe, expect, it } from "vitest";
import { compareArticles } from "../../shared/diff/compare.ts";
import type { Comparison } from "../../shared/domain/comparison.ts";
import type { Happening } from "../../shared/domain/happening.ts";
import { type ChangeConditions, DEFAULT_FILTER, EVERYTHING, verdictOf } from "../../shared/domain/notice-filter.ts";
import type { ChangeSummary } from "../../shared/domain/revision.ts";
import { articleOf } from "../diff/articles.ts";
import { aChange, anEvent, aRevision, NOON } from "../support/builders.ts";

const url = "https://gazette.example/harbour-bridge";

const changed = (given: Partial<ChangeSummary> = {}, more: Parameters<typeof aRevision>[0] = {}): Happening => ({
  kind: "revision",
  at: NOON,
  url,
  revision: aRevision({ change: aChange(given), ...more }),
});
const gone: Happening = { kind: "event", at: NOON, url, event: anEvent() };

const unread = () => Promise.reject(new Error("the comparison was not needed"));

const passes = async (changes: ChangeConditions | null, happening: Happening, availability = false) =>
  (await verdictOf({ availability, changes }, happening, unread)).passes;

describe("a filter", () => {
  it.each<[string, ChangeConditions, Happening, boolean]>([
    ["without conditions passes a change", {}, changed({ significance: "cosmetic" }), true],
    ["on significance passes such", { significance: "substantive" }, changed(), true],
    ["on significance stops others", { significance: "substantive" }, changed({ significance: "cosmetic" }), false],
    [
      "on labels passes one that has any",
      { labels: ["quotation", "number"] },
      changed({ labels: ["headline", "number"] }),
      true,
    ],
    ["on labels stops one that has none", { labels: ["quotation"] }, changed({ labels: ["number"] }), false],
    ["on labels stops one without labels", { labels: ["quotation"] }, changed({ labels: [] }), false],
    ["on unmarked passes substantive changes that nobody told", { unmarked: true }, changed(), true],
    ["on unmarked stops what the publisher told", { unmarked: true }, changed({ disclosure: "correction" }), false],
    ["on unmarked stops what the page dated anew", { unmarked: true }, changed({ disclosure: "date-only" }), false],
    ["on unmarked stops typography", { unmarked: true }, changed({ significance: "cosmetic" }), false],
    [
      "on disclosure passes such",
      { disclosures: ["correction", "retraction"] },
      changed({ disclosure: "correction" }),
      true,
    ],
    ["on disclosure stops others", { disclosures: ["correction"] }, changed({ disclosure: "update" }), false],
    [
      "on removed sentences passes such",
      { removed: true },
      changed({ counts: { edited: 0, moved: 0, added: 0, removed: 2, cosmetic: 0 } }),
      true,
    ],
    ["on removed sentences stops others", { removed: true }, changed(), false],
    ["on languages passes its varieties", { languages: ["en"] }, changed({}, { language: "en-GB" }), true],
    ["on languages stops what only begins so", { languages: ["en"] }, changed({}, { language: "enm" }), false],
    ["on a variety stops the language at large", { languages: ["pt-BR"] }, changed({}, { language: "pt" }), false],
    ["on languages stops the unknown", { languages: ["en"] }, changed({}, { language: null }), false],
    [
      "asks for all of its conditions",
      { labels: ["number"], unmarked: true },
      changed({ disclosure: "correction" }),
      false,
    ],
    ["on changes says nothing of availability", {}, gone, false],
  ])("%s", async (_fact, conditions, happening, expected) =>
    expect(await passes(conditions, happening)).toBe(expected),
  );

  it("passes availability by itself", async () => {
    expect(await passes(null, gone, true)).toBe(true);
    expect(await passes(null, changed(), true)).toBe(false);
  });

  it("takes a change that tells the page's return for availability too, however small it is", async () => {
    const back = changed({ significance: "cosmetic" }, { restores: "20260301120000000-2-restored" });
    expect(await passes({ significance: "substantive" }, back, true)).toBe(true);
    expect(await passes({ significance: "substantive" }, back, false)).toBe(false);
    expect(await passes({}, back, false)).toBe(true);
  });

  it("by default passes substance and availability, never typography", async () => {
    const verdicts = [changed(), gone, changed({ significance: "cosmetic" })].map((one) =>
      verdictOf(DEFAULT_FILTER, one, unread),
    );
    expect((await Promise.all(verdicts)).map((verdict) => verdict.passes)).toEqual([true, true, false]);
    expect((await verdictOf(EVERYTHING, changed({ significance: "cosmetic" }), unread)).passes).toBe(true);
  });

  it("says why: all that held, or what did not", async () => {
    const filter = { availability: true, changes: { significance: "substantive", labels: ["number"] } } as const;
    expect(await verdictOf(filter, changed(), unread)).toEqual({
      passes: true,
      findings: [
        { condition: "significance", holds: true, found: "substantive" },
        { condition: "labels", holds: true, found: "number" },
      ],
    });
    expect(await verdictOf(filter, changed({ labels: ["byline"] }), unread)).toEqual({
      passes: false,
      findings: [{ condition: "labels", holds: false, found: "byline" }],
    });
  });
});

describe("a filter on words", () => {
  const compared = (before: string, after: string): Comparison =>
    compareArticles(articleOf([before]), articleOf([after]));
  const verdict = async (conditions: ChangeConditions, before: string, after: string) =>
    verdictOf({ availability: false, changes: conditions }, changed(), async () => compared(before, after));
  it.each<[string, ChangeConditions, string, string, boolean]>([
    [
      "passes a word that enters",
      { enters: ["strike"] },
      "The port is open.",
      "The port is open after a strike.",
      true,
    ],
    ["stops a word that stays", { enters: ["port"] }, "The port is open.", "The port is open after a strike.", false],
    [
      "stops a word that only moves",
      { enters: ["divers"] },
      "The divers came. It rained.",
      "It rained. The divers came.",
      false,
    ],
    ["stops a part of a word", { enters: ["strike"] }, "The port is open.", "The port is open, striker says.", false],
    [
      "passes a word that stands once more",
      { enters: ["strike"] },
      "A strike began.",
      "A strike began. The strike ended.",
      true,
    ],
    ["passes a word that leaves", { leaves: ["strike"] }, "A strike began.", "Work began.", true],
    ["stops a word that enters instead", { leaves: ["work"] }, "A strike began.", "Work began.", false],
    ["passes whatever the case", { enters: ["STRIKE"] }, "Work began.", "A Strike began.", true],
    ["passes whatever the accents of Latin letters", { enters: ["cafe"] }, "Work began.", "The Café began.", true],
    ["passes a phrase word by word", { enters: ["prime minister"] }, "Work began.", "The prime  minister began.", true],
    [
      "stops a phrase that is not whole",
      { enters: ["prime minister"] },
      "Work began.",
      "The prime number and the minister.",
      false,
    ],
    ["passes Cyrillic", { enters: ["забастовка"] }, "Порт открыт.", "Порт открыт, Забастовка окончена.", true],
    ["passes a word of a script without spaces", { enters: ["辞任"] }, "首相は出席した。", "首相は辞任した。", true],
    ["stops another word of such a script", { enters: ["出席"] }, "首相は出席した。", "首相は辞任した。", false],
    ["passes Arabic", { enters: ["إضراب"] }, "الميناء مفتوح.", "الميناء في إضراب.", true],
    ["passes Hindi with its vowels", { enters: ["की"] }, "राम का घर", "राम की किताब", true],
    ["tells Hindi vowels apart", { enters: ["को"] }, "राम का घर", "राम की किताब", false],
    [
      "asks for both when both are given",
      { enters: ["work"], leaves: ["work"] },
      "A strike began.",
      "Work began.",
      false,
    ],
  ])("%s", async (_fact, conditions, before, after, expected) => {
    expect((await verdict(conditions, before, after)).passes).toBe(expected);
  });

  it("looks at headline, standfirst and byline too", async () => {
    const comparison = compareArticles(
      articleOf(["Same."], { headline: "Port open" }),
      articleOf(["Same."], { headline: "Port on strike" }),
    );
    const wanted = { availability: false, changes: { enters: ["strike"] } };
    expect((await verdictOf(wanted, changed(), async () => comparison)).findings).toEqual([
      { condition: "enters", holds: true, found: "strike" },
    ]);
  });

  it("asks for the comparison only when all else holds", async () => {
    const wanted = { availability: false, changes: { labels: ["headline"], enters: ["strike"] } } as const;
    expect((await verdictOf(wanted, changed({ labels: ["number"] }), unread)).passes).toBe(false);
    await expect(verdictOf(wanted, changed({ labels: ["headline"] }), unread)).rejects.toThrow("was not needed");
  });
});
