import { request } from "node:http";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { type Served, serveLocally } from "../../functions/local/serve.ts";

const app = new Hono().get("/", (c) => c.text("the room"));

describe("serveLocally", () => {
  const opened: Served[] = [];
  afterEach(async () => {
    for (const served of opened.splice(0)) await served.close();
  });
  const open = async (port = 0) => {
    const served = await serveLocally(app, port);
    opened.push(served);
    return served;
  };

  it("serves on this machine", async () => {
    const { address } = await open();
    expect(await (await fetch(address)).text()).toBe("the room");
  });

  it("takes any free port when the wanted one is taken", async () => {
    const first = await open();
    const port = Number(new URL(first.address).port);
    const second = await open(port);
    expect(second.takenPort).toBe(port);
    expect(await (await fetch(second.address)).text()).toBe("the room");
  });

  it.each([
    ["localhost", 200],
    ["127.0.0.1", 200],
    ["evil.example", 421],
    ["127.0.0.1.evil.example", 421],
  ])("answers a request for %s with %d", async (host, status) => {
    const { port } = new URL((await open()).address);
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: `${host}:${port}` };
      request({ host: "127.0.0.1", port, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(answered).toBe(status);
  });
});
