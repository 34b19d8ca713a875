import { expect, it } from "vitest";
import { SUBSCRIPTION_DEFAULTS } from "../../../shared/domain/subscription.ts";
import { changeSubscription } from "../../../shared/pipeline/notify/change-subscription.ts";
import { addDefaultSubscriptions } from "../../../shared/pipeline/notify/subscribe.ts";
import { pipelineWorld } from "../../support/pipeline-world.ts";

const [OLD, NEW, OWN] = ["https://hooks.example/old", "https://hooks.example/new", "https://hooks.example/own"];

/** A monitor that starts with an address for its default subscription, and where that leads then. */
function started() {
  const { services } = pipelineWorld();
  const { ledger } = services;
  return {
    ledger,
    start: async (address: string) => {
      const wish = {
        id: "desk",
        channel: "webhook",
        selector: "everything",
        ...SUBSCRIPTION_DEFAULTS,
        address,
      } as const;
      await addDefaultSubscriptions({ ...services, defaultSubscriptions: [wish] });
      return (await ledger.subscription("desk"))?.address;
    },
  };
}

it("a default subscription follows where the monitor moves", async () => {
  const { start } = started();
  expect([await start(OLD), await start(OLD), await start(NEW), await start(NEW)]).toEqual([OLD, OLD, NEW, NEW]);
});

it("a default subscription that a person brought elsewhere stays there, however often the monitor starts or moves", async () => {
  const { start, ledger } = started();
  await start(OLD);
  expect(await changeSubscription("desk", { address: OWN }, { ledger })).toMatchObject({ ok: true });
  expect([await start(OLD), await start(NEW), await start(NEW)]).toEqual([OWN, OWN, OWN]);
});
