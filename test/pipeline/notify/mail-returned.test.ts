import { describe, expect, it } from "vitest";
import { mailReturned } from "../../../shared/pipeline/notify/mail-returned.ts";
import { toldWorld } from "./told-world.ts";

const URL = "https://paper.example/bridge";
const GONE = { address: "Gone@newsroom.example", why: "gone", detail: "550 5.1.1 no such user" } as const;

async function world() {
  const here = toldWorld();
  await here.open(URL);
  await here.subscribe({ id: "operations", selector: "operations" });
  await here.subscribe({ id: "gone", channel: "email", address: "gone@newsroom.example" });
  await here.subscribe({ id: "gone-too", channel: "email", address: "gone@newsroom.example", selector: "tag:none" });
  await here.subscribe({ id: "ended", channel: "email", address: "gone@newsroom.example", status: "ended" });
  await here.subscribe({ id: "well", channel: "email", address: "desk@newsroom.example" });
  const { ledger } = here.services;
  const statuses = async () =>
    Object.fromEntries((await ledger.subscriptions({ limit: 99 })).rows.map(({ id, status }) => [id, status]));
  const troubles = () => here.arrived.filter(({ message }) => message.kind === "trouble").map(({ message }) => message);
  return { ...here, statuses, troubles };
}

describe("a mail that came back", () => {
  it("suspends every subscription of its address, whatever its case, and nobody else's", async () => {
    const { services, statuses } = await world();
    await mailReturned(GONE, services);
    expect(await statuses()).toMatchObject({
      gone: "suspended",
      "gone-too": "suspended",
      ended: "ended",
      well: "active",
    });
    expect((await services.ledger.subscription("gone"))?.reason).toBe("a mail came back: 550 5.1.1 no such user");
  });

  it("is known by its domain, however that is spelt", async () => {
    const { services, subscribe, statuses } = await world();
    await subscribe({ id: "far", channel: "email", address: "desk@Zürich.example" });
    await mailReturned({ ...GONE, address: "desk@xn--zrich-kva.example" }, services);
    expect(await statuses()).toMatchObject({ far: "suspended", well: "active" });
  });

  it("is told to operations once, however often it is reported", async () => {
    const { services, troubles, round } = await world();
    await mailReturned(GONE, services);
    await round();
    await mailReturned(GONE, services);
    await mailReturned(GONE, services);
    await round();
    expect(troubles().map((message) => message.kind === "trouble" && message.trouble)).toMatchObject([
      { kind: "suspended", subscription: "gone", address: "g…@newsroom.example" },
      { kind: "suspended", subscription: "gone-too" },
    ]);
  });

  it("keeps what is told later from being sent there, and says that a complaint was one", async () => {
    const { services, arrived, edit, round } = await world();
    await mailReturned({ ...GONE, why: "unwanted", detail: "abuse" }, services);
    await edit(URL, "thirty");
    await round();
    const mails = arrived.filter(({ message }) => message.kind === "change").map(({ address }) => address);
    expect(mails).toEqual(["desk@newsroom.example"]);
    expect((await services.ledger.subscription("gone"))?.reason).toMatch(/^its owner reported a mail as spam/);
  });
});
