import { compareArticles } from "../../shared/diff/compare.ts";
import type { LifeSigns } from "../../shared/domain/life-signs.ts";
import type { Message } from "../../shared/ports/message.ts";
import { articleOf, FERRY, ferryWith } from "../diff/articles.ts";
import { aChange } from "./builders.ts";
import { aMessage, aSubscription, toldChange, toldEvent } from "./messages.ts";

const berlin = aSubscription({
  rhythm: { kind: "daily", timeZone: "Europe/Berlin", at: "08:00", weekday: 1, rest: "nothing" },
});

const ferry = { headline: "Night ferry stays in port", number: 4 } as const;
const repaired = ferryWith("repairs to take 3 days", "repairs to take 30 days");
const links = {
  room: "https://monitor.example/",
  manage: "https://monitor.example/subscriptions/desk?key=k",
  unsubscribe: "https://monitor.example/subscriptions/desk/end?key=k",
};

const edited = toldChange({
  revision: {
    ...ferry,
    change: aChange({ labels: ["number"], counts: { edited: 1, moved: 0, added: 0, removed: 0, cosmetic: 0 } }),
  },
  before: FERRY,
  after: repaired,
});

const corrected = toldChange({
  revision: {
    headline: "Night ferry kept in port by cracked hull",
    change: aChange({
      labels: ["headline"],
      hints: ["quotation", "correction"],
      disclosure: "correction",
      counts: { edited: 1, moved: 1, added: 2, removed: 1, cosmetic: 0 },
    }),
  },
  before: FERRY,
  after: [
    ...ferryWith(
      "“We will not sail until the hull is safe and the inspectors agree,” she",
      "“We will sail when the inspectors agree,” she",
    ).slice(1, 3),
    "The owner said it would refund every ticket. Passengers may also travel by train.",
    FERRY[0] ?? "",
    FERRY[4] ?? "",
    "Correction: An earlier version of this article gave the wrong number of days.",
  ],
  fields: {
    before: { headline: "Night ferry stays in port", modified: "2026-03-01T08:00:00.000Z" },
    after: { headline: "Night ferry kept in port by cracked hull", modified: "2026-03-01T11:45:00.000Z" },
  },
});

const SIGNS: LifeSigns = {
  from: "2026-02-23T07:00:00.000Z",
  to: "2026-03-02T07:00:00.000Z",
  active: 130,
  checked: 128,
  changes: 41,
  events: 2,
  unmarked: 17,
  failing: {
    count: 4,
    first: [
      {
        id: "0123456789abcdef",
        url: "https://gazette.example/story",
        detail: "a block or challenge page was served in place of the article",
      },
      { id: "1123456789abcdef", url: "https://courier.example/port", detail: "the answer took too long" },
    ],
  },
  neverRead: { count: 1, first: [{ id: "2123456789abcdef", url: "https://herald.example/paywalled" }] },
  unseen: { count: 0, first: [] },
  waiting: 3,
  dead: 1,
  suspended: [{ id: "city-desk", reason: "mailbox does not exist" }],
  cost: { period: 1.234, month: 3.456, read: "2026-10", region: "us-east-1" },
};

/** A message of every kind, for whoever renders them: golden files, screenshots. By the golden file's name. */
export const NOTICE_GALLERY: Readonly<Record<string, Message>> = {
  change: aMessage({ kind: "change", told: edited }, { links }),
  "change-disclosed": aMessage({ kind: "change", told: corrected }, { subscription: berlin, links }),
  "change-back": aMessage({
    kind: "change",
    told: toldChange({
      revision: { ...ferry, change: aChange({ labels: ["number", "reverted"], revertedTo: 2 }) },
      before: repaired,
      after: FERRY,
    }),
  }),
  "change-restored": aMessage({
    kind: "change",
    told: toldChange({
      revision: { ...ferry, restores: "20260301120000000-2-restored" },
      before: FERRY,
      after: repaired,
    }),
  }),
  "change-without-room": aMessage({ kind: "change", told: toldChange({ withRoom: false }) }),
  "change-in-arabic": aMessage({
    kind: "change",
    told: toldChange({
      revision: { headline: "الجسر مغلق بعد الفحص", language: "ar" },
      before: ["سيبقى الجسر مغلقا لمدة 3 أيام."],
      after: ["سيبقى الجسر مغلقا لمدة 30 يوما."],
    }),
  }),
  oscillation: aMessage({
    kind: "oscillation",
    told: toldChange({
      revision: {
        headline: "Crack found in ferry’s hull",
        number: 5,
        change: aChange({ labels: ["headline", "reverted"], revertedTo: 3, alternatesWith: 4 }),
      },
      before: FERRY,
      after: FERRY,
      fields: { before: { headline: "Night ferry stays in port" }, after: { headline: "Crack found in ferry’s hull" } },
    }),
  }),
  unpublished: aMessage({ kind: "availability", told: toldEvent() }),
  restored: aMessage({ kind: "availability", told: toldEvent({ kind: "restored" }) }, { links }),
  rolling: aMessage({
    kind: "rolling",
    told: [edited, corrected, edited],
    more: 0,
    overall: async () => compareArticles(articleOf(FERRY), articleOf(repaired)),
  }),
  digest: aMessage(
    { kind: "digest", told: [edited, toldEvent(), corrected], more: 12 },
    { subscription: berlin, links },
  ),
  summary: aMessage({ kind: "summary", signs: SIGNS }, { subscription: berlin }),
  "summary-quiet": aMessage({
    kind: "summary",
    signs: {
      ...SIGNS,
      active: 1,
      checked: 1,
      changes: 1,
      unmarked: 0,
      events: 0,
      failing: SIGNS.unseen,
      neverRead: SIGNS.unseen,
      waiting: 0,
      dead: 0,
      suspended: [],
    },
  }),
  silent: aMessage({ kind: "trouble", trouble: { kind: "silent", last: "2026-03-01T09:13:00.000Z" } }),
  suspended: aMessage({
    kind: "trouble",
    trouble: {
      kind: "suspended",
      subscription: "city-desk",
      address: "d…@newsroom.example",
      reason: "550 no such user",
    },
  }),
  confirmation: aMessage(
    { kind: "confirmation" },
    { links: { confirm: "https://monitor.example/subscriptions/desk/confirm?key=k" } },
  ),
};
