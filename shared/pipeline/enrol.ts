import {
  type Enrolment,
  type EnrolmentEntry,
  listedUrls,
  MOST_ENROLLED,
  MOST_URL_CHARS,
  OFFERED_CADENCES,
  tagsIn,
} from "../domain/enrolment.ts";
import type { WatchId } from "../domain/watch.ts";
import { keepEnrolment, readEnrolment } from "../ports/derived-store.ts";
import type { EnrolmentDesk } from "../ports/enrolment-desk.ts";
import { addWatch } from "./add-watch.ts";
import type { Services, Settings } from "./services.ts";

type Needed = Pick<Services, "ledger" | "derived" | "clock"> & { readonly settings: Pick<Settings, "contact"> };

/** Takes lists of pages from editors. */
export const enrolmentDesk = (services: Needed): EnrolmentDesk => ({
  async enrol({ urls, tags: tagText, cadenceSeconds }) {
    const given = listedUrls(urls);
    if (given.length === 0) return { problem: "none" };
    if (given.length > MOST_ENROLLED) return { problem: "too-many" };
    const tags = tagsIn(tagText);
    if (!tags) return { problem: "tags" };
    if (!OFFERED_CADENCES.includes(cadenceSeconds)) return { problem: "cadence" };
    const at = services.clock.now();
    const entries = await entriesOf(given, { tags, cadenceSeconds }, services);
    return { id: await keepEnrolment(services.derived, { at, tags, cadenceSeconds, entries }) };
  },
  enrolment: (id) => readEnrolment(services.derived, id),
  async takeBack({ entries }, ids) {
    const own = new Set(entries.flatMap((entry) => (entry.kind === "added" ? entry.watchId : [])));
    for (const id of new Set(ids)) if (own.has(id)) await services.ledger.changeWatch(id, { status: "removed" });
  },
});

/** One after the other, so that of two lines for one page the first adds it. */
async function entriesOf(
  given: readonly string[],
  wish: Pick<Enrolment, "tags" | "cadenceSeconds">,
  services: Needed,
): Promise<readonly EnrolmentEntry[]> {
  const seen = new Set<WatchId>();
  const entries: EnrolmentEntry[] = [];
  for (const url of given) entries.push(await entryOf(url, wish, seen, services));
  return entries;
}

async function entryOf(
  url: string,
  wish: Pick<Enrolment, "tags" | "cadenceSeconds">,
  seen: Set<WatchId>,
  services: Needed,
): Promise<EnrolmentEntry> {
  const given = url.slice(0, MOST_URL_CHARS).toWellFormed();
  if (url.length > MOST_URL_CHARS) {
    return { given, kind: "refused", problem: `longer than ${MOST_URL_CHARS} characters` };
  }
  const added = await addWatch({ url, ...wish }, services);
  if (!added.ok) return { given, kind: "refused", problem: added.problem };
  const { id: watchId } = added.watch;
  if (seen.has(watchId)) return { given, kind: "twice", watchId };
  seen.add(watchId);
  return { given, kind: added.added ? "added" : "already", watchId };
}
