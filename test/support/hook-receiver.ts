import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as a webhook's receiver got it. */
export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When it was there whole, in milliseconds. */
  readonly at: number;
}

/** How a receiver answers: with a status, never, or by cutting the connection. */
export type HookAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | "silence"
  | "reset";

export interface HookReceiver {
  readonly url: string;
  readonly requests: readonly Received[];
  /** From now on. */
  answers(answer: HookAnswer): void;
  close(): Promise<void>;
}

/** A receiver of webhooks on this machine. */
export async function startHookReceiver(first: HookAnswer = { status: 200 }): Promise<HookReceiver> {
  const requests: Received[] = [];
  const sockets = new Set<Socket>();
  let answer = first;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { url: path = "", method = "", headers } = request;
      requests.push({ path, method, headers, body: Buffer.concat(chunks).toString(), at: Date.now() });
      if (answer === "silence") return;
      if (answer === "reset") return void request.socket.resetAndDestroy();
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body ?? "");
    });
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/T0/secret-part`,
    requests,
    answers: (next) => {
      answer = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
