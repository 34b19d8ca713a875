import { addSeconds } from "../../../shared/domain/time.ts";
import { append, byline, type Edit, everywhere, extend, headline, move, reword, together, touch } from "./edit.ts";
import { heading, type Post, paragraph, related } from "./post.ts";

/** The post is written anew each week; its figures follow from the week's number. */
function figures(week: number) {
  const date = new Date(Date.UTC(2026, 2, 3 + 7 * week));
  const loans = 860 + ((week * 43) % 500);
  return {
    opening: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(date),
    published: date.toISOString(),
    loans: loans.toLocaleString("en"),
    recounted: (loans - 75).toLocaleString("en"),
    raised: `£${(6_400 + 150 * (week % 20)).toLocaleString("en")}`,
  };
}

/** An invented village's library, as the post first stands in its week. */
export function libraryPost(week: number): Post {
  const { opening, published, loans, raised } = figures(week);
  return {
    path: "/2026/03/library-in-the-signal-house.html",
    language: "en",
    headline: "Village Library Moves Into the Old Signal House",
    byline: "The Parish Desk",
    published,
    modified: published,
    blocks: [
      paragraph(
        `The lending library of Nether Quill reopens in the old signal house on ${opening}, eleven months after a burst pipe closed its rooms above the bakery. Volunteers carried the last crates of books across the green on Saturday.`,
      ),
      paragraph(
        `The new reading room holds 32 seats, twice as many as before, and stays open until nine on Thursdays. It lent out ${loans} books in the month before the move, most of them to readers under twelve.`,
      ),
      paragraph(
        "“We kept the lever frame because every child who walks in wants to pull it,” said the librarian. The levers are bolted down and labelled with the names of the shelves.",
      ),
      related("The bakery that smelled of wet paper for a year", "bakery-wet-paper"),
      paragraph(
        `A summer of cake stalls raised ${raised} towards shelving, and a joiner from the next valley built it at cost. The parish council paid for the stove, the wiring and a ramp to the platform door.`,
      ),
      heading("A Quiet Line"),
      paragraph(
        "Trains still pass the window four times a day, and readers have learned to hold the page they are on. Nobody has complained so far, according to the visitors' book.",
      ),
      paragraph(
        "The map collection, which survived the flood on a high shelf, is kept in the lamp room upstairs. It can be seen by appointment until the lamp room has a second exit.",
      ),
      paragraph(
        "Not everybody is content with the new address. A retired signalman who lives opposite said that the building deserved its old coat of paint, and “not the colour of a filing cabinet”.",
      ),
      paragraph(
        "Membership remains free for anyone who can spell the village's name. Fines were abolished in spring, and the number of late books has hardly moved since.",
      ),
      paragraph(
        "A story hour for small children begins next week, with a second one in winter if enough grandparents can be found to read. Dogs are welcome on the platform only.",
      ),
    ],
  };
}

/** What the desk does to the library post in its week, in order. */
export function libraryEdits(week: number): readonly Edit[] {
  const { published, loans, recounted } = figures(week);
  const minutesLater = (minutes: number) => touch(addSeconds(published, 60 * minutes));
  const headlines = [
    "Village Library Moves Into the Old Signal House",
    "Library Reopens in the Signal House, With a Train Through the Silence",
  ] as const;
  return [
    headline(headlines[1]),
    headline(headlines[0]),
    together(reword(`${loans} books`, `${recounted} books`), minutesLater(55)),
    reword("every child who walks in wants to pull it", "nobody under ten believes that it is switched off"),
    byline("The Parish Desk, with a neighbour's notes"),
    together(
      reword(" Nobody has complained so far, according to the visitors' book.", ""),
      extend("Membership remains free", "A lost card costs one anecdote."),
    ),
    move("The map collection", 8),
    everywhere((text) => text.replace(/[“”]/g, '"').replaceAll("'", "’")),
    together(
      append(paragraph("Correction: an earlier version of this post overstated the number of books lent.")),
      minutesLater(300),
    ),
  ];
}
