import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** Answers one request as badly as it likes. `request` is the whole head as it came; `count` begins at 1. */
export type RawHandler = (socket: Socket, request: string, count: number) => void;

/** A server on loopback that speaks whatever its test tells it to, byte by byte. */
export class RawServer {
  /** The heads of all requests, in order. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(handler: RawHandler, tls: TlsOptions | null) {
    const serve = (socket: Socket) => this.#serve(socket, handler);
    this.#server = tls ? createTlsServer(tls, serve) : createServer(serve);
    this.#server.on("connection", (socket: Socket) => this.#sockets.add(socket));
    this.#server.on("tlsClientError", () => {});
  }

  static async listen(handler: RawHandler, tls: TlsOptions | null = null): Promise<RawServer> {
    const server = new RawServer(handler, tls);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  /** `http://127.0.0.1:<port><path>` */
  url(path = "/"): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket, handler: RawHandler): void {
    let head = "";
    socket.on("error", () => {}); // clients hang up on us; that is what many tests are about
    const listen = (chunk: Buffer): void => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", listen);
      socket.resume();
      this.requests.push(head);
      handler(socket, head, this.requests.length);
    };
    socket.on("data", listen);
  }
}
