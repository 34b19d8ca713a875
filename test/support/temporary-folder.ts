import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that goes when the running test ends. To be called within a test or its beforeEach. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "variorum-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
