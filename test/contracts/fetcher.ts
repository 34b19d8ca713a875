import { randomBytes, X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { FETCH_LIMITS } from "../../shared/config.ts";
import type { Fetched, Fetcher, FetchRequest } from "../../shared/ports/fetcher.ts";
import { type RawHandler, RawServer } from "../support/raw-server.ts";
import { EXPIRED_IDENTITY, LOCALHOST_IDENTITY } from "../support/tls-identities.ts";

/** What a test sets about the fetcher under contract. */
export interface FetcherSetup {
  readonly limits: { readonly [Limit in keyof typeof FETCH_LIMITS]: number };
  readonly allowAddresses: ReadonlySet<"loopback" | "private">;
  readonly resolve?: (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;
  readonly ca?: string;
}

const LOOPBACK: ReadonlySet<"loopback" | "private"> = new Set(["loopback"]);
const EVERYTHING: ReadonlySet<"loopback" | "private"> = new Set(["loopback", "private"]);
const NOTHING: ReadonlySet<"loopback" | "private"> = new Set();

/** Short enough to be fast, long enough for a busy machine to answer within. */
const PATIENT = { ...FETCH_LIMITS, dnsSeconds: 2, connectSeconds: 5, firstByteSeconds: 8, totalSeconds: 12 };
/** For tests in which a limit must be reached. */
const IMPATIENT = { ...FETCH_LIMITS, dnsSeconds: 0.1, connectSeconds: 0.3, firstByteSeconds: 0.3, totalSeconds: 0.5 };

/** One limit that is reached, and no other before the test itself runs out of time. */
const only = (limits: Partial<FetcherSetup["limits"]>) => ({
  ...FETCH_LIMITS,
  dnsSeconds: 600,
  connectSeconds: 600,
  firstByteSeconds: 600,
  totalSeconds: 600,
  ...limits,
});

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const bodyOf = (fetched: Fetched): string | null => (fetched.kind === "answered" ? text(fetched.body) : null);
const lastOf = (fetched: Fetched) => fetched.exchanges.at(-1);
const head = (fields = "", status = "200 OK") => `HTTP/1.1 ${status}\r\n${fields}\r\n`;
const sized = (body: string | Uint8Array, fields = "", status?: string): Buffer =>
  Buffer.concat([Buffer.from(head(`Content-Length: ${body.length}\r\n${fields}`, status)), Buffer.from(body)]);
const chunked = (...chunks: (string | Uint8Array)[]): Buffer =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), Buffer.from(chunk), CRLF]),
    Buffer.from("0\r\n\r\n"),
  ]);
const CRLF = Buffer.from("\r\n");
const PAGE = "<!doctype html><title>Pasar pagi</title><p>Harga cabai naik dua kali lipat.</p>";

/** What matters of an outcome, on one line. */
function verdict(fetched: Fetched): string {
  const truncated = lastOf(fetched)?.truncated;
  const what = fetched.kind === "answered" ? String(fetched.status) : fetched.failure.kind;
  const body = fetched.kind === "answered" ? fetched.bodyFailure?.kind : undefined;
  return [what, body, truncated && `(${truncated})`].filter(Boolean).join(" ");
}

/** The promises of the Fetcher port, held against servers that break theirs. */
export function fetcherContract(name: string, makeFetcher: (setup: FetcherSetup) => Fetcher): void {
  describe(`${name} keeps the Fetcher's promises`, () => {
    const open: RawServer[] = [];
    const serve = async (handler: RawHandler, tls: Parameters<typeof RawServer.listen>[1] = null) => {
      const server = await RawServer.listen(handler, tls);
      open.push(server);
      return server;
    };
    afterEach(async () => {
      await Promise.all(open.splice(0).map((server) => server.close()));
    });

    const fetcher = (setup: Partial<FetcherSetup> = {}) =>
      makeFetcher({ limits: PATIENT, allowAddresses: LOOPBACK, ...setup });

    /** Serves every request the same way and fetches `/` once. */
    async function fetchFrom(
      answer: RawHandler | string | Uint8Array,
      setup: Partial<FetcherSetup> = {},
      request: Partial<FetchRequest> = {},
    ) {
      const server = await serve(typeof answer === "function" ? answer : (socket) => socket.end(answer));
      const fetched = await fetcher(setup).fetch({ url: server.url(), ...request });
      return { fetched, server };
    }

    describe("whole answers", () => {
      const gzipped = gzipSync(PAGE);
      it.each<[fact: string, answer: string | Uint8Array]>([
        ["a body of stated length", sized(PAGE)],
        ["a chunked body", Buffer.concat([Buffer.from(head("Transfer-Encoding: chunked\r\n")), chunked(PAGE)])],
        [
          "chunks with extensions and trailers",
          `${head("Transfer-Encoding: chunked\r\n")}${PAGE.length.toString(16)};a=b\r\n${PAGE}\r\n0\r\nX-Sum: 1\r\n\r\n`,
        ],
        ["a body that ends with the connection", head() + PAGE],
        ["an HTTP/1.0 answer", `HTTP/1.0 200 OK\r\n\r\n${PAGE}`],
        ["gzip", sized(gzipped, "Content-Encoding: gzip\r\n")],
        ["x-gzip", sized(gzipped, "Content-Encoding: x-gzip\r\n")],
        ["gzip in two members", sized(Buffer.concat([gzipSync(PAGE.slice(0, 9)), gzipSync(PAGE.slice(9))]), GZIP)],
        ["br", sized(brotliCompressSync(PAGE), "Content-Encoding: br\r\n")],
        ["zstd", sized(zstdCompressSync(PAGE), "Content-Encoding: zstd\r\n")],
        ["deflate as the standard means it", sized(deflateSync(PAGE), "Content-Encoding: deflate\r\n")],
        ["deflate as some servers mean it", sized(deflateRawSync(PAGE), "Content-Encoding: deflate\r\n")],
        ["two codings", sized(brotliCompressSync(gzipped), "Content-Encoding: gzip, br\r\n")],
        ["identity", sized(PAGE, "Content-Encoding: identity\r\n")],
        [
          "gzip in chunks",
          Buffer.concat([
            Buffer.from(head(`Transfer-Encoding: chunked\r\n${GZIP}`)),
            chunked(gzipped.subarray(0, 11), gzipped.subarray(11)),
          ]),
        ],
        ["an answer behind interim ones", Buffer.concat([Buffer.from(INTERIM), sized(PAGE)])],
      ])("reads %s", async (_fact, answer) => {
        const { fetched } = await fetchFrom(answer);
        expect(verdict(fetched)).toBe("200");
        expect(bodyOf(fetched)).toBe(PAGE);
      });

      it.each<[fact: string, answer: string, outcome: string]>([
        ["an empty body", head("Content-Length: 0\r\n"), "200"],
        ["an empty body that says it is gzip", head(`Content-Length: 0\r\n${GZIP}`), "200"],
        ["204", head("", "204 No Content"), "204"],
        ["304 with the length of what it does not send", head("Content-Length: 500\r\n", "304 Not Modified"), "304"],
        ["404", head("Content-Length: 0\r\n", "404 Not Found"), "404"],
        ["503", head("Content-Length: 0\r\nRetry-After: 120\r\n", "503 Service Unavailable"), "503"],
      ])("takes %s as an answer", async (_fact, answer, outcome) => {
        const { fetched } = await fetchFrom(answer);
        expect([verdict(fetched), bodyOf(fetched)]).toEqual([outcome, ""]);
      });

      it("keeps the answer's bytes as they went over the wire, chunks and codings left in", async () => {
        const answer = Buffer.concat([
          Buffer.from("HTTP/1.1 200 Fine\r\nX-Caf\xe9: \xe9t\xe9\r\ntransfer-encoding:  chunked\r\n", "latin1"),
          Buffer.from(`${GZIP}\r\n`),
          chunked(gzipSync(PAGE)),
        ]);
        const { fetched } = await fetchFrom(answer);
        expect(text(lastOf(fetched)?.response ?? CRLF)).toBe(text(answer));
        expect(lastOf(fetched)?.headers["x-café"]).toBe("été");
      });
      it("keeps the request's bytes as the server got them", async () => {
        const { fetched, server } = await fetchFrom(sized(PAGE));
        expect(text(lastOf(fetched)?.request ?? CRLF)).toBe(server.requests[0]);
      });
      it("cuts interim answers off the kept bytes, and says so", async () => {
        const { fetched } = await fetchFrom(Buffer.concat([Buffer.from(INTERIM), sized(PAGE)]));
        expect(text(lastOf(fetched)?.response ?? CRLF)).toBe(text(sized(PAGE)));
        expect(lastOf(fetched)?.notes).toEqual([`${INTERIM.length} bytes of interim 1xx answers cut off`]);
      });
      it("cuts off what follows the answer", async () => {
        const { fetched } = await fetchFrom(Buffer.concat([sized(PAGE), Buffer.from("HTTP/1.1 200 OK\r\n\r\nmore")]));
        expect([verdict(fetched), bodyOf(fetched)]).toEqual(["200", PAGE]);
        expect(text(lastOf(fetched)?.response ?? CRLF)).toBe(text(sized(PAGE)));
      });
      it.each(["utf-8", "windows-1252", "x-unheard-of", "utf-8; charset=big5"])(
        "hands on the bytes whatever charset they are said to be in (%s)",
        async (charset) => {
          const body = Buffer.from([0x80, 0x91, 0x97, 0xff, 0xfe, 0x00, 0xc3]);
          const { fetched } = await fetchFrom(sized(body, `Content-Type: text/html; charset=${charset}\r\n`));
          expect(fetched.kind === "answered" && [...fetched.body]).toEqual([...body]);
        },
      );
      it("joins repeated fields and gives their names in lower case", async () => {
        const { fetched } = await fetchFrom(sized("", "Vary: Accept\r\nVARY: Cookie\r\n__proto__: x\r\n"));
        expect(fetched.kind === "answered" && fetched.headers.vary).toBe("Accept, Cookie");
      });
      it("reads a head of 50 KB", async () => {
        const { fetched } = await fetchFrom(sized(PAGE, `X: ${"x".repeat(1000)}\r\n`.repeat(50)));
        expect([verdict(fetched), bodyOf(fetched)]).toEqual(["200", PAGE]);
      });
      it("tells when it asked, whom, and how long it took", async () => {
        const { fetched } = await fetchFrom(sized(PAGE));
        const { at, ip, firstByteSeconds, totalSeconds } = lastOf(fetched) ?? {};
        expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(ip).toBe("127.0.0.1");
        expect(firstByteSeconds).toBeGreaterThanOrEqual(0);
        expect(totalSeconds).toBeGreaterThanOrEqual(firstByteSeconds ?? Number.NaN);
      });
      it("holds a plain body once, in memory of just its size", async () => {
        const answer = sized(Buffer.alloc(300_000, PAGE));
        const { fetched } = await fetchFrom(answer);
        const response = lastOf(fetched)?.response;
        expect(fetched.kind === "answered" && fetched.body.buffer).toBe(response?.buffer);
        expect(response?.buffer.byteLength).toBe(answer.length);
      });
      it("serves many at once", async () => {
        const server = await serve((socket, request) => socket.end(sized(request.split(" ")[1] ?? "")));
        const paths = Array.from({ length: 20 }, (_, index) => `/page/${index}`);
        const all = await Promise.all(paths.map((path) => fetcher().fetch({ url: server.url(path) })));
        expect(all.map(bodyOf)).toEqual(paths);
      });
    });

    describe("requests", () => {
      it("are honest, and carry no cookie, no validator and no body of their own accord", async () => {
        const { server } = await fetchFrom(sized(PAGE, "Set-Cookie: a=b\r\n"));
        const fields = (server.requests[0] ?? "").trim().split("\r\n").slice(1);
        const names = fields.map((field) => field.split(":")[0]);
        expect(server.requests[0]).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
        expect(names).toEqual(
          expect.arrayContaining(["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]),
        );
        expect(names.filter((name) => /cookie|if-|range|referer|origin/i.test(name ?? ""))).toEqual([]);
        expect(fields).toContain(`Host: 127.0.0.1:${server.port}`);
        expect(fields).toContain("Connection: close");
      });
      it("carry the validators they are given", async () => {
        const { fetched, server } = await fetchFrom(
          head("", "304 Not Modified"),
          {},
          { etag: 'W/"a1"', lastModified: "Sun, 01 Mar 2026 12:00:00 GMT" },
        );
        expect(verdict(fetched)).toBe("304");
        expect(server.requests[0]).toContain('If-None-Match: W/"a1"\r\n');
        expect(server.requests[0]).toContain("If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT\r\n");
      });
      it("leave out a validator that would break out of its line", async () => {
        const { server } = await fetchFrom(sized(PAGE), {}, { etag: '"a"\r\nX-Evil: 1', lastModified: "\u2028" });
        expect(server.requests[0]).not.toMatch(/evil|if-/i);
      });
      it("carry validators only to the URL that gave them", async () => {
        const server = await serve((socket, request) =>
          socket.end(request.startsWith("GET /old ") ? redirect("/new") : sized(PAGE)),
        );
        await fetcher().fetch({ url: server.url("/old"), etag: '"1"' });
        await fetcher().fetch({ url: server.url("/old"), etag: '"1"', validatorsOf: server.url("/new") });
        expect(server.requests.map((request) => request.includes("If-None-Match"))).toEqual([true, false, false, true]);
      });
      it("carry no cookie that a redirect set", async () => {
        const server = await serve((socket, _request, count) =>
          socket.end(count === 1 ? redirect("/next", "302 Found", "Set-Cookie: a=b\r\n") : sized(PAGE)),
        );
        await fetcher().fetch({ url: server.url() });
        expect(server.requests[1]).not.toMatch(/cookie/i);
      });
    });

    describe("redirects", () => {
      const chain = (locations: readonly string[]): RawHandler => {
        return (socket, _request, count) => {
          const location = locations[count - 1];
          socket.end(location === undefined ? sized(PAGE) : redirect(location));
        };
      };
      it.each(["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])(
        "follows %s and keeps both exchanges",
        async (status) => {
          const server = await serve((socket, _request, count) =>
            socket.end(count === 1 ? redirect("next?a=1&b=2#part", status) : sized(PAGE)),
          );
          const fetched = await fetcher().fetch({ url: server.url("/dir/page") });
          expect(bodyOf(fetched)).toBe(PAGE);
          expect(fetched.exchanges.map(({ status: each }) => each)).toEqual([Number(status.slice(0, 3)), 200]);
          expect(fetched.kind === "answered" && fetched.url).toBe(server.url("/dir/next?a=1&b=2"));
        },
      );
      it("follows an absolute one to another host, and asks that by its own name", async () => {
        const other = await serve((socket) => socket.end(sized(PAGE)));
        const server = await serve(chain([`http://other.test:${other.port}/x`]));
        const fetched = await fetcher({ resolve: async () => ["127.0.0.1"] }).fetch({ url: server.url() });
        expect(bodyOf(fetched)).toBe(PAGE);
        expect(other.requests[0]).toContain(`Host: other.test:${other.port}\r\n`);
      });
      it("reads a Location in UTF-8", async () => {
        const server = await serve(chain(["/caf\u00e9"]));
        const fetched = await fetcher().fetch({ url: server.url() });
        expect(fetched.kind === "answered" && fetched.url).toBe(server.url("/caf%C3%A9"));
      });
      it("takes one that leads nowhere as an answer", async () => {
        const { fetched } = await fetchFrom(head("Content-Length: 0\r\n", "302 Found"));
        expect(verdict(fetched)).toBe("302");
      });
      it("follows five and no more", async () => {
        const steps = ["/1", "/2", "/3", "/4", "/5"];
        const five = await serve(chain(steps));
        expect(bodyOf(await fetcher().fetch({ url: five.url() }))).toBe(PAGE);
        const six = await serve(chain([...steps, "/6"]));
        const fetched = await fetcher().fetch({ url: six.url() });
        expect(verdict(fetched)).toBe("too-many-redirects");
        expect(fetched.exchanges.length).toBe(6);
      });
      it("leaves a loop at once", async () => {
        const server = await serve((socket, request) =>
          socket.end(redirect(request.startsWith("GET /a") ? "/b" : "/a")),
        );
        const fetched = await fetcher().fetch({ url: server.url("/a") });
        expect(verdict(fetched)).toBe("too-many-redirects");
        expect(server.requests.length).toBe(2);
      });
      it("asks before it follows each, and follows while it may", async () => {
        const other = await serve((socket) => socket.end(sized(PAGE)));
        const server = await serve(chain(["/next#part", `http://other.test:${other.port}/x`]));
        const asked: unknown[] = [];
        const fetched = await fetcher({ resolve: async () => ["127.0.0.1"] }).fetch({
          url: server.url(),
          mayFollow: async (target, passage) => {
            asked.push([target, passage, server.requests.length, other.requests.length]);
            return null;
          },
        });
        expect(bodyOf(fetched)).toBe(PAGE);
        expect(asked).toEqual([
          [server.url("/next"), { publicOnly: false }, 1, 0],
          [`http://other.test:${other.port}/x`, { publicOnly: false }, 2, 0],
        ]);
      });
      it("ends with the failure of one that it may not follow, and keeps the answer that tried", async () => {
        const server = await serve(chain(["/next", "/private/page"]));
        const failure = { kind: "robots-disallowed", detail: "robots.txt disallows /private/page" } as const;
        const fetched = await fetcher().fetch({
          url: server.url(),
          mayFollow: async (target) => (target.includes("/private/") ? failure : null),
        });
        expect(fetched.kind === "failed" && fetched.failure).toEqual(failure);
        expect(server.requests.length).toBe(2);
        expect(fetched.exchanges.map(({ status }) => status)).toEqual([302, 302, null]);
      });
      it.each([
        ["the page itself", null],
        ["a redirect into a private range", "http://10.0.0.1/"],
        ["a redirect to a file", "file:///etc/passwd"],
        ["a redirect to a user name", "http://user:pw@public.test/"],
        ["a loop", "/"],
      ])("does not ask whether it may follow %s", async (_fact, location) => {
        const server = await serve(chain(location === null ? [] : [location]));
        const mayFollow = async () => expect.unreachable("it asked");
        await fetcher().fetch({ url: server.url(), mayFollow });
        expect(server.requests.length).toBe(1);
      });
      it("does not follow one to an address of 10,000 characters", async () => {
        const server = await serve(chain([`/${"x".repeat(10_000)}`]));
        expect(verdict(await fetcher().fetch({ url: server.url() }))).toBe("malformed-response");
        expect(server.requests.length).toBe(1);
      });
      it.each([
        ["an address that we may not ask", [`ftp://ftp.test/${"x".repeat(4000)}`]],
        ["a loop", [`/${"x".repeat(4000)}`, `/${"x".repeat(4000)}`]],
        ["a host", [`http://${"x.".repeat(2000)}test/`]],
      ])("tells of %s in few words, however long it is", async (_fact, locations) => {
        const server = await serve(chain(locations));
        const resolve = () => Promise.reject(new Error("ENOTFOUND"));
        const fetched = await fetcher({ resolve }).fetch({ url: server.url() });
        expect(fetched.kind === "failed" && fetched.failure.detail.length).toBe(300);
      });
      it.each([
        ["a private range", "http://10.0.0.1/"],
        ["a private name", "http://intranet.test/"],
        ["instance metadata", "http://169.254.169.254/latest/meta-data/"],
        ["loopback in disguise", "http://[::127.0.0.1]/"],
        ["a file", "file:///etc/passwd"],
        ["FTP", "ftp://ftp.test/"],
        ["another port of a public host", "http://1.1.1.1:6379/"],
        ["a user name", "http://user:pw@public.test/"],
      ])("does not follow one to %s, and keeps the answer that tried", async (_fact, location) => {
        const server = await serve(chain([location]));
        const fetched = await fetcher({ resolve: async () => ["192.168.1.1"] }).fetch({ url: server.url() });
        expect(verdict(fetched)).toBe("address-forbidden");
        expect(fetched.exchanges[0]?.status).toBe(302);
        expect(fetched.exchanges.map(({ request }) => request.length > 0)).toEqual([true, false]);
      });
    });

    describe("addresses", () => {
      const forbidden = async (url: string, setup: Partial<FetcherSetup> = {}) =>
        verdict(await fetcher({ allowAddresses: NOTHING, limits: IMPATIENT, ...setup }).fetch({ url }));

      it.each([
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[::]/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/",
        "http://169.254.170.2/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
      ])("refuses %s", async (url) => expect(await forbidden(url)).toBe("address-forbidden"));

      it.each([
        "http://169.254.169.254/",
        "http://[fd00:ec2::254]/",
        "http://[::127.0.0.1]/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
      ])("refuses %s also where loopback and private addresses are opened", async (url) =>
        expect(await forbidden(url, { allowAddresses: EVERYTHING })).toBe("address-forbidden"),
      );

      it.each(["http://127.0.0.1/", "http://10.0.0.1/", "http://name.test/"])(
        "refuses %s to a request for public addresses alone, whatever is opened",
        async (url) => {
          const setup = { limits: IMPATIENT, allowAddresses: EVERYTHING, resolve: async () => ["127.0.0.1"] };
          expect(verdict(await fetcher(setup).fetch({ url, publicOnly: true }))).toBe("address-forbidden");
        },
      );
      it.each([
        ["a name that means loopback", ["127.0.0.1"]],
        ["one bad address among good ones", ["93.184.215.14", "10.0.0.1"]],
        ["one bad IPv6 address among good ones", ["93.184.215.14", "::ffff:10.0.0.1"]],
        ["what is no address", ["localhost"]],
      ])("refuses %s", async (_fact, addresses) =>
        expect(await forbidden("http://name.test/", { resolve: async () => addresses })).toBe("address-forbidden"),
      );

      it.each(["http://name.test:8080/", "https://name.test:22/", "http://name.test:9001/"])(
        "refuses other ports than the web's on a public host (%s)",
        async (url) =>
          expect(await forbidden(url, { resolve: async () => ["93.184.215.14"] })).toBe("address-forbidden"),
      );
      it.each(["ftp://name.test/", "javascript:1", "http://u@name.test/", "http://:p@name.test/", "not a URL", ""])(
        "refuses %s without asking anybody",
        async (url) => {
          const resolve = async () => expect.unreachable("a name was looked up");
          expect(await forbidden(url, { resolve })).toBe("address-forbidden");
        },
      );
      it("asks the address it checked, however the name's answer changes", async () => {
        const server = await serve((socket) => socket.end(sized(PAGE)));
        const answers = [["127.0.0.1"], ["169.254.169.254"]];
        const resolve = async () => answers.shift() ?? [];
        const fetched = await fetcher({ resolve }).fetch({ url: `http://rebinding.test:${server.port}/` });
        expect(bodyOf(fetched)).toBe(PAGE);
        expect(answers.length).toBe(1);
      });
      it("resolves again for each redirect", async () => {
        const server = await serve((socket) => socket.end(redirect("/next")));
        const answers = [["127.0.0.1"], ["10.0.0.1"]];
        const resolve = async () => answers.shift() ?? [];
        const fetched = await fetcher({ resolve }).fetch({ url: `http://rebinding.test:${server.port}/` });
        expect(verdict(fetched)).toBe("address-forbidden");
        expect(server.requests.length).toBe(1);
      });
      it("tries the next address when one does not answer", async () => {
        const server = await serve((socket) => socket.end(sized(PAGE)));
        const resolve = async () => ["127.0.0.2", "127.0.0.1"]; // the server listens on .1 alone
        const fetched = await fetcher({ resolve }).fetch({ url: `http://two.test:${server.port}/` });
        expect([bodyOf(fetched), lastOf(fetched)?.ip]).toEqual([PAGE, "127.0.0.1"]);
      });
    });

    describe("nothing comes back", () => {
      it.each<[fact: string, resolve: () => Promise<readonly string[]>, outcome: string]>([
        ["a name nobody knows", () => Promise.reject(new Error("ENOTFOUND")), "host-not-found"],
        ["a name without an address", async () => [], "host-not-found"],
        ["a name server that does not answer", () => new Promise(() => {}), "timeout"],
      ])("from %s", async (_fact, resolve, outcome) => {
        const fetched = await fetcher({ limits: only({ dnsSeconds: 0.1 }), resolve }).fetch({
          url: "http://name.test/",
        });
        expect(verdict(fetched)).toBe(outcome);
        expect(lastOf(fetched)).toMatchObject({ url: "http://name.test/", ip: null, status: null, headers: {} });
      });
      it("leaves a name server that does not answer, and tells it so", async () => {
        const waiting: AbortSignal[] = [];
        const resolve = (_hostname: string, signal: AbortSignal) => {
          waiting.push(signal);
          return new Promise<never>(() => {});
        };
        await fetcher({ limits: only({ dnsSeconds: 0.1 }), resolve }).fetch({ url: "http://name.test/" });
        expect(waiting.map(({ aborted }) => aborted)).toEqual([true]);
      });
      it("from a refused connection", async () => {
        const server = await serve(() => {});
        const url = server.url();
        await server.close();
        open.length = 0;
        expect(verdict(await fetcher().fetch({ url }))).toBe("connection-failed");
      });
      it("from a server that hangs up without a word", async () => {
        const { fetched } = await fetchFrom((socket) => socket.end());
        expect(verdict(fetched)).toBe("connection-failed");
        expect(lastOf(fetched)?.request.length).toBeGreaterThan(0);
      });
      it("from a server that hangs up inside the head", async () => {
        const { fetched } = await fetchFrom("HTTP/1.1 200 OK\r\nContent-Le");
        expect(verdict(fetched)).toBe("connection-failed (disconnect)");
      });
      it("from a server that says nothing", async () => {
        const { fetched } = await fetchFrom(() => {}, { limits: only({ firstByteSeconds: 0.2 }) });
        expect(verdict(fetched)).toBe("timeout");
      });
      it("from a server that never finishes its head", async () => {
        const { fetched } = await fetchFrom((socket) => drip(socket, "HTTP/1.1 200 OK\r\nX: ", "x"), {
          limits: only({ totalSeconds: 1.2 }),
        });
        expect(verdict(fetched)).toBe("timeout (time)");
      });
      it("from a server that redirects slowly for ever", async () => {
        const slow: RawHandler = (socket, _request, count) =>
          void setTimeout(() => socket.end(redirect(`/${count}`)), 200);
        const { fetched } = await fetchFrom(slow, { limits: only({ totalSeconds: 0.5 }) });
        expect(verdict(fetched)).toMatch(/^timeout/);
      });
    });

    describe("TLS", () => {
      const secure = (identity: { key: string; cert: string }) => serve((socket) => socket.end(sized(PAGE)), identity);
      const localhost = async () => ["127.0.0.1"];

      it("reads a page from a server with a good certificate, and keeps its digest", async () => {
        const server = await secure(LOCALHOST_IDENTITY);
        const fetched = await fetcher({ resolve: localhost, ca: LOCALHOST_IDENTITY.cert }).fetch({
          url: `https://localhost:${server.port}/`,
        });
        expect([verdict(fetched), bodyOf(fetched)]).toEqual(["200", PAGE]);
        const { fingerprint256 } = new X509Certificate(LOCALHOST_IDENTITY.cert);
        expect(lastOf(fetched)?.certificate).toBe(fingerprint256.replaceAll(":", "").toLowerCase());
        expect(text(lastOf(fetched)?.request ?? CRLF)).toBe(server.requests[0]);
        expect(text(lastOf(fetched)?.response ?? CRLF)).toBe(text(sized(PAGE)));
      });
      it.each<[fact: string, host: string, identity: { key: string; cert: string }, ca: string | null]>([
        ["that nobody vouches for", "localhost", LOCALHOST_IDENTITY, null],
        ["for another name", "other.test", LOCALHOST_IDENTITY, LOCALHOST_IDENTITY.cert],
        ["for another address", "127.0.0.1", LOCALHOST_IDENTITY, LOCALHOST_IDENTITY.cert],
        ["that has expired", "localhost", EXPIRED_IDENTITY, EXPIRED_IDENTITY.cert],
      ])("sends nothing to a server with a certificate %s", async (_fact, host, identity, ca) => {
        const server = await secure(identity);
        const fetched = await fetcher({ resolve: localhost, ...(ca !== null && { ca }) }).fetch({
          url: `https://${host}:${server.port}/`,
        });
        expect(verdict(fetched)).toBe("tls-failed");
        expect(server.requests).toEqual([]);
      });
      it("gives up on a server that does not speak it", async () => {
        const server = await serve(() => {});
        const port = server.port;
        const fetched = await fetcher({ limits: only({ connectSeconds: 0.2 }) }).fetch({
          url: `https://127.0.0.1:${port}/`,
        });
        expect(verdict(fetched)).toBe("timeout");
      });
    });

    describe("bodies that are not whole", () => {
      const small = { ...PATIENT, wireBytes: 10_000, decodedBytes: 20_000 };
      it("keeps what came within the time, when it drips for ever", async () => {
        const { fetched } = await fetchFrom((socket) => drip(socket, head() + PAGE, "x"), {
          limits: only({ totalSeconds: 1.2 }),
        });
        expect(verdict(fetched)).toBe("200 truncated (time)");
        expect(bodyOf(fetched)).toMatch(/^<!doctype html>.*x+$/);
      });
      it("keeps as much as the limit, when it does not end", async () => {
        const { fetched } = await fetchFrom((socket) => flood(socket, head()), { limits: small });
        expect(verdict(fetched)).toBe("200 truncated (length)");
        expect(lastOf(fetched)?.response.length).toBe(10_000);
      });
      it("keeps as much as the limit, when the chunks do not end", async () => {
        const { fetched } = await fetchFrom(
          (socket) => flood(socket, head("Transfer-Encoding: chunked\r\n"), `1000\r\n${"y".repeat(4096)}\r\n`),
          { limits: small },
        );
        expect(verdict(fetched)).toBe("200 truncated (length)");
        expect(bodyOf(fetched)).toMatch(/^y{9000,10000}$/);
      });
      it("keeps the limit's 20 MB of a page of 50 MB, and no more", async () => {
        const page = Buffer.alloc(50 * 1024 * 1024, "z");
        const { fetched } = await fetchFrom(sized(page));
        expect(verdict(fetched)).toBe("200 truncated (length)");
        expect(lastOf(fetched)?.response.length).toBe(FETCH_LIMITS.wireBytes);
      });
      it.each<[fact: string, answer: RawHandler | string | Uint8Array, outcome: string, body: string]>([
        ["the connection ends early", head("Content-Length: 500\r\n") + PAGE, "200 truncated (disconnect)", PAGE],
        [
          "the connection is reset",
          (socket) =>
            socket.write(head("Content-Length: 500\r\n") + PAGE, () => setTimeout(() => socket.resetAndDestroy(), 400)),
          "200 truncated (disconnect)",
          PAGE,
        ],
        [
          "the connection ends inside a chunk",
          `${head("Transfer-Encoding: chunked\r\n")}ff\r\n${PAGE}`,
          "200 truncated (disconnect)",
          PAGE,
        ],
        [
          "the last chunk is missing",
          `${head("Transfer-Encoding: chunked\r\n")}${PAGE.length.toString(16)}\r\n${PAGE}\r\n`,
          "200 truncated (disconnect)",
          PAGE,
        ],
        [
          "a chunk does not tell its size",
          `${head("Transfer-Encoding: chunked\r\n")}${PAGE.length.toString(16)}\r\n${PAGE}\r\nzz\r\n`,
          "200 malformed-response (disconnect)",
          PAGE,
        ],
        [
          "a chunk is longer than it says, which a lenient parser lets pass",
          `HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\r\nhello0\r\n\r\n`,
          "200 truncated (disconnect)",
          "hello",
        ],
        ["it is longer than it says", sized(PAGE.slice(0, 20)).toString() + PAGE.slice(20), "200", PAGE.slice(0, 20)],
        ["the coding is unknown", sized(PAGE, "Content-Encoding: sdch\r\n"), "200 undecodable", PAGE],
        ["the coding is not what it says", sized(PAGE, GZIP), "200 undecodable", ""],
        ["there are three codings", sized("x", "Content-Encoding: gzip, gzip, gzip\r\n"), "200 undecodable", "x"],
        ["the coding has a long name", sized("x", `Content-Encoding: ${"y".repeat(9000)}\r\n`), "200 undecodable", "x"],
        ["a coding is called constructor", sized("x", "Content-Encoding: constructor\r\n"), "200 undecodable", "x"],
      ])("keeps what came when %s", async (_fact, answer, outcome, body) => {
        const { fetched } = await fetchFrom(answer);
        expect([verdict(fetched), bodyOf(fetched)]).toEqual([outcome, body]);
        expect(fetched.kind === "answered" && (fetched.bodyFailure?.detail.length ?? 0)).toBeLessThanOrEqual(300);
      });
      it("leaves an answer in more chunks than any page has", async () => {
        const endless: RawHandler = (socket) =>
          flood(socket, head("Transfer-Encoding: chunked\r\n"), "1\r\nx\r\n".repeat(10_000));
        const { fetched } = await fetchFrom(endless, { limits: only({}) });
        expect(verdict(fetched)).toBe("200 truncated (length)");
        expect(lastOf(fetched)?.response.length).toBeLessThan(FETCH_LIMITS.wireBytes / 4);
      });
      it("leaves an answer behind more interim ones than any server sends", async () => {
        const endless: RawHandler = (socket) => flood(socket, "", "HTTP/1.1 102 Processing\r\n\r\n".repeat(20));
        const { fetched } = await fetchFrom(endless, { limits: only({}) });
        expect(verdict(fetched)).toBe("malformed-response (length)");
        expect(lastOf(fetched)?.response.length).toBeLessThan(FETCH_LIMITS.wireBytes / 4);
      });
      it.each([
        ["gzip", gzipSync],
        ["br", brotliCompressSync],
        ["zstd", zstdCompressSync],
      ] as const)("keeps the readable part of a %s stream that ends early", async (coding, compress) => {
        const body = Buffer.concat([randomBytes(300_000), Buffer.alloc(300_000, PAGE)]);
        const coded = compress(body);
        const half = coded.subarray(0, 290_000);
        const { fetched } = await fetchFrom(sized(half, `Content-Encoding: ${coding}\r\n`));
        expect(verdict(fetched)).toBe("200 truncated");
        const read = fetched.kind === "answered" ? Buffer.from(fetched.body) : CRLF;
        expect(read.length).toBeGreaterThan(200_000);
        expect(read.equals(body.subarray(0, read.length))).toBe(true);
      });
      it.each([
        ["brotli", brotliCompressSync(Buffer.alloc(100 * 1024 * 1024)), "br"],
        ["zstd", zstdCompressSync(Buffer.alloc(100 * 1024 * 1024)), "zstd"],
        ["gzip", gzipSync(Buffer.alloc(100 * 1024 * 1024)), "gzip"],
        ["gzip in gzip", gzipSync(gzipSync(Buffer.alloc(100 * 1024 * 1024))), "gzip, gzip"],
      ])("does not unpack 100 MB from little %s", async (_fact, bomb, codings) => {
        const limits = { ...PATIENT, decodedBytes: 1024 * 1024 };
        const { fetched } = await fetchFrom(sized(bomb, `Content-Encoding: ${codings}\r\n`), { limits });
        expect(verdict(fetched)).toBe("200 truncated");
        expect(fetched.kind === "answered" && fetched.body.length).toBeLessThanOrEqual(1024 * 1024);
        expect(lastOf(fetched)?.response.length).toBe(sized(bomb, `Content-Encoding: ${codings}\r\n`).length);
      });
    });

    describe("answers that are not HTTP", () => {
      it("reads bare line feeds by asking once more, leniently, and says so", async () => {
        const broken = `HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${PAGE.length}\n\n${PAGE}`;
        const { fetched, server } = await fetchFrom(broken);
        expect([verdict(fetched), bodyOf(fetched)]).toEqual(["200", PAGE]);
        expect(server.requests.length).toBe(2);
        expect(lastOf(fetched)?.notes).toEqual(["lenient parser"]);
        expect(text(lastOf(fetched)?.response ?? CRLF)).toBe(broken);
      });
      it.each<[fact: string, answer: RawHandler | string, outcome: string, requests: number]>([
        ["what is not HTTP at all", "SSH-2.0-OpenSSH_9.9\r\n", "malformed-response (disconnect)", 1],
        ["HTTP from before there were heads", PAGE, "malformed-response (disconnect)", 1],
        [
          "two lengths that differ",
          `HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde`,
          "200 malformed-response (disconnect)",
          1,
        ],
        [
          "a change of protocol",
          head("Upgrade: h2c\r\nConnection: upgrade\r\n", "101 Switch"),
          "101 malformed-response (disconnect)",
          1,
        ],
        ["a head of 100 KB", head(`X: ${"x".repeat(1000)}\r\n`.repeat(100)), "malformed-response (length)", 1],
        [
          "a head without end",
          (socket) => flood(socket, "HTTP/1.1 200 OK\r\n", `X: ${"x".repeat(1000)}\r\n`),
          "malformed-response (length)",
          1,
        ],
      ])("does not read %s", async (_fact, answer, outcome, requests) => {
        const { fetched, server } = await fetchFrom(answer);
        expect(verdict(fetched)).toContain(outcome);
        expect(server.requests.length).toBe(requests);
      });
    });
  });
}

const GZIP = "Content-Encoding: gzip\r\n";
const INTERIM = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";

const redirect = (location: string, status = "302 Found", fields = ""): Buffer =>
  Buffer.from(`HTTP/1.1 ${status}\r\nLocation: ${location}\r\n${fields}Content-Length: 0\r\n\r\n`);

/** Sends the beginning, then a little every now and then, until the other side has enough. */
function drip(socket: Socket, beginning: string, drop: string): void {
  socket.write(beginning);
  const timer = setInterval(() => socket.write(drop), 20);
  socket.on("close", () => clearInterval(timer));
}

/** Sends as fast as it is taken, until the other side has enough. */
function flood(socket: Socket, beginning: string, wave = "y".repeat(65_536)): void {
  socket.write(beginning);
  const pour = (): void => {
    while (!socket.destroyed && socket.write(wave));
  };
  socket.on("drain", pour);
  pour();
}
