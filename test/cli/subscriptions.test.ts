import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { ENV } from "../../shared/config.ts";
import { addressDigest, serverDigest, shownAddress } from "../../shared/domain/subscription.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import { aSubscription } from "../support/messages.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { commandsHere } from "./in-process.ts";
import { startKiosk } from "./kiosk.ts";

vi.setConfig({ testTimeout: 60_000 }); // the machine may be busy

let folder: string;
let variorum: ReturnType<typeof commandsHere>["variorum"];
let json: ReturnType<typeof commandsHere>["json"];
beforeEach(() => {
  vi.stubEnv(ENV.allowAddresses, "loopback");
  vi.stubEnv(ENV.hostGapSeconds, "0.1");
  folder = temporaryFolder();
  ({ variorum, json } = commandsHere(folder));
});

async function withLedger(work: (ledger: Ledger) => Promise<unknown>): Promise<void> {
  const ledger = sqliteLedger(join(folder, "ledger.sqlite"));
  try {
    await work(ledger);
  } finally {
    ledger.close();
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("subscriptions", () => {
  it("are added with a filter by meaning and a rhythm, listed without their secrets, and shown whole", async () => {
    const url = "http://127.0.0.1:9/story";
    await variorum("watch", "add", url);
    const conditions = [
      "--only",
      "number",
      "headline",
      "--enters",
      "tax rise",
      "--removed",
      "--in",
      "en",
      "--no-availability",
    ];
    const timing = [
      "--when",
      "weekly",
      "--at",
      "07:30",
      "--on",
      "friday",
      "--quiet",
      "22:00-07:00",
      "--zone",
      "Europe/Berlin",
    ];
    const hook = "https://hooks.newsroom.example/T0/secret-path";
    const added = await variorum(
      "subscriptions",
      "add",
      "webhook",
      hook,
      "--id",
      "desk",
      "--about",
      url,
      "--secret",
      "s3cret",
      "--template",
      '{"token": "t0ken", "text": "{text}"}',
      ...conditions,
      ...timing,
    );
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^added desk\n/), stderr: "" });
    const { subscription } = await json<{ subscription: object }>("subscriptions", "show", "desk");
    expect(subscription).toMatchObject({
      channel: "webhook",
      address: hook,
      secret: "s3cret",
      selector: `watch:${watchIdOf(url)}`,
      filter: {
        availability: false,
        changes: { labels: ["number", "headline"], enters: ["tax rise"], removed: true, languages: ["en"] },
      },
      rhythm: {
        kind: "weekly",
        at: "07:30",
        weekday: 5,
        quiet: { from: "22:00", to: "07:00" },
        timeZone: "Europe/Berlin",
      },
      status: "active",
    });
    const listed =
      (await variorum("subscriptions", "list")).stdout + JSON.stringify(await json("subscriptions", "list"));
    expect(listed).toContain("--only number headline --enters 'tax rise' --removed --in en --no-availability");
    expect(listed).not.toMatch(/secret-path|s3cret|t0ken/);
  });

  it("tell little by an account that anybody reads, and keep its password out of lists", async () => {
    const account = ["subscriptions", "add", "bluesky", "corrections.example", "--id", "public"];
    expect(await variorum(...account)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("secret: is missing"),
    });
    expect(await variorum(...account, "--secret", "w0rd", "--ask")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("cannot be asked"),
    });
    expect(await variorum(...account, "--secret", "w0rd", "--zone", "Europe/Berlin")).toMatchObject({ code: 0 });
    const { subscription } = await json<{ subscription: object }>("subscriptions", "show", "public");
    expect(subscription).toMatchObject({
      perHour: 6,
      filter: { availability: false, changes: { significance: "substantive" } },
      rhythm: { rest: "nothing", timeZone: "Europe/Berlin" },
    });
    const listed =
      (await variorum("subscriptions", "list")).stdout + JSON.stringify(await json("subscriptions", "list"));
    expect(listed).toContain("corrections.example");
    expect(listed).not.toContain("w0rd");
  });

  it("change what is given alone, and end", async () => {
    await variorum(
      "subscriptions",
      "add",
      "email",
      "desk@newsroom.example",
      "--id",
      "desk",
      "--unmarked",
      "--quiet",
      "22:00-06:00",
    );
    await variorum("subscriptions", "change", "desk", "--when", "daily", "--per-hour", "5");
    expect(await json("subscriptions", "show", "desk")).toMatchObject({
      subscription: {
        filter: { availability: true, changes: { unmarked: true } },
        rhythm: { kind: "daily", quiet: { from: "22:00", to: "06:00" } },
        perHour: 5,
      },
    });
    await variorum("subscriptions", "save", "figures", "--only", "number");
    await variorum("subscriptions", "change", "desk", "--saved", "figures", "--quiet", "none");
    const { subscription } = await json<{ subscription: { rhythm: object } }>("subscriptions", "show", "desk");
    expect(subscription).toMatchObject({ filter: { saved: "figures" } });
    expect(subscription.rhythm).not.toHaveProperty("quiet");
    expect((await variorum("subscriptions", "end", "desk")).stdout).toBe("ended  desk\n");
    expect(await variorum("subscriptions", "change", "desk", "--when", "daily")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("was ended"),
    });
  });

  it("ask the address first when told to", async () => {
    await variorum("subscriptions", "add", "email", "desk@newsroom.example", "--id", "desk", "--ask");
    expect(await json("subscriptions", "show", "desk")).toMatchObject({
      subscription: { status: "pending" },
      notices: [{ subject: { kind: "confirmation" }, state: "waiting" }],
    });
    expect(await variorum("subscriptions", "resume", "desk")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("to say yes"),
    });
  });

  it.each([
    [["add", "email", "desk@newsroom.example\r\nBcc: all@example.org"], 1, "is no mail address"],
    [["add", "pigeon", "loft 3"], 1, 'channel: is "pigeon": give one of email, slack'],
    [["add", "webhook", "ftp://hooks.example/a"], 1, "is no web address"],
    [["add", "email", "a@b.example", "--only", "lies"], 1, 'labels.0: is "lies": give one of headline'],
    [["add", "email", "a@b.example", "--only", "hedging"], 1, "is only a hint and cannot be filtered by"],
    [["add", "email", "a@b.example", "--zone", "Mars/Olympus"], 1, "is no time zone"],
    [["add", "email", "a@b.example", "--at", "8 o'clock"], 1, "is no time of day"],
    [["add", "email", "a@b.example", "--on", "yesterday"], 2, '"yesterday" is no day'],
    [["add", "email", "a@b.example", "--quiet", "22:00"], 2, "are no quiet hours"],
    [["add", "email", "a@b.example", "--per-hour", "many"], 1, "perHour"],
    [["add", "email", "a@b.example", "--saved", "nothing"], 1, "nobody saved one as nothing"],
    [["add", "email", "a@b.example", "--saved", "figures", "--removed"], 2, "give --saved alone"],
    [["add", "email", "a@b.example", "--about", "http://127.0.0.1:9/unknown"], 3, "no watch"],
    [["change", "desk"], 2, "nothing to change"],
    [["change", "nobody", "--when", "daily"], 3, 'no subscription "nobody"'],
    [["preview", "--last", "0"], 2, '"0" is no count'],
    [["save", "Big Names", "--removed"], 2, "is no name"],
    [["redrive", "nobody"], 1, "left         nobody: nothing of that name was given up"],
  ])("%j ends with %i and says what to do", async (args, code, problem) => {
    await variorum("subscriptions", "add", "email", "desk@newsroom.example", "--id", "desk");
    const ended = await variorum("subscriptions", ...args);
    expect(ended.code).toBe(code);
    expect(ended.stdout + ended.stderr).toContain(problem);
    expect(ended.stderr).not.toMatch(/^ +at /m);
    expect((await json<{ subscriptions: unknown[] }>("subscriptions", "list")).subscriptions).toHaveLength(1);
  });

  it("are previewed: which of the newest changes a filter would have sent, and why", async () => {
    const kiosk = await startKiosk();
    await variorum("capture", kiosk.url);
    for (const step of ["counted again", "reworded"]) {
      await kiosk.go(step);
      await variorum("capture", kiosk.url);
    }
    const numbers = await variorum("subscriptions", "preview", "--only", "number");
    expect(numbers.stdout).toMatch(
      /^1 of the newest 2 changes and events of everything would have been sent \(--only number\)\n/,
    );
    expect(numbers.stdout).toMatch(/^- +\S+Z +labels: no label +The Ferry/m);
    expect(numbers.stdout).toMatch(/^sent +\S+Z +labels: number +The Ferry/m);
    expect(await json("subscriptions", "preview", "--enters", "new gate", "--about", kiosk.url)).toMatchObject({
      previewed: [
        { passes: true, revision: { number: 3 }, findings: [{ condition: "enters", found: "new gate" }] },
        { passes: false, revision: { number: 2 } },
      ],
    });
  });
});

describe("status", () => {
  it("tells of receivers that fail, of suspended subscriptions and of notices given up, and they can be sent again", async () => {
    await variorum("subscriptions", "add", "webhook", "https://hooks.newsroom.example/one", "--id", "slow");
    await variorum("subscriptions", "add", "email", "gone@newsroom.example", "--id", "gone");
    const at = "2026-03-01T12:00:00.000Z";
    await withLedger(async (ledger) => {
      const notice = {
        channel: "email",
        subject: { kind: "happening", key: "a.r2" },
        state: "waiting",
        created: at,
        due: at,
        attempts: 0,
      } as const;
      await ledger.addNotice({ ...notice, id: "a.r2.gone", subscription: "gone" });
      await ledger.addNotice({ ...notice, id: "a.r2.slow", subscription: "slow", channel: "webhook" });
      const claimed = await ledger.claimNotice("a.r2.gone", at, "2026-03-01T12:01:00.000Z");
      await ledger.settleNotice(claimed!, { state: "dead", detail: "550 no such user" }, at);
      await ledger.changeSubscription("gone", { status: "suspended", reason: "550 no such user" });
      const address = aSubscription({ channel: "webhook", address: "https://hooks.newsroom.example/one" });
      await ledger.recordAddressFailure({
        digest: addressDigest(address),
        channel: "webhook",
        shown: shownAddress(address),
        at,
        notBefore: "2026-03-01T13:00:00.000Z",
        detail: "503",
      });
    });
    const { stdout } = await variorum("status");
    expect(stdout).toContain("1 notice waits: 1 due now, 0 to be tried again, 0 for their time");
    expect(stdout).toMatch(
      /receivers that fail.*\(1\):\n {2}webhook hooks\.newsroom\.example \(slow\): 503; 1 failure since/,
    );
    expect(stdout).toMatch(/suspended; .*resume ID.*\(1\):\n {2}gone {2}g…@newsroom\.example: 550 no such user/);
    expect(stdout).toMatch(/given up; .*redrive.*\(1\):\n {2}a\.r2\.gone: 550/);
    expect(stdout).not.toContain("/one");

    const left = await variorum("subscriptions", "redrive");
    expect(left).toMatchObject({ code: 1, stdout: expect.stringContaining("subscriptions resume gone") });
    await variorum("subscriptions", "resume", "gone");
    expect(await variorum("subscriptions", "redrive", "gone")).toMatchObject({
      code: 0,
      stdout: "waits again  a.r2.gone\n",
    });
    expect(await json("status")).toMatchObject({ notices: { waiting: { due: 2 }, dead: [], suspended: [] } });
  });

  it("names a server that is slow, and whose notices go there", async () => {
    const address = "https://hooks.newsroom.example/one";
    await variorum("subscriptions", "add", "webhook", address, "--id", "desk");
    const at = "2026-03-01T12:00:00.000Z";
    await withLedger((ledger) =>
      ledger.recordAddressFailure({
        digest: serverDigest({ channel: "webhook", address }) ?? "",
        channel: "webhook",
        shown: "hooks.newsroom.example",
        at,
        notBefore: at,
        detail: "a delivery took 14 s",
      }),
    );
    const { stdout } = await variorum("status");
    expect(stdout).toMatch(
      /receivers that fail.*\(1\):\n {2}webhook hooks\.newsroom\.example.*: a delivery took 14 s; /,
    );
    expect(stdout).not.toContain("/one");
  });
});
