import { type ChildProcess, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { ENV } from "../../shared/config.ts";
import type { Capture } from "../../shared/domain/capture.ts";
import { watchIdOf } from "../../shared/domain/url.ts";
import { readWarc } from "../../shared/evidence/warc-reader.ts";
import { type Ended, type Invocation, run, start } from "../cli/program.ts";
import { RawServer } from "../support/raw-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { encodeWindows1252 } from "../support/windows-1252.ts";

/** Every step is a process of its own, and the machine may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const MONITOR = "functions/local/main.ts";
const WITHIN = { timeout: 60_000, interval: 200 };
const MEGABYTE = 2 ** 20;

/** The programs, on one folder. */
const variorum = (folder: string, args: readonly string[], invocation: Invocation = {}): Promise<Ended> =>
  run(["--folder", folder, ...args], invocation);
const npmStart = (folder: string, args: readonly string[] = [], invocation: Invocation = {}): Promise<Ended> =>
  run(["--folder", folder, "--port", "0", ...args], { ...invocation, program: MONITOR });

interface Running {
  readonly process: ChildProcess;
  said(): string;
  stop(): Promise<number | null>;
}

/** The monitor, until the test ends. */
function monitor(folder: string, invocation: Invocation = {}): Running {
  const process = start(["--folder", folder, "--port", "0"], { ...invocation, program: MONITOR });
  onTestFinished(() => void process.kill("SIGKILL"));
  let said = "";
  for (const stream of [process.stdout, process.stderr]) stream?.on("data", (text) => (said += text));
  return {
    process,
    said: () => said,
    async stop() {
      const ended = once(process, "exit");
      process.kill("SIGTERM");
      return (await ended)[0] as number | null;
    },
  };
}

// ── a page that answers as it is told ────────────────────────────────────────────────────────────────────────────────

const page = (
  count: string,
): string => `<!doctype html><html lang="en"><head><title>Café at the Lock</title></head><body>
<article><h1>Café at the Lock</h1><p>The café at the lock opens ${count} tables to the water this summer. The lock keeper, who counted
them twice, says that the ducks have not been asked – “and they would say no”.</p>
<p>Rowers may tie up for as long as a cup of tea takes. Whoever orders cake may stay until the lock fills again.</p></article></body></html>`;

interface Manner {
  readonly body: Uint8Array;
  readonly contentType?: string;
  /** After the body the server sends this again and again, without a word about the length. */
  readonly endless?: Uint8Array;
}

interface Publisher {
  url: string;
  answer: Manner;
}

const utf8 = (text: string): Manner => ({ body: Buffer.from(text), contentType: "text/html; charset=utf-8" });

const publisher: Publisher = { url: "", answer: utf8(page("12")) };
let server: RawServer;
beforeAll(async () => {
  server = await RawServer.listen((socket, request) => {
    if (request.startsWith("GET /robots.txt")) socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    else send(socket, publisher.answer);
  });
  publisher.url = server.url("/cafe");
});
afterAll(() => server.close());

function send(socket: Socket, { body, contentType, endless }: Manner): void {
  const length = endless ? "" : `content-length: ${body.length}\r\n`;
  socket.write(`HTTP/1.1 200 OK\r\n${contentType ? `content-type: ${contentType}\r\n` : ""}${length}\r\n`);
  socket.write(body);
  if (!endless) return void socket.end();
  const more = () => {
    while (!socket.destroyed && socket.write(endless));
  };
  socket.on("drain", more);
  more();
}

// ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface Kept {
  readonly folder: string;
  readonly publisher: Publisher;
  readonly id: string;
}

let template: string;
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), "variorum-kept-"));
  expect(await variorum(template, ["watch", "add", publisher.url, "--every", "1s"])).toMatchObject({ code: 0 });
  for (const count of ["12", "14"]) {
    publisher.answer = utf8(page(count));
    expect(await variorum(template, ["capture", publisher.url])).toMatchObject({ code: 0 });
  }
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

/** A folder with a page in two revisions, and its publisher as it was last. */
async function keptFolder(): Promise<Kept> {
  const folder = join(temporaryFolder(), "kept");
  cpSync(template, folder, { recursive: true });
  publisher.answer = utf8(page("14"));
  return { folder, publisher, id: watchIdOf(publisher.url) };
}

const ROWS = ["watches", "revisions", "events", "captures", "tellings", "notices WHERE settled IS NOT NULL"];

/** Every row that must stay as it is, and every file with its digest. */
function contents(folder: string): Set<string> {
  const files = globSync("{evidence,derived,outbox}/**", { cwd: folder })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );
  const ledger = new DatabaseSync(join(folder, "ledger.sqlite"), { readOnly: true });
  try {
    const rows = ROWS.flatMap((which) =>
      ledger
        .prepare(`SELECT * FROM ${which}`)
        .all()
        .map((row) => `${which} ${JSON.stringify(row)}`),
    );
    expect(rows.length).toBeGreaterThan(0);
    return new Set([...files, ...rows]);
  } finally {
    ledger.close();
  }
}

/** Nothing that was kept before is gone or changed. */
const expectNothingLost = (folder: string, before: ReadonlySet<string>): void =>
  expect([...before.difference(contents(folder))]).toEqual([]);

const expectNoStack = ({ stderr }: Ended): void => expect(stderr).not.toMatch(/^ +at /m);

const revisionsOf = async ({ folder, id }: Kept): Promise<number> =>
  (JSON.parse((await variorum(folder, ["log", id, "--json"])).stdout) as unknown[]).length;

/** The newest capture's record, and the response that it kept. */
function newestCapture({ folder }: Kept): { readonly capture: Capture; readonly response: Uint8Array } {
  const ledger = new DatabaseSync(join(folder, "ledger.sqlite"), { readOnly: true });
  const row = ledger.prepare("SELECT json FROM captures ORDER BY at DESC LIMIT 1").get();
  ledger.close();
  const capture = JSON.parse(String(row?.json)) as Capture;
  const warc = readFileSync(join(folder, "evidence", capture.warc));
  const record = [...readWarc(warc)].find(({ id }) => id === capture.recordId);
  if (!record) throw new Error(`${capture.warc} lacks its record`);
  return { capture, response: record.block };
}

// ── the cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

describe("an address that cannot be watched", () => {
  it.each([
    ["ftp://127.0.0.1/story", "only http and https pages can be watched, not ftp:"],
    ["file:///etc/passwd", "only http and https pages can be watched, not file:"],
    ["newsroom.example/story", "did you mean https://newsroom.example/story?"],
    ["https://newsroom.example/story", `${ENV.contact}=`],
  ])("%s is refused in words by both programs, and stored nowhere", async (url, problem) => {
    const kept = await keptFolder();
    const before = contents(kept.folder);
    const added = await variorum(kept.folder, ["watch", "add", url]);
    expect(added).toMatchObject({ code: 1, stdout: expect.stringContaining(problem) });
    const started = await npmStart(kept.folder, ["--for", "20s", url]);
    expect(started).toMatchObject({ code: 1, stderr: expect.stringContaining(problem) });
    expect(started.stderr).toContain(url);
    expectNoStack(started);
    expectNothingLost(kept.folder, before);
    expect(contents(kept.folder)).toEqual(before);
  });

  it("of a host that does not resolve is told with the host and what to check", async () => {
    const kept = await keptFolder();
    const before = contents(kept.folder);
    const environment = { [ENV.contact]: "desk@newsroom.example" };
    const ended = await variorum(kept.folder, ["capture", "http://no-such-host.invalid/story"], { environment });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^no article from \w+: .*no-such-host\.invalid.*; (check the address|we try again)/);
    expect(ended.stdout).toContain("resolve");
    expectNothingLost(kept.folder, before);
  });
});

describe("pages of others without a contact", () => {
  const PUBLIC = "http://paper.invalid/story";
  const environment = { [ENV.contact]: "desk@newsroom.example" };

  it("keep the monitor from starting, and are not asked for by the command line", async () => {
    const kept = await keptFolder();
    await variorum(kept.folder, ["watch", "add", PUBLIC], { environment });
    const before = contents(kept.folder);
    const started = await npmStart(kept.folder, ["--for", "20s"]);
    expect(started).toMatchObject({ code: 1, stdout: "" });
    expect(started.stderr).toContain(PUBLIC);
    expect(started.stderr).toContain(`start with ${ENV.contact}=`);
    const captured = await variorum(kept.folder, ["capture", watchIdOf(PUBLIC)]);
    expect(captured).toMatchObject({ code: 1, stdout: expect.stringContaining(`set ${ENV.contact}`) });
    expectNothingLost(kept.folder, before);
  });

  it("are not asked for by a monitor that is running when one is added", async () => {
    const kept = await keptFolder();
    const { said } = monitor(kept.folder);
    await vi.waitFor(() => expect(said()).toContain("Stop with Ctrl+C"), WITHIN);
    await variorum(kept.folder, ["watch", "add", PUBLIC, "--every", "1s"], { environment });
    await vi.waitFor(
      () => expect(said()).toMatch(/no article {5}http:\/\/paper\.invalid\/story: .*set VARIORUM_CONTACT/),
      WITHIN,
    );
  });

  it("a contact that no publisher could read is refused by name", async () => {
    const kept = await keptFolder();
    const started = await npmStart(kept.folder, ["--for", "20s"], { environment: { [ENV.contact]: "Jo at the Desk" } });
    expect(started).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^VARIORUM_CONTACT="Jo at the Desk": give a mail/),
    });
  });
});

describe("a body that is not the article", () => {
  const filler = Buffer.from(`<p>${"and so on and so forth, ".repeat(400)}</p>`);
  it.each<[string, Manner, RegExp, Capture["failure"]]>([
    [
      "50 MB long",
      { ...utf8(""), body: Buffer.concat([Buffer.from(page("15")), Buffer.alloc(50 * MEGABYTE, filler)]) },
      /the body was cut short \(the answer is longer than 20971520 bytes\)/,
      { kind: "truncated", detail: expect.any(String) },
    ],
    [
      "without an end",
      { ...utf8(page("15")), endless: filler },
      /the body was cut short \(the answer is longer than 20971520 bytes\)/,
      { kind: "truncated", detail: expect.any(String) },
    ],
    ["empty", utf8(""), /the page holds no text that could be read \(no body\)/, { kind: "empty", detail: "no body" }],
    [
      "without a word of text",
      utf8("<!doctype html><html><body><script>render()</script></body></html>"),
      /the page holds no text that could be read/,
      { kind: "empty", detail: expect.any(String) },
    ],
    [
      "an image",
      { body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), contentType: "image/png" },
      /the answer is not a page of text \(content type image\/png\)/,
      { kind: "not-html", detail: expect.any(String) },
    ],
  ])("%s is told as such, kept as evidence, and taken for no edit", async (_fact, answer, told, failure) => {
    const kept = await keptFolder();
    const before = contents(kept.folder);
    kept.publisher.answer = answer;
    const ended = await variorum(kept.folder, ["capture", kept.id]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: expect.stringMatching(told) });
    expect(ended.stdout).toMatch(/; (we try again|check the page|watch the article)/);
    expectNothingLost(kept.folder, before);
    expect(await revisionsOf(kept)).toBe(2);
    const { capture, response } = newestCapture(kept);
    expect(capture.failure).toMatchObject(failure ?? {});
    expect(response.length).toBeLessThanOrEqual(20 * MEGABYTE);
    expect(Buffer.from(response.subarray(0, 15)).toString()).toBe("HTTP/1.1 200 OK");

    kept.publisher.answer = utf8(page("16"));
    expect((await variorum(kept.folder, ["capture", kept.id])).stdout).toContain("revision 3 of");
  });

  it.each<[string, Manner]>([
    ["UTF-8 that calls itself windows-1252", { ...utf8(page("14")), contentType: "text/html; charset=windows-1252" }],
    ["UTF-8 under a name that nobody knows", { ...utf8(page("14")), contentType: "text/html; charset=klingon-1" }],
    ["windows-1252 that says nothing", { body: encodeWindows1252(page("14")), contentType: "text/html" }],
  ])("%s is read as what it is, and taken for no edit", async (_fact, answer) => {
    const kept = await keptFolder();
    kept.publisher.answer = answer;
    expect(await variorum(kept.folder, ["capture", kept.id])).toMatchObject({
      code: 0,
      stdout: `${kept.id} still reads as revision 2\n`,
    });
  });
});

describe("a ledger that is damaged", () => {
  it.each<[string, (path: string) => void, RegExp]>([
    [
      "random bytes",
      (path) => writeFileSync(path, randomBytes(64 * 1024)),
      /is not a ledger \(not an SQLite database\)/,
    ],
    ["cut in half", (path) => truncateSync(path, Math.floor(statSync(path).size / 2)), /is damaged/],
    ["emptied", (path) => truncateSync(path, 0), /is empty, though captures are kept beside it/],
    ["without its header", (path) => overwrite(path, 0, 100), /is not a ledger \(not an SQLite database\)/],
    ["whole in its header alone", (path) => overwrite(path, 4096, statSync(path).size - 4096), /is damaged/],
  ])("(%s) is refused by name and with what to do, and left as it is", async (_fact, damage, problem) => {
    const kept = await keptFolder();
    const path = join(kept.folder, "ledger.sqlite");
    const whole = join(temporaryFolder(), "copy");
    cpSync(kept.folder, whole, { recursive: true });
    damage(path);
    const damaged = readFileSync(path);
    for (const ended of [
      await variorum(kept.folder, ["log", kept.id]),
      await npmStart(kept.folder, ["--for", "20s"]),
    ]) {
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(path);
      expect(ended.stderr).toMatch(problem);
      expect(ended.stderr).toMatch(/begin a new ledger/);
      expect(ended.stdout).not.toContain("demo");
      expectNoStack(ended);
    }
    expect(readFileSync(path).equals(damaged)).toBe(true);
    // With the ledger from a copy, everything is there again: the rest was not touched.
    cpSync(join(whole, "ledger.sqlite"), path);
    expectNothingLost(kept.folder, contents(whole));
  });
});

function overwrite(path: string, from: number, length: number): void {
  const bytes = readFileSync(path);
  randomBytes(length).copy(bytes, from);
  writeFileSync(path, bytes);
}

describe("a kept file that is damaged", () => {
  const DAMAGES: readonly [string, (path: string) => void, RegExp][] = [
    ["missing", (path) => rmSync(path), /is missing from the derived archive/],
    ["cut", (path) => truncateSync(path, statSync(path).size - 10), /is damaged: it cannot be unpacked/],
    ["random bytes", (path) => writeFileSync(path, randomBytes(200)), /is damaged: it cannot be unpacked/],
  ];

  /** Paths in a folder that anybody but us would leave alone. */
  function harm(path: string, damage: (path: string) => void): void {
    chmodSync(path, 0o644);
    damage(path);
  }

  it.each(DAMAGES)("(%s) is named by whoever needs it; everything else can be read", async (_fact, damage, problem) => {
    const kept = await keptFolder();
    const [comparison = ""] = globSync("derived/comparisons/*", { cwd: kept.folder });
    harm(join(kept.folder, comparison), damage);
    const ended = await variorum(kept.folder, ["diff", kept.id]);
    expect(ended).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(problem) });
    expect(ended.stderr).toContain(comparison.replace("derived/", ""));
    expect(ended.stderr).toContain("put the file back from a copy");
    expectNoStack(ended);
    for (const args of [["log", kept.id], ["show", kept.id], ["status"]]) {
      expect(await variorum(kept.folder, args)).toMatchObject({ code: 0 });
    }
  });

  it("(another reading's) is not taken for it", async () => {
    const kept = await keptFolder();
    const [one = "", other = ""] = globSync("derived/articles/*", { cwd: kept.folder });
    harm(join(kept.folder, one), (path) => cpSync(join(kept.folder, other), path));
    const ends = [
      await variorum(kept.folder, ["show", kept.id, "1"]),
      await variorum(kept.folder, ["show", kept.id, "2"]),
    ];
    expect(ends.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    expect(ends.map(({ stderr }) => stderr).join("")).toMatch(/does not hold what its name says\..* put the file back/);
  });

  it("keeps the monitor loud and the capture as evidence; put back, the edit is recorded", async () => {
    const kept = await keptFolder();
    const newest = JSON.parse((await variorum(kept.folder, ["show", kept.id, "--json"])).stdout) as {
      revision: { article: string };
    };
    const path = join(kept.folder, "derived", newest.revision.article);
    renameSync(path, `${path}.aside`);
    const before = contents(kept.folder);
    kept.publisher.answer = utf8(page("15"));
    const { said, process } = monitor(kept.folder);
    await vi.waitFor(
      () =>
        expect(said()).toMatch(new RegExp(`WARNING .*${newest.revision.article} is missing from the derived archive`)),
      WITHIN,
    );
    expect(process.exitCode).toBeNull();
    expect(await revisionsOf(kept)).toBe(2);
    renameSync(`${path}.aside`, path);
    await vi.waitFor(() => expect(said()).toContain("revision 3"), WITHIN);
    expectNothingLost(kept.folder, new Set([...before].filter((entry) => !entry.includes(".aside"))));
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ["missing", (path) => rmSync(path), /\.warc\.gz is missing from the evidence archive/],
    ["random bytes", (path) => writeFileSync(path, randomBytes(200)), /\.warc\.gz in the evidence archive is damaged/],
  ])(
    "evidence (%s) is named when the kept bytes must be read again, and nothing is made up",
    async (_fact, damage, problem) => {
      const kept = await keptFolder();
      const path = join(kept.folder, "evidence", newestCapture(kept).capture.warc);
      asReadByAnOlderRelease(kept.folder);
      harm(path, damage);
      kept.publisher.answer = utf8(page("15"));
      const before = contents(kept.folder);
      const ended = await variorum(kept.folder, ["capture", kept.id]);
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(problem) });
      expectNoStack(ended);
      expect(await revisionsOf(kept)).toBe(2);
      expectNothingLost(kept.folder, before);
    },
  );
});

/** The newest revision's own bytes are read again by the next capture that differs. */
function asReadByAnOlderRelease(folder: string): void {
  const ledger = new DatabaseSync(join(folder, "ledger.sqlite"));
  ledger.exec("UPDATE revisions SET json = json_set(json, '$.normaliser', 'older') WHERE number = 2");
  ledger.close();
}

describe("a folder that cannot be used", () => {
  it("because a monitor runs on it already: the second one says who has it, the first goes on", async () => {
    const kept = await keptFolder();
    const first = monitor(kept.folder);
    await vi.waitFor(() => expect(first.said()).toContain("Stop with Ctrl+C"), WITHIN);
    const second = await npmStart(kept.folder, ["--for", "20s"]);
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toMatch(
      new RegExp(`^another monitor runs on ${kept.folder} \\(process ${first.process.pid}, since `),
    );
    expect(second.stderr).toContain("stop it first, or give --folder another one");
    kept.publisher.answer = utf8(page("15"));
    await vi.waitFor(() => expect(first.said()).toContain("revision 3"), WITHIN);
    expect(await first.stop()).toBe(0);
  });

  it("because it is a file", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "mine");
    const ends = [
      await npmStart(file, ["--for", "20s"]),
      await npmStart(file, ["--for", "20s", "http://127.0.0.1:9/a"]),
      await variorum(file, ["status"]),
      await variorum(file, ["watch", "add", "http://127.0.0.1:9/a"]),
      await variorum(join(file, "below"), ["watch", "add", "http://127.0.0.1:9/a"]),
      await npmStart(join(file, "below"), ["--for", "20s", "http://127.0.0.1:9/a"]),
    ];
    for (const ended of ends) {
      expect(ended).toMatchObject({ code: 1, stdout: "" });
      expect(ended.stderr).toMatch(/is a file, not a folder: name another --folder|cannot be used: ENOTDIR/);
      expect(ended.stderr).toContain(file);
      expectNoStack(ended);
    }
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("because it is read-only: said with its path, and nothing in it is touched", async () => {
    const kept = await keptFolder();
    const before = contents(kept.folder);
    const everything = [".", ...globSync("**", { cwd: kept.folder })];
    const chmodAll = (folders: number, files: number) => {
      for (const name of everything) {
        const path = join(kept.folder, name);
        if (existsSync(path)) chmodSync(path, statSync(path).isDirectory() ? folders : files);
      }
    };
    chmodAll(0o555, 0o444);
    chmodSync(join(kept.folder, ".."), 0o755);
    onTestFinished(() => chmodAll(0o755, 0o644));
    const asNobody: Invocation = process.getuid?.() === 0 ? { uid: 65_534 } : {}; // root may write everywhere
    const ends = [
      await npmStart(kept.folder, ["--for", "20s"], asNobody),
      await variorum(kept.folder, ["capture", kept.id], asNobody),
      await npmStart(join(kept.folder, "new"), ["--for", "20s", "http://127.0.0.1:9/a"], asNobody),
    ];
    for (const ended of ends) {
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(kept.folder);
      expect(ended.stderr).toMatch(/cannot be (used|written|opened)|EACCES/);
      expectNoStack(ended);
    }
    chmodAll(0o755, 0o644);
    expect(contents(kept.folder)).toEqual(before);
  });
});

// ── no room ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Commands that give a process file systems of its own, where this machine allows it: as root, or in a user's name. */
const OWN_FILE_SYSTEMS = [
  ["unshare", "--mount"],
  ["unshare", "--user", "--map-root-user", "--mount"],
].find(([file = "", ...args]) => {
  const mounted = spawnSync(file, [...args, "sh", "-c", 'mount -t tmpfs -o size=1m tmpfs "$0"', "/mnt"]);
  return mounted.status === 0;
});

describe("a disk without room", () => {
  it("for a page: the monitor stays, says so, loses nothing, and has the edit once there is room", async () => {
    const kept = await keptFolder();
    const before = contents(kept.folder);
    const noise = randomBytes(6 * MEGABYTE).toString("base64"); // packs to no less than it was
    kept.publisher.answer = utf8(`${page("15")}<!-- ${noise} -->`);
    // 2048 blocks of 512 or 1024 bytes, as the shell has it, for any file that the process writes.
    const limited = monitor(kept.folder, { below: ["/bin/sh", "-c", 'ulimit -f 2048; exec "$@"', "sh"] });
    await vi.waitFor(() => expect(limited.said()).toMatch(/WARNING .*no room for captures\/.*EFBIG/), WITHIN);
    expect(limited.said()).toContain("make room, and it goes on");
    expect(limited.process.exitCode).toBeNull();
    expect(await limited.stop()).toBe(0);
    expect(await revisionsOf(kept)).toBe(2);
    expectNothingLost(kept.folder, before);
    const again = monitor(kept.folder);
    await vi.waitFor(() => expect(again.said()).toContain("revision 3"), WITHIN);
    expectNothingLost(kept.folder, before);
  });

  it.skipIf(!OWN_FILE_SYSTEMS)(
    OWN_FILE_SYSTEMS
      ? "at all: the monitor stays, says so, loses nothing, and goes on by itself when room returns"
      : "SKIPPED, no small file system can be made here (it takes `unshare` and root or user namespaces): a full disk",
    async () => {
      const kept = await keptFolder();
      const before = contents(kept.folder);
      const disk = temporaryFolder();
      const script = 'mount -t tmpfs -o size=6m tmpfs "$1" && cp -a "$0" "$1/kept" && shift && exec "$@"';
      const below = [...(OWN_FILE_SYSTEMS ?? []), "sh", "-c", script, kept.folder, disk];
      const { said, process } = monitor(join(disk, "kept"), { below });
      await vi.waitFor(() => expect(said()).toContain("Stop with Ctrl+C"), WITHIN);
      const seen = join("/proc", String(process.pid), "root", disk);
      const filler = join(seen, "filler");

      fill(filler);
      kept.publisher.answer = utf8(`${page("15")}<!-- ${randomBytes(100_000).toString("base64")} -->`);
      await vi.waitFor(() => expect(said()).toMatch(/WARNING .*(no room for|the disk is full)/), WITHIN);
      expect(process.exitCode).toBeNull();
      const [address = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said()) ?? [];
      expect((await fetch(`${address}/watches/${kept.id}`)).status).toBe(200);
      expect(said()).not.toContain("revision 3");

      rmSync(filler);
      await vi.waitFor(() => expect(said()).toContain("revision 3"), WITHIN);
      const after = join(temporaryFolder(), "after");
      mkdirSync(after);
      cpSync(join(seen, "kept"), after, { recursive: true });
      expectNothingLost(after, before);
    },
  );
});

/** Writes to the last byte of room. */
function fill(path: string): void {
  for (const bytes of [MEGABYTE, 4096, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(bytes), { flag: "a" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}
