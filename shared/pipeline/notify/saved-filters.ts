import { DEFAULT_FILTER, type NoticeFilter } from "../../domain/notice-filter.ts";
import type { Subscription } from "../../domain/subscription.ts";
import type { Services } from "../services.ts";

/** The conditions of a subscription's filter, saved ones looked up once. */
export type FilterOf = (subscription: Pick<Subscription, "id" | "filter">) => Promise<NoticeFilter>;

/** A filter that nobody saved counts as the default one, aloud: nothing is silenced by a missing name. */
export function savedFilters({ ledger, log }: Pick<Services, "ledger" | "log">): FilterOf {
  let saved: Promise<ReadonlyMap<string, NoticeFilter>> | undefined;
  const byName = async () => new Map((await ledger.savedFilters()).map(({ name, filter }) => [name, filter]));
  return async ({ id, filter }) => {
    if (!("saved" in filter)) return filter;
    saved ??= byName();
    const found = (await saved).get(filter.saved);
    if (!found) log.warn("a subscription names a filter that nobody saved", { subscription: id, filter: filter.saved });
    return found ?? DEFAULT_FILTER;
  };
}
