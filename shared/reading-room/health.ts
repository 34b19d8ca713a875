import type { Context } from "hono";
import { heartbeat, type Room } from "./room.ts";

/** For whoever watches the watcher: 200 while the monitor runs, 503 when it does not. Tells nothing of what is watched. */
export async function health(c: Context, room: Room): Promise<Response> {
  const { alive, lastTick } = await heartbeat(room);
  c.header("Cache-Control", "no-store");
  return c.json({ alive, lastTick, now: room.clock.now() }, alive ? 200 : 503);
}
