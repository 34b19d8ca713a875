import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { DEFAULTS, STACK_CHATS } from "../shared/config.ts";

/** Where the operator keeps the settings of a deployment, at the project's root. */
export const SETTINGS_FILE = "variorum.json";
const EXAMPLE_FILE = "variorum.example.json";

const plain = v.pipe(v.string("is missing"), v.trim(), v.nonEmpty("is empty"));
const mail = v.pipe(plain, v.email("is not a mail address"));
/** It goes into an HTTP header, so it holds neither white space nor anything beyond ASCII. */
const page = v.pipe(plain, v.regex(/^https:\/\/[!-~]+$/, "is not an https:// address"), v.url("is not an address"));

/** A number between two others; `-c name=value` brings it as a string. */
const between = (least: number, most: number) => {
  const wanted = `is not a whole number from ${least} to ${most}`;
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))], wanted),
    v.integer(wanted),
    v.minValue(least, wanted),
    v.maxValue(most, wanted),
  );
};

const bucketName = v.pipe(plain, v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is not a bucket name"));

const SETTINGS = v.strictObject({
  /** Tells a publisher who is asking: a mail address or an https page. Goes into every request's User-Agent. */
  contact: v.union([mail, page], (issue) =>
    issue.input === undefined ? "is missing" : "is neither a mail address nor an https:// page",
  ),
  /** Receives the alarms. AWS asks it once to confirm; until then no alarm is heard. */
  alarmEmail: mail,
  /** Receives every notice, if given; other subscribers can be added to the topic at any time. */
  noticesEmail: v.optional(mail),
  /** Whom mails come from: a verified identity of SES. Given, the stack can send mails. */
  mailFrom: v.optional(
    v.pipe(
      plain,
      v.regex(
        /^([^<>"@,;:]+ )?<[^\s@<>]+@[A-Za-z0-9.-]+>$|^[^\s@<>]+@[A-Za-z0-9.-]+$/,
        'is no sender: give one as in "Variorum <monitor@newsroom.example>"',
      ),
    ),
  ),
  /** Whether readers may subscribe by mail, where there is a `mailFrom`. */
  subscribing: v.optional(v.picklist(["open", "closed"], "is neither open nor closed"), "open"),
  /** Chats that the stack can send to; each keeps a queue, which costs a little while it is idle. */
  chats: v.optional(
    v.pipe(
      v.union(
        [
          v.array(v.string()),
          v.pipe(
            v.string(),
            v.transform((text) => text.split(",")),
          ),
        ],
        "is no list of chats",
      ),
      v.array(v.picklist(STACK_CHATS, `names another than ${STACK_CHATS.join(", ")}`)),
    ),
    [],
  ),
  /** Whether mails carry the picture of a change. */
  mailPictures: v.optional(
    v.union(
      [
        v.boolean(),
        v.pipe(
          v.picklist(["true", "false"]),
          v.transform((text) => text === "true"),
        ),
      ],
      "is neither true nor false",
    ),
    true,
  ),
  burstNotices: v.optional(between(1, 1000), DEFAULTS.burstNotices),
  noticesPerHour: v.optional(between(1, 1000), DEFAULTS.noticesPerHour),
  stackName: v.optional(
    v.pipe(plain, v.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "is not a stack name (letters, digits, hyphens)")),
    "Variorum",
  ),
  /** Who may read. `private`: whoever has the reader's link that the stack prints. */
  readingRoom: v.optional(v.picklist(["private", "public"], "is neither private nor public"), "private"),
  /** Raise it to void every reader's link and session given out so far. */
  readerKeyNumber: v.optional(between(1, 1_000_000), 1),
  /** For so long nobody without the right to bypass governance can delete a kept capture. */
  evidenceRetentionDays: v.optional(between(1, 36_500), 30),
  logRetentionDays: v.optional(v.pipe(between(1, 365), v.picklist([1, 7, 14, 30, 90, 180, 365])), 30),
  confirmationSeconds: v.optional(between(1, 86_400), DEFAULTS.confirmationSeconds),
  hostGapSeconds: v.optional(between(1, 3600), DEFAULTS.hostGapSeconds),
  /** A JSON file with rules for sources that are read wrongly otherwise, from the project's root (docs/rules.md). */
  rules: v.optional(plain),
  /** Capture functions at once, each with up to 20 pages in flight. A new AWS account may run 10 functions in all. */
  captureConcurrency: v.optional(between(2, 1000), 5),
  /** Names of what an earlier deployment left, for a new stack to take over (docs/leaving.md). Never on a stack that runs. */
  evidenceBucket: v.optional(bucketName),
  derivedBucket: v.optional(bucketName),
  ledgerTable: v.optional(v.pipe(plain, v.regex(/^[A-Za-z0-9_.-]{3,255}$/, "is not a table name"))),
});

/** Every setting there is. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS.entries);

export type OperatorSettings = v.InferOutput<typeof SETTINGS>;

/** Settings that cannot be deployed. The message says what is wrong, where it was set and how to set it. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/**
 * The operator's settings: what was passed with `-c name=value` before what stands in the settings file, which is
 * `variorum.json` or the one named by `-c settings=…`.
 *
 * @param context - a CDK context lookup, undefined for what is not set
 * @param root - the project's folder
 * @throws SettingsError if one is missing, wrong or unknown
 */
export function operatorSettings(context: (name: string) => unknown, root: string): OperatorSettings {
  const named = context("settings");
  const file = typeof named === "string" ? named : SETTINGS_FILE;
  const written = readSettings(join(root, file), file, named !== undefined);
  const passed = SETTING_NAMES.flatMap((name) => {
    const value = context(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const parsed = v.safeParse(SETTINGS, { ...written, ...Object.fromEntries(passed) });
  const faults = parsed.success
    ? [...untouchedExample(file, written), ...missingRules(parsed.output, root)]
    : parsed.issues.map(fault);
  if (!parsed.success || faults.length > 0) throw new SettingsError(explanation(faults, file));
  return parsed.output;
}

function readSettings(path: string, file: string, wanted: boolean): Record<string, unknown> {
  if (!existsSync(path)) {
    if (wanted) throw new SettingsError(explanation([`${file}: there is no such file`], file));
    return {};
  }
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return { ...read };
  } catch (error) {
    throw new SettingsError(explanation([`${file}: is not JSON (${(error as Error).message})`], file));
  }
  throw new SettingsError(explanation([`${file}: is not a JSON object`], file));
}

/** A copied example that nobody edited would ask publishers in a stranger's name. */
const untouchedExample = (file: string, written: Record<string, unknown>): string[] =>
  file !== SETTINGS_FILE
    ? []
    : ["contact", "alarmEmail"]
        .filter((name) => /[@.]example\.org$/.test(String(written[name])))
        .map((name) => `${name}: is still the example's`);

const missingRules = ({ rules }: OperatorSettings, root: string): string[] =>
  rules === undefined || existsSync(join(root, rules)) ? [] : [`rules: there is no file ${rules} in the project`];

const fault = (issue: v.BaseIssue<unknown>): string => {
  const name = v.getDotPath(issue) ?? "settings";
  if (issue.type === "strict_object" && issue.expected === "never") return `${name}: is not a setting`;
  if (issue.input === undefined) return `${name}: is missing`;
  return `${name}: ${issue.message} (${JSON.stringify(issue.input)})`;
};

const explanation = (faults: readonly string[], file: string): string =>
  [
    "Variorum cannot be deployed with these settings:",
    ...faults.map((line) => `  - ${line}`),
    `Set them in ${file} at the project's root (start from a copy of ${EXAMPLE_FILE}),`,
    "or pass them:  npx cdk deploy -c contact=newsroom@your-paper.org -c alarmEmail=you@your-paper.org",
    "contact tells publishers who is asking (a mail address or an https:// page); alarmEmail receives the alarms.",
    "All settings: docs/deploy.md",
  ].join("\n");
