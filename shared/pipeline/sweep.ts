import { sha256 } from "../domain/digest.ts";
import type { Failure } from "../domain/failure.ts";
import { addSeconds, secondsBetween } from "../domain/time.ts";
import { capturesOfDay, readCaptureKey } from "../evidence/keys.ts";
import { entityOf, readWarc } from "../evidence/warc-reader.ts";
import { readCapture } from "./read-capture.ts";
import type { Services } from "./services.ts";

const DAY_SECONDS = 86_400;

/** A capture this young may still be on its way into the ledger. */
const SETTLING_SECONDS = 600;

/**
 * Finds kept captures that no ledger record names (the process died in between) and records them as captures, never as
 * revisions: what they showed, the next check sees.
 *
 * @param days - how many days to look through, today's included
 * @returns how many it adopted
 * @throws the first error, after every other capture had its turn
 */
export async function sweep(services: Services, { days = 2 }: { readonly days?: number } = {}): Promise<number> {
  const { evidence, clock } = services;
  const now = clock.now();
  const broken: unknown[] = [];
  let adopted = 0;
  for (let back = days - 1; back >= 0; back -= 1) {
    for await (const key of evidence.list(capturesOfDay(addSeconds(now, -back * DAY_SECONDS)))) {
      await adopt(key, services).then(
        (isAdopted) => {
          if (isAdopted) adopted += 1;
        },
        (error: unknown) => broken.push(error),
      );
    }
  }
  if (broken.length > 0) throw broken[0];
  return adopted;
}

async function adopt(warc: string, { evidence, ledger, clock, log }: Services): Promise<boolean> {
  const named = readCaptureKey(warc);
  if (!named || secondsBetween(named.at, clock.now()) < SETTLING_SECONDS) return false;
  const { watchId, at, recordId } = named;
  if (await ledger.hasCapture(watchId, at, recordId)) return false;
  const watch = await ledger.watch(watchId);
  const bytes = await evidence.read(warc);
  if (!watch || !bytes) {
    log.warn("a kept capture belongs to no watch", { warc });
    return false;
  }
  await ledger.recordCapture({ watchId, recordId, at, warc, ...whatCame(watch.url, bytes, recordId) });
  log.warn("adopted a capture that no record named", { warc });
  return true;
}

interface WhatCame {
  readonly url: string;
  readonly status: number | null;
  readonly payload: string | null;
  readonly failure: Failure | null;
}

/** What an orphan holds. Whatever cannot be read in it is a failure of the capture, and no reason to leave it alone. */
function whatCame(watchUrl: string, bytes: Uint8Array, recordId: string): WhatCame {
  const unread = (detail: string): WhatCame => {
    return { url: watchUrl, status: null, payload: null, failure: { kind: "malformed-response", detail } };
  };
  try {
    const record = [...readWarc(bytes)].find(({ id }) => id === recordId);
    if (record?.type !== "response") return unread("the last request got no answer");
    const answer = { url: record.targetUri ?? watchUrl, ...entityOf(record) };
    const { failure } = readCapture(watchUrl, answer, null, []);
    return { url: answer.url, status: answer.status, payload: sha256(answer.body), failure };
  } catch (error) {
    return unread(error instanceof Error ? error.message : String(error));
  }
}
