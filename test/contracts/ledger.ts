import { afterEach, beforeEach, describe } from "vitest";
import type { Ledger, Page, PageRequest } from "../../shared/ports/ledger.ts";
import { gatheringFacts } from "./ledger-gathering.ts";
import { happeningFacts } from "./ledger-happenings.ts";
import { hostFacts } from "./ledger-hosts.ts";
import { noticeFacts } from "./ledger-notices.ts";
import { receiverFacts } from "./ledger-receivers.ts";
import { recordFacts } from "./ledger-records.ts";
import { restrictionFacts } from "./ledger-restrictions.ts";
import { scheduleFacts } from "./ledger-schedule.ts";
import { subscriptionFacts } from "./ledger-subscriptions.ts";
import { watchFacts } from "./ledger-watches.ts";

export interface OpenLedger {
  readonly ledger: Ledger;
  close(): void | Promise<void>;
}

/** The ledger of the fact that is being tried. */
export type TheLedger = () => Ledger;

/**
 * Every promise of shared/ports/ledger.ts, tried on an adapter.
 *
 * @param open - makes a fresh, empty ledger
 */
export function ledgerContract(name: string, open: () => Promise<OpenLedger>): void {
  describe(`${name} keeps the ledger's promises`, () => {
    let opened: OpenLedger;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const ledger: TheLedger = () => opened.ledger;
    watchFacts(ledger);
    scheduleFacts(ledger);
    recordFacts(ledger);
    happeningFacts(ledger);
    hostFacts(ledger);
    subscriptionFacts(ledger);
    noticeFacts(ledger);
    gatheringFacts(ledger);
    receiverFacts(ledger);
    restrictionFacts(ledger);
  });
}

/** All rows of a list, page by page. @throws if a page is over its limit, or one but the last is not full */
export async function everyRow<Row>(list: (page: PageRequest) => Promise<Page<Row>>, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit, ...(after !== undefined && { after }) });
    if (page.rows.length > limit) throw new Error(`a page of ${page.rows.length} rows, over its limit of ${limit}`);
    if (page.next !== undefined && page.rows.length < limit) throw new Error("a page that is not full but goes on");
    if (page.next === undefined && page.rows.length === 0 && after !== undefined) throw new Error("an empty last page");
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

/** So many at once; what each answered. */
export const atOnce = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
