import type { Revision } from "../domain/revision.ts";
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
    const key = `${id} ${number}`;
    const drawing = kept.get(key) ?? cardContent(room, id, number).then((card) => cards.draw(card));
    kept.delete(key); // and behind the others again
    kept.set(key, drawing);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    return drawing.catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
  };
}

async function cardContent(room: Room, id: string, number: number): Promise<CardContent> {
  const [watch, revision] = await Promise.all([room.ledger.watch(id), room.ledger.revision(id, number)]);
  if (!watch || !revision) throw new NotFound();
  return cardOfRevision(room, watch.url, revision);
}

/** What the picture of a change says. @throws NotFound for a revision that is no change */
export async function cardOfRevision({ derived }: Room, url: string, revision: Revision): Promise<CardContent> {
  const { change } = revision;
  if (!change) throw new NotFound();
  const comparison = () => readComparison(derived, change.comparison);
  const happening = { kind: "revision", at: change.observed.firstSeen, url, revision } as const;
  return cardOf({ happening, comparison, links: { change: null, article: url } });
}
