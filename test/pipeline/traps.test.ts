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

/** What is told of an edit, which two captures must agree on, and of nothing else. */
async function toldOf(before: () => string, after: () => string): Promise<string> {
  const { web, follow, capture, delivered, tell } = pipelineWorld();
  web.set(URL, { body: before() });
  await follow(URL);
  await capture(URL, 0);
  web.set(URL, { body: before() });
  expect(await capture(URL)).toMatchObject({ kind: "unchanged", revision: 1 });
  web.set(URL, { body: after() });
  expect(await capture(URL)).toMatchObject({ kind: "revision", revision: 2 });
  web.set(URL, { body: after() });
  expect(await capture(URL, CONFIRMATION_SECONDS + 1)).toMatchObject({ kind: "unchanged", revision: 2 });
  expect(await tell()).toBe(1);
  return `${delivered[0]?.subject}\n${delivered[0]?.text}`;
}

describe.each(["wordpress", "newspaper", "blogger", "hashed"])("on a site like %s", (site) => {
  const random = seededRandom(4_711);
  const print = (story: Story) => SITES[site]!(story, dressingOf(random));

  it.each(TRAPS)("it is told when %s", async (_what, edited, told) => {
    expect(
      await toldOf(
        () => print(STORY),
        () => print(edited),
      ),
    ).toContain(told);
  });
});

/** What a story says outside sentences in paragraphs. */
const scraps = () => {
  const sentences = STORY.paragraphs.map((paragraph) => `<div>${paragraph}</div>`).join("");
  return `<title>${STORY.headline}</title><article><h1>${STORY.headline}</h1><p>At least 12 hurt, officials say</p><div class="text">
${sentences}<div>Crews on the quay: 7</div>${sentences.replaceAll(" the ", " that ")}
<h2 id="latest-figures">Latest figures: 12 hurt</h2><p><span class="info">The figures were given by 2 clerks.</span></p>
<h3><time>14 March</time></h3><p>A public meeting about the fire takes place in the hall of the school.</p>
<dl><dt>Inquest</dt><dd><time>12 May</time></dd></dl><div>Fires on the quay so far: 5</div></div>
<aside class="correction">Correction: the fire began at 4, not at 5</aside></article>`;
};

describe("outside sentences", () => {
  it.each([
    ["a line above the story", "12 hurt, officials", "31 hurt, officials", "31"],
    ["a line between paragraphs that are no <p>", "quay: 7", "quay: 19", "19"],
    ["a line at the story's end", "so far: 5", "so far: 6", "6"],
    ["a heading with an id", "figures: 12 hurt", "figures: 31 hurt", "31"],
    ["a sentence in an inline element named after labels", "by 2 clerks", "by 9 clerks", "9"],
    ["a date as heading", "14 March</time>", "21 March</time>", "21"],
    ["a date in a list of terms", "12 May</time>", "13 May</time>", "13"],
    ["a correction without a full stop", "began at 4", "began at 3", "3"],
  ])("it is told when %s changes", async (_what, from, to, told) => {
    expect(scraps()).toContain(from);
    expect(await toldOf(scraps, () => scraps().replace(from, to))).toContain(told);
  });
});
