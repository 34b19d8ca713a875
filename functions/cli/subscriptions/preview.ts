import { happeningKey } from "../../../shared/domain/happening.ts";
import { DEFAULT_FILTER, type NoticeFilter } from "../../../shared/domain/notice-filter.ts";
import type { Selector } from "../../../shared/domain/subscription.ts";
import { parseFilter } from "../../../shared/domain/subscription-schema.ts";
import { type Previewed, previewFilter } from "../../../shared/pipeline/notify/preview.ts";
import { shortened } from "../columns.ts";
import type { Deployment } from "../deployment.ts";
import { CommandFailed, EXIT } from "../failure.ts";
import { counted, table } from "../print.ts";
import { findSubscription, selectorOf } from "./find.ts";
import { type Conditions, filterOf } from "./options.ts";
import { filterText } from "./text.ts";

export interface Previewing extends Conditions {
  readonly about?: string;
  readonly last: string;
}

const MOST_PREVIEWED = 1000;

/** `subscriptions preview`: what a filter would have sent, and why. */
export async function preview(id: string | undefined, options: Previewing, deployment: Deployment) {
  const { services } = deployment;
  const last = Number(options.last);
  if (!Number.isInteger(last) || last < 1 || last > MOST_PREVIEWED) {
    throw new CommandFailed(`"${options.last}" is no count: give 1 to ${MOST_PREVIEWED}`, EXIT.usage);
  }
  const subscription = id === undefined ? null : await findSubscription(id, deployment);
  const typed = filterOf(options) ?? subscription?.filter ?? DEFAULT_FILTER;
  const filter = await conditionsOf(typed, deployment);
  const selector =
    options.about === undefined
      ? (subscription?.selector ?? "everything")
      : await selectorOf(options.about, services.ledger);
  if (selector === "operations") throw new CommandFailed("operations are told how the monitor fares, and of no change");
  const previewed = await previewFilter(filter, selector as Selector, last, services);
  const sent = previewed.filter(({ verdict }) => verdict.passes).length;
  const head = `${sent} of the newest ${counted(previewed.length, "change or event", "changes and events")} of ${selector} would have been sent (${filterText(filter)})`;
  const rows = previewed.map(previewRow);
  return {
    json: {
      selector,
      filter,
      previewed: previewed.map(({ happening, verdict }) => ({
        ...happening,
        ...verdict,
        key: happeningKey(happening),
      })),
    },
    text:
      rows.length === 0
        ? `nothing has happened to ${selector} yet`
        : [head, "", table(["", "at", "why", "what"], rows)].join("\n"),
  };
}

/** @throws CommandFailed when a filter is none, or nobody saved it */
async function conditionsOf(given: unknown, { services: { ledger } }: Deployment): Promise<NoticeFilter> {
  if (typeof given === "object" && given !== null && "saved" in given) {
    const name = String(given.saved);
    const saved = (await ledger.savedFilters()).find((one) => one.name === name);
    if (!saved)
      throw new CommandFailed(`nobody saved a filter as ${name}: \`subscriptions list\` shows those there are`);
    return saved.filter;
  }
  const parsed = parseFilter(given);
  if (!parsed.ok) throw new CommandFailed(parsed.problem);
  return parsed.value;
}

const HEADLINE_COLUMNS = 60;

function previewRow({ happening, verdict }: Previewed): string[] {
  const told = happening.kind === "revision" ? happening.revision : happening.event;
  const why = verdict.findings.map(({ condition, found }) =>
    condition === "changes" ? found : `${condition}: ${found}`,
  );
  return [
    verdict.passes ? "sent" : "-",
    happening.at,
    why.join("; "),
    shortened(told.headline ?? happening.url, HEADLINE_COLUMNS),
  ];
}
