import { describe, expect, it } from "vitest";
import { NORMALISER_VERSION } from "../../shared/normalise/normalise.ts";
import type { SourceRule } from "../../shared/normalise/rules/source-rule.ts";
import { parseRules } from "../../shared/normalise/rules/source-rule-schema.ts";
import { PARAGRAPHS, recorded, URL } from "../support/bridge-story.ts";
import { type PipelineWorld, pipelineWorld } from "../support/pipeline-world.ts";
import type { Answer } from "../support/scripted-web.ts";

const BOX =
  "Our readers in the north have told us what they think of the ferries, and what they would pay for a bridge.";

interface Page {
  /** The class of the element that holds the story. */
  readonly story?: string;
  readonly edit?: (text: string) => string;
  /** What the box in the middle of the story says; nothing marks it as none of it. */
  readonly box?: string;
  readonly noise?: number;
}

/** The bridge's story with a box in the middle of it that rotates. */
function page({ story = "a1", edit = (text) => text, box = BOX, noise = 0 }: Page = {}): Answer {
  const [first = "", ...rest] = PARAGRAPHS.map((text) => `<p>${edit(text)}</p>`);
  const body = `<h1>Bridge closed</h1><div class="${story}">${first}<div class="b2"><p>${box}</p></div>${rest.join("")}</div>`;
  return {
    body: `<!doctype html><html lang="en"><title>Bridge closed</title><body>${body}<!-- ${noise} --></body></html>`,
  };
}

function aRule(parts: object): SourceRule {
  const parsed = parseRules([{ host: "news.example", ...parts }]);
  const [rule] = parsed.ok ? parsed.rules : [];
  if (!rule) throw new Error("no rule");
  return rule;
}
const RULE = aRule({ take: ".a1", drop: ".b2" });
const THIRTY = (text: string) => text.replace("three days", "thirty days");

interface World extends PipelineWorld {
  readonly id: string;
  /** Serves a page and captures it. */
  look(next: Page): Promise<string>;
  causes(): Promise<string[]>;
  unfit(): Promise<string | undefined>;
  use(...rules: SourceRule[]): void;
}

/** The story watched under a rule, its baseline recorded. */
async function followedUnder(rule: SourceRule | null, first: Page = {}): Promise<World> {
  const world = pipelineWorld();
  const use = (...rules: SourceRule[]) => void world.rules.splice(0, world.rules.length, ...rules);
  if (rule) use(rule);
  world.web.set(URL, page(first));
  const id = await world.follow(URL);
  await world.capture(URL, 0);
  let noise = 0;
  return {
    ...world,
    id,
    use,
    async look(next) {
      noise += 1;
      world.web.set(URL, page({ noise, ...next }));
      return (await world.capture(URL)).kind;
    },
    causes: async () => (await recorded(world.services, id)).revisions.map(({ cause }) => cause),
    unfit: async () => (await world.services.ledger.standing(id))?.state.unfit?.detail,
  };
}

const untold = async ({ services: { ledger } }: PipelineWorld) => (await ledger.outbox({ limit: 9 })).rows.length;

describe("a page read under a rule", () => {
  it("does not change by what the rule drops, and does by an edit", async () => {
    const world = await followedUnder(RULE);
    expect(await world.look({ box: "Another box." })).toBe("unchanged");
    expect(await world.look({ edit: THIRTY })).toBe("revision");
    const { revisions } = await recorded(world.services, world.id);
    expect(revisions.map(({ normaliser }) => normaliser)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining("+rule:")),
    );
    expect(revisions[1]?.change?.counts).toMatchObject({ edited: 1, added: 0, removed: 0 });
    expect(await world.unfit()).toBeUndefined();
  });

  it.each<[string, SourceRule | null, SourceRule | null]>([
    ["written", null, RULE],
    ["mended", aRule({ drop: ".none" }), RULE],
    ["taken away", RULE, null],
  ])("is read again from the kept bytes when the rule was %s, which is no news", async (_what, before, after) => {
    const world = await followedUnder(before);
    world.use(...(after ? [after] : []));
    expect(await world.look({})).toBe("unchanged");
    expect(await world.causes()).toEqual(["edit", "reextraction"]);
    expect(await untold(world)).toBe(0);
    expect(await world.look({ edit: THIRTY })).toBe("revision");
    expect(await world.causes()).toEqual(["edit", "reextraction", "edit"]);
  });

  it("is read again once when the rule was changed to no effect", async () => {
    const world = await followedUnder(RULE);
    let read = 0;
    const { evidence } = world.services;
    const original = evidence.read.bind(evidence);
    evidence.read = (key) => {
      read += 1;
      return original(key);
    };
    world.use(aRule({ take: ".a1", drop: [".b2", ".b3"] }));
    expect([await world.look({}), await world.look({}), await world.look({})]).toEqual(Array(3).fill("unchanged"));
    expect(read).toBe(1);
    expect(await world.causes()).toEqual(["edit"]);
  });
});

it("learns what rotates from readings under one rule", async () => {
  const world = await followedUnder(aRule({ take: ".a1" }));
  const boxes = ["A lamp is for sale at the north quay.", "Choirs sing on the pier tonight.", "The museum opens late."];
  for (const box of boxes) {
    world.web.set(URL, page({ box }));
    await world.capture(URL, 120);
  }
  expect(world.logged).toContain("learnt what rotates");
  expect(await world.look({ box: "Nobody has seen this box before." })).toBe("unchanged");
});

describe("a rule that ceases to fit", () => {
  it("is told once, and once more when it fits again; nothing is taken for an edit", async () => {
    const world = await followedUnder(RULE);
    expect([await world.look({ story: "z9" }), await world.look({ story: "z9" })]).toEqual(["unchanged", "unchanged"]);
    expect(await world.unfit()).toBe("rule: take (.a1) finds no story");
    expect(world.logged).toEqual(["the rule of a page's source does not fit it"]);
    expect(await world.look({})).toBe("unchanged");
    expect(await world.unfit()).toBeUndefined();
    expect(world.logged.at(-1)).toBe("the rule of a page's source fits again");
    expect(world.logged).toHaveLength(2);
    expect(await world.causes()).toEqual(["edit"]);
  });

  it("does not hide an edit, and adds nothing to it: both are read the general way", async () => {
    const world = await followedUnder(aRule({ take: [".a1 > p"] }));
    expect(await world.look({ story: "z9", edit: THIRTY })).toBe("revision");
    const { revisions } = await recorded(world.services, world.id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "reextraction", "edit"]);
    expect(revisions[2]?.change?.counts).toMatchObject({ edited: 1, added: 0, removed: 0 });
    expect(revisions[2]?.normaliser).toBe(NORMALISER_VERSION);
  });

  it("is in force again once it was mended, which is no news either", async () => {
    const world = await followedUnder(aRule({ take: [".a1 > p"] }));
    await world.look({ story: "z9", edit: THIRTY });
    world.use(aRule({ take: [".z9 > p"] }));
    expect(await world.look({ story: "z9", edit: THIRTY })).toBe("unchanged");
    const { revisions } = await recorded(world.services, world.id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "reextraction", "edit", "reextraction"]);
    expect(revisions[3]?.reading).not.toBe(revisions[2]?.reading);
    expect(await world.unfit()).toBeUndefined();
  });

  it("says since when, and another fault is told anew", async () => {
    const world = await followedUnder(aRule({ take: ".none", byline: ".author" }));
    const first = (await world.services.ledger.standing(world.id))?.state.unfit;
    expect(first?.detail).toBe("rule: take (.none) finds no story; rule: byline (.author) finds nothing");
    await world.look({});
    expect((await world.services.ledger.standing(world.id))?.state.unfit).toEqual(first);
    world.use(aRule({ take: ".a1", byline: ".author" }));
    await world.look({});
    expect(await world.unfit()).toBe("rule: byline (.author) finds nothing");
    expect(world.logged.filter((line) => line.includes("does not fit"))).toHaveLength(2);
  });

  it("stays known while the same bytes come, or none", async () => {
    const world = await followedUnder(aRule({ take: ".none" }));
    expect((await world.capture(URL)).kind).toBe("unchanged");
    world.web.set(URL, { status: 503 });
    expect((await world.capture(URL)).kind).toBe("failed");
    expect(await world.unfit()).toBe("rule: take (.none) finds no story");
  });
});

it("reads nothing again for a page that is no article", async () => {
  const world = await followedUnder(RULE);
  world.services.evidence.read = () => Promise.reject(new Error("read again"));
  world.web.set(URL, { body: "<title>Page not found</title><h1>Page not found</h1><p>Try the front page.</p>" });
  expect(await world.capture(URL)).toMatchObject({ kind: "failed", failure: { kind: "soft-404" } });
});
