import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startChromium } from "./chromium.ts";
import { pagesOf, servedRoom } from "./served-room.ts";
import { DESKTOP, PHONE, visit } from "./visit.ts";

/** The pictures of the documentation: the reading room over the demo's articles, one screen of each page. */
const FOLDER = "docs/pictures";

const TAKEN = [
  ["home", "desk-light"],
  ["home", "desk-dark"],
  ["change", "desk-light"],
  ["change", "desk-dark"],
  ["change", "phone-light"],
  ["article", "desk-light"],
  ["history", "desk-light"],
  ["search", "phone-light"],
  ["status", "desk-light"],
] as const;

const SEEN = {
  "desk-light": { viewport: DESKTOP, colorScheme: "light" },
  "desk-dark": { viewport: DESKTOP, colorScheme: "dark" },
  "phone-light": { viewport: PHONE, colorScheme: "light" },
} as const;

const browser = await startChromium();
if (typeof browser === "string") throw new Error(`no pictures: ${browser}`);
const room = await servedRoom();
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, as] of TAKEN) {
    const { context, page } = await visit(browser, room.address, SEEN[as]);
    await page.goto(pagesOf(room)[name], { waitUntil: "networkidle" });
    await page.screenshot({ path: join(FOLDER, `${name}-${as}.png`) });
    await context.close();
  }
} finally {
  await room.close();
  await browser.close();
}
