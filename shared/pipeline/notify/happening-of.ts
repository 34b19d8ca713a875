import type { Happening } from "../../domain/happening.ts";
import type { Ledger } from "../../ports/ledger.ts";

/** The happening that a key names (`happeningKey`); null when the ledger has none such, or its self-test is over. */
export async function happeningOf(key: string, ledger: Ledger): Promise<Happening | null> {
  const dot = key.indexOf(".");
  const [watchId, what] = [key.slice(0, dot), key.slice(dot + 1)];
  const watch = await ledger.watch(watchId);
  if (!watch || (watch.selfTest !== undefined && watch.status === "removed")) return null;
  const { url } = watch;
  const number = /^r([1-9]\d*)$/.exec(what)?.[1];
  if (number !== undefined) {
    const revision = await ledger.revision(watchId, Number(number));
    return revision && { kind: "revision", at: revision.firstSeen, url, revision };
  }
  const event = await ledger.event(watchId, what);
  return event && { kind: "event", at: event.at, url, event };
}
