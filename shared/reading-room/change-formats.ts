import { changeAsJson } from "../diff/render/json.ts";
import { changeAsMarkdown } from "../diff/render/markdown.ts";
import { changeAsPatch } from "../diff/render/patch.ts";
import type { Comparison } from "../domain/comparison.ts";
import type { Revision } from "../domain/revision.ts";
import { fillText } from "../domain/wording.ts";
import { readComparison } from "../ports/derived-store.ts";
import { tagsText } from "./change-facts.ts";
import { clean, plain } from "./html.ts";
import { intervalText } from "./instants.ts";
import { NotFound } from "./parameters.ts";
import type { ChangeFormat, Room } from "./room.ts";

interface Made {
  readonly type: string;
  readonly text: string;
}

/** The change that made revision n, to hand on. @throws NotFound, ArchiveDamage */
export async function changeAs(room: Room, id: string, number: number, format: ChangeFormat): Promise<Made> {
  const revision = await room.ledger.revision(id, number);
  if (!revision?.change) throw new NotFound();
  const comparison = await readComparison(room.derived, revision.change.comparison);
  return FORMATS[format](comparison, revision, room);
}

type Format = (comparison: Comparison, revision: Revision, room: Room) => Made;

/** A browser shows all of them as text: a publisher's words never become a page of ours. */
const FORMATS: Readonly<Record<ChangeFormat, Format>> = {
  patch: (comparison, { number }) => ({
    type: "text/plain; charset=utf-8",
    text: clean(changeAsPatch(comparison, { before: `revision-${number - 1}`, after: `revision-${number}` })),
  }),
  markdown: (comparison, { number, headline, cause, change }, { words }) => ({
    type: "text/markdown; charset=utf-8",
    text: clean(
      changeAsMarkdown(comparison, {
        strings: words.marks,
        title: plain(headline?.trim() || words.reading.noHeadline),
        facts: change
          ? [
              fillText(words.change.title, { number }),
              `${words.change.observed} ${intervalText(words, change.observed)}`,
              tagsText(words, { ...change, cause }),
            ]
          : [],
      }),
    ),
  }),
  json: (comparison, { watchId, number, cause, change }) => ({
    type: "application/json; charset=utf-8",
    text: JSON.stringify({
      watchId,
      from: number - 1,
      to: number,
      cause,
      observed: change?.observed,
      change: changeAsJson(comparison),
    }),
  }),
};
