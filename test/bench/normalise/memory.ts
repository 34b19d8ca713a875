import { normalise } from "../../../shared/normalise/normalise.ts";
import { alone, answerIfAlone } from "../alone.ts";
import { benchPages } from "./corpora.ts";

interface Used {
  /** Of the process, the pages' own bytes included. */
  readonly peakMegabytes: number;
  /** Of the heap, after a full collection at the end. */
  readonly liveMegabytes: number;
}

const PAGES = [1_000, 10_000] as const;
/**
 * The engine's young generation at one size from the start. Left to itself it grows for thousands of pages, to 96 MB,
 * whatever is read, and then the peak tells of that alone.
 */
const FLAGS = ["--min-semi-space-size=16", "--max-semi-space-size=16", "--expose-gc"];

/** Peak and live memory after more and more pages, each number in a process of its own: what is remembered between pages would show. */
export function memory(row: (name: string, ...cells: readonly string[]) => void): void {
  const peaks = PAGES.map((count) => {
    const { peakMegabytes, liveMegabytes } = alone<Used>(import.meta.filename, [String(count)], FLAGS);
    row(`after ${count} pages`, `peak ${peakMegabytes} MB`, `live ${liveMegabytes} MB`);
    return peakMegabytes;
  });
  row("", `${(peaks[1]! / peaks[0]!).toFixed(2)} ×`);
}

await answerIfAlone(import.meta.filename, ([count]): Used => {
  const pages = benchPages().map(({ url, html }) => ({ url, bytes: new TextEncoder().encode(html()) }));
  for (let read = 0; read < Number(count); read += 1)
    normalise({ ...pages[read % pages.length]!, contentType: "text/html; charset=utf-8" });
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  const peakMegabytes = megabytes(process.resourceUsage().maxRSS * 1024);
  globalThis.gc?.();
  return { peakMegabytes, liveMegabytes: megabytes(process.memoryUsage().heapUsed) };
});
