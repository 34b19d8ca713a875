import type { Happening } from "../domain/happening.ts";
import type { Message } from "../ports/message.ts";
import type { NoticeContent } from "./content.ts";

/** A notice as a program finds it: in the outbox, in a webhook's data. */
export interface NoticeJson {
  /** The same at every repetition. */
  readonly id: string;
  readonly kind: Message["kind"];
  readonly subscription: string;
  readonly at: string;
  /** Those it tells, oldest first. */
  readonly happenings: readonly Happening[];
  /** What it says, as in the mail. */
  readonly content: NoticeContent;
}

export function noticeJson(message: Message, content: NoticeContent): NoticeJson {
  const { id, kind, subscription, at } = message;
  const told = "told" in message ? [message.told].flat() : [];
  return { id, kind, subscription: subscription.id, at, happenings: told.map(({ happening }) => happening), content };
}
