import { describe, expect, it } from "vitest";
import { settleBatch } from "../../functions/runtime/settle-batch.ts";
import { sqsEvent } from "../support/sqs-event.ts";

const batch = (...bodies: string[]) => sqsEvent(...bodies.map((body) => ({ body })));
const work = async (body: string) => {
  if (body === "bad") throw new Error("broken");
};

describe("settleBatch", () => {
  it("gives back to the queue only what threw, and tells of it", async () => {
    const reported: string[] = [];
    const answer = await settleBatch(batch("good", "bad"), work, (_error, id) => reported.push(id));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: "message-1" }]);
    expect(reported).toEqual(["message-1"]);
  });
  it("fails as a whole when every message threw, so that the alarm on errors hears it", async () => {
    await expect(settleBatch(batch("bad", "bad"), work, () => {})).rejects.toThrow("every message of the batch failed");
  });
  it("has nothing to give back of an empty batch", async () => {
    expect(await settleBatch(batch(), work, () => {})).toEqual({ batchItemFailures: [] });
  });
});
