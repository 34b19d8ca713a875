import { describe, expect, it } from "vitest";
import { userAgentOf } from "../../../shared/adapters/web/user-agent.ts";

describe("userAgentOf", () => {
  it.each([
    ["desk@newsroom.test", "Variorum/0.1 (+mailto:desk@newsroom.test)"],
    ["https://newsroom.test/bot", "Variorum/0.1 (+https://newsroom.test/bot)"],
    ["https://newsroom.test/@desk", "Variorum/0.1 (+https://newsroom.test/@desk)"],
    [null, "Variorum/0.1"],
  ])("says who asks (%s)", (contact, expected) => expect(userAgentOf({ version: "0.1.7", contact })).toBe(expected));

  it.each(["", "desk at newsroom", "a@b\r\nX: y", "desk@n\u00e9wsroom.test", "a@b)", "(a@b"])(
    "refuses a contact that cannot stand in a header (%j)",
    (contact) => expect(() => userAgentOf({ version: "0.1.0", contact })).toThrow(RangeError),
  );
});
