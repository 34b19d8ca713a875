import { createSocket, type Socket } from "node:dgram";

/** IPv4 addresses of a name; null: no answer at all, ever. */
export type Zone = Readonly<Record<string, readonly string[] | null>>;

/** A name server on loopback that knows A records and no other; unknown names do not exist. */
export class NameServer {
  /** Names that were asked for, once for each question. */
  readonly questions: string[] = [];
  readonly #socket: Socket;

  private constructor(zone: Zone, socket: Socket) {
    this.#socket = socket;
    socket.on("message", (question, from) => {
      const name = nameIn(question);
      this.questions.push(name);
      const addresses = zone[name];
      if (addresses !== null) socket.send(answerTo(question, addresses), from.port, from.address);
    });
  }

  static async listen(zone: Zone): Promise<NameServer> {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return new NameServer(zone, socket);
  }

  /** `127.0.0.1:<port>` */
  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve));
  }
}

const HEAD_BYTES = 12;

/** The labels of the question (RFC 1035 §4.1.2), with dots between. */
function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = HEAD_BYTES; question[at]; at += 1 + (question[at] ?? 0)) {
    labels.push(question.toString("latin1", at + 1, at + 1 + (question[at] ?? 0)));
  }
  return labels.join(".").toLowerCase();
}

function answerTo(question: Buffer, addresses: readonly string[] | undefined): Buffer {
  const end = question.indexOf(0, HEAD_BYTES) + 5; // the root label, then type and class
  const isForV4 = question.readUInt16BE(end - 4) === 1;
  const records = isForV4 ? (addresses ?? []).map(recordOf) : [];
  const head = Buffer.from(question.subarray(0, HEAD_BYTES));
  head.writeUInt16BE(addresses ? 0x8180 : 0x8183, 2); // an answer; 3: no such name
  head.writeUInt16BE(records.length, 6);
  head.fill(0, 8);
  return Buffer.concat([head, question.subarray(HEAD_BYTES, end), ...records]);
}

/** The name by reference, type A, class IN, ten seconds to live, four bytes. */
const recordOf = (address: string): Buffer =>
  Buffer.from([0xc0, HEAD_BYTES, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, ...address.split(".").map(Number)]);
