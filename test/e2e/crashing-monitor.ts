import { parseArgs } from "node:util";
import { runFolder } from "../../functions/local/run.ts";
import { localRuntime } from "../../functions/runtime/local.ts";
import { environmentSettings } from "../../functions/runtime/settings.ts";
import { withWritesSeen } from "../support/port-writes.ts";
import { killsIn, noteKill } from "./kills.ts";

/**
 * The local monitor, which kills itself with SIGKILL once before and once after each of its writes. A write is known by
 * its port, method and what it is about; which kills have been is kept in a file, so that the next life goes further.
 */
const { values } = parseArgs({ options: { folder: { type: "string" }, port: { type: "string" } } });
const folder = values.folder ?? "";
const done = new Set(killsIn(folder).map(({ moment }) => moment));

/** Most deaths come while a notice is claimed, and each life waits for the claim of the one before it to run out. */
const LEASE_SECONDS = 1;

function killOnce(moment: string): void {
  if (done.has(moment)) return;
  noteKill(folder, moment);
  process.kill(process.pid, "SIGKILL");
}

const compose: typeof localRuntime = (...args) => {
  const runtime = localRuntime(...args);
  const services = withWritesSeen(runtime.services, (when, write, about) =>
    killOnce(`${when} ${write} ${about}`.trim()),
  );
  return { ...runtime, services: { ...services, noticeLeaseSeconds: LEASE_SECONDS } };
};

await runFolder({
  folder,
  port: Number(values.port ?? 0),
  wishes: [],
  settings: environmentSettings(process.env),
  stop: new AbortController().signal,
  write: (text) => void process.stdout.write(text),
  compose,
});
