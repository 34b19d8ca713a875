import { addUsage, type Usage, type UsageUnit } from "../../domain/usage.ts";

/** Counts what is used in this process until it is asked. */
export interface UsageCounter {
  add(usage: Usage): void;
  /** All since it was last taken. */
  take(): Usage;
}

export function usageCounter(): UsageCounter {
  let counted: Usage = {};
  return {
    add(usage) {
      counted = addUsage(counted, usage);
    },
    take() {
      const taken = counted;
      counted = {};
      return taken;
    },
  };
}

/** The part of the SDK's clients that is the same in all of them. */
interface CountedClient {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: { readonly step: "initialize" },
    ): void;
  };
}
type Handler = (args: {
  readonly input: object;
}) => Promise<{ readonly output: { readonly ConsumedCapacity?: Consumed } }>;

/** Of a batch: for each table. */
type Consumed = Capacity | readonly Capacity[];
interface Capacity {
  readonly CapacityUnits?: number;
}

/**
 * Has a client count what it asks for. A refused conditional write tells no units: it is taken for one. Repetitions of
 * the client's own are not seen.
 *
 * @returns the client
 */
export function counting<Client extends object>(client: Client, counter: UsageCounter): Client {
  (client as unknown as CountedClient).middlewareStack.add(
    (next, { commandName = "" }) => {
      const command = commandName.replace(/Command$/, "");
      const unit = UNITS[command];
      const isLedgers = unit === "ledgerReads" || unit === "ledgerWrites";
      return async (args) => {
        let units = 1;
        try {
          const asked = isLedgers ? { ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } } : args;
          const answer = await next(asked);
          if (isLedgers) units = unitsOf(answer.output.ConsumedCapacity);
          return answer;
        } finally {
          if (unit) counter.add({ [unit]: units });
        }
      };
    },
    { step: "initialize" },
  );
  return client;
}

const unitsOf = (consumed: Consumed = {}): number =>
  [consumed].flat().reduce((sum, { CapacityUnits = 1 }) => sum + CapacityUnits, 0);

/** What a request is billed as. */
const UNITS: Readonly<Record<string, UsageUnit>> = {
  GetItem: "ledgerReads",
  BatchGetItem: "ledgerReads",
  Query: "ledgerReads",
  PutItem: "ledgerWrites",
  UpdateItem: "ledgerWrites",
  GetObject: "archiveReads",
  HeadObject: "archiveReads",
  PutObject: "archiveWrites",
  ListObjectsV2: "archiveWrites",
  SendMessage: "queueRequests",
  SendMessageBatch: "queueRequests",
  Publish: "topicMessages",
  SendEmail: "mails",
};
