import { describe, expect, it, onTestFinished } from "vitest";
import { dynamoLedger } from "../../shared/adapters/aws/dynamo-ledger.ts";
import { addSeconds, secondsBetween } from "../../shared/domain/time.ts";
import { captureBatch } from "../../shared/pipeline/capture.ts";
import type { Services } from "../../shared/pipeline/services.ts";
import { readArticle } from "../../shared/ports/derived-store.ts";
import { bathsHolding, PROMOTIONS, STORY } from "../support/baths-story.ts";
import { recorded } from "../support/bridge-story.ts";
import { startDynalite } from "../support/dynalite.ts";
import { CONFIRMATION_SECONDS, GAP_SECONDS, type PipelineWorld, pipelineWorld } from "../support/pipeline-world.ts";

const URL = "https://baths.example/open";
const SOON = CONFIRMATION_SECONDS + 1;
const PASS = "Season tickets for the baths are sold at the door, in the market hall, and by two of the bakers in town.";

interface Baths extends PipelineWorld {
  readonly id: string;
  /** What the page holds from now on beside its promotion, and whether the story was edited. */
  edit(change: { readonly story?: readonly string[]; readonly beside?: readonly string[] }): void;
  /** The promotion from now on: another on each visit, or one that stays. */
  promote(choice: "another" | readonly string[]): void;
  /** Captures, so many times, and tells what may be told. */
  pass(times: number, afterSeconds?: number): Promise<void>;
}

/** A watched page with another promotion among its paragraphs on each visit. */
async function baths(given: Parameters<typeof pipelineWorld>[0] = {}): Promise<Baths> {
  const world = pipelineWorld(given);
  let [visits, story, beside] = [0, STORY as readonly string[], [] as readonly string[]];
  let promotion: "another" | readonly string[] = "another";
  world.web.set(URL, () => {
    const shown = promotion === "another" ? [PROMOTIONS[visits++ % PROMOTIONS.length]!] : promotion;
    return { body: bathsHolding([...beside, ...shown], story) };
  });
  const id = await world.follow(URL);
  return {
    ...world,
    id,
    edit: (change) => {
      story = change.story ?? story;
      beside = change.beside ?? beside;
    },
    promote: (choice) => {
      promotion = choice;
    },
    pass: async (times, afterSeconds = 900) => {
      for (let n = 0; n < times; n += 1) {
        await world.capture(URL, afterSeconds);
        await world.tell();
      }
    },
  };
}

/** The same after its baseline and the two captures that follow it: the promotion's place is learnt. */
async function learntBaths(given: Parameters<typeof pipelineWorld>[0] = {}): Promise<Baths> {
  const world = await baths(given);
  await world.pass(1, 0);
  await world.pass(2, SOON);
  expect(await rotating(world)).toHaveLength(1);
  return world;
}

const rotating = async ({ services, id }: Baths) => (await services.ledger.standing(id))?.rotating ?? [];
const causes = async ({ services, id }: Baths) => (await recorded(services, id)).revisions.map(({ cause }) => cause);
const newest = async ({ services, id }: Baths) => {
  const revision = (await services.ledger.standing(id))?.newest;
  if (!revision) throw new Error("no revision");
  return { revision, article: await readArticle(services.derived, revision.article) };
};

describe("a promotion that is another on each visit", () => {
  it("is learnt from the captures that follow the baseline, and nobody is told of it", async () => {
    const world = await learntBaths();
    const { revisions } = await recorded(world.services, world.id);
    expect(revisions.map(({ cause }) => cause)).toEqual(["edit", "edit", "reextraction"]);
    expect(revisions[2]?.rotation).toEqual({ places: 1, since: 2 });
    await world.pass(20);
    expect(await causes(world)).toHaveLength(3);
    expect(world.delivered).toEqual([]);
    expect((await world.services.ledger.outbox({ limit: 9 })).rows).toEqual([]);
  });

  it("stays on the record, and in the reading, marked", async () => {
    const world = await learntBaths();
    const { article } = await newest(world);
    const marked = article.blocks.filter(({ volatile }) => volatile).map(({ text }) => text);
    expect(marked).toEqual([PROMOTIONS[1]]);
    await world.pass(3);
    expect((await recorded(world.services, world.id)).captures).toHaveLength(6);
  });

  it("leaves a real edit alone, beside it as well as far from it", async () => {
    const world = await learntBaths();
    const dearer = STORY.map((text) => text.replace("three pounds", "four pounds"));
    world.edit({ story: dearer });
    await world.pass(2, SOON);
    expect(world.delivered.map(({ subject }) => subject)).toEqual(["Changed: Baths stay open"]);
    expect(world.delivered[0]?.text).toContain("four");
    for (const promotion of PROMOTIONS) expect(world.delivered[0]?.text).not.toContain(promotion);
    const { revision } = await newest(world);
    expect(revision.change?.counts).toEqual({ edited: 1, moved: 0, added: 0, removed: 0, cosmetic: 0 });
    await world.pass(6); // its place is found between its edited neighbours
    expect(await causes(world)).toHaveLength(4);
    world.edit({ story: dearer.map((text) => text.replace("on the ninth", "on the tenth")) });
    await world.pass(2, SOON);
    expect(world.delivered).toHaveLength(2);
    expect(world.delivered[1]?.text).toContain("tenth");
  });

  it("hides no edit that comes while it is being learnt", async () => {
    const world = await baths();
    await world.pass(1, 0);
    await world.pass(1, SOON);
    world.edit({ story: STORY.map((text) => text.replace("three pounds", "four pounds")) });
    await world.pass(2, SOON);
    expect(await causes(world)).toEqual(["edit", "edit", "reextraction", "edit"]);
    expect(world.delivered).toHaveLength(1);
    expect(world.delivered[0]?.text).toContain("four");
    for (const promotion of PROMOTIONS) expect(world.delivered[0]?.text).not.toContain(promotion);
  });
});

describe("an editor's paragraph in the promotion's place", () => {
  it("is told once it outlived two promotions, as edited since the last capture without it", async () => {
    const world = await learntBaths();
    await world.pass(1);
    const before = world.clock.now();
    world.edit({ beside: [PASS] });
    await world.pass(2);
    expect(await causes(world)).toHaveLength(3);
    await world.pass(2);
    const { revision, article } = await newest(world);
    expect(revision).toMatchObject({ number: 4, cause: "edit", change: { counts: { added: 1 } } });
    expect(secondsBetween(before, revision.change?.observed.lastSeen ?? "")).toBe(0);
    expect(article.blocks.find(({ text }) => text === PASS)).not.toHaveProperty("volatile");
    expect(world.delivered).toHaveLength(1);
    expect(world.delivered[0]?.text).toContain(PASS);
  });

  it("is compared from then on: its edit and its end are told at once", async () => {
    const world = await learntBaths();
    world.edit({ beside: [PASS] });
    await world.pass(4);
    world.edit({ beside: [PASS.replace("two of the bakers", "three of the bakers")] });
    expect(await world.capture(URL)).toMatchObject({ kind: "revision", revision: 5 });
    expect((await newest(world)).revision.change?.counts).toMatchObject({ edited: 1, added: 0, removed: 0 });
    await world.pass(3);
    world.edit({ beside: [] });
    expect(await world.capture(URL)).toMatchObject({ kind: "revision", revision: 6 });
    expect((await newest(world)).revision.change?.counts).toMatchObject({ edited: 0, added: 0, removed: 1 });
    await world.pass(6);
    expect(world.delivered).toHaveLength(3);
    expect(await causes(world)).toHaveLength(6);
  });

  it("is told at once when it is a correction", async () => {
    const world = await learntBaths();
    world.edit({ beside: ["Correction: an earlier version of this story gave a wrong number of names."] });
    expect(await world.capture(URL)).toMatchObject({ kind: "revision", revision: 4 });
    expect((await newest(world)).revision.change).toMatchObject({ disclosure: "correction", counts: { added: 1 } });
  });
});

describe("a promotion that stays in the end", () => {
  it("is compared again without being news, and then an edit of it is told", async () => {
    const world = await learntBaths();
    await world.pass(4);
    world.promote([PASS]);
    await world.pass(4);
    expect(await rotating(world)).toEqual([]);
    expect(await causes(world)).toEqual(["edit", "edit", "reextraction", "reextraction"]);
    expect((await newest(world)).revision.rotation).toEqual({ places: 0 });
    expect(world.delivered).toEqual([]);
    world.promote([PASS.replace("two of the bakers", "three of the bakers")]);
    await world.pass(2, SOON);
    expect(world.delivered.map(({ text }) => text.includes("three"))).toEqual([true]);
  });

  it("is the edit where it never proved to rotate", async () => {
    const world = await learntBaths();
    world.promote([PASS]);
    const before = world.clock.now();
    await world.pass(4);
    expect(await causes(world)).toEqual(["edit", "edit", "reextraction", "edit"]);
    const { revision } = await newest(world);
    expect(secondsBetween(before, revision.change?.observed.lastSeen ?? "")).toBe(0);
    expect(world.delivered.map(({ text }) => text.includes("bakers"))).toEqual([true]);
  });

  it("is counted while the same bytes come, and while the server says that nothing changed", async () => {
    const world = await learntBaths();
    await world.pass(4);
    world.web.set(URL, ({ etag }) =>
      etag === '"last"' ? { status: 304 } : { body: bathsHolding([PASS]), headers: { etag: '"last"' } },
    );
    await world.pass(2);
    expect(await rotating(world)).toHaveLength(1);
    await world.pass(1);
    expect(await rotating(world)).toEqual([]);
    const { revision, article } = await newest(world);
    expect(revision).toMatchObject({ number: 4, cause: "reextraction" });
    expect(article.blocks.some(({ volatile }) => volatile)).toBe(false);
    expect(world.delivered).toEqual([]);
  });
});

describe("over DynamoDB", () => {
  it("learns, tells an edit alone, and forgets", async () => {
    const dynamo = await startDynalite();
    onTestFinished(() => dynamo.stop());
    const ledger = dynamoLedger({ client: dynamo.client, table: await dynamo.ledgerTable("rotation") });
    const world = await learntBaths({ ledger });
    await world.pass(4);
    world.edit({ story: STORY.map((text) => text.replace("three pounds", "four pounds")) });
    await world.pass(2, SOON);
    world.promote([PASS]);
    await world.pass(4);
    expect(world.delivered.map(({ text }) => [text.includes("four"), text.includes(PASS)])).toEqual([[true, false]]);
    expect(await causes(world)).toEqual(["edit", "edit", "reextraction", "edit", "reextraction"]);
    expect(await rotating(world)).toEqual([]);
  });
});

describe("two wordings to and fro", () => {
  it("are learnt from the second return, and told no more", async () => {
    const world = await baths();
    const show = async (choice: readonly string[]) => {
      world.promote(choice);
      await world.pass(1);
    };
    const [a, b] = [PROMOTIONS.slice(0, 1), PROMOTIONS.slice(1, 2)];
    for (const choice of [a, b, a, b]) await show(choice);
    expect((await rotating(world)).map(({ why }) => why)).toEqual(["flips"]);
    const told = world.delivered.length;
    for (const choice of [a, a, b, b, a, b, b, b, a]) await show(choice);
    expect(world.delivered).toHaveLength(told);
    expect(await causes(world)).toHaveLength(4);
  });
});

describe("a baseline", () => {
  const askedAgain = async ({ services, clock }: PipelineWorld): Promise<boolean> => {
    const due = await Array.fromAsync(services.ledger.dueWatches(clock.now(), addSeconds(clock.now(), SOON + 1)));
    return due.some(({ asked }) => asked);
  };
  it("is captured again after the confirmation wait, and once more only when other bytes came", async () => {
    const world = await baths();
    world.promote([]);
    await world.pass(1, 0);
    expect(await askedAgain(world)).toBe(true);
    await world.pass(1, SOON);
    expect(await askedAgain(world)).toBe(false);

    const changing = await baths();
    let visits = 0;
    changing.web.set(URL, () => ({ body: `${bathsHolding([])}<!-- ${visits++} -->` }));
    await changing.pass(1, 0);
    expect(await askedAgain(changing)).toBe(true);
    await changing.pass(1, SOON);
    expect(await askedAgain(changing)).toBe(true);
    await changing.pass(1, SOON);
    expect(await askedAgain(changing)).toBe(false);
    expect(await causes(changing)).toEqual(["edit"]);
  });
});

describe("what it costs", () => {
  const counting = ({ services }: PipelineWorld) => {
    const asked: string[] = [];
    const ledger = new Proxy(services.ledger, {
      get: (target, name, receiver) => {
        asked.push(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    return { asked, services: { ...services, ledger } };
  };
  const check = async ({ id, clock, services: _ }: Baths, services: Services) => {
    await clock.pass(900);
    await captureBatch({ checks: [{ watchId: id, due: clock.now() }] }, services);
  };

  it("nothing where nothing rotates, and one write where something does", async () => {
    const still = await baths();
    still.promote([]);
    await still.pass(2, SOON);
    const plain = counting(still);
    await check(still, plain.services);
    expect(plain.asked).toEqual(["standing", "host", "claimHost", "settle"]);

    const world = await learntBaths();
    const learnt = counting(world);
    await check(world, learnt.services);
    expect(learnt.asked).toEqual(["standing", "host", "claimHost", "recordCapture", "recordRotating", "settle"]);
  });
});

describe("a process that dies", () => {
  type Write = "recordRotating" | "recordRevision" | "settle";
  /** Dies once, before or after a write of the ledger. */
  const dying = (services: Services, write: Write, when: "before" | "after", on: (args: unknown[]) => boolean) => {
    let isDead = false;
    const method = services.ledger[write] as (...args: unknown[]) => Promise<unknown>;
    const dies = async (...args: unknown[]) => {
      const isNow = !isDead && on(args);
      if (isNow) isDead = true;
      if (isNow && when === "before") throw new Error("died");
      const result = await method(...args);
      if (isNow) throw new Error("died");
      return result;
    };
    return { ...services, ledger: { ...services.ledger, [write]: dies } };
  };
  const MOMENTS = (["recordRotating", "recordRevision", "settle"] as const).flatMap((write) =>
    (["before", "after"] as const).map((when) => [when, write] as const),
  );

  /** The check with a death in it, and the same check again, as the queue would bring it. */
  async function checkTwice(world: Baths, services: Services, afterSeconds: number): Promise<void> {
    await world.clock.pass(afterSeconds);
    const message = { checks: [{ watchId: world.id, due: world.clock.now() }] };
    await expect(captureBatch(message, services)).rejects.toThrow("died");
    await world.pass(1, GAP_SECONDS);
  }

  it.each(MOMENTS)("while it learns, %s %s, makes no news", async (when, write) => {
    const world = await baths();
    await world.pass(1, 0);
    await world.pass(1, SOON);
    await checkTwice(
      world,
      dying(world.services, write, when, () => true),
      SOON,
    );
    await world.pass(8);
    expect(await rotating(world)).toHaveLength(1);
    expect(world.delivered).toEqual([]);
    expect((await causes(world)).filter((cause) => cause === "edit")).toHaveLength(2);
    world.edit({ story: STORY.map((text) => text.replace("three pounds", "four pounds")) });
    await world.pass(2, SOON);
    expect(world.delivered).toHaveLength(1);
  });

  it.each(MOMENTS)("while an editor's paragraph settles, %s %s, tells it once", async (when, write) => {
    const world = await learntBaths();
    world.edit({ beside: [PASS] });
    await world.pass(2);
    await checkTwice(
      world,
      dying(world.services, write, when, () => true),
      900,
    );
    await world.pass(4);
    expect(world.delivered.map(({ text }) => text.includes(PASS))).toEqual([true]);
  });

  it.each(MOMENTS)("while a place is forgotten, %s %s, makes no news", async (when, write) => {
    const world = await learntBaths();
    await world.pass(4);
    world.promote([PASS]);
    await world.pass(2);
    const services = dying(world.services, write, when, () => true);
    await checkTwice(world, services, 900);
    await world.pass(6);
    expect(await rotating(world)).toEqual([]);
    expect(world.delivered).toEqual([]);
    world.promote([PASS.replace("two of the bakers", "three of the bakers")]);
    await world.pass(2, SOON);
    expect(world.delivered).toHaveLength(1);
  });
});
