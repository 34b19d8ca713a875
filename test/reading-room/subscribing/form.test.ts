import { load } from "cheerio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DISCLOSURES } from "../../../shared/domain/comparison.ts";
import { EVERYTHING, type NoticeFilter } from "../../../shared/domain/notice-filter.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import { ENGLISH } from "../../../shared/reading-room/strings.ts";
import { filterFields } from "../../../shared/reading-room/subscribing/fieldsets.ts";
import { CHOOSABLE, type Fields, filterFrom } from "../../../shared/reading-room/subscribing/form.ts";

/** What a browser sends of the form that shows a filter, with nothing touched. */
function shown(filter: NoticeFilter): Fields {
  const chosen = { selector: "everything", filter, rhythm: SUBSCRIPTION_DEFAULTS.rhythm };
  const $ = load(String(filterFields(ENGLISH, chosen, null)));
  const sent = $("input")
    .toArray()
    .filter(({ attribs }) => attribs.type !== "checkbox" || attribs.checked !== undefined);
  return (name) => sent.flatMap(({ attribs }) => (attribs.name === name ? [attribs.value ?? ""] : []));
}

const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 3 });
const phrase = fc.constantFrom("tax", "tax rise", "Paris, Texas", "5,000", '"so-called" <b>', "&amp;");
const labels = fc
  .subarray([...CHOOSABLE], { minLength: 1 })
  .map((chosen) => CHOOSABLE.filter((label) => chosen.includes(label)));
const filters: fc.Arbitrary<NoticeFilter> = fc.record({
  availability: fc.boolean(),
  changes: fc.option(
    fc.record(
      {
        significance: fc.constantFrom("substantive" as const, "cosmetic" as const),
        labels,
        unmarked: fc.constant(true as const),
        disclosures: some(fc.constantFrom(...DISCLOSURES)),
        enters: some(phrase),
        leaves: some(phrase),
        removed: fc.constant(true as const),
        languages: some(fc.constantFrom("en", "pt-BR")),
      },
      { requiredKeys: [] },
    ),
  ),
});

describe("a filter's form", () => {
  it("that comes back as it was shown leaves the filter as it was", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(filterFrom(shown(filter), filter)).toEqual(filter);
      }),
    );
  });

  it("of the default filter narrows it down by what is chosen", () => {
    const chosen: Fields = (name) => (name === "label" ? ["typography"] : []);
    expect(filterFrom(chosen)).toEqual({ availability: false, changes: { labels: ["typography"] } });
  });

  it.each<[string, NoticeFilter["changes"], boolean]>([
    ["the default conditions", { significance: "substantive" }, false],
    ["a choice of its own", { labels: ["number"] }, false],
    ["a choice and a significance", { labels: ["number"], significance: "substantive" }, true],
    ["typographic changes alone", { significance: "cosmetic" }, true],
    ["every change", EVERYTHING.changes, true],
    ["no change at all", null, true],
    ["a language", { languages: ["en"] }, true],
  ])("with %s says whether conditions stay that it does not show", (_what, changes, isSaid) => {
    const chosen = {
      selector: "everything",
      filter: { availability: true, changes },
      rhythm: SUBSCRIPTION_DEFAULTS.rhythm,
    };
    const text = String(filterFields(ENGLISH, chosen, null));
    expect(text.includes(ENGLISH.subscribing.filter.kept)).toBe(isSaid);
  });
});
