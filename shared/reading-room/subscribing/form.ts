import { LABEL_STANDING } from "../../diff/standing.ts";
import { LABEL_KINDS, type LabelKind } from "../../domain/label.ts";
import { type ChangeConditions, DEFAULT_FILTER, type NoticeFilter } from "../../domain/notice-filter.ts";
import { RHYTHMS, type Rhythm } from "../../domain/rhythm.ts";

/** What a form sent: each field's values, as texts. */
export type Fields = (name: string) => readonly string[];

/** The labels that people may filter by. */
export const CHOOSABLE: readonly LabelKind[] = LABEL_KINDS.filter((kind) => LABEL_STANDING[kind] === "filterable");

/** Conditions that the form has no field for: they stay as they were. */
const WITHOUT_FIELD = ["disclosures", "languages"] as const satisfies readonly (keyof ChangeConditions)[];

const WITH_FIELD = [
  "labels",
  "unmarked",
  "removed",
  "enters",
  "leaves",
] as const satisfies readonly (keyof ChangeConditions)[];

/**
 * The filter that was chosen, unchecked. With nothing chosen it is the default one, or stays what was set elsewhere: a
 * form that comes back as it was shown changes nothing.
 * @param known - what there was before
 */
export function filterFrom(fields: Fields, known: NoticeFilter = DEFAULT_FILTER): unknown {
  const labels = fields("label");
  const { significance, enters: entering, leaves: leaving } = known.changes ?? {};
  const [enters, leaves] = [phrases(fields("enters"), entering), phrases(fields("leaves"), leaving)];
  const chosen = {
    ...(labels.length > 0 && { labels }),
    ...(fields("unmarked").length > 0 && { unmarked: true }),
    ...(fields("removed").length > 0 && { removed: true }),
    ...(enters.length > 0 && { enters }),
    ...(leaves.length > 0 && { leaves }),
  };
  const kept = {
    ...(isSignificanceKept(known) && { significance }),
    ...Object.fromEntries(
      WITHOUT_FIELD.flatMap((name) => (known.changes?.[name] === undefined ? [] : [[name, known.changes[name]]])),
    ),
  };
  const isChosen = Object.keys(chosen).length > 0;
  const availability = fields("availability").length > 0;
  if (isChosen) return { availability, changes: { ...chosen, ...kept } };
  // Nothing was chosen before either: then what was set elsewhere goes on, also to hear of no change at all.
  return { availability, changes: hasChoice(known) ? { ...DEFAULT_FILTER.changes, ...kept } : known.changes };
}

const hasChoice = ({ changes }: NoticeFilter): boolean => WITH_FIELD.some((name) => changes?.[name] !== undefined);

/** Alone, `substantive` is what nothing chosen means, and gives way to a choice. */
const isSignificanceKept = ({ changes, ...rest }: NoticeFilter): boolean =>
  changes?.significance !== undefined && (changes.significance === "cosmetic" || hasChoice({ ...rest, changes }));

/** Whether there are conditions that the form does not show. */
export const hasKept = (filter: NoticeFilter): boolean => {
  const { changes } = filter;
  const isPlain = changes === null || Object.keys(changes).length === 0; // no change at all, and every one
  return isPlain || isSignificanceKept(filter) || WITHOUT_FIELD.some((name) => changes[name] !== undefined);
};

/** Phrases as a field shows them. */
export const phrasesText = (shown: readonly string[]): string => shown.join(", ");

/** A comma parts two phrases, unless the field comes back as it was shown. */
const phrases = (texts: readonly string[], known: readonly string[] = []): readonly string[] =>
  texts.length === 1 && texts[0] === phrasesText(known)
    ? known
    : texts.flatMap((text) => text.split(/[,\n]/)).flatMap((phrase) => phrase.trim() || []);

/** The rhythm that was chosen, unchecked. */
export function rhythmFrom(fields: Fields): unknown {
  const one = (name: string) => fields(name)[0] ?? "";
  const [from, to] = [one("quietFrom"), one("quietTo")];
  return {
    kind: one("kind"),
    timeZone: one("zone"),
    at: one("at"),
    weekday: Number(one("weekday")),
    ...((from || to) && { quiet: { from, to } }),
    rest: fields("rest").length > 0 ? "daily" : "nothing",
  };
}

/** What a form shows as chosen: of a subscription, or of a form that came back with a mistake. */
export interface Chosen {
  readonly address?: string;
  readonly selector: string;
  readonly filter: NoticeFilter;
  readonly rhythm: Rhythm;
}

/** A form's fields as they were sent, for showing them again; what cannot be shown falls back to what was there. */
export function chosenFrom(fields: Fields, before: Chosen): Chosen {
  const { address, selector, rhythm } = before;
  const one = (name: string, otherwise: string) => fields(name)[0] ?? otherwise;
  const [from, to] = [one("quietFrom", ""), one("quietTo", "")];
  const kind = RHYTHMS.find((name) => name === fields("kind")[0]) ?? rhythm.kind;
  return {
    address: one("address", address ?? ""),
    selector: one("about", selector),
    filter: filterFrom(fields, before.filter) as NoticeFilter,
    rhythm: {
      kind,
      timeZone: one("zone", rhythm.timeZone),
      at: one("at", rhythm.at),
      weekday: Number(one("weekday", String(rhythm.weekday))),
      ...((from || to) && { quiet: { from, to } }),
      rest: fields("rest").length > 0 ? "daily" : "nothing",
    },
  };
}
