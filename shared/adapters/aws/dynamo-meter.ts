import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { addSeconds, type Instant, toInstant } from "../../domain/time.ts";
import { addUsage, USAGE_UNITS, type Usage } from "../../domain/usage.ts";
import type { Meter } from "../../ports/meter.ts";
import { meterKey } from "./dynamo-ledger-keys.ts";
import { type Item, ledgerTable } from "./dynamo-ledger-table.ts";

/** The meter in the ledger's table: an item a day, a partition a month, one write for each invocation. */
export function dynamoMeter({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): Meter {
  const items = ledgerTable(client, table);
  return {
    async record(usage, at) {
      const used = USAGE_UNITS.filter((unit) => (usage[unit] ?? 0) > 0);
      if (used.length === 0) return;
      const change = `ADD ${used.map((unit) => `#${unit} :${unit}`).join(", ")}`;
      await items.update(meterKey(at), change, Object.fromEntries(used.map((unit) => [`:${unit}`, usage[unit] ?? 0])));
    },
    async usedBetween(from, to) {
      const days = monthsBetween(from, to).map((month) => ({
        where: "#pk = :month AND #sk BETWEEN :first AND :last",
        values: { ":month": meterKey(month).pk, ":first": meterKey(from).sk, ":last": meterKey(to).sk },
      }));
      let sum: Usage = {};
      for await (const item of items.itemsOfMany(days)) sum = addUsage(sum, usageIn(item));
      return sum;
    },
  };
}

const usageIn = (item: Item): Usage =>
  Object.fromEntries(USAGE_UNITS.flatMap((unit) => (typeof item[unit] === "number" ? [[unit, item[unit]]] : [])));

/** An instant in each month from one to another. */
function monthsBetween(from: Instant, to: Instant): Instant[] {
  const months = [];
  for (let at = toInstant(Date.parse(`${monthOf(from)}-01`)); at <= to; at = nextMonth(at)) months.push(at);
  return months;
}

const monthOf = (at: Instant): string => at.slice(0, 7);
const LONGEST_MONTH_SECONDS = 31 * 86_400;
const nextMonth = (first: Instant): Instant =>
  toInstant(Date.parse(`${monthOf(addSeconds(first, LONGEST_MONTH_SECONDS))}-01`));
