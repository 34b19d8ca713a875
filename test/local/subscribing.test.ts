import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { clientOf } from "../../functions/local/subscribing.ts";
import { networkOf, viewerNetwork } from "../../functions/runtime/client-network.ts";
import { SecretUnusable, secretFile } from "../../shared/adapters/local/secret-file.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("networkOf", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::6", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
  ])("takes %s as %s", (address, network) => expect(networkOf(address)).toBe(network));
});

describe("viewerNetwork", () => {
  it.each([
    ["203.0.113.9:46532", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6:46532", "2001:db8:1:2"],
    ["2001:db8::6:443", "2001:db8:0:0"],
    ["", "unknown"],
  ])("takes %s as %s", (viewer, network) => expect(viewerNetwork(viewer)).toBe(network));
});

describe("clientOf", () => {
  const app = new Hono().get("/", (c) => c.text(clientOf(c)));
  const seen = async (forwarded: string) =>
    (await app.request("/", { headers: { "X-Forwarded-For": forwarded } })).text();

  it.each(["203.0.113.9", "10.0.0.1, 203.0.113.9", "127.0.0.1, 198.51.100.7,203.0.113.9"])(
    "goes by what the proxy appended to %s, whatever the client wrote before it",
    async (forwarded) => expect(await seen(forwarded)).toBe("203.0.113.9"),
  );
});

describe("a secret in a file", () => {
  it("is made once, for its owner alone", () => {
    const path = join(temporaryFolder(), "key");
    const made = secretFile(path, () => "a".repeat(43));
    expect(secretFile(path, () => "b".repeat(43))).toBe(made);
    expect(readFileSync(path, "utf8")).toBe(`${"a".repeat(43)}\n`);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("is not taken from a file that was emptied: everybody could sign with it", () => {
    const path = join(temporaryFolder(), "key");
    writeFileSync(path, "\n");
    expect(() => secretFile(path, () => "a".repeat(43))).toThrow(SecretUnusable);
  });
});
