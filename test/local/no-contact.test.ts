import { afterEach, describe, expect, it } from "vitest";
import { localRuntime } from "../../functions/runtime/local.ts";
import { environmentSettings } from "../../functions/runtime/settings.ts";
import { ENV } from "../../shared/config.ts";
import { RawServer } from "../support/raw-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const redirect = (location: string) => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

describe("a monitor without a contact", () => {
  const endings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function fetchThrough(location: string, mayFollow?: () => Promise<null>) {
    const server = await RawServer.listen((socket, _request, count) =>
      socket.end(count === 1 ? redirect(location) : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    );
    const settings = environmentSettings({ [ENV.allowAddresses]: "loopback" });
    const log = { info: () => {}, warn: () => {} };
    const runtime = localRuntime(temporaryFolder(), settings, { log, write: () => {} });
    endings.push(
      () => server.close(),
      () => runtime.close(),
    );
    return runtime.services.fetcher.fetch({ url: server.url(), ...(mayFollow && { mayFollow }) });
  }

  it("follows no redirect to anybody else, and says what to set", async () => {
    const fetched = await fetchThrough("http://93.184.215.14/");
    expect(fetched.kind === "failed" && fetched.failure).toMatchObject({ kind: "address-forbidden" });
    expect(fetched.kind === "failed" && fetched.failure.detail).toContain(ENV.contact);
  });
  it("follows one to this machine, if whoever asks lets it", async () => {
    let asked = 0;
    const fetched = await fetchThrough("/next", async () => {
      asked++;
      return null;
    });
    expect([fetched.kind, asked]).toEqual(["answered", 1]);
  });
});
