import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqliteLedger } from "../../../shared/adapters/local/sqlite-ledger.ts";
import { openLedgerFile } from "../../../shared/adapters/local/sqlite-ledger-file.ts";
import { APPLICATION_ID, MIGRATIONS } from "../../../shared/adapters/local/sqlite-ledger-schema.ts";
import { addSeconds } from "../../../shared/domain/time.ts";
import { NEW_STATE } from "../../../shared/domain/watch.ts";
import { LedgerUnusable } from "../../../shared/ports/ledger.ts";
import { aRevision, aRotatingPlace, aState, aWatch, manyWatches, NOON } from "../../support/builders.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "variorum-ledger-"));
  path = join(folder, "ledger.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a ledger file", () => {
  it("keeps everything when it is closed and opened again", async () => {
    const before = sqliteLedger(path);
    await before.addWatch(aWatch());
    await before.recordRevision(aRevision(), aWatch().url);
    await before.settle(aWatch().id, aState({ newest: 2 }));
    await before.recordRotating(aWatch().id, [aRotatingPlace()], NOON);
    await before.recordTick(NOON);
    before.close();
    const after = sqliteLedger(path);
    const standing = {
      watch: aWatch(),
      state: aState({ newest: 2 }),
      newest: aRevision(),
      rotating: [aRotatingPlace()],
    };
    expect(await after.standing(aWatch().id)).toEqual(standing);
    expect((await after.outbox({ limit: 5 })).rows).toHaveLength(1);
    expect(await after.lastTick()).toBe(NOON);
    after.close();
  });

  it("shows one connection what the other wrote, and keeps both to the promises", async () => {
    const [monitor, cli] = [sqliteLedger(path), sqliteLedger(path)];
    await cli.addWatch(aWatch());
    expect(await monitor.watch(aWatch().id)).toEqual(aWatch());
    const answers = await Promise.all([monitor, cli].map((ledger) => ledger.recordRevision(aRevision(), aWatch().url)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await cli.claimHost("gazette.example", NOON, addSeconds(NOON, 10))).toEqual({ claimed: true });
    expect((await monitor.claimHost("gazette.example", NOON, addSeconds(NOON, 10))).claimed).toBe(false);
    monitor.close();
    expect((await cli.standing(aWatch().id))?.newest).toEqual(aRevision());
    cli.close();
  });

  it("made by an earlier release goes on with all that it holds", async () => {
    const old = new DatabaseSync(path);
    old.exec(MIGRATIONS[0] ?? "");
    old.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`);
    const { id, added, status, cadenceSeconds } = aWatch();
    old
      .prepare("INSERT INTO watches (id, added, status, cadence, phase, json) VALUES (?, ?, ?, ?, 0, ?)")
      .run(id, added, status, cadenceSeconds, JSON.stringify(aWatch()));
    old.prepare("INSERT INTO states (watch_id, newest, json) VALUES (?, 0, ?)").run(id, JSON.stringify(NEW_STATE));
    old.close();
    const ledger = sqliteLedger(path);
    await ledger.recordRotating(id, [aRotatingPlace()], NOON);
    const rotating = [aRotatingPlace()];
    expect(await ledger.standing(id)).toEqual({ watch: aWatch(), state: NEW_STATE, newest: null, rotating });
    ledger.close();
  });

  it("can be closed twice", () => {
    const ledger = sqliteLedger(path);
    ledger.close();
    expect(() => ledger.close()).not.toThrow();
  });

  it("is written durably: every commit reaches the disk, in a journal that readers do not wait for", () => {
    const file = openLedgerFile(path);
    expect(file.get("PRAGMA synchronous")).toEqual({ synchronous: 2 });
    expect(file.get("PRAGMA journal_mode")).toEqual({ journal_mode: "wal" });
    expect(file.get("PRAGMA foreign_keys")).toEqual({ foreign_keys: 1 });
    file.close();
  });

  it("is made once when several processes open it at once, each of which then writes", async () => {
    const module = join(import.meta.dirname, "../../../shared/adapters/local/sqlite-ledger.ts");
    const script = `
      const { sqliteLedger } = await import(${JSON.stringify(module)});
      while (Date.now() < ${Date.now() + 400}); // so that all are under way when the first one opens it
      const ledger = sqliteLedger(${JSON.stringify(path)});
      for (let n = 0; n < 10; n++) {
        const id = process.argv[1] + "-" + n;
        const watch = { id, url: "https://paper.example/" + id, added: "2026-03-01T12:00:00.000Z", tags: [], cadenceSeconds: 60, status: "active" };
        if (!(await ledger.addWatch(watch)).added) throw new Error("not added");
      }
      ledger.close();`;
    const codes = await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, `p${n}`], { stdio: "inherit" });
        const [code] = await once(child, "exit");
        return code;
      }),
    );
    expect(codes).toEqual([0, 0, 0, 0]);
    const ledger = sqliteLedger(path);
    expect((await ledger.watches({ limit: 100 })).rows).toHaveLength(40);
    ledger.close();
  });
});

describe("a process that opens a ledger while another one makes it", () => {
  it("waits, and finds it made", async () => {
    const faster = new DatabaseSync(path);
    faster.exec("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
    const module = join(import.meta.dirname, "../../../shared/adapters/local/sqlite-ledger.ts");
    const script = `
      const { sqliteLedger } = await import(${JSON.stringify(module)});
      process.stdout.write("opening");
      sqliteLedger(${JSON.stringify(path)}).close();`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    await once(child.stdout, "data");
    await setTimeout(200); // it has looked, and waits for its turn to write
    for (const step of MIGRATIONS) faster.exec(step);
    faster.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
    expect(await exit).toEqual([0, null]);
    faster.close();
  });
});

describe("a file that cannot be used", () => {
  /** Opens it, and @returns what was said. @throws unless it was refused as unusable, by its path, and left untouched */
  function refusal(): string {
    const before = readFileSync(path);
    let said = "";
    try {
      sqliteLedger(path).close();
    } catch (problem) {
      expect(problem).toBeInstanceOf(LedgerUnusable);
      said = String(problem);
    }
    expect(said).toContain(path);
    expect(said).toMatch(/move (it|the file) aside/i);
    expect(readFileSync(path)).toEqual(before);
    return said;
  }

  it("is not an SQLite database", () => {
    writeFileSync(path, "Dear editor, this is a letter and no ledger. ".repeat(100));
    expect(refusal()).toMatch(/not a ledger/);
  });

  it("is shorter than an SQLite header", () => {
    writeFileSync(path, "ledger");
    expect(refusal()).toMatch(/not a ledger/);
  });

  it("belongs to another program", () => {
    const db = new DatabaseSync(path);
    db.exec("CREATE TABLE recipes (name TEXT)");
    db.close();
    expect(refusal()).toMatch(/another program/);
  });

  it("belongs to another program that died while it wrote: its journal stays for it", () => {
    const elsewhere = join(folder, "recipes");
    const db = new DatabaseSync(elsewhere);
    db.exec("PRAGMA journal_mode = WAL; CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('rendang')");
    copyFileSync(elsewhere, path);
    copyFileSync(`${elsewhere}-wal`, `${path}-wal`);
    db.close();
    const journal = readFileSync(`${path}-wal`);
    expect(journal.length).toBeGreaterThan(0);
    expect(refusal()).toMatch(/another program/);
    expect(readFileSync(`${path}-wal`)).toEqual(journal);
  });

  it("was written by a newer release", () => {
    sqliteLedger(path).close();
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    expect(refusal()).toMatch(/newer release/);
  });

  it("was cut short", async () => {
    await fill();
    truncateSync(path, 3 * 4096);
    expect(refusal()).toMatch(/damaged/);
  });

  it("holds garbage where rows were: whoever reads them is told, and so is the next", async () => {
    await fill();
    const db = new DatabaseSync(path);
    const roots = db.prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0").all(); // of all but the schema
    db.close();
    const bytes = readFileSync(path);
    for (const { rootpage } of roots) bytes.fill(0xa5, (Number(rootpage) - 1) * 4096, Number(rootpage) * 4096);
    writeFileSync(path, bytes);
    const ledger = sqliteLedger(path);
    await expect(ledger.watches({ limit: 10 })).rejects.toThrow(LedgerUnusable);
    await expect(ledger.standing(aWatch().id)).rejects.toThrow(/damaged/);
    ledger.close();
  });

  it("lies in a folder that does not exist", () => {
    expect(() => sqliteLedger(join(folder, "missing", "ledger.sqlite"))).toThrow(/check that its folder exists/);
  });

  async function fill(): Promise<void> {
    const ledger = sqliteLedger(path);
    for (const watch of manyWatches(50)) await ledger.addWatch(watch);
    ledger.close();
  }
});

describe("an empty file", () => {
  it("becomes a ledger, as one that is missing does", async () => {
    writeFileSync(path, "");
    const ledger = sqliteLedger(path);
    expect((await ledger.addWatch(aWatch())).added).toBe(true);
    ledger.close();
  });
});

describe("a full disk", () => {
  it("is said, and harms nothing that was written", () => {
    const file = openLedgerFile(path);
    const insert = "INSERT INTO tellings (happening, at) VALUES (?, ?)";
    file.run(insert, "first", NOON);
    const pages = Number(file.get("PRAGMA page_count")?.page_count);
    file.get(`PRAGMA max_page_count = ${pages}`);
    expect(() => file.run(insert, "n".repeat(100_000), NOON)).toThrow(/disk is full.*free some space/);
    expect(() =>
      file.atomically(() => {
        file.run(insert, "half", NOON);
        file.run(insert, "n".repeat(100_000), NOON);
      }),
    ).toThrow(/disk is full/);
    expect(file.all("SELECT happening FROM tellings")).toEqual([{ happening: "first" }]);
    expect(file.run(insert, "small", NOON)).toBe(1);
    file.close();
  });
});
