import { existsSync } from "node:fs";
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** Where systems without the packed build may have one. */
const INSTALLED = [
  process.env.VARIORUM_CHROMIUM,
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A headless Chromium: the one that comes with the packages (Linux, x64), else an installed one; or why there is none. */
export async function startChromium(): Promise<Browser | string> {
  const isPacked = process.platform === "linux" && process.arch === "x64";
  const installed = INSTALLED.find((path) => path && existsSync(path));
  try {
    const executablePath = installed ?? (isPacked ? await packed.executablePath() : undefined);
    if (!executablePath) return `no Chromium for ${process.platform} ${process.arch}`;
    return await chromium.launch({ executablePath, headless: true });
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  }
}
