/** What a deployment pays for as it works, in the units in which it is billed; `checks` are what it pays for. */
export const USAGE_UNITS = [
  "checks",
  "invocations",
  "gigabyteSeconds",
  "ledgerReads",
  "ledgerWrites",
  "archiveReads",
  "archiveWrites",
  "queueRequests",
  "topicMessages",
  "mails",
] as const;
export type UsageUnit = (typeof USAGE_UNITS)[number];

/** How much of each unit; what is absent was not used. */
export type Usage = Readonly<Partial<Record<UsageUnit, number>>>;

/** A price list, and where and when it was read. */
export interface PriceList {
  /** `YYYY-MM` in which it was read last. */
  readonly read: string;
  /** AWS region that it is of. */
  readonly region: string;
  /** US dollars for a million of a unit, before taxes and free tiers. */
  readonly dollarsPerMillion: Readonly<Record<UsageUnit, number>>;
}

/** List prices: aws.amazon.com/{lambda,dynamodb,s3,sqs,sns,ses}/pricing. Lambda on arm, DynamoDB on demand, SES à la carte. */
export const PRICES: PriceList = {
  read: "2026-10",
  region: "us-east-1",
  dollarsPerMillion: {
    checks: 0,
    invocations: 0.2,
    gigabyteSeconds: 13.3334,
    ledgerReads: 0.125,
    ledgerWrites: 0.625,
    archiveReads: 0.4,
    archiveWrites: 5,
    queueRequests: 0.4,
    topicMessages: 0.5,
    mails: 100,
  },
};

/** US dollars for a usage by a price list. */
export const costOf = (usage: Usage, { dollarsPerMillion }: PriceList = PRICES): number =>
  USAGE_UNITS.reduce((sum, unit) => sum + ((usage[unit] ?? 0) * dollarsPerMillion[unit]) / 1e6, 0);

export const addUsage = (one: Usage, other: Usage): Usage =>
  Object.fromEntries(
    USAGE_UNITS.flatMap((unit) => {
      const sum = (one[unit] ?? 0) + (other[unit] ?? 0);
      return sum > 0 ? [[unit, sum]] : [];
    }),
  );
