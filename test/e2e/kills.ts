import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A death by a monitor's own hand. */
export interface Kill {
  /** `before` or `after`, port and method, and what it was about. */
  readonly moment: string;
  /** Milliseconds. */
  readonly at: number;
}

const fileIn = (folder: string): string => join(folder, "kills.txt");

/** What outlives the process that is about to die. */
export const noteKill = (folder: string, moment: string): void =>
  appendFileSync(fileIn(folder), `${Date.now()} ${moment}\n`);

/** All deaths of the monitor over a folder so far, oldest first. */
export function killsIn(folder: string): readonly Kill[] {
  if (!existsSync(fileIn(folder))) return [];
  const lines = readFileSync(fileIn(folder), "utf8").trim().split("\n");
  return lines.map((line) => ({ at: Number(line.split(" ", 1)[0]), moment: line.slice(line.indexOf(" ") + 1) }));
}
