/** dynalite brings no types. */
declare module "dynalite" {
  import type { Server } from "node:http";

  /** @param options.createTableMs - how long a new table stays in CREATING */
  export default function dynalite(options?: { readonly createTableMs?: number; readonly path?: string }): Server;
}
