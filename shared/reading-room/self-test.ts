import type { Context } from "hono";
import { SELF_TEST_PATH } from "../config.ts";
import { watchIdOf } from "../domain/url.ts";
import { type Html, html } from "./html.ts";
import { NotFound } from "./parameters.ts";
import type { Room } from "./room.ts";

/**
 * The article of a self-test: its text is another as soon as the monitor has read the first. It says of itself what it
 * is, since its words are what the notice shows. Only a name whose page is being watched for a test is served.
 */
export async function selfTestPage(c: Context, room: Room): Promise<Response> {
  const name = c.req.param("name") ?? "";
  const standing = await room.ledger.standing(
    watchIdOf(`${room.address ?? new URL(c.req.url).origin}${SELF_TEST_PATH}${name}`),
  );
  if (standing?.watch.selfTest === undefined || standing.watch.status === "removed") throw new NotFound();
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
  return c.html(String(article(standing.watch.added, standing.newest !== null)));
}

function article(begun: string, isEdited: boolean): Html {
  const minute = `${begun.slice(0, 10)} ${begun.slice(11, 16)} UTC`;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Variorum self-test, ${minute}</title></head>
<body>
<main><article>
<h1>Variorum self-test, ${minute}</h1>
<p>This is a self-test of Variorum, and no news. Somebody who runs the monitor asked it to prove that its notices arrive: it published this page, edited it a moment later, and tells of the edit as it would of an article's.</p>
<p>${isEdited ? EDITED : FIRST}</p>
<p>Whoever reads of this edit in a notice knows that the page was fetched, kept, read, compared and told. There is nothing else to do, and no other subscriber hears of it.</p>
</article></main>
</body>
</html>
`;
}

const FIRST =
  "The test ferry crosses 12 times a day. The harbour office said that it would always wait for the last passenger.";
const EDITED =
  "The test ferry crosses 31 times a day. The harbour office said that it would never wait for the last passenger.";
