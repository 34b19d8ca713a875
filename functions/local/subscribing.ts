import { randomBytes } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { secretFile } from "../../shared/adapters/local/secret-file.ts";
import { signedLinks } from "../../shared/notices/subscriber-links.ts";
import { subscriberDesk } from "../../shared/pipeline/notify/subscriber-desk.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { plainLinks, type SubscriberLinks } from "../../shared/ports/subscriber-links.ts";
import type { Subscribing } from "../../shared/reading-room/app.ts";
import { networkOf } from "../runtime/client-network.ts";
import { folderPaths } from "../runtime/local.ts";
import type { EnvironmentSettings } from "../runtime/settings.ts";

/** People subscribe by mail where mail is set up; that newcomers may is the operator's to say. */
export function localSubscribing(folder: string, services: Services, settings: EnvironmentSettings): Subscribing {
  if (!services.notifiers.some(({ channel }) => channel === "email")) return { kind: "closed", why: "no-mail" };
  const key = secretFile(folderPaths(folder).subscriberKey, () => randomBytes(32).toString("base64url"));
  return { kind: "open", newcomers: settings.newcomers, desk: subscriberDesk(key, services), clientOf };
}

/** The links that go into mails. @param room - the reading room's address, without a trailing slash */
export const subscriberLinksOf = (subscribing: Subscribing, room: string): SubscriberLinks =>
  subscribing.kind === "open" ? signedLinks({ room, key: subscribing.desk.key }) : plainLinks(room);

/** Only this machine is answered, so who comes from elsewhere comes through a proxy on it, which appends whom it serves. */
export function clientOf(c: Context): string {
  const forwarded = c.req.header("X-Forwarded-For")?.split(",").at(-1)?.trim();
  return networkOf(forwarded || getConnInfo(c).remote.address || "unknown");
}
