import type { Block } from "../../domain/article.ts";
import { canonicalText } from "../page/canonical.ts";
import type { Box, Outline } from "../page/outline.ts";
import { type Body, isTextItself } from "./body.ts";
import { prefixSums } from "./prose.ts";

/** Words in a row that two texts share where one was taken from the other, and hardly by chance. */
const RUN = 5;
/** Runs that a claim must have to be asked: a description put in the wrong field has fewer. */
const LEAST_RUNS = 100;
const MOST_WORDS = 20_000;
/** Share of the claim that a reading must hold not to be doubted, and that another place must hold to be believed. */
const LEAST_FOUND = 0.5;
const MUCH_FOUND = 0.9;
/** Share of a piece's runs that are claimed, from which it is of the claimed text. */
const LEAST_OF_PIECE = 0.5;
/** Scripts without spaces: each character counts as a word. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;

/** The text that a page claims its article to be (schema.org `articleBody`), as the runs of words in it. */
export type ClaimedRuns = ReadonlySet<string>;

/** @param claim - as written: some sites put markup into it */
export function claimedRuns(claim: string | null): ClaimedRuns | null {
  if (claim === null) return null;
  const runs = new Set(runsIn(withoutTags(claim)));
  return runs.size >= LEAST_RUNS ? runs : null;
}

/**
 * The body where the claimed text stands, if that is not where the story was found. A claim is never read itself: it is
 * hidden from readers, often stale, cut or broken, and only shows where on the page to look.
 */
export function withClaimedText(outline: Outline, body: Body, claimed: ClaimedRuns | null): Body {
  if (claimed === null) return body;
  const { boxes, pieces } = outline;
  const shares = pieces.map(({ text }) => sharedIn(text, claimed));
  const taken = pieces.map((_, at) => at >= body.first && at < body.end && body.roles[at] === null);
  const sumOf = (is: (at: number) => boolean) => shares.reduce((sum, { shared }, at) => sum + (is(at) ? shared : 0), 0);
  if (sumOf((at) => taken[at]!) >= LEAST_FOUND * claimed.size) return body;
  const found = prefixSums(shares.map(({ shared }) => shared));
  const inside = (box: Box) => found[box.end]! - found[box.first]!;
  if (found[pieces.length]! < MUCH_FOUND * claimed.size) return body;
  const box = boxes.findLast((one) => !isTextItself(one) && inside(one) >= MUCH_FOUND * claimed.size);
  if (!box) return body;
  const roles = body.roles.map((role, at) => (shares[at]!.shared > LEAST_OF_PIECE * shares[at]!.all ? null : role));
  return { ...body, roles, box, chosen: "claimed", first: box.first, core: box.first, end: box.end };
}

/** What is to be said of a reading that lacks most of what the page claims; null where it has it. */
export function claimFlag(claimed: ClaimedRuns | null, blocks: readonly Block[]): string | null {
  if (claimed === null) return null;
  const found = new Set(blocks.flatMap(({ text }) => runsIn(text)).filter((run) => claimed.has(run))).size;
  if (found >= LEAST_FOUND * claimed.size) return null;
  return `claimed text: ${Math.round((100 * found) / claimed.size)} % of what the page claims in articleBody is in the reading`;
}

function sharedIn(text: string, claimed: ClaimedRuns): { readonly shared: number; readonly all: number } {
  const runs = runsIn(text);
  return { shared: runs.filter((run) => claimed.has(run)).length, all: runs.length };
}

function runsIn(text: string): string[] {
  const words = text.toLowerCase().match(WORD)?.slice(0, MOST_WORDS) ?? [];
  return words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" "));
}

/** Tags cut out, in one pass. */
function withoutTags(html: string): string {
  return canonicalText(
    html
      .split("<")
      .map((part, at) => (at === 0 ? part : ` ${part.slice(part.indexOf(">") + 1)}`))
      .join(""),
  );
}
