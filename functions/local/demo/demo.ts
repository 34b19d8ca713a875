import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULTS } from "../../../shared/config.ts";
import type { EnvironmentSettings } from "../../runtime/settings.ts";
import { runFolder } from "../run.ts";
import { startDemoPublisher } from "./publisher.ts";

const EDIT_EVERY_SECONDS = 5;

/** Brisk, and on loopback alone, where no publisher minds. */
const SETTINGS: EnvironmentSettings = {
  contact: null,
  readingRoomUrl: null,
  confirmationSeconds: 1,
  hostGapSeconds: 1,
  allowAddresses: new Set(["loopback"]),
  burstNotices: DEFAULTS.burstNotices,
  noticesPerHour: DEFAULTS.noticesPerHour,
  mail: { smtpUrl: null, from: null, to: null, pictures: false },
  newcomers: false,
};

/** Shows the monitor on a blog that edits itself, in a folder that goes with the demo. */
export async function runDemo(options: {
  readonly port: number;
  readonly stop: AbortSignal;
  write(text: string): void;
  columns?(): number;
}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "variorum-demo-"));
  const publisher = await startDemoPublisher({ editEverySeconds: EDIT_EVERY_SECONDS, random: Math.random });
  options.write(
    "No watch yet, so here is a demo: two posts of an invented blog on this machine, edited every few seconds.\n" +
      "For your own:  VARIORUM_CONTACT=you@newsroom.example npm start -- https://…\n\n",
  );
  try {
    const wishes = publisher.urls.map((url) => ({ url, cadenceSeconds: 1, tags: ["demo"] }));
    await runFolder({ ...options, folder, wishes, settings: SETTINGS });
  } finally {
    await publisher.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
