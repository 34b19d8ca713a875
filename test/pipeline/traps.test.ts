import { describe, expect, it } from "vitest";
import type { Story } from "../support/invented-stories.ts";
import { CONFIRMATION_SECONDS, pipelineWorld } from "../support/pipeline-world.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { dressingOf, SITES } from "../support/site-families.ts";

/** Edits that monitors with a filter for dates and numbers, or with a digest over the body alone, do not tell. */
const URL = "https://paper.example/fire";
const STORY: Story = {
  headline: "Warehouse fire on the quay",
  standfirst: "Two crews from the mainland were called to the north quay before dawn.",
  byline: "Mara Lind",
  paragraphs: [
    "Firefighters counted 12 dead at the warehouse on the north quay, the port office said early on Sunday morning.",
    "The owner had been held for 3 days when his lawyer was allowed to see him, and he denies all the charges.",
    "A public meeting about the fire will take place on 14 March in the school hall, the council said in a letter.",
    "The inspector published figures showing no faults in the wiring; the newest of them was updated in the autumn.",
    "The north quay will stay closed for traffic, and ferries will land at the grain quay until the work is finished.",
  ],
  quotation: "“We knew on March 3 that the doors did not open,” a clerk told us.",
  list: ["North quay: closed until 9:00", "Grain quay: open", "School hall: open from 18:00"],
  table: [
    ["Crews", "12 at noon"],
    ["Hydrants", "4 of 9"],
  ],
};
const reworded = (from: string, to: string): Story => {
  const edited = JSON.parse(JSON.stringify(STORY).replaceAll(from, to)) as Story;
  expect(edited).not.toEqual(STORY);
  return edited;
};

const TRAPS: readonly (readonly [what: string, edited: Story, told: string])[] = [
  ["“3 days” becomes “30 days”", reworded("3 days", "30 days"), "30"],
  ["the date of an event changes", reworded("14 March", "21 March"), "21"],
  ["“March 3” becomes “February 1” in a quotation", reworded("March 3", "February 1"), "February"],
  ["12 dead become 31", reworded("12 dead", "31 dead"), "31"],
  ["words after “published” change", reworded("showing no faults", "hiding 40 faults"), "hiding"],
  ["words after “updated” change", reworded("updated in the autumn", "updated in haste"), "haste"],
  ["a clock time in a list changes", reworded("until 9:00", "until 19:00"), "19"],
  ["a number in a table's cell changes", reworded("4 of 9", "5 of 9"), "5"],
  ["the headline alone changes", { ...STORY, headline: "Arson on the quay" }, "Arson"],
  ["the byline alone changes", { ...STORY, byline: "Mara Lind and Idris Okafor" }, "Okafor"],
  ["the standfirst alone changes", reworded("Two crews", "Nine crews"), "Nine"],
];

describe.each(["wordpress", "newspaper", "blogger", "hashed"])("on a site like %s", (site) => {
  const random = seededRandom(4_711);
  const answer = (story: Story) => ({ body: SITES[site]!(story, dressingOf(random)) });

  it.each(TRAPS)("it is told when %s", async (_what, edited, told) => {
    const { web, follow, capture, delivered, tell } = pipelineWorld();
    web.set(URL, answer(STORY));
    await follow(URL);
    await capture(URL, 0);
    web.set(URL, answer(STORY));
    expect(await capture(URL)).toMatchObject({ kind: "unchanged", revision: 1 });
    web.set(URL, answer(edited));
    expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2 });
    web.set(URL, answer(edited));
    expect(await capture(URL, CONFIRMATION_SECONDS + 1)).toMatchObject({ kind: "unchanged", revision: 2 });
    expect(await tell()).toBe(1);
    expect(`${delivered[0]?.subject}\n${delivered[0]?.text}`).toContain(told);
  });
});
