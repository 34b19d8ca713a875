import type { Happening } from "../../domain/happening.ts";
import { hostOf } from "../../domain/url.ts";
import { isUnmarked } from "../change-facts.ts";
import { type Choice, CORRECTIONS, choiceQuery, isChoosing } from "../chosen.ts";
import { foreign, type Html, html, languageTag } from "../html.ts";
import { paths, type Room } from "../room.ts";
import type { Words } from "../strings.ts";
import { CHOOSABLE } from "../subscribing/form.ts";
import { counted, countedWith, fill } from "../wording.ts";

/** The home page narrowed to a choice. */
export const homeFor = (choice: Choice): string => `${paths.home}?${new URLSearchParams(choiceQuery(choice))}`;

/** So many sources are named; the page of all sources has the rest. */
const SOURCES_NAMED = 5;

/** What is among the newest happenings, each count a link to just those. */
export function countsLine({ words }: Room, happenings: readonly Happening[]): Html | null {
  const { home } = words;
  const changes = happenings.flatMap((happening) =>
    happening.kind === "revision" && happening.revision.change
      ? [{ ...happening.revision.change, cause: happening.revision.cause }]
      : [],
  );
  const corrections = changes.filter(({ disclosure }) => CORRECTIONS.includes(disclosure)).length;
  const unmarked = changes.filter(isUnmarked).length;
  const counts = [
    unmarked > 0 && html`<a href="${homeFor({ unmarked: true })}">${counted(words, home.unmarked, unmarked)}</a>`,
    corrections > 0 &&
      html`<a href="${homeFor({ corrections: true })}">${counted(words, home.corrections, corrections)}</a>`,
    ...tally(happenings.map(({ url }) => hostOf(url)))
      .slice(0, SOURCES_NAMED)
      .map(([host, count]) => html`<a href="${paths.source(host)}"><bdi>${host}</bdi></a> (${count})`),
  ].filter((count) => count !== false);
  if (happenings.length === 0) return null;
  return html`<p class="standing counts">${countedWith(words, home.among, happenings.length, {
    counts: html`${counts.map((count, index) => [index > 0 && " · ", count])}`,
  })}</p>`;
}

/** Names with how often each stands there, the most frequent first. */
export const tally = (names: readonly string[]): (readonly [name: string, count: number])[] =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, those]) => [name, those.length] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

const displayNames = new Map<string, Intl.DisplayNames>();

function languageName({ locale }: Words, tag: string): string {
  const names = displayNames.get(locale) ?? new Intl.DisplayNames([locale], { type: "language" });
  displayNames.set(locale, names);
  return names.of(tag) ?? tag;
}

function inWords({ home, labels }: Words, { source, tag, language, label, unmarked, corrections }: Choice): string {
  const { only } = home;
  return [
    source,
    tag && `${only.tag}: ${tag}`,
    language && `${only.language}: ${language}`,
    label && labels[label],
    unmarked && only.unmarkedShort,
    corrections && only.correctionsShort,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** The form that narrows the list; its address can be handed on. Closed it says what is chosen: the list begins near the top. */
export function choiceForm({ words }: Room, choice: Choice, happenings: readonly Happening[]): Html {
  const { home } = words;
  const languages = new Set(
    happenings.flatMap((happening) => {
      const tag = happening.kind === "revision" ? languageTag(happening.revision.language) : null;
      return tag ? [tag.split("-")[0]!.toLowerCase()] : [];
    }),
  );
  if (choice.language) languages.add(choice.language);
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`;
  const box = (name: "unmarked" | "corrections") =>
    html`<label class="box"><input type="checkbox" name="${name}" value="1"${choice[name] && html` checked`}> ${home.only[name]}</label>`;
  return html`<details class="filter"><summary>${isChoosing(choice) ? fill(home.filtered, { choice: foreign(inWords(words, choice)) }) : home.filter}</summary>
<form action="${paths.home}" method="get" class="subscribing">
<div class="row">
<label class="field">${home.only.source} <input name="source" list="sources" maxlength="200" value="${choice.source ?? ""}"></label>
<label class="field">${home.only.tag} <input name="tag" maxlength="200" value="${choice.tag ?? ""}"></label>
<label class="field">${home.only.language} <select name="language">${option("", home.only.any, choice.language ?? "")}${[...languages].sort().map((tag) => option(tag, `${languageName(words, tag)} (${tag})`, choice.language))}</select></label>
<label class="field">${home.only.label} <select name="label">${option("", home.only.any, choice.label ?? "")}${CHOOSABLE.map((kind) => option(kind, words.labels[kind], choice.label))}</select></label>
</div>
<datalist id="sources">${tally(happenings.map(({ url }) => hostOf(url))).map(([host]) => html`<option value="${host}"></option>`)}</datalist>
${box("unmarked")}${box("corrections")}
<p class="buttons"><button type="submit">${home.only.show}</button> ${isChoosing(choice) && html`<a href="${paths.home}">${home.only.all}</a>`}</p>
</form></details>`;
}
