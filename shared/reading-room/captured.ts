import type { Context } from "hono";
import { ArchiveDamage } from "../ports/archive.ts";
import { NotFound } from "./parameters.ts";
import type { Room } from "./room.ts";

/** A Lambda answers with at most 6 MB, of which coding bytes as text takes a quarter. */
export const ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * The WARC that a revision was read from, as a file to keep: never shown, whatever is in it. Null when it is too large.
 * @throws NotFound, ArchiveDamage
 */
export async function capturedFile(room: Room, c: Context, id: string, number: number): Promise<Response | null> {
  const revision = await room.ledger.revision(id, number);
  if (!revision) throw new NotFound();
  const bytes = await room.evidence.read(revision.warc);
  if (!bytes) throw new ArchiveDamage(`${revision.warc} is missing from the evidence archive`);
  if (bytes.byteLength > ANSWER_BYTES) return null;
  const name = revision.warc.split("/").at(-1) ?? "capture.warc.gz";
  c.header("Content-Type", "application/gzip");
  c.header("Content-Disposition", `attachment; filename="${name}"`);
  return c.body(new Uint8Array(bytes));
}
