import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Layout shifts are only told to those who listen from the start. */
const WATCH_SHIFTS = `globalThis.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });`;

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

/** What a page did that it should not have. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console, and requests to any other host: these are stopped. */
  readonly complaints: string[];
}

/** A fresh browser profile on a room, with a record of what goes wrong. The page's own content security policy holds. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ baseURL: address, reducedMotion: "reduce", ...options });
  const complaints: string[] = [];
  await context.route(
    (url) => url.origin !== address,
    (route) => {
      complaints.push(`asked for ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`threw: ${error.message}`));
  if (options.javaScriptEnabled !== false) await page.addInitScript(WATCH_SHIFTS);
  return { context, page, complaints };
}

/** What is wrong with the page at hand: with its access for all by WCAG 2.2 AA, its width, its steadiness. */
export async function faults({ context, page }: Pick<Visit, "context" | "page">): Promise<string[]> {
  const session = await context.newCDPSession(page); // evaluates beside the page's content security policy
  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  };
  await evaluate<void>(`${AXE};0`);
  const violations = await evaluate<string[]>(
    `axe.run({ runOnly: ${JSON.stringify(WCAG_22_AA)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + " " + target.join(" ") + ": " + failureSummary)))`,
  );
  const { over, shifted } = await evaluate<{ over: number; shifted: number }>(
    "({ over: document.documentElement.scrollWidth - innerWidth, shifted: globalThis.shifted })",
  );
  await session.detach();
  return [
    ...violations,
    ...(over > 0 ? [`${over} px wider than the window`] : []),
    ...(shifted === 0 ? [] : [`layout shifted by ${shifted}`]),
  ];
}

/** Bytes of body that a first visit to a page transfers, all its files together. */
export async function transferred({ page }: Pick<Visit, "page">, path: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize)));
  await page.goto(path, { waitUntil: "networkidle" });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
