import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { CommandFailed } from "./failure.ts";

/**
 * The URLs in a file, one a line; empty lines and those that begin with `#` are left out.
 * @param file - a path, or `-` for standard input
 * @throws CommandFailed when it cannot be read or holds none
 */
export async function urlsIn(file: string): Promise<string[]> {
  const lines = (await contentOf(file)).replace(/^\ufeff/, "").split(/\r?\n/);
  const urls = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  if (urls.length === 0) throw new CommandFailed(`${nameOf(file)} holds no URL: write one a line`);
  return urls;
}

async function contentOf(file: string): Promise<string> {
  try {
    return file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    throw new CommandFailed(`${nameOf(file)} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

const nameOf = (file: string): string => (file === "-" ? "standard input" : file);
