import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { bathsHolding, PROMOTIONS } from "../support/baths-story.ts";

/** Longer than a host's turn lasts. */
const ANSWER_SECONDS = 0.5;

/** A slow site whose one page has another promotion among its paragraphs at each visit, and is never edited. */
export async function startRotatingSite(): Promise<{ readonly url: string; close(): Promise<void> }> {
  let visits = 0;
  const server = createServer(async (request, response) => {
    if (request.url !== "/open") return void response.writeHead(404).end();
    visits += 1;
    const promotion = `${PROMOTIONS[visits % PROMOTIONS.length]}, as told to visitor ${visits}`;
    await sleep(ANSWER_SECONDS * 1000);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(bathsHolding([promotion]));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/open`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
