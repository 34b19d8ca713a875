import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { draw } from "../../shared/adapters/card/draw.ts";
import type { CardContent } from "../../shared/ports/card-drawer.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 120_000 }); // the machine may be busy

const ROOT = join(import.meta.dirname, "../..");

const card: CardContent = {
  kicker: "Changed · harbour.example",
  heading: "Мост закрыт · 橋が閉鎖",
  fact: "Edited between 06:41 and 06:43.",
  passage: [
    { kind: "removed", text: "3 أيام" },
    { kind: "added", text: "三十天" },
  ],
  notDrawn: "",
  badges: ["number"],
  language: null,
  alt: "",
};

it("lays out what draws the same picture with nothing of the project around it", async () => {
  const folder = temporaryFolder();
  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, maxBuffer: 10_000_000 });
  node(join(ROOT, "functions/runtime/pack-cards.ts"), join(folder, "cards"));
  const script = join(folder, "draw-one.mjs");
  writeFileSync(
    script,
    `const { draw } = await import("./cards/draw.mjs"); process.stdout.write(await draw(${JSON.stringify(card)}));`,
  );
  expect(Buffer.compare(node(script), await draw(card))).toBe(0);
});
