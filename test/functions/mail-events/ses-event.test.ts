import { describe, expect, it } from "vitest";
import { returnedMails } from "../../../functions/mail-events/ses-event.ts";
import { bounce, complaint } from "../../support/ses-events.ts";

const GONE = "gone@newsroom.example";

describe("what SES reports", () => {
  it("is a mail that came back for good when the bounce is permanent, with what the other server said", () => {
    expect(returnedMails(bounce("Permanent", GONE))).toEqual([
      { address: GONE, why: "gone", detail: "smtp; 550 5.1.1 <g…@newsroom.example>: no such user" },
    ]);
  });

  it("is one for each receiver", () => {
    const addresses = returnedMails(bounce("Permanent", GONE, `Night Desk <night@newsroom.example>`));
    expect(addresses.map(({ address }) => address)).toEqual([GONE, "night@newsroom.example"]);
  });

  it.each(["Transient", "Undetermined"])("is none when the bounce is %s", (type) => {
    expect(returnedMails(bounce(type, GONE))).toEqual([]);
  });

  it("is unwanted when its owner complained, be it without a word why", () => {
    expect(returnedMails(complaint(GONE, "abuse"))).toEqual([{ address: GONE, why: "unwanted", detail: "abuse" }]);
    expect(returnedMails(complaint(GONE))).toEqual([{ address: GONE, why: "unwanted", detail: "complaint" }]);
  });

  it("is refused when it is something else, which nobody subscribed to", () => {
    expect(() => returnedMails(JSON.stringify({ eventType: "Delivery" }))).toThrow();
    expect(() => returnedMails("Successfully validated SNS topic")).toThrow();
  });
});
