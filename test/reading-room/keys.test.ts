import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { KEYS } from "../../shared/reading-room/assets.ts";
import { textOf } from "./markup.ts";
import { aReadingRoom } from "./reading-room.ts";

type Press = Readonly<Record<string, unknown>>;

/** As much of a browser as the script asks for: a page with two changed paragraphs, the second folded away. */
function aPage({ direction = "ltr", calm = false, remembered = null as string | null } = {}) {
  const went: string[] = [];
  const seen: { id: string; open: boolean; behavior: string }[] = [];
  const paragraph = (id: string, details?: { open: boolean }) => ({
    closest: (selector: string) => (selector === "details" ? details : null),
    focus: () => {},
    scrollIntoView: ({ behavior }: { behavior: string }) => seen.push({ id, open: details?.open ?? true, behavior }),
  });
  const paragraphs = [paragraph("first"), paragraph("second", { open: false })];
  const marks = [paragraphs[0], paragraphs[0], paragraphs[1]].map((at) => ({
    closest: (selector: string) => (selector === "h1, p" ? at : null),
  }));
  const parts = ["on", "off"].map((keysWhen) => ({ dataset: { keysWhen }, hidden: keysWhen === "off" }));
  const clicks: (() => void)[] = [];
  const button = { addEventListener: (_: string, click: () => void) => clicks.push(click) };
  const hint = {
    hidden: true,
    querySelectorAll: (selector: string) => (selector === "button" ? [button] : parts),
    querySelector: () => null,
  };
  const memory = new Map([["variorum-keys", remembered]]);
  let onKey: (event: object) => void = () => {};
  const document = {
    documentElement: {},
    querySelector: (selector: string) =>
      selector === "[data-keys]" ? hint : { href: /rel=(\w+)/.exec(selector)?.[1] ?? "" },
    querySelectorAll: () => marks,
    addEventListener: (_: string, listener: typeof onKey) => {
      onKey = listener;
    },
  };
  const window = {
    localStorage: {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => memory.set(key, value),
    },
    matchMedia: () => ({ matches: calm }),
    getComputedStyle: () => ({ direction }),
    location: { assign: (href: string) => went.push(href) },
  };
  runInNewContext(KEYS.text, { document, window });
  const press = (key: string, more: Press = {}) =>
    onKey({ key, target: { closest: () => null }, preventDefault: () => {}, ...more });
  return { hint, parts, memory, went, seen, press, click: () => clicks[0]?.() };
}

describe("keys", () => {
  it("go from change to change within the page, stop at its ends, and open what is folded", () => {
    const { press, seen } = aPage();
    for (const key of ["j", "n", "j", "k", "p"]) press(key);
    expect(seen.map(({ id, open }) => [id, open])).toEqual([
      ["first", true],
      ["second", true],
      ["second", true],
      ["first", true],
      ["first", true],
    ]);
  });

  it("follow the page's links to the next and the previous, in the direction in which it reads", () => {
    const [leftToRight, rightToLeft] = [aPage(), aPage({ direction: "rtl" })];
    for (const page of [leftToRight, rightToLeft]) {
      page.press("ArrowRight");
      page.press("ArrowLeft");
    }
    expect(leftToRight.went).toEqual(["next", "prev"]);
    expect(rightToLeft.went).toEqual(["prev", "next"]);
  });

  it("move nothing smoothly for whoever asked for less motion", () => {
    const behaviours = [false, true].map((calm) => {
      const { press, seen } = aPage({ calm });
      press("j");
      return seen[0]?.behavior;
    });
    expect(behaviours).toEqual(["smooth", "auto"]);
  });

  it.each<[string, Press]>([
    ["while somebody types in a field", { target: { closest: (selector: string) => selector.includes("input") } }],
    ["with Ctrl", { ctrlKey: true }],
    ["with Alt, which goes back in the browser's history", { altKey: true }],
    ["with the command key", { metaKey: true }],
    ["with Shift, which selects", { shiftKey: true }],
    ["while characters are composed", { isComposing: true }],
    ["when something else took the key", { defaultPrevented: true }],
  ])("do nothing %s", (_when, more) => {
    const { press, went, seen } = aPage();
    press("ArrowRight", more);
    press("j", more);
    press("toString", more);
    expect([went, seen]).toEqual([[], []]);
  });

  it("are named only where they work, and can be turned off for good", () => {
    const page = aPage();
    expect([page.hint.hidden, ...page.parts.map(({ hidden }) => hidden)]).toEqual([false, false, true]);
    page.click();
    page.press("ArrowRight");
    expect([page.went, ...page.parts.map(({ hidden }) => hidden)]).toEqual([[], true, false]);
    expect(page.memory.get("variorum-keys")).toBe("off");
    const later = aPage({ remembered: "off" });
    later.press("ArrowRight");
    expect(later.went).toEqual([]);
    later.click();
    later.press("ArrowRight");
    expect(later.went).toEqual(["next"]);
  });

  it("come as a file that may be kept for ever, with a hint that is hidden until it runs", async () => {
    const room = aReadingRoom();
    const { watch } = await room.publish("https://gazette.example/a", [{ text: ["3 days."] }, { text: ["30 days."] }]);
    for (const page of ["changes/2", "revisions/1", "compare/1...2"]) {
      const { text } = await room.get(`/watches/${watch.id}/${page}`);
      expect(text).toContain(`<script src="${KEYS.path}" defer></script>`);
      expect(text).toContain('<div class="keys" data-keys hidden>');
      expect(textOf(text, ".keys button")).toBe("Turn keys off");
    }
    const { headers, text } = await room.get(KEYS.path);
    expect(headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
    expect(headers.get("Cache-Control")).toContain("immutable");
    expect(text).toBe(KEYS.text);
  });
});
