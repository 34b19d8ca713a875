import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { systemResolver } from "../../../shared/adapters/web/resolver.ts";
import { NameServer, type Zone } from "../../support/name-server.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const HOSTS =
  "127.0.0.1 localhost\n# 10.0.0.9 not.test\n 192.0.2.7\tdesk.test  Other.test # ours\n2001:db8::7 desk.test\nx y.test";

describe("systemResolver", () => {
  const open: NameServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
  const resolver = async (zone: Zone) => {
    const hostsFile = join(temporaryFolder(), "hosts");
    await writeFile(hostsFile, HOSTS);
    const server = await NameServer.listen(zone);
    open.push(server);
    return { server, resolve: systemResolver({ servers: [server.address], hostsFile }) };
  };
  const patient = () => new AbortController().signal;

  it("asks the name servers", async () => {
    const { resolve } = await resolver({ "warta.test": ["192.0.2.1", "192.0.2.2"] });
    expect([...(await resolve("warta.test", patient()))].sort()).toEqual(["192.0.2.1", "192.0.2.2"]);
  });
  it.each(["nobody.test", "not.test", "y.test"])("rejects a name that nobody knows (%s)", async (name) => {
    const { resolve } = await resolver({});
    await expect(resolve(name, patient())).rejects.toMatchObject({ code: "ENOTFOUND" });
  });
  it.each([
    ["localhost", ["127.0.0.1", "::1"]],
    ["localhost.", ["127.0.0.1", "::1"]],
    ["demo.localhost", ["127.0.0.1", "::1"]],
    ["desk.test", ["192.0.2.7", "2001:db8::7"]],
    ["other.test.", ["192.0.2.7"]],
  ])("knows %s without asking anybody", async (name, addresses) => {
    const { resolve, server } = await resolver({ [name]: ["192.0.2.99"] });
    expect(await resolve(name, patient())).toEqual(addresses);
    expect(server.questions).toEqual([]);
  });
  it("does without a hosts file", async () => {
    const server = await NameServer.listen({ "warta.test": ["192.0.2.1"] });
    open.push(server);
    const resolve = systemResolver({ servers: [server.address], hostsFile: join(temporaryFolder(), "none") });
    expect(await resolve("warta.test", patient())).toEqual(["192.0.2.1"]);
  });
  it("answers for one name while twenty others get no answer", async () => {
    const { resolve, server } = await resolver({ "dead.test": null, "warta.test": ["192.0.2.1"] });
    const leaving = new AbortController();
    const outcomes: string[] = [];
    const dead = Array.from({ length: 20 }, () =>
      resolve("dead.test", leaving.signal).catch(() => outcomes.push("dead.test")),
    );
    expect(await resolve("warta.test", patient())).toEqual(["192.0.2.1"]);
    expect([outcomes, server.questions.includes("dead.test")]).toEqual([[], true]);
    leaving.abort();
    await Promise.all(dead);
  });
  it("ends at once when nobody waits any more", async () => {
    const { resolve } = await resolver({ "dead.test": null });
    const leaving = new AbortController();
    const resolving = resolve("dead.test", leaving.signal);
    leaving.abort();
    await expect(resolving).rejects.toMatchObject({ code: "ECANCELLED" });
    await expect(resolve("dead.test", leaving.signal)).rejects.toMatchObject({ code: "ECANCELLED" });
  });
});
