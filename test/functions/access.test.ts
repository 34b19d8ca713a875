import { describe, expect, it } from "vitest";
import { accessOf } from "../../functions/runtime/aws.ts";

const KEY = "k".repeat(43);

describe("who may read a deployed reading room", () => {
  it("is everybody when no key is named", () => expect(accessOf(undefined, new Map())).toEqual({ kind: "public" }));
  it("is who has the link when the key is there", () => {
    expect(accessOf("/room/key", new Map([["/room/key", KEY]]))).toEqual({ kind: "private", key: KEY });
  });
  it.each([
    ["missing", new Map<string, string>()],
    ["empty", new Map([["/room/key", ""]])],
  ])("is nobody when the named key is %s", (_how, values) => {
    expect(() => accessOf("/room/key", values)).toThrow("/room/key");
  });
});
