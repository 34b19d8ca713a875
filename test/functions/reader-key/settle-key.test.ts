import { describe, expect, it } from "vitest";
import { type KeyRequest, settleKey } from "../../../functions/reader-key/settle-key.ts";
import type { Parameters } from "../../../functions/runtime/parameters.ts";
import { originToken } from "../../../shared/notices/subscriber-links.ts";
import { operatorLink, readerLink } from "../../../shared/reading-room/access.ts";

const NAME = "/variorum/Gazette/reader-key/1";
const ADDRESS = "https://room.gazette.test";
const create = { type: "Create", parameterName: NAME, address: ADDRESS } as const;

/** Parameters in memory, and keys that tell their turn. */
function desk() {
  const kept = new Map<string, string>();
  const parameters: Parameters = {
    read: async (...names) => new Map([...kept].filter(([name]) => names.includes(name))),
    keepSecret: async (name, value) => !kept.has(name) && Boolean(kept.set(name, value)),
    remove: async (name) => void kept.delete(name),
  };
  let made = 0;
  const newKey = () => `${++made}`.padStart(43, "k");
  return { kept, settle: (request: KeyRequest) => settleKey(request, parameters, newKey) };
}

describe("settleKey", () => {
  it("makes a key once, and the links from it", async () => {
    const { kept, settle } = desk();
    const key = () => kept.get(NAME) ?? "";
    const links = await settle(create);
    expect(links).toEqual({ ReaderLink: readerLink(ADDRESS, key()), OperatorLink: operatorLink(ADDRESS, key()) });
  });
  it("keeps the key when asked again, so that links stay good", async () => {
    const { settle } = desk();
    expect(await settle(create)).toEqual(await settle(create));
  });
  it("makes the link anew for another address, from the same key", async () => {
    const { kept, settle } = desk();
    await settle(create);
    const moved = await settle({ ...create, type: "Update", address: "https://elsewhere.test" });
    expect(moved).toMatchObject({ ReaderLink: readerLink("https://elsewhere.test", kept.get(NAME) ?? "") });
  });
  it("makes the secret of subscribers' links, and of it shows only what the distribution says", async () => {
    const { kept, settle } = desk();
    const name = "/variorum/Gazette/subscriber-key";
    expect(await settle({ type: "Create", parameterName: name })).toEqual({
      OriginToken: originToken(kept.get(name) ?? ""),
    });
  });
  it("makes another key under another name, before the old one goes", async () => {
    const { kept, settle } = desk();
    const next = NAME.replace(/1$/, "2");
    const first = await settle(create);
    const second = await settle({ ...create, type: "Update", parameterName: next });
    await settle({ ...create, type: "Delete" });
    expect(second).not.toEqual(first);
    expect([...kept.keys()]).toEqual([next]);
  });
  it("forgets the key when the room goes, however often it is told", async () => {
    const { kept, settle } = desk();
    await settle(create);
    expect(await settle({ ...create, type: "Delete" })).toBeNull();
    expect(await settle({ ...create, type: "Delete" })).toBeNull();
    expect(kept.size).toBe(0);
  });
  it("throws when a key is there but cannot be read: another in its place would void every link", async () => {
    const blind: Parameters = { read: async () => new Map(), keepSecret: async () => false, remove: async () => {} };
    await expect(settleKey(create, blind, () => "k".repeat(43))).rejects.toThrow(NAME);
  });
});
