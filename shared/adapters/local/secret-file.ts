import { readFileSync, writeFileSync } from "node:fs";

/**
 * A secret that is made once and kept in a file that its owner alone can read. Of two that make it at once, one wins.
 * @param make - a fresh secret
 * @throws an error of the system when the file can be neither read nor written
 */
export function secretFile(path: string, make: () => string): string {
  try {
    writeFileSync(path, `${make()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const secret = readFileSync(path, "utf8").trim();
  if (secret.length >= LEAST_CHARACTERS) return secret;
  throw new SecretUnusable(
    `${path} holds no secret: remove it, and a new one is made; links in mails sent so far are then void`,
  );
}

const LEAST_CHARACTERS = 32;

/** A file that was emptied or cut short. The message says what to do. */
export class SecretUnusable extends Error {
  override readonly name = "SecretUnusable";
}
