import { canonicalWatchUrl, watchIdOf } from "../../shared/domain/url.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import type { Ledger, Page, PageRequest } from "../../shared/ports/ledger.ts";
import { CommandFailed, EXIT } from "./failure.ts";

/**
 * The watch that an id, the beginning of one, or a URL names; also a removed one, whose history is kept, by its whole id.
 * @throws CommandFailed when it names none, or several
 */
export async function findWatch(ledger: Ledger, named: string): Promise<Watch> {
  const reading = canonicalWatchUrl(named);
  if (!reading.ok && /[:./]/.test(named)) throw new CommandFailed(reading.problem, EXIT.usage);
  const watch = await ledger.watch(reading.ok ? watchIdOf(reading.url) : named);
  if (watch) return watch;
  const beginning = /^[0-9a-f]{4,15}$/.test(named) ? await all((page) => ledger.watches(page)) : [];
  const [found, another] = beginning.filter(({ id }) => id.startsWith(named));
  if (found && another) throw new CommandFailed(`"${named}" begins several ids: give more of it`, EXIT.usage);
  if (found) return found;
  throw new CommandFailed(`no watch "${named}": \`watch list\` shows those there are`, EXIT.notFound);
}

/** Every row of a paged list. */
export async function all<Row>(list: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit: 500, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
