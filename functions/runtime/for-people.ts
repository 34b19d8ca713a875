import { ArchiveFull } from "../../shared/adapters/local/file-archive.ts";
import { SecretUnusable } from "../../shared/adapters/local/secret-file.ts";
import { ArchiveConflict, ArchiveDamage } from "../../shared/ports/archive.ts";
import { LedgerUnusable } from "../../shared/ports/ledger.ts";
import { FolderUnusable } from "./local.ts";
import { SettingError } from "./settings.ts";

const TOLD_IN_FULL = [
  SecretUnusable,
  SettingError,
  FolderUnusable,
  LedgerUnusable,
  ArchiveFull,
  ArchiveConflict,
  ArchiveDamage,
];

/**
 * What to tell the person at the terminal about an error that the world made: a setting, a disk, a file, a service.
 * Null for a bug, which shows its stack.
 */
export function tellingOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof ArchiveDamage) return `${error.message}. ${DAMAGE_ADVICE}`;
  if ("$metadata" in error) return `AWS refused (${error.name}): ${error.message}`;
  return TOLD_IN_FULL.some((kind) => error instanceof kind) || isOfTheWorld(error) ? error.message : null;
}

const DAMAGE_ADVICE = "Nothing else is harmed; put the file back from a copy of what is kept, and it goes on.";

/** An error of the system or of SQLite, or one that an adapter put into words and gives as its cause. */
function isOfTheWorld(error: Error): boolean {
  const ofSystem = "syscall" in error || "errcode" in error;
  const withoutCredentials = error.name === "CredentialsProviderError";
  return ofSystem || withoutCredentials || (error.cause instanceof Error && isOfTheWorld(error.cause));
}
