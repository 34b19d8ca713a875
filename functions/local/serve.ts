import { serve } from "@hono/node-server";
import type { Hono } from "hono";

export interface Served {
  /** Without a trailing slash. */
  readonly address: string;
  /** The port that was asked for, when another program had it. */
  readonly takenPort?: number;
  close(): Promise<void>;
}

/**
 * Serves an app on this machine only. When the port is taken by another program, any free one serves as well.
 * @throws when no port can be opened at all
 */
export async function serveLocally(app: Pick<Hono, "fetch">, port: number): Promise<Served> {
  try {
    return await listen(app, port);
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE" && port !== 0;
    if (!isTaken) throw error;
    return { ...(await listen(app, 0)), takenPort: port };
  }
}

function listen(app: Pick<Hono, "fetch">, port: number): Promise<Served> {
  return new Promise((resolve, reject) => {
    const fetch: Hono["fetch"] = (request, ...rest) =>
      isForThisMachine(request) ? app.fetch(request, ...rest) : MISDIRECTED.clone();
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, (info) =>
      resolve({
        address: `http://127.0.0.1:${info.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      }),
    );
    server.on("error", reject);
  });
}

/**
 * Whether a request was meant for this machine. A page that somebody visits can have its own name resolve to 127.0.0.1
 * and would then read the room from their browser (DNS rebinding); its requests carry that name.
 */
const isForThisMachine = (request: Request): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(request.url).hostname);

const MISDIRECTED = new Response("This reading room answers to 127.0.0.1 and localhost only.\n", { status: 421 });
