import { cadenceClass, DEFAULT_CADENCE_SECONDS } from "../domain/cadence.ts";
import { canonicalWatchUrl, watchIdOf } from "../domain/url.ts";
import type { Watch } from "../domain/watch.ts";
import type { Services, Settings } from "./services.ts";

export interface WatchWish {
  readonly url: string;
  readonly tags?: readonly string[];
  readonly cadenceSeconds?: number;
  readonly robotsOverride?: string;
}

export type AddedWatch =
  | { readonly ok: true; readonly watch: Watch; readonly added: boolean }
  | { readonly ok: false; readonly problem: string };

/** Follows a URL from now on, with a first check at once. A watch that is there already is left as it is. */
export async function addWatch(
  wish: WatchWish,
  { ledger, clock, settings }: Pick<Services, "ledger" | "clock"> & { readonly settings: Pick<Settings, "contact"> },
): Promise<AddedWatch> {
  const reading = canonicalWatchUrl(wish.url);
  if (!reading.ok) return reading;
  if (settings.contact === null && !isLoopback(reading.url)) {
    return { ok: false, problem: CONTACT_MISSING };
  }
  const now = clock.now();
  const { watch, added } = await ledger.addWatch({
    id: watchIdOf(reading.url),
    url: reading.url,
    added: now,
    tags: wish.tags ?? [],
    cadenceSeconds: cadenceClass(wish.cadenceSeconds ?? DEFAULT_CADENCE_SECONDS),
    status: "active",
    ...(wish.robotsOverride !== undefined && { robotsOverride: wish.robotsOverride }),
  });
  await ledger.requestCheck(watch.id, now, now);
  return { ok: true, watch, added };
}

const CONTACT_MISSING =
  "publishers must be able to reach whoever asks for their pages: set a contact (a mail address or a page) first, " +
  'as in VARIORUM_CONTACT="desk@newsroom.example"';

/** True for a URL of this machine, which asks nobody else for anything. */
export const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
