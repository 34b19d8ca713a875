import { sha256 } from "../../domain/digest.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../domain/subscription.ts";
import { parseFilter, parseSubscription } from "../../domain/subscription-schema.ts";
import type { Instant } from "../../domain/time.ts";
import type { Asked, SubscriberDesk, SubscriberWish } from "../../ports/subscriber-desk.ts";
import type { Services } from "../services.ts";
import { changeSubscription } from "./change-subscription.ts";
import { previewFilter } from "./preview.ts";
import { confirmSubscription, filterProblem, subscribe, unsubscribe } from "./subscribe.ts";

/**
 * Mails that strangers can have sent: to one address in a day, by one client and altogether in an hour. Enough for a
 * newsroom that subscribes in one afternoon from behind one address, too few to flood anybody's mailbox.
 */
export const SUBSCRIBING_LIMITS = { addressADay: 5, clientAnHour: 30, allAnHour: 300 } as const;

/** Previews for one client in an hour: each reads comparisons and looks for words in them. */
export const PREVIEWS_AN_HOUR = 60;

/** Happenings that a preview looks at. */
const PREVIEWED = 20;

type Store = Pick<Services, "ledger" | "derived" | "clock" | "noticeQueue" | "log" | "newId">;

/** Where people subscribe by mail. Only mail: another channel's address says nothing of who may have it told. */
export function subscriberDesk(key: string, services: Store): SubscriberDesk {
  const { ledger } = services;
  return {
    key,
    ask: (wish, client) => ask(wish, client, services),
    confirm: (id) => confirmSubscription(id, services),
    async change(id, change) {
      const changed = await changeSubscription(id, change, services);
      return changed.ok ? null : changed.problem;
    },
    async end(id) {
      await unsubscribe(id, "ended by the subscriber", services);
    },
    async preview(given, selector, client) {
      const wish = parseSubscription({ ...wishOf(given, selector), id: "preview", address: "reader@paper.example" });
      if (!wish.ok) return wish.problem;
      const filter = parseFilter(given);
      const problem = filter.ok ? await filterProblem(filter.value, ledger) : filter.problem;
      if (problem !== null || !filter.ok) return problem ?? "";
      const turn = { key: clientKey("previewing", client), from: hourOf(services.clock.now()), most: PREVIEWS_AN_HOUR };
      if (!(await ledger.takeTurn(turn))) return null;
      const previewed = await previewFilter(filter.value, wish.value.selector, PREVIEWED, services);
      return previewed.map(({ happening, verdict }) => ({ happening, passes: verdict.passes }));
    },
  };
}

const wishOf = (filter: unknown, selector: unknown) => ({
  ...SUBSCRIPTION_DEFAULTS,
  channel: "email",
  selector,
  filter,
});

const hourOf = (now: Instant): Instant => `${now.slice(0, 13)}:00:00.000Z`;
/** Whoever reads the ledger learns no client's address. */
const clientKey = (what: string, client: string): string => `${what}:client:${sha256(client).slice(0, 32)}`;

async function ask(wish: SubscriberWish, client: string, services: Store): Promise<Asked> {
  const { ledger, clock, newId } = services;
  const given = { ...wishOf(wish.filter, wish.selector), ...wish, id: `mail-${newId().slice(0, 13)}` };
  // Checked first: a typing error takes nobody's turn.
  const parsed = parseSubscription(given);
  const problem = parsed.ok ? await filterProblem(parsed.value.filter, ledger) : parsed.problem;
  if (!parsed.ok || problem !== null) return { kind: "wrong", problem: problem ?? "" };
  if (parsed.value.selector === "operations") return { kind: "wrong", problem: "selector: is the operator's own" };
  const now = clock.now();
  const [hour, day]: Instant[] = [hourOf(now), `${now.slice(0, 10)}T00:00:00.000Z`];
  const { addressADay, clientAnHour, allAnHour } = SUBSCRIBING_LIMITS;
  const address = sha256(parsed.value.address.toLowerCase()).slice(0, 32);
  const turns = [
    ["client", clientKey("subscribing", client), hour, clientAnHour],
    ["address", `subscribing:address:${address}`, day, addressADay],
    ["all", "subscribing:all", hour, allAnHour],
  ] as const;
  for (const [of, key, from = now, most] of turns) {
    if (!(await ledger.takeTurn({ key, from, most }))) return { kind: "too-many", of };
  }
  const asked = await subscribe(given, { vouched: false }, services);
  return asked.ok ? { kind: "asked", subscription: asked.subscription } : { kind: "wrong", problem: asked.problem };
}
