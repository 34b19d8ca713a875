/**
 * Write-once storage of bytes under keys that name their content or their capture. One instance holds the evidence, one
 * what is derived from it.
 */
export interface Archive {
  /**
   * Keeps bytes under a key, atomically: a reader sees nothing or all of them, also after a crash.
   * Idempotent: the same bytes again answer `already`.
   *
   * @param key - `/`-separated segments of `[A-Za-z0-9._-]`, relative, without `..`
   * @throws ArchiveConflict when the key holds other bytes: those stay; nothing is ever overwritten
   */
  keep(key: string, bytes: Uint8Array): Promise<"kept" | "already">;

  /**
   * The bytes under a key; null when there are none.
   * @throws ArchiveDamage when what is stored no longer has the digest it was kept with, where the store can tell
   */
  read(key: string): Promise<Uint8Array | null>;

  /** Keys that begin with `prefix`, sorted by code unit, those after `after` only. Consistent with every finished keep. */
  list(prefix: string, after?: string): AsyncIterable<string>;
}

/** A key that holds other bytes than the ones to keep. */
export class ArchiveConflict extends Error {
  override readonly name = "ArchiveConflict";
}

/** Stored bytes that are not what was kept. */
export class ArchiveDamage extends Error {
  override readonly name = "ArchiveDamage";
}

const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Guards an adapter: a key that could leave the archive is a bug. @throws RangeError */
export function checkKey(key: string): void {
  if (!KEY.test(key) || key.length > 512) throw new RangeError(`not an archive key: ${JSON.stringify(key)}`);
}
