import type * as Net from "node:net";
import { connect as connectWith } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { httpFetcher } from "../../../shared/adapters/web/http-fetcher.ts";
import { FETCH_LIMITS } from "../../../shared/config.ts";
import type { FetchRequest, Passage } from "../../../shared/ports/fetcher.ts";
import { type RawHandler, RawServer } from "../../support/raw-server.ts";

// No test leaves this machine: a connection to any address ends at the server on loopback, and says that it did not.
vi.mock("node:net", async (importOriginal) => {
  const net = await importOriginal<typeof Net>();
  const connect = (options: { host: string; port: number }) => {
    const socket = net.connect({ host: "127.0.0.1", port: everywhere.port });
    Object.defineProperties(socket, { remoteAddress: { value: options.host }, remotePort: { value: options.port } });
    return socket;
  };
  return { ...net, connect: vi.fn(connect) };
});
const everywhere = { port: 0 };

const PUBLIC = "93.184.215.14";
const ADDRESSES: Readonly<Record<string, string>> = {
  "warta.test": PUBLIC,
  "intranet.test": "10.0.0.5",
  "desk.test": "192.168.1.5",
};
const clock = { now: () => new Date().toISOString(), sleep: async () => {} };
const MEMO = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmemo";
const redirect = (location: string) => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

describe("a chain of redirects, where private and loopback addresses are opened", () => {
  const open: RawServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
    vi.mocked(connectWith).mockClear();
  });

  /** Fetches the first URL; each answer but the last redirects to the next. */
  async function follow(urls: readonly string[], request: Partial<FetchRequest> = {}) {
    const handler: RawHandler = (socket, _request, count) => {
      const next = urls[count];
      socket.end(next === undefined ? MEMO : redirect(next));
    };
    const server = await RawServer.listen(handler);
    open.push(server);
    everywhere.port = server.port;
    const fetched = await httpFetcher({
      userAgent: "Variorum/0.1",
      limits: FETCH_LIMITS,
      allowAddresses: new Set(["loopback", "private"]),
      resolve: async (hostname) => [ADDRESSES[hostname] ?? ""],
      clock,
    }).fetch({ url: urls[0] ?? "", ...request });
    const asked = vi.mocked(connectWith).mock.calls.map(([to]) => (to as unknown as { host: string }).host);
    return { outcome: fetched.kind === "failed" ? fetched.failure.kind : fetched.status, asked };
  }

  it.each(["http://10.0.0.5:9200/", "http://127.0.0.1:8480/", "http://[::1]/", "http://intranet.test/"])(
    "that began at a public address does not reach %s",
    async (target) => {
      const { outcome, asked } = await follow(["http://warta.test/", target]);
      expect([outcome, asked]).toEqual(["address-forbidden", [PUBLIC]]);
    },
  );
  it("that has been to a public address does not come back", async () => {
    const { outcome, asked } = await follow(["http://intranet.test/", "http://warta.test/", "http://intranet.test/a"]);
    expect([outcome, asked]).toEqual(["address-forbidden", ["10.0.0.5", PUBLIC]]);
  });
  it("goes between public addresses", async () => {
    expect((await follow(["http://warta.test/", "http://warta.test/a"])).outcome).toBe(200);
  });
  it("goes between the operator's own addresses", async () => {
    const { outcome, asked } = await follow([
      "http://intranet.test:81/",
      "http://desk.test/",
      "http://127.0.0.1:8480/",
    ]);
    expect([outcome, asked]).toEqual([200, ["10.0.0.5", "192.168.1.5", "127.0.0.1"]]);
  });
  it("tells whoever is asked whether it may be followed what may still be reached", async () => {
    const passages: Passage[] = [];
    const mayFollow = async (_target: string, passage: Passage) => {
      passages.push(passage);
      return null;
    };
    await follow(["http://intranet.test/", "http://warta.test/", "http://warta.test/a"], { mayFollow });
    expect(passages).toEqual([{ publicOnly: false }, { publicOnly: true }]);
  });
  it("does not reach one by having the strict parser refuse its answer", async () => {
    const names = ["93.184.215.14", "10.0.0.5"];
    const answer: RawHandler = (socket) => socket.end("HTTP/1.1 200 OK\nContent-Length: 1\n\nx");
    const server = await RawServer.listen(answer);
    open.push(server);
    everywhere.port = server.port;
    const fetched = await httpFetcher({
      userAgent: "Variorum/0.1",
      limits: FETCH_LIMITS,
      allowAddresses: new Set(["private"]),
      resolve: async () => [names.shift() ?? ""],
      clock,
    }).fetch({ url: "http://rebinding.test/" });
    expect(fetched.kind === "failed" && fetched.failure.kind).toBe("address-forbidden");
    expect(server.requests.length).toBe(1);
  });
});
