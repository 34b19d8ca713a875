import { happeningKey } from "../../shared/domain/happening.ts";
import type { NoticeId } from "../../shared/domain/notice.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import type { Notifier } from "../../shared/ports/notifier.ts";

/** What of the services keeps and brings nothing. */
type Recordless =
  | "fetcher"
  | "noticeLeaseSeconds"
  | "subscriberLinks"
  | "notifiers"
  | "defaultSubscriptions"
  | "rules"
  | "clock"
  | "log"
  | "settings"
  | "meter"
  | "newId";

/** The ports between which a process can die. A service that is not said to be recordless is one of them. */
export type Ports = Omit<Services, Recordless> & { readonly notifier: Notifier };

type MethodOf<Port> = {
  [Name in keyof Port]-?: NonNullable<Port[Name]> extends (...args: never[]) => unknown ? Name : never;
}[keyof Port];

/** Methods that leave everything as it is. Whatever else a port has is a write, and stands in `WRITES`. */
export const READS = {
  ledger: [
    "watch",
    "watches",
    "overviews",
    "overview",
    "watchesById",
    "unindexed",
    "dueWatches",
    "lastTick",
    "standing",
    "revision",
    "revisions",
    "revisionWithReading",
    "newestEvent",
    "event",
    "events",
    "captures",
    "hasCapture",
    "recent",
    "outbox",
    "host",
    "subscription",
    "subscriptions",
    "subscriptionsOf",
    "savedFilters",
    "gathered",
    "notice",
    "waitingNotices",
    "deadNotices",
    "noticesOf",
    "addressHealth",
    "failingAddresses",
    "postThread",
    "restrictionActs",
  ],
  evidence: ["read", "list"],
  derived: ["read", "list"],
  queue: [],
  noticeQueue: [],
  notifier: [],
} as const satisfies { readonly [Name in keyof Ports]: readonly MethodOf<Ports[Name]>[] };

type WriteOf<Name extends keyof Ports> = Exclude<MethodOf<Ports[Name]>, (typeof READS)[Name][number]>;

/** What makes one call of a write its own, among those of its name. */
type About<Method> = Method extends (...args: infer Args) => unknown ? (...args: Args) => string : never;

/**
 * Every write of every port; the types know of no port that lacks one here. Those of every check are known by their name
 * alone, and what tells by the kind of what is told: the way of the second notice of a kind is that of the first.
 */
export const WRITES: {
  readonly [Name in keyof Ports]: { readonly [Method in WriteOf<Name>]: About<Ports[Name][Method]> };
} = {
  ledger: {
    addWatch: () => "",
    changeWatch: () => "",
    requestCheck: () => "",
    recordTick: () => "",
    recordRevision: ({ watchId, number }) => `${watchId} ${number}`,
    recordEvent: ({ watchId, kind }) => `${watchId} ${kind}`,
    settle: (id, { newest, failures, unpublished }) => `${id} ${newest} ${failures > 0} ${unpublished}`,
    recordRotating: (_id, places) => String(places.length),
    recordCapture: ({ failure }) => failure?.kind ?? "",
    markTold: (happening) => kindOf(happeningKey(happening)),
    markIndexed: () => "",
    unindexAll: () => "",
    claimHost: () => "",
    extendHost: () => "",
    recordRobots: () => "",
    addSubscription: () => "",
    changeSubscription: (_id, change) => Object.keys(change).join("+"),
    saveFilter: () => "",
    beginTelling: (happening) => kindOf(happeningKey(happening)),
    gather: ({ key }) => kindOf(key),
    markGatheredTold: () => "",
    addNotice: ({ id }) => kindOf(id),
    claimNotice: (id) => kindOf(id),
    settleNotice: ({ id }, { state }) => `${kindOf(id)} ${state}`,
    redriveNotice: () => "",
    recordAddressFailure: ({ suspended }) => (suspended ? "gone" : "failing"),
    recordAddressWell: () => "",
    takeTurn: () => "",
    recordPost: () => "",
    recordRestriction: () => "",
  },
  evidence: { keep: (key) => key.split("/")[0] ?? "" },
  derived: { keep: (key) => key.split("/")[0] ?? "" },
  queue: { send: () => "" },
  noticeQueue: { send: () => "" },
  notifier: { deliver: ({ subscription }) => subscription.channel },
};

/** What a happening's or a notice's key is of, without watch, instant, number and subscription: `r`, `unpublished`, `digest-`. */
function kindOf(key: NoticeId): string {
  return (key.split(".")[1] ?? key).replace(/\d+-?/g, "");
}

/** @param write - port and method, as in `ledger.settle`; `about` tells it from others of its name */
export type WriteSeen = (when: "before" | "after", write: string, about: string) => Promise<void> | void;

/** The services, with somebody who stands before and after each of their writes. */
export function withWritesSeen(services: Services, seen: WriteSeen): Services {
  const { ledger, evidence, derived, queue, noticeQueue, notifiers } = services;
  const ports: Omit<Ports, "notifier"> = {
    ledger: seenPort("ledger", ledger, seen),
    evidence: seenPort("evidence", evidence, seen),
    derived: seenPort("derived", derived, seen),
    queue: seenPort("queue", queue, seen),
    noticeQueue: seenPort("noticeQueue", noticeQueue, seen),
  };
  return { ...services, ...ports, notifiers: notifiers.map((notifier) => seenPort("notifier", notifier, seen)) };
}

function seenPort<Name extends keyof Ports>(name: Name, port: Ports[Name], seen: WriteSeen): Ports[Name] {
  const writes: Readonly<Record<string, (...args: never[]) => string>> = WRITES[name];
  const reads: readonly string[] = READS[name];
  return new Proxy<Ports[Name]>(port, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== "function" || typeof property !== "string" || reads.includes(property)) return value;
      return async (...args: never[]) => {
        const about = writes[property];
        if (!about) throw new Error(`${name}.${property} is neither a read nor a write that is known`);
        await seen("before", `${name}.${property}`, about(...args));
        const result: unknown = await value.apply(target, args);
        await seen("after", `${name}.${property}`, about(...args));
        return result;
      };
    },
  });
}
