import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../shared/reading-room/room.ts";
import { startChromium } from "./chromium.ts";
import { pagesOf, type ServedRoom, servedRoom } from "./served-room.ts";
import { DESKTOP, faults, PHONE, transferred, visit } from "./visit.ts";

const started = await startChromium();
if (typeof started === "string") console.warn(`Browser tests are skipped: ${started}`);

describe.skipIf(typeof started === "string")("the reading room in a browser", () => {
  const browser = started as Browser;
  let room: ServedRoom;
  beforeAll(async () => {
    room = await servedRoom();
  });
  afterAll(async () => {
    await browser.close();
    await room?.close();
  });

  it.each([
    ["a phone by day", { viewport: PHONE, colorScheme: "light" }],
    ["a phone by night", { viewport: PHONE, colorScheme: "dark" }],
    ["a desk by day", { viewport: DESKTOP, colorScheme: "light" }],
    ["a desk by night", { viewport: DESKTOP, colorScheme: "dark" }],
  ] as const)("has no fault on any page, seen on %s", async (_where, options) => {
    const { context, page, complaints } = await visit(browser, room.address, options);
    for (const [name, path] of Object.entries(pagesOf(room))) {
      const answer = await page.goto(path);
      expect.soft({ name, status: answer?.status() }).toEqual({ name, status: 200 });
      expect.soft({ name, faults: await faults({ context, page }) }).toEqual({ name, faults: [] });
      expect.soft({ name, complaints: complaints.splice(0) }).toEqual({ name, complaints: [] });
    }
    await context.close();
  });

  it("sees a fault where there is one", async () => {
    const { context, page, complaints } = await visit(browser, room.address, { viewport: PHONE });
    await page.goto(paths.home);
    await page.setContent(
      '<html lang="en"><title>Faulty</title><main><h1>Faulty</h1><table width="900" bgcolor="#ffffff"><tr><td><font color="#cccccc">Pale and wide</font></table><img src="https://elsewhere.example/pixel"></main>',
    );
    const found = (await faults({ context, page })).join("\n");
    expect(found).toContain("color-contrast font");
    expect(found).toContain("image-alt img");
    expect(found).toContain("px wider than the window");
    expect(complaints.join("\n")).toMatch(/elsewhere\.example/);
    await context.close();
  });

  it.each(["home", "change"] as const)("transfers less than 60 KB for a first visit to %s", async (name) => {
    const visited = await visit(browser, room.address, { viewport: PHONE });
    const bytes = await transferred(visited, pagesOf(room)[name]);
    expect(bytes).toBeGreaterThan(1024);
    expect(bytes).toBeLessThan(60 * 1024);
    await visited.context.close();
  });

  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
      const walk = async (viewport = PHONE) =>
        visit(browser, room.address, { viewport, javaScriptEnabled, colorScheme: "light" });

      it("leads a journalist from home to the words that changed, to a quotation, to a subscription", async () => {
        const { context, page, complaints } = await walk();
        await page.goto(paths.home);
        await page.goto(paths.change(room.id("bridge"), 2));
        const changed = page.locator("main ins").filter({ hasText: "30" }).first();
        const box = await changed.boundingBox();
        expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)).toBeLessThan(PHONE.height);
        await page.goto(paths.home);
        await page
          .locator(`main a[href="${paths.change(room.id("bridge"), 3)}"]`)
          .first()
          .click();
        expect(new URL(page.url()).pathname).toBe(paths.change(room.id("bridge"), 3));
        expect(await page.locator(".tag.unmarked").count()).toBe(1);
        await page.locator("details.cite summary").click();
        const quotation = page.locator("details.cite pre.whole").first();
        expect(await quotation.isVisible()).toBe(true);
        expect(await quotation.textContent()).toMatch(/SHA-256 [0-9a-f]{64}/);
        await page.locator('nav a[href="/subscribe"]').click();
        const reader = `${javaScriptEnabled ? "scripts" : "plain"}@newsroom.example`;
        await page.fill('input[name="address"]', reader);
        await page.locator('button[value="subscribe"]').click();
        const { rows } = await room.ledger.subscriptions({ limit: 10 });
        expect(rows.filter(({ address }) => address === reader)).toMatchObject([{ status: "pending" }]);
        expect(complaints).toEqual([]);
        await context.close();
      });

      it("leads an archivist from a search through an article's life to two revisions and their exports", async () => {
        const { context, page, complaints } = await walk(DESKTOP);
        await page.goto(paths.home);
        await page.locator(`nav a[href="${paths.search}"]`).click();
        await page.fill('input[type="search"]', "declined to comment");
        await page.keyboard.press("Enter");
        await page
          .locator(`main a[href="${paths.change(room.id("bridge"), 3)}"]`)
          .first()
          .click();
        await page.locator(`a[href="${paths.history(room.id("bridge"))}"]`).click();
        expect(await page.locator("main").textContent()).toContain("declined to comment");
        await page
          .locator(`main a[href="${paths.watch(room.id("bridge"))}"]`)
          .first()
          .click();
        expect(await page.locator(".moment").count()).toBe(5);
        await page.locator('input[name="a"]').fill("1");
        await page.locator('input[name="b"]').fill("5");
        await page.locator(`form[action="${paths.compareForm(room.id("bridge"))}"] button`).click();
        expect(new URL(page.url()).pathname).toBe(paths.compare(room.id("bridge"), 1, 5));
        expect(await page.locator("main ins").first().isVisible()).toBe(true);
        const patch = await page.request.get(paths.changeAs(room.id("bridge"), 2, "patch"));
        expect(await patch.text()).toMatch(/^\+.*30 days/m);
        expect(complaints).toEqual([]);
        await context.close();
      });

      it("shows an operator that it runs, and what it did not get", async () => {
        const { context, page, complaints } = await walk();
        await page.goto(paths.home);
        expect(await page.locator(".alarm").count()).toBe(0);
        await page.locator(`footer a[href="${paths.status}"]`).click();
        expect(await page.locator("main time").count()).toBeGreaterThan(0);
        await page.locator(`footer a[href="${paths.coverage}"]`).click();
        expect(new URL(page.url()).pathname).toBe(paths.coverage);
        expect(complaints).toEqual([]);
        await context.close();
      });
    });
  }

  it("turns changes and pages by keys", async () => {
    const { context, page } = await visit(browser, room.address, { viewport: DESKTOP });
    await page.goto(paths.change(room.id("bridge"), 3));
    await page.keyboard.press("j");
    expect(await page.locator(":focus ins, :focus del").count()).toBeGreaterThan(0);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(`**${paths.change(room.id("bridge"), 4)}`);
    await context.close();
  });
});
