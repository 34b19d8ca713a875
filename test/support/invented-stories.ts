/** A story of the test's own, before any site prints it. */
export interface Story {
  readonly headline: string;
  readonly standfirst: string;
  readonly byline: string;
  readonly paragraphs: readonly string[];
  readonly quotation: string;
  readonly list: readonly string[];
  readonly table: readonly (readonly [name: string, number: string])[];
}

type Random = () => number;
export const oneOf = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const numberIn = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

const PLACES = ["Hallow Bay", "Kestrel Hill", "Marden", "Upper Tarn", "Saint Odile", "the old harbour", "Brackwater"];
const PEOPLE = ["Mara Lind", "Idris Okafor", "Tomasz Wren", "Ayu Pratiwi", "Helene Voss", "Jonah Pike", "Sunniva Dahl"];
const THINGS = ["the ferry", "the market hall", "the water tower", "the night bus", "the sea wall", "the reading room"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const MONTHS = ["January", "March", "May", "June", "September", "November"];

/** Sentences with a place for everything that an editor may later change. */
const SENTENCES: readonly ((random: Random) => string)[] = [
  (r) =>
    `The council of ${oneOf(r, PLACES)} voted on ${oneOf(r, DAYS)} to keep ${oneOf(r, THINGS)} open for ${numberIn(r, 2, 30)} days more.`,
  (r) =>
    `At least ${numberIn(r, 3, 90)} people were counted at the gate, police said, fewer than the ${numberIn(r, 100, 400)} expected.`,
  (r) =>
    `${oneOf(r, PEOPLE)}, who has run ${oneOf(r, THINGS)} since ${numberIn(r, 1970, 2015)}, did not answer our questions.`,
  (r) =>
    `Repairs will begin on ${numberIn(r, 1, 28)} ${oneOf(r, MONTHS)} and cost ${numberIn(r, 2, 90)} million, according to a report published on ${oneOf(r, DAYS)}.`,
  (r) => `Nobody from ${oneOf(r, PLACES)} was asked, and nobody there had heard of the plan, ${oneOf(r, PEOPLE)} said.`,
  (r) =>
    `Updated figures show that ${numberIn(r, 2, 60)} per cent of households use ${oneOf(r, THINGS)} at least once a week.`,
  (r) =>
    `The agreement has not been signed, although both sides met in ${oneOf(r, PLACES)} as recently as ${oneOf(r, MONTHS)}.`,
  (r) =>
    `Rain is forecast for ${oneOf(r, DAYS)}; the organisers have hired ${numberIn(r, 3, 40)} tents and hope for the best.`,
];

const paragraphOf = (random: Random): string =>
  Array.from({ length: numberIn(random, 2, 4) }, () => oneOf(random, SENTENCES)(random)).join(" ");

export function inventedStory(random: Random): Story {
  const thing = oneOf(random, THINGS);
  return {
    headline: `Why ${oneOf(random, PLACES)} may lose ${thing} by ${oneOf(random, MONTHS)} ${numberIn(random, 2027, 2035)}`,
    standfirst: `A vote on ${oneOf(random, DAYS)} decides what becomes of ${thing}, and of the ${numberIn(random, 20, 90)} people who work there.`,
    byline: oneOf(random, PEOPLE),
    paragraphs: Array.from({ length: numberIn(random, 5, 11) }, () => paragraphOf(random)),
    quotation: `“We were promised ${numberIn(random, 2, 9)} years,” said ${oneOf(random, PEOPLE)}, “and we were given ${numberIn(random, 2, 9)} weeks.”`,
    list: Array.from(
      { length: 3 },
      () => `${oneOf(random, DAYS)}, ${numberIn(random, 8, 20)}:00: a walk around ${oneOf(random, PLACES)}`,
    ),
    table: Array.from(
      { length: numberIn(random, 2, 4) },
      () => [oneOf(random, PLACES), `${numberIn(random, 1, 90)} households`] as const,
    ),
  };
}

type Edit = (story: Story, random: Random) => Story;
const atOne = (random: Random, texts: readonly string[], change: (text: string) => string): string[] => {
  const able = texts.flatMap((text, at) => (change(text) !== text ? [at] : []));
  const chosen = able.length > 0 ? oneOf(random, able) : -1;
  return texts.map((text, at) => (at === chosen ? change(text) : text));
};
const moreThan = (text: string): string => text.replace(/\d+/, (number) => String(Number(number) + 17));
const inText =
  (change: (text: string) => string): Edit =>
  (story, random) => ({
    ...story,
    paragraphs: atOne(random, story.paragraphs, change),
  });

/** What editors do. Each changes what a reader is told, most of them by a word. */
export const EDITS: Readonly<Record<string, Edit>> = {
  "a number": inText(moreThan),
  "three days to thirty": inText((text) => text.replace(/\b\d+ days/, "300 days")),
  "a day": inText((text) => text.replace(/\b(?:Mon|Tues|Wednes|Thurs|Fri)day\b/, "Sunday")),
  "a name": inText((text) => text.replace(/\b(?:Marden|Brackwater|Upper Tarn|Kestrel Hill)\b/, "Nether Wallow")),
  "a negation": inText((text) => text.replace(/\b(?:did not|has not)\b/, (words) => words.replace(" not", ""))),
  "words after “published”": inText((text) => text.replace(/published on \w+/, "published in secret")),
  "a sentence cut": inText((text) => text.replace(/\. [^.]*\.$/, ".")),
  "a paragraph cut": (story, random) => {
    const gone = Math.floor(random() * story.paragraphs.length);
    return { ...story, paragraphs: story.paragraphs.filter((_, at) => at !== gone) };
  },
  "a paragraph added": (story, random) => ({ ...story, paragraphs: [...story.paragraphs, paragraphOf(random)] }),
  "a paragraph added in the middle": (story, random) => {
    const at = 1 + Math.floor(random() * (story.paragraphs.length - 1));
    return { ...story, paragraphs: story.paragraphs.toSpliced(at, 0, paragraphOf(random)) };
  },
  "a paragraph moved to the end": ({ paragraphs: [first = "", ...rest], ...story }) => ({
    ...story,
    paragraphs: [...rest, first],
  }),
  "one word": inText((text) => text.replace(/\b(?:expected|recently|fewer|best)\b/, "dreaded")),
  "who said it": (story) => ({ ...story, quotation: story.quotation.replace(/said [^,]+,/, "said nobody,") }),
  "a list item cut": (story) => ({ ...story, list: story.list.slice(1) }),
  "a list item added": (story) => ({ ...story, list: [...story.list, "Sunday, 9:00: a swim for whoever dares"] }),
  "a correction at the end": (story) => ({
    ...story,
    paragraphs: [...story.paragraphs, "Correction: an earlier version of this story gave a wrong date."],
  }),
  "two paragraphs swapped": ({ paragraphs: [first = "", second = "", ...rest], ...story }) => ({
    ...story,
    paragraphs: [second, first, ...rest],
  }),
  "the quotation": (story) => ({ ...story, quotation: moreThan(story.quotation) }),
  "a table's cell": (story, random) => {
    const chosen = Math.floor(random() * story.table.length);
    return {
      ...story,
      table: story.table.map(([name, number], at) => [name, at === chosen ? moreThan(number) : number] as const),
    };
  },
  "a table's row cut": (story) => ({ ...story, table: story.table.slice(1) }),
  "a list item": (story, random) => ({ ...story, list: atOne(random, story.list, moreThan) }),
  "the headline": (story) => ({ ...story, headline: story.headline.replace("may lose", "will lose") }),
  "the standfirst": (story) => ({ ...story, standfirst: moreThan(story.standfirst) }),
  "the byline": (story) => ({ ...story, byline: "Owen Marsh and staff" }),
};
