import type { Article } from "../../shared/domain/article.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import { normalise } from "../../shared/normalise/normalise.ts";
import type { EarlierReading } from "../../shared/normalise/rotation/rotation.ts";
import { NOON } from "./builders.ts";

/** A story, and what a site of the tests' own sets between its second and third. */
export const STORY = [
  "The council voted on Tuesday to keep the old swimming baths open for another season, after a petition of two thousand names.",
  "Repairs to the roof will begin in May, the surveyor said, and the small pool will be closed while they last.",
  "Entry will cost three pounds, as it has since the baths were built, and children under six will swim for nothing.",
  "The next meeting is on the ninth, when the money for the boilers is to be found, or not, as the mayor put it.",
  "The baths were built with the money of a soap maker, whose name is still to be read above the door of the women’s side.",
  "Swimmers from the next valley come as well, since their own baths were turned into a car park in the year of the flood.",
  "Nobody knows how many they are, as the turnstile counts everybody alike, and the council has no wish to ask them.",
];
export const PROMOTIONS = [
  "Ten walks along the coast that you can do in an afternoon",
  "Our crossword editor explains how she sets her traps",
  "Why bread from the village oven tastes of smoke and apples",
  "Photographs of the great storm, sent in by readers",
] as const;

export const bathsPage = (paragraphs: readonly string[]): string =>
  `<title>Baths stay open</title><article><h1>Baths stay open</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article>`;

/** The page with something between the story's second and third paragraph. */
export const bathsHolding = (middle: readonly string[], story: readonly string[] = STORY): string =>
  bathsPage([...story.slice(0, 2), ...middle, ...story.slice(2)]);

export const bathsArticle = (paragraphs: readonly string[]): Article =>
  normalise({ url: "https://baths.example/", bytes: new TextEncoder().encode(bathsPage(paragraphs)) });

/** The story with something between its second and third paragraph. */
export const holding = (...middle: readonly string[]): Article =>
  bathsArticle([...STORY.slice(0, 2), ...middle, ...STORY.slice(2)]);

export const HOUR = 3600;
/** Seconds from one capture of a pair to the other that are close. */
export const CLOSE = 180;

/** Readings of one capture each, with these contents, so many seconds apart; an hour where nothing is said. */
export function readingsOf(contents: readonly (readonly string[])[], gaps: readonly number[] = []): EarlierReading[] {
  let at = NOON;
  return contents.map((middle, n) => {
    at = addSeconds(at, n === 0 ? 0 : (gaps[n - 1] ?? HOUR));
    return { first: at, last: at, article: holding(...middle) };
  });
}
