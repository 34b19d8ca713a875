import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cardDrawer } from "../../shared/adapters/card/card-drawer.ts";
import { consoleNotifier } from "../../shared/adapters/local/console-notifier.ts";
import { fileArchive } from "../../shared/adapters/local/file-archive.ts";
import { type MemoryNoticeQueue, memoryNoticeQueue } from "../../shared/adapters/local/memory-notice-queue.ts";
import { memoryQueue } from "../../shared/adapters/local/memory-queue.ts";
import { outboxNotifier } from "../../shared/adapters/local/outbox-notifier.ts";
import { sqliteLedger } from "../../shared/adapters/local/sqlite-ledger.ts";
import { systemClock } from "../../shared/adapters/local/system-clock.ts";
import { smtpNotifier } from "../../shared/adapters/mail/smtp-notifier.ts";
import { fileSearchIndex } from "../../shared/adapters/search/file-search-index.ts";
import { blueskyNotifier } from "../../shared/adapters/web/bluesky-notifier.ts";
import { chatNotifiers } from "../../shared/adapters/web/chat-notifiers.ts";
import { httpFetcher, userAgentOf } from "../../shared/adapters/web/http-fetcher.ts";
import { mastodonNotifier } from "../../shared/adapters/web/mastodon-notifier.ts";
import { webhookNotifier } from "../../shared/adapters/web/webhook-notifier.ts";
import { ENV, FETCH_LIMITS, VERSION } from "../../shared/config.ts";
import type { Failure } from "../../shared/domain/failure.ts";
import { SUBSCRIPTION_DEFAULTS } from "../../shared/domain/subscription.ts";
import { SHIPPED_RULES } from "../../shared/normalise/rules/shipped/index.ts";
import type { SourceRule } from "../../shared/normalise/rules/source-rule.ts";
import { picturesBy } from "../../shared/notices/picture.ts";
import { isLoopback } from "../../shared/pipeline/add-watch.ts";
import type { Log, Services } from "../../shared/pipeline/services.ts";
import type { CardDrawer } from "../../shared/ports/card-drawer.ts";
import type { Fetcher, FetchRequest } from "../../shared/ports/fetcher.ts";
import { LedgerUnusable } from "../../shared/ports/ledger.ts";
import type { SearchIndex } from "../../shared/ports/search-index.ts";
import { plainLinks } from "../../shared/ports/subscriber-links.ts";
import { RULES_FILE, rulesIn } from "./rules.ts";
import type { EnvironmentSettings } from "./settings.ts";

/** The folder's parts; nothing else in it is ours. */
export const folderPaths = (folder: string) => ({
  ledger: join(folder, "ledger.sqlite"),
  evidence: join(folder, "evidence"),
  derived: join(folder, "derived"),
  /** May be thrown away: it is made again. */
  search: join(folder, "search.sqlite"),
  /** The operator's own; there need be none. */
  rules: join(folder, RULES_FILE),
  outbox: join(folder, "outbox"),
  /** Signs the links in mails. */
  subscriberKey: join(folder, "subscriber.key"),
  operatorKey: join(folder, "operator.key"),
});

/** A folder that the monitor cannot work in. The message says why and what to do. */
export class FolderUnusable extends Error {
  override readonly name = "FolderUnusable";
}

export interface LocalRuntime {
  readonly services: Services;
  readonly queue: ReturnType<typeof memoryQueue>;
  readonly noticeQueue: MemoryNoticeQueue;
  readonly cards: CardDrawer;
  readonly search: SearchIndex;
  close(): void;
}

/**
 * Composes the monitor over one folder.
 * @param write - prints a line or block for the person at the terminal
 * @throws LedgerUnusable when the folder's ledger is no ledger or is damaged
 * @throws FolderUnusable when the folder cannot be made or written
 * @throws SettingError when the folder's rules are wrong
 */
export function localRuntime(
  folder: string,
  settings: EnvironmentSettings,
  { log, write }: { readonly log: Log; write(text: string): void },
): LocalRuntime {
  const paths = folderPaths(folder);
  const clock = systemClock();
  const queue = memoryQueue({ clock });
  const noticeQueue = memoryNoticeQueue({ clock });
  const ledger = openLedger(folder);
  const { smtpUrl, to } = settings.mail;
  const { noticesPerHour: perHour } = settings;
  const userAgent = userAgentOf({ version: VERSION, contact: settings.contact });
  const web = { userAgent, allowAddresses: settings.allowAddresses, clock };
  const cards = cardDrawer(() => import("../../shared/adapters/card/draw.ts"));
  const from = settings.mail.from ?? "Variorum <variorum@localhost>";
  const pictures = picturesBy(cards, (error) => log.warn("a picture could not be drawn", { error: String(error) }));
  const services: Services = {
    evidence: fileArchive(paths.evidence),
    derived: fileArchive(paths.derived),
    ledger,
    queue,
    fetcher: localFetcher(settings),
    noticeQueue,
    noticeLeaseSeconds: NOTICE_LEASE_SECONDS,
    subscriberLinks: plainLinks(settings.readingRoomUrl),
    notifiers: [
      consoleNotifier({ write }),
      outboxNotifier({ root: folder, from, to: settings.contact ?? from }),
      ...(smtpUrl === null ? [] : [smtpNotifier({ url: smtpUrl, from, ...(settings.mail.pictures && { pictures }) })]),
      ...chatNotifiers(web),
      webhookNotifier(web),
      mastodonNotifier({ ...web, pictures }),
      blueskyNotifier({ ...web, pictures }),
    ],
    defaultSubscriptions: [
      { id: "console", channel: "console", address: "terminal", selector: "everything", ...SHOWN, perHour },
      { id: "outbox", channel: "outbox", address: "outbox", selector: "everything", ...SUBSCRIPTION_DEFAULTS, perHour },
      {
        id: "operations",
        channel: "outbox",
        address: "outbox",
        selector: "operations",
        ...SUBSCRIPTION_DEFAULTS,
        perHour,
      },
      ...(smtpUrl !== null && to !== null
        ? [
            {
              id: "mail",
              channel: "email" as const,
              address: to,
              selector: "everything" as const,
              ...SUBSCRIPTION_DEFAULTS,
              perHour,
            },
          ]
        : []),
    ],
    rules: folderRules(folder),
    clock,
    log,
    settings,
    newId: randomUUID,
  };
  const search = fileSearchIndex(paths.search);
  const close = () => {
    search.close();
    ledger.close();
  };
  return { services, queue, noticeQueue, cards, search, close };
}

/** The rules by which a monitor over the folder reads. @throws SettingError when one of its own is wrong */
export function folderRules(folder: string): readonly SourceRule[] {
  const { rules } = folderPaths(folder);
  return statSync(rules, { throwIfNoEntry: false }) ? rulesIn(rules) : SHIPPED_RULES;
}
/**
 * The queue hands no notice to two senders, so this is only how long one waits after its process died. Longer than a
 * delivery that was cut off by a power cut can still be under way.
 */
const NOTICE_LEASE_SECONDS = 5;

/** A terminal shows what matters; the day's rest is in the outbox and in the reading room. */
const SHOWN = { ...SUBSCRIPTION_DEFAULTS, rhythm: { ...SUBSCRIPTION_DEFAULTS.rhythm, rest: "nothing" } } as const;

/** @throws FolderUnusable when something else stands in the folder's place */
export function refuseFile(folder: string): void {
  const is = statSync(folder, { throwIfNoEntry: false });
  if (is && !is.isDirectory()) throw new FolderUnusable(`${folder} is a file, not a folder: name another --folder`);
}

/** Asks for pages as this machine's settings say. */
export function localFetcher(settings: EnvironmentSettings): Fetcher {
  const fetcher = httpFetcher({
    userAgent: userAgentOf({ version: VERSION, contact: settings.contact }),
    ...(settings.contact?.includes("@") && { from: settings.contact }),
    limits: FETCH_LIMITS,
    allowAddresses: settings.allowAddresses,
    clock: systemClock(),
  });
  return settings.contact === null ? onLoopbackAlone(fetcher) : fetcher;
}

/** True when the folder holds a ledger. @throws FolderUnusable when it is no folder */
export function hasLedger(folder: string): boolean {
  refuseFile(folder);
  return statSync(folderPaths(folder).ledger, { throwIfNoEntry: false }) !== undefined;
}

/** @throws LedgerUnusable, FolderUnusable */
export function openLedger(folder: string): ReturnType<typeof sqliteLedger> {
  const { ledger, evidence } = folderPaths(folder);
  try {
    mkdirSync(folder, { recursive: true });
    // An empty file is a new ledger to SQLite. Beside evidence it is one that was emptied, and would pass in silence.
    const isEmptied = statSync(ledger, { throwIfNoEntry: false })?.size === 0 && isFilled(evidence);
    if (!isEmptied) return sqliteLedger(ledger);
  } catch (error) {
    if (error instanceof LedgerUnusable || !(error instanceof Error)) throw error;
    throw new FolderUnusable(`${folder} cannot be used: ${error.message}`, { cause: error });
  }
  throw new LedgerUnusable(
    `${ledger} is empty, though captures are kept beside it: put it back from a copy, or delete it to begin a new ledger`,
  );
}

function isFilled(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false }) !== undefined && readdirSync(folder).length > 0;
}

/** Without a contact nobody but this machine is asked for anything: not whoever put the watch there, and no redirect. */
const onLoopbackAlone = (fetcher: Fetcher): Fetcher => ({
  async fetch(request) {
    const mayFollow: FetchRequest["mayFollow"] = async (target, passage) =>
      isLoopback(target) ? ((await request.mayFollow?.(target, passage)) ?? null) : CONTACT_UNSET;
    if (isLoopback(request.url)) return fetcher.fetch({ ...request, mayFollow });
    return { kind: "failed", exchanges: [], failure: CONTACT_UNSET };
  },
});

const CONTACT_UNSET: Failure = {
  kind: "address-forbidden",
  detail: `no contact is set, so nobody else's pages are asked for: set ${ENV.contact}`,
};
