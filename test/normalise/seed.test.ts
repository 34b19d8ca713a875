import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { articleText, normalise } from "../../shared/normalise/normalise.ts";
import { SEED_VARIABLE, seedAbsence, startSeedScenario } from "../e2e/seed-publisher.ts";
import type { Scenario } from "../support/scenario.ts";

const folder = process.env[SEED_VARIABLE];
const absence = seedAbsence(folder);
if (absence) console.warn(absence);

/** The seed's publisher serves its post as a themed page, as an entry of its feed and as a plain page. */
describe.skipIf(absence !== null)("the seed's post at each of its steps", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startSeedScenario(folder ?? "", { seed: 1 });
  });
  afterAll(() => scenario.publisher.close());

  it("reads the same from its page, its feed and its plain page", async () => {
    const { post = "" } = scenario.publisher.urls;
    const read = async (path: string) => {
      const answer = await fetch(new URL(path, post));
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const contentType = answer.headers.get("content-type") ?? "";
      const article = normalise({ url: post, bytes, contentType });
      const { headline, byline, published } = article;
      return {
        status: answer.status,
        challenged: answer.headers.has("cf-mitigated"),
        read: { headline, byline, published, text: articleText(article) },
      };
    };
    const served: string[] = [];
    for (const step of scenario.steps) {
      await scenario.publisher.go(step.name);
      const page = await read(post);
      if (page.status !== 200 || page.challenged) continue;
      served.push(step.name);
      expect(Object.values(page.read), step.name).not.toContain(null);
      expect(page.read.text.length, step.name).toBeGreaterThan(1_000);
      for (const path of ["/feeds/posts/default", "/plain.html"])
        expect((await read(path)).read, `${step.name} ${path}`).toEqual(page.read);
    }
    expect(scenario.steps).toHaveLength(18);
    expect(served).toHaveLength(15); // it is blocked once, unavailable once, deleted once
  });
});
