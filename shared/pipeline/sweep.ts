import { sha256 } from "../domain/digest.ts";
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
 * revisions: what they showed, the next check sees. Looks at today's and yesterday's. @returns how many it adopted
 */
export async function sweep(services: Services): Promise<number> {
  const { evidence, clock } = services;
  const now = clock.now();
  let adopted = 0;
  for (const day of [addSeconds(now, -DAY_SECONDS), now]) {
    for await (const key of evidence.list(capturesOfDay(day))) if (await adopt(key, services)) adopted += 1;
  }
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
  const record = [...readWarc(bytes)].find(({ id }) => id === recordId);
  const answer = record?.type === "response" ? { url: record.targetUri ?? watch.url, ...entityOf(record) } : null;
  await ledger.recordCapture({
    watchId,
    recordId,
    at,
    url: answer?.url ?? watch.url,
    status: answer?.status ?? null,
    warc,
    payload: answer && sha256(answer.body),
    failure: answer && readCapture(watch.url, answer, null).failure,
  });
  log.warn("adopted a capture that no record named", { warc });
  return true;
}
