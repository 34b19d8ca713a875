import { describe, expect, it, onTestFinished } from "vitest";
import { dynamoLedger } from "../../../shared/adapters/aws/dynamo-ledger.ts";
import { redrive } from "../../../shared/pipeline/notify/redrive.ts";
import { startDynalite } from "../../support/dynalite.ts";
import { DELIVERED, LATER, type ToldWorld, toldWorld } from "./told-world.ts";

const PAGE = "https://paper.example/bridge";
const DAY = 86_400;

async function inSqlite(): Promise<ToldWorld> {
  return toldWorld();
}

async function inDynamo(): Promise<ToldWorld> {
  const dynamo = await startDynalite();
  onTestFinished(() => dynamo.stop());
  return toldWorld({ ledger: dynamoLedger({ client: dynamo.client, table: await dynamo.ledgerTable("redrive") }) });
}

describe.each([
  ["SQLite", inSqlite],
  ["DynamoDB", inDynamo],
])("a receiver that was away beyond all retries, with its notices in %s", (_store, start) => {
  it("gets what it missed since then, in its order, under the ids that it had, and no other receiver anything", async () => {
    const world = await start();
    const { ledger } = world.services;
    await world.open(PAGE);
    const { address: desk } = await world.subscribe({ id: "desk" });
    const { address: other } = await world.subscribe({ id: "other" });
    for (const address of [desk, other]) world.answer(address, LATER);
    const made: string[] = [];
    for (const days of ["thirty", "ninety", "sixty", "ten"]) {
      await world.edit(PAGE, days);
      made.push(world.clock.now());
      await world.round();
    }
    await world.clock.pass(4 * DAY);
    await world.round();
    expect((await ledger.deadNotices({ limit: 99 })).rows).toHaveLength(8);
    for (const address of [desk, other]) world.answer(address, DELIVERED);

    const missed = await redrive(["desk"], world.services, { since: made[1] ?? "" });
    const ids = missed.map(({ id }) => id);
    expect(ids.map((id) => id.split(".").slice(1).join("."))).toEqual(["r3.desk", "r4.desk", "r5.desk"]);
    await world.clock.pass(3600);
    const due = await ledger.waitingNotices("webhook", world.clock.now(), { limit: 9 });
    expect(due.rows.map(({ id }) => id)).toEqual(ids);
    await world.round();
    expect(world.arrived.map(({ message }) => message.id)).toEqual(ids);

    expect(await redrive(["desk"], world.services)).toMatchObject([{ end: "waiting" }]);
    expect((await ledger.deadNotices({ limit: 99 })).rows.map(({ subscription }) => subscription)).toEqual(
      Array<string>(4).fill("other"),
    );
  }, 60_000);
});
