import type { Comparison } from "../domain/comparison.ts";
import type { ChangeSummary, Revision } from "../domain/revision.ts";
import { cardOf } from "../notices/card.ts";
import type { CardContent } from "../ports/card-drawer.ts";
import { readComparison } from "../ports/derived-store.ts";
import { NotFound } from "./parameters.ts";
import type { Room } from "./room.ts";

/** Cards kept in memory for whoever asks again; a PNG is some 60 KB. */
const MOST_KEPT = 50;

/** The picture of the change that made revision n. */
export function cardPictures(room: Room): (id: string, number: number) => Promise<Uint8Array> {
  const kept = new Map<string, Promise<Uint8Array>>();
  return async (id, number) => {
    const { cards } = room;
    if (!cards) throw new NotFound();
    // Asked each time, also for a card that is kept: its words may have been hidden since.
    const { url, revision } = await changeOf(room, id, number);
    const key = `${id} ${number} ${revision.change.comparison}`;
    const drawing = kept.get(key) ?? cardContent(room, url, revision).then((card) => cards.draw(card));
    kept.delete(key); // and behind the others again
    kept.set(key, drawing);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    return drawing.catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
  };
}

type Changed = Revision & { readonly change: ChangeSummary };

async function changeOf({ ledger }: Room, id: string, number: number): Promise<{ url: string; revision: Changed }> {
  const [watch, revision] = await Promise.all([ledger.watch(id), ledger.revision(id, number)]);
  if (!watch || !revision?.change) throw new NotFound();
  return { url: watch.url, revision: { ...revision, change: revision.change } };
}

const cardContent = async ({ derived }: Room, url: string, revision: Changed): Promise<CardContent> =>
  cardOfRevision(url, revision, await readComparison(derived, revision.change.comparison));

/** What the picture of a change says. */
export function cardOfRevision(url: string, revision: Revision, comparison: Comparison): Promise<CardContent> {
  const happening = { kind: "revision", at: revision.firstSeen, url, revision } as const;
  return cardOf({ happening, comparison: async () => comparison, links: { change: null, article: url } });
}
