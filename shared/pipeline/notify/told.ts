import type { Comparison } from "../../domain/comparison.ts";
import type { Happening } from "../../domain/happening.ts";
import { readComparison } from "../../ports/derived-store.ts";
import type { Told } from "../../ports/message.ts";
import type { Services } from "../services.ts";

/** Comparisons held at once for the messages that are just being made; a large one is some hundred kilobytes. */
const HELD = 8;

/** Reads comparisons, each once for all the messages that tell it one after another. */
export interface Comparisons {
  of(key: string): Promise<Comparison>;
}

export function sharedComparisons({ derived }: Pick<Services, "derived">): Comparisons {
  const held = new Map<string, Promise<Comparison>>();
  return {
    of(key) {
      const known = held.get(key) ?? readComparison(derived, key);
      held.delete(key);
      held.set(key, known); // the newest use last
      known.catch(() => held.delete(key));
      for (const [oldest] of held) if (held.size > HELD) held.delete(oldest);
      return known;
    },
  };
}

/** A happening with its links, and its comparison for whoever asks. @throws Error for a baseline: a bug */
export function toldOf(happening: Happening, comparisons: Comparisons, { settings }: Pick<Services, "settings">): Told {
  const room = settings.readingRoomUrl;
  const links = { change: room && `${room}${pagePath(happening)}`, article: happening.url };
  if (happening.kind === "event") return { happening, links };
  const { change, number, watchId } = happening.revision;
  if (!change) throw new Error(`revision ${number} of ${watchId} is no change`);
  return { happening, links, comparison: () => comparisons.of(change.comparison) };
}

/** Where the reading room shows a happening. */
const pagePath = (happening: Happening): string =>
  happening.kind === "event"
    ? `/watches/${happening.event.watchId}`
    : `/watches/${happening.revision.watchId}/changes/${happening.revision.number}`;
