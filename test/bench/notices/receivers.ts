import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** Receivers of every kind in a process of their own, which takes all and keeps nothing; tells its parent where it listens. */
const hooks = createServer((request, response) => {
  request.resume().on("end", () => response.end("ok"));
});
const mail = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onData: (stream, _session, done) => stream.resume().on("end", () => done()),
});
mail.on("error", () => {}); // a client that hangs up
hooks.listen(0, "127.0.0.1");
mail.listen(0, "127.0.0.1");
await Promise.all([once(hooks, "listening"), once(mail.server, "listening")]);
const portOf = (address: ReturnType<typeof hooks.address>) => (address as AddressInfo).port;
process.send?.({
  hooks: `http://127.0.0.1:${portOf(hooks.address())}`,
  mail: `smtp://127.0.0.1:${portOf(mail.server.address())}`,
});
process.on("disconnect", () => process.exit());
