import { compareArticles } from "../../shared/diff/compare.ts";
import type { Article } from "../../shared/domain/article.ts";
import { type Happening, happeningKey, watchIdOfHappening } from "../../shared/domain/happening.ts";
import { happeningNoticeId, type NoticeRecord } from "../../shared/domain/notice.ts";
import type { AvailabilityEvent, Revision } from "../../shared/domain/revision.ts";
import { SUBSCRIPTION_DEFAULTS, type Subscription } from "../../shared/domain/subscription.ts";
import { addSeconds } from "../../shared/domain/time.ts";
import type { Message, Told } from "../../shared/ports/message.ts";
import { articleOf } from "../diff/articles.ts";
import { anEvent, aRevision, aWatch, NOON } from "./builders.ts";

/** An active subscription to everything, by webhook. */
export const aSubscription = (given: Partial<Subscription> = {}): Subscription => ({
  id: "desk",
  channel: "webhook",
  address: "https://hooks.newsroom.example/desk",
  selector: "everything",
  ...SUBSCRIPTION_DEFAULTS,
  status: "active",
  created: addSeconds(NOON, -86_400),
  ...given,
});

const ROOM = "https://monitor.example";
const BEFORE = "The bridge will stay closed for 3 days.";
const AFTER = "The bridge will stay closed for 30 days.";

export interface ToldChange {
  readonly revision?: Partial<Revision>;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Fields of the two readings beside their headline. */
  readonly fields?: { readonly before?: Partial<Article>; readonly after?: Partial<Article> };
  /** False where no address of the reading room is known. */
  readonly withRoom?: boolean;
}

/** A change that is told: 3 days became 30, with the comparison that our own diff makes of the two texts. */
export function toldChange({
  revision: given = {},
  before = [BEFORE],
  after = [AFTER],
  fields,
  withRoom,
}: ToldChange = {}) {
  const revision = aRevision(given);
  const happening = { kind: "revision", at: revision.firstSeen, url: aWatch().url, revision } as const;
  const headline = revision.headline;
  const comparison = compareArticles(
    articleOf(before, { headline, ...fields?.before }),
    articleOf(after, { headline, ...fields?.after }),
  );
  const path = `/watches/${revision.watchId}/changes/${revision.number}`;
  return {
    happening,
    links: { change: withRoom === false ? null : `${ROOM}${path}`, article: happening.url },
    comparison: async () => comparison,
  } satisfies Told;
}

/** An availability event that is told. */
export function toldEvent(given: Partial<AvailabilityEvent> = {}) {
  const event = anEvent(given);
  const happening = { kind: "event", at: event.at, url: aWatch().url, event } as const;
  return { happening, links: { change: `${ROOM}/watches/${event.watchId}`, article: happening.url } } satisfies Told;
}

type Body = Message extends infer Kind ? (Kind extends Message ? Omit<Kind, keyof Envelope> : never) : never;
type Envelope = Pick<Message, "id" | "subscription" | "at" | "thread" | "links">;

/** A message to a subscription; unless given otherwise, of `toldChange()`. */
export function aMessage(body: Body = { kind: "change", told: toldChange() }, given: Partial<Envelope> = {}): Message {
  const subscription = given.subscription ?? aSubscription();
  const first: Happening | undefined = "told" in body ? [body.told].flat()[0]?.happening : undefined;
  return {
    id: first ? happeningNoticeId(first, subscription.id) : `${subscription.id}.${body.kind}`,
    subscription,
    at: NOON,
    thread: { key: first && body.kind !== "digest" ? watchIdOfHappening(first) : subscription.id },
    links: {},
    ...given,
    ...body,
  };
}

/** A notice that waits, of `toldChange()` to `aSubscription()`. */
export function aNotice(given: Partial<NoticeRecord> = {}): NoticeRecord {
  const { happening } = toldChange();
  return {
    id: happeningNoticeId(happening, "desk"),
    subscription: "desk",
    channel: "webhook",
    subject: { kind: "happening", key: happeningKey(happening) },
    state: "waiting",
    created: NOON,
    due: NOON,
    attempts: 0,
    ...given,
  };
}
