import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { LEDGER_TABLE } from "../../config.ts";

/** An item as plain values. */
export type Item = Readonly<Record<string, unknown>>;

export type Values = Readonly<Record<string, string | number | ReadonlySet<string>>>;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** In all expressions attributes are written `#name`, so that none collides with DynamoDB's 573 reserved words. */
export interface Condition {
  readonly condition: string;
  readonly values?: Values;
}

export interface Question {
  readonly index?: keyof typeof LEDGER_TABLE.indexes;
  readonly where: string;
  readonly values: Values;
  readonly filter?: string;
  readonly descending?: boolean;
  readonly consistent?: boolean;
  /** Items that one request reads at most. */
  readonly limit?: number;
  /** Of the table itself: the key after which to go on; it need not exist. */
  readonly after?: Key;
}

/** What a write came to; on a refused one with the item that stood against it, where the service tells it. */
export type Written = { readonly written: true } | { readonly written: false; readonly standing?: Item };

/** One table, spoken to in plain values. Throws whatever the service answers but a failed condition, which is a value. */
export interface LedgerTable {
  /** Consistent unless said otherwise. */
  get(key: Key, consistent?: boolean): Promise<Item | null>;
  /** Those items that there are, in no order; not consistent, a hundred a request. */
  getMany(keys: readonly Key[]): Promise<readonly Item[]>;
  put(item: Item & Key, only?: Condition): Promise<boolean>;
  update(key: Key, change: string, values: Values, only?: Condition): Promise<Written>;
  /** All items that answer a question, page by page. */
  items(question: Question): AsyncGenerator<Item>;
  /** All items that answer many questions; the first pages are asked for side by side, a few at a time. */
  itemsOfMany(questions: Iterable<Question>): AsyncGenerator<Item>;
}

/** Questions under way at once: a catch-up after an outage asks thousands, each of some milliseconds. */
const SIDE_BY_SIDE = 16;

/** DynamoDB's limit. */
const KEYS_PER_REQUEST = 100;

export function ledgerTable(client: DynamoDBClient, table: string): LedgerTable {
  const ask = (question: Question, start?: QueryCommandOutput["LastEvaluatedKey"]): Promise<QueryCommandOutput> =>
    client.send(
      new QueryCommand({
        TableName: table,
        ...(question.index && { IndexName: LEDGER_TABLE.indexes[question.index].name }),
        KeyConditionExpression: question.where,
        ...(question.filter && { FilterExpression: question.filter }),
        ...naming(question.where, question.filter),
        ExpressionAttributeValues: marshall(question.values),
        ScanIndexForward: !question.descending,
        ConsistentRead: question.consistent ?? false,
        ...(question.limit && { Limit: question.limit }),
        ExclusiveStartKey: start ?? (question.after && marshall(question.after)),
      }),
    );

  async function getBatch(keys: readonly Key[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    let asked: BatchGetItemCommandInput["RequestItems"] = { [table]: { Keys: keys.map((key) => marshall(key)) } };
    while (asked && Object.keys(asked).length > 0) {
      const answer: BatchGetItemCommandOutput = await client.send(new BatchGetItemCommand({ RequestItems: asked }));
      found.push(...(answer.Responses?.[table] ?? []).map((item) => unmarshall(item)));
      asked = answer.UnprocessedKeys; // an answer holds 16 MB at most
    }
    return found;
  }

  async function* answers(question: Question, first: Promise<QueryCommandOutput>): AsyncGenerator<Item> {
    for (let page = await first; ; page = await ask(question, page.LastEvaluatedKey)) {
      for (const item of page.Items ?? []) yield unmarshall(item);
      if (!page.LastEvaluatedKey) return;
    }
  }

  return {
    async get(key, consistent = true) {
      const asked = new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: consistent });
      const { Item } = await client.send(asked);
      return Item ? unmarshall(Item) : null;
    },
    async getMany(keys) {
      const parts = await Promise.all(batches(keys, KEYS_PER_REQUEST).map(getBatch).toArray());
      return parts.flat();
    },
    async put(item, only) {
      const Item = marshall(item, { removeUndefinedValues: true });
      const put = new PutItemCommand({ TableName: table, Item, ...conditional(only) });
      return (await settled(client.send(put))).written;
    },
    update: (key, change, values, only) =>
      settled(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: marshall(key),
            UpdateExpression: change,
            ...conditional(only),
            ...naming(change, only?.condition),
            ...valuing({ ...values, ...only?.values }),
            ReturnValuesOnConditionCheckFailure: "ALL_OLD", // saves the read of what stood against it
          }),
        ),
      ),
    items: (question) => answers(question, ask(question)),
    async *itemsOfMany(questions) {
      for (const few of batches(questions, SIDE_BY_SIDE)) {
        const first = await Promise.all(few.map((question) => ask(question)));
        for (const [n, question] of few.entries()) yield* answers(question, Promise.resolve(first[n]!));
      }
    },
  };
}

const conditional = (only: Condition | undefined) =>
  only ? { ConditionExpression: only.condition, ...naming(only.condition), ...valuing(only.values ?? {}) } : {};

const valuing = (values: Values) =>
  Object.keys(values).length > 0 ? { ExpressionAttributeValues: marshall(values) } : {};

/** `#name` stands for the attribute `name`. */
function naming(...expressions: (string | undefined)[]) {
  const names = expressions.flatMap((expression) => expression?.match(/#\w+/g) ?? []);
  return { ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])) };
}

async function settled(write: Promise<unknown>): Promise<Written> {
  try {
    await write;
    return { written: true };
  } catch (problem) {
    if (!(problem instanceof ConditionalCheckFailedException)) throw problem;
    return { written: false, ...(problem.Item && { standing: unmarshall(problem.Item) }) };
  }
}

function* batches<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
