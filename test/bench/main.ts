import { readdirSync } from "node:fs";
import { join } from "node:path";

/** `npm run bench NAME`: each file beside this one is a bench, with what it measures and how in its head. */
const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "main.ts")
  .map((file) => file.replace(/\.ts$/, ""));

const wanted = process.argv[2];
if (wanted !== undefined && benches.includes(wanted)) {
  await import(join(import.meta.dirname, `${wanted}.ts`));
} else {
  process.stderr.write(`npm run bench NAME, with one of: ${benches.join(", ")}\n`);
  process.exitCode = wanted === undefined ? 0 : 2;
}
