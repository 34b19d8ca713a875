import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { normalise } from "../../../shared/normalise/normalise.ts";
import { HOSTILE_DOCUMENTS } from "../../support/hostile-documents.ts";
import { alone, answerIfAlone } from "../alone.ts";

/** What one document cost a process of its own. */
interface Cost {
  /** Of CPU, all threads of the process. */
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Of the document alone. */
  readonly megabytes: number;
  readonly read: string;
}

const LIMITS = { seconds: 1, peakMegabytes: 256 } as const;

/** Each hostile document in a process of its own, which has its bytes and nothing else; what breaks a limit is named. */
export function hostile(row: (name: string, ...cells: readonly string[]) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "variorum-hostile-"));
  const file = join(folder, "page");
  let broken = 0;
  for (const { name, times, contentType, html } of HOSTILE_DOCUMENTS) {
    writeFileSync(file, html(times));
    const { seconds, peakMegabytes, megabytes, read } = alone<Cost>(import.meta.filename, [
      file,
      contentType ?? "text/html",
    ]);
    const over = seconds > LIMITS.seconds || peakMegabytes > LIMITS.peakMegabytes;
    if (over) broken += 1;
    row(
      name.padEnd(44),
      `${megabytes.toFixed(1).padStart(4)} MB`,
      `${seconds.toFixed(2)} s`,
      `peak ${peakMegabytes} MB`,
      over ? `${read}  OVER` : read,
    );
  }
  rmSync(folder, { recursive: true });
  row(`over ${LIMITS.seconds} s or ${LIMITS.peakMegabytes} MB: ${broken} of ${HOSTILE_DOCUMENTS.length}`);
}

await answerIfAlone(import.meta.filename, ([file = "", contentType = ""]): Cost => {
  const bytes = new Uint8Array(readFileSync(file));
  const from = process.cpuUsage();
  const { flags, blocks } = normalise({ url: "https://hostile.example/", bytes, contentType });
  const { user, system } = process.cpuUsage(from);
  return {
    seconds: (user + system) / 1e6,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    megabytes: bytes.length / 1e6,
    read: flags[0] ?? `${blocks.length} blocks`,
  };
});
