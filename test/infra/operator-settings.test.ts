import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { operatorSettings, SETTING_NAMES, SettingsError } from "../../infra/operator-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "variorum-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A project root of its own for each set of files. */
function root(files: Record<string, string> = {}): string {
  const made = mkdtempSync(join(folder, "root-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
  return made;
}
const passing = (context: Record<string, unknown>) => (name: string) => context[name];
const GOOD = { contact: "https://gazette.test/monitor", alarmEmail: "night.desk@gazette.test" };
const complaint = (context: Record<string, unknown>, files: Record<string, string> = {}): string => {
  try {
    operatorSettings(passing(context), root(files));
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
};

describe("the operator's settings", () => {
  it("need no more than a contact and an alarm address", () =>
    expect(operatorSettings(passing(GOOD), root())).toEqual({
      ...GOOD,
      stackName: "Variorum",
      readingRoom: "private",
      subscribing: "open",
      mailPictures: true,
      readerKeyNumber: 1,
      evidenceRetentionDays: 30,
      logRetentionDays: 30,
      confirmationSeconds: 180,
      hostGapSeconds: 10,
      burstNotices: 20,
      noticesPerHour: 60,
      chats: [],
      captureConcurrency: 5,
    }));
  it("come from variorum.json, and what is passed goes before", () => {
    const files = { "variorum.json": JSON.stringify({ ...GOOD, hostGapSeconds: 30 }) };
    expect(operatorSettings(passing({}), root(files))).toMatchObject({ ...GOOD, hostGapSeconds: 30 });
    const passed = passing({ hostGapSeconds: "60", contact: "desk@gazette.test" });
    expect(operatorSettings(passed, root(files))).toMatchObject({ hostGapSeconds: 60, contact: "desk@gazette.test" });
  });
  it("come from the file that is named", () => {
    const files = { "staging.json": JSON.stringify(GOOD), "variorum.json": "{" };
    expect(operatorSettings(passing({ settings: "staging.json" }), root(files))).toMatchObject(GOOD);
  });
});

describe("settings that cannot be deployed", () => {
  it("name a file of rules that is not there", () => {
    expect(complaint({ ...GOOD, rules: "rules.json" })).toContain("rules: there is no file rules.json in the project");
    expect(complaint({ ...GOOD, rules: "rules.json" }, { "rules.json": "[]" })).toBe("");
  });
  it("name a chat that there is not", () => {
    expect(complaint({ ...GOOD, chats: ["slack", "irc"] })).toContain("chats.1: names another than slack, discord");
    expect(complaint({ ...GOOD, chats: "slack,teams" })).toBe("");
  });
  it("name a sender that is none", () =>
    expect(complaint({ ...GOOD, mailFrom: "monitor" })).toContain("mailFrom: is no sender: give one as in"));
  it("say what is missing, where it belongs and how to pass it", () => {
    const message = complaint({});
    expect(message).toContain("contact: is missing");
    expect(message).toContain("alarmEmail: is missing");
    expect(message).toContain("variorum.json");
    expect(message).toMatch(/cdk deploy -c contact=\S+ -c alarmEmail=\S+/);
  });
  it.each([
    ["a contact that is neither mail nor page", { ...GOOD, contact: "the newsroom" }, "contact: is neither"],
    ["a contact page without https", { ...GOOD, contact: "http://gazette.test" }, "contact: is neither"],
    [
      "a contact that would break the header",
      { ...GOOD, contact: "https://gazette.test/\r\nCookie: a" },
      "contact: is neither",
    ],
    ["an alarm address that is none", { ...GOOD, alarmEmail: "night desk" }, "alarmEmail: is not a mail address"],
    ["an empty alarm address", { ...GOOD, alarmEmail: "" }, "alarmEmail: is empty"],
    [
      "a lock of no days",
      { ...GOOD, evidenceRetentionDays: "0" },
      "evidenceRetentionDays: is not a whole number from 1",
    ],
    [
      "a number that is none",
      { ...GOOD, hostGapSeconds: "soon" },
      "hostGapSeconds: is not a whole number from 1 to 3600",
    ],
    ["a door that is neither", { ...GOOD, readingRoom: "ajar" }, "readingRoom: is neither private nor public"],
    ["a file that is not there", { ...GOOD, settings: "nowhere.json" }, "nowhere.json: there is no such file"],
  ])("%s", (_fact, context, expected) => expect(complaint(context)).toContain(expected));
  it.each([
    ["is no JSON", "{", "variorum.json: is not JSON"],
    ["is no object", "[]", "variorum.json: is not a JSON object"],
    ["holds a misspelt name", JSON.stringify({ ...GOOD, alarmMail: "x" }), "alarmMail: is not a setting"],
    [
      "is a copy of the example",
      '{"contact":"newsroom@example.org","alarmEmail":"a@b.test"}',
      "contact: is still the example's",
    ],
  ])("a file that %s", (_fact, text, expected) => expect(complaint({}, { "variorum.json": text })).toContain(expected));
});

describe("docs/deploy.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/deploy.md"), "utf8");
  it.each(SETTING_NAMES)("explains the setting %s", (name) => expect(page).toContain(`| \`${name}\` |`));
});
