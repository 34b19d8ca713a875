import { type Html, html } from "../html.ts";
import { layout } from "../layout.ts";
import type { Room } from "../room.ts";
import type { Words } from "../strings.ts";

/** Why there is no page. */
export type ProblemKind = Exclude<keyof Words["problem"], "back">;

/** What went wrong and what to do, in the dress of the other pages. */
export function problemPage(room: Room, kind: ProblemKind): Html {
  const { title, text } = room.words.problem[kind];
  const body = html`<h1>${title}</h1><p>${text}</p>
${kind !== "forbidden" && html`<p><a href="/">${room.words.problem.back}</a></p>`}`;
  return layout(room, { title, body, toAnyone: true });
}
