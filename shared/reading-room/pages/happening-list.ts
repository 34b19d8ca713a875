import { type Happening, happeningKey, watchIdOfHappening } from "../../domain/happening.ts";
import { hostOf } from "../../domain/url.ts";
import { changeInBrief, eventInBrief, isToldElsewhere, titleOf } from "../happening.ts";
import { foreign, type Html, html } from "../html.ts";
import { dayName } from "../instants.ts";
import { foreignAttributes } from "../marks.ts";
import { paths, type Room } from "../room.ts";

/** Happenings of many watches, under the days on which they were seen. */
export function happeningList(room: Room, happenings: readonly Happening[]): Html {
  const shown = happenings.filter((happening) => !isToldElsewhere(happening));
  const byDay = Object.entries(Object.groupBy(shown, ({ at }) => at.slice(0, 10)));
  return html`${byDay.map(
    ([day, those]) => html`<section class="day">
<h2 class="day-name">${dayName(room.words, `${day}T00:00:00.000Z`)}</h2>
${those?.map((happening) => card(room, happening))}
</section>`,
  )}`;
}

function card({ words }: Room, happening: Happening): Html {
  const id = watchIdOfHappening(happening);
  const told = happening.kind === "revision" ? happening.revision : happening.event;
  const language = happening.kind === "revision" ? happening.revision.language : null;
  const page = happening.kind === "revision" ? paths.change(id, happening.revision.number) : paths.watch(id);
  const host = hostOf(happening.url);
  return html`<article class="happening" id="${happeningKey(happening)}">
<p class="kicker"><a href="${paths.source(host)}">${foreign(host)}</a> · <a href="${paths.watch(id)}">${words.home.article}</a></p>
<h3 class="headline"${foreignAttributes(language)}><a href="${page}">${titleOf(told.headline, happening.url)}</a></h3>
${happening.kind === "revision" ? changeInBrief(words, happening.revision) : eventInBrief(words, happening.event)}
</article>`;
}
