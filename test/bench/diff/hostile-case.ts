import { compareTexts } from "../../../shared/diff/compare.ts";
import { HOSTILE_TEXTS } from "./hostile-texts.ts";

/** One hostile comparison in a process of its own. Prints milliseconds of CPU and the most memory used, in MB. */
const [before, after] = HOSTILE_TEXTS[process.argv[2]!]!();
const start = process.cpuUsage();
const segments = compareTexts(before, after).length;
const { user, system } = process.cpuUsage(start);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ milliseconds: (user + system) / 1000, megabytes, segments }));
