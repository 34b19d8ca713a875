import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownRules, RULES_FILE } from "./rules.ts";
import { SettingError } from "./settings.ts";

/** `pack-rules FILE FOLDER`: checks an operator's rules and lays them beside a function's code. Run when it is bundled. */
const [file = "", folder = ""] = process.argv.slice(2);
try {
  writeFileSync(join(folder, RULES_FILE), JSON.stringify(ownRules(file)));
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = 1;
}
