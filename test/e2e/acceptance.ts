import { setTimeout as sleep } from "node:timers/promises";
import { type Instant, toInstant } from "../../shared/domain/time.ts";
import type { WatchId } from "../../shared/domain/watch.ts";
import type { Scenario, ScenarioStep } from "../support/scenario.ts";
import { type ArticleRecord, NOTHING_REPORTED, open, type RunningMonitor, recordOf, since } from "./record.ts";
import { stepProblems } from "./step-problems.ts";

export interface AcceptanceRun {
  readonly scenario: Scenario;
  readonly monitor: RunningMonitor;
  /** As the monitor is set; they decide how long a step may take before it is given up. */
  readonly confirmationSeconds: number;
  readonly gapSeconds: number;
  /** Times as long as usual before a step is given up: for a monitor that spends its time dying. */
  readonly patience?: number;
}

/** All that was reported, by the articles' names. */
export type AcceptanceReport = Readonly<Record<string, ArticleRecord>>;

/** Checks of an article that must begin and settle within a step: one to notice, one to confirm, none from before. */
const SETTLED_CHECKS = 2;
const POLL_SECONDS = 0.05;

/**
 * Leads a site through all its steps while a monitor watches it, and holds what the monitor reports at each against the
 * truth. A step ends when everything that it names has been reported and enough checks have settled; what comes late
 * and should not have come at all counts against the next step, or against the end.
 *
 * @throws Error that names the step and every difference, or what was still missing when the step was given up
 */
export async function runScenario(run: AcceptanceRun): Promise<AcceptanceReport> {
  const { scenario, monitor } = run;
  const followed = new Map<string, Followed>();
  for (const step of scenario.steps) {
    const from = toInstant(Date.now());
    await scenario.publisher.go(step.name);
    const until = toInstant(Date.now());
    const subject = followed.get(step.article) ?? (await follow(step.article, run));
    followed.set(step.article, subject);
    await settled(step, subject, until, run);
    for (const article of followed.values()) await close(step, article, { from, until }, run);
  }
  await quiet([...followed.values()], run);
  const records = [...followed.values()].map(async ({ name, id }) => [name, await recordOf(monitor, id)] as const);
  return Object.fromEntries(await Promise.all(records));
}

/** An article under watch, with what had been reported about it when the step before ended. */
interface Followed {
  readonly name: string;
  readonly path: string;
  readonly id: WatchId;
  reported: ArticleRecord;
  /** When it had last been seen, by the ledger, as the step before ended. */
  seen: Instant | null;
}

async function follow(name: string, { scenario, monitor }: AcceptanceRun): Promise<Followed> {
  const url = scenario.publisher.urls[name];
  if (url === undefined) throw new RangeError(`the publisher has no article ${name}`);
  return { name, path: new URL(url).pathname, id: await monitor.add(url), reported: NOTHING_REPORTED, seen: null };
}

/** Waits until everything that the step names has been reported, and so many checks have begun and settled in it. */
async function settled(step: ScenarioStep, article: Followed, moved: Instant, run: AcceptanceRun): Promise<void> {
  const checks = new Set<Instant>();
  await reached(`step ${step.name}`, run, async () => {
    await noteSettledCheck(checks, article.id, moved, run);
    const requests = (await run.scenario.publisher.requests()).filter(({ step: own }) => own === step.name);
    const ofArticle = requests.filter(({ path }) => path === article.path);
    const brought = since(article.reported, await recordOf(run.monitor, article.id));
    return [
      ...missing("check(s) by the publisher's count", ofArticle.length, SETTLED_CHECKS),
      ...missing("settled check(s)", checks.size, SETTLED_CHECKS),
      ...missing("revision(s)", brought.revisions.length, step.expect.revision === undefined ? 0 : 1),
      ...missing("availability event(s)", brought.events.length, step.expect.event === undefined ? 0 : 1),
      ...missing("notice(s)", brought.notices.length, step.expect.notices ?? 0),
      ...(step.expect.answered ?? []).flatMap((status) =>
        missing(`answer(s) with ${status}`, ofArticle.filter((request) => request.status === status).length, 1),
      ),
    ];
  });
}

/** Asserts what the step brought to an article: what it names for its own, nothing for any other. */
async function close(
  step: ScenarioStep,
  article: Followed,
  moved: { readonly from: Instant; readonly until: Instant },
  { monitor }: AcceptanceRun,
): Promise<void> {
  const now = await recordOf(monitor, article.id);
  const brought = since(article.reported, now);
  const opened = await Promise.all(brought.revisions.map((revision) => open(monitor, revision)));
  const expect = article.name === step.article ? step.expect : {};
  demand(
    `step ${step.name}, article ${article.name}`,
    stepProblems(expect, { ...brought, opened, moved, seenBefore: article.seen }),
  );
  article.reported = now;
  article.seen = (await monitor.ledger.standing(article.id))?.state.lastSeen ?? null;
}

/** After the last step: more checks of every article, and nothing comes of them. */
async function quiet(articles: readonly Followed[], run: AcceptanceRun): Promise<void> {
  const begun = toInstant(Date.now());
  const nothing = { name: "the end", expect: {} };
  for (const article of articles) {
    const checks = new Set<Instant>();
    await reached(`the end, article ${article.name}`, run, async () => {
      await noteSettledCheck(checks, article.id, begun, run);
      return missing("settled check(s)", checks.size, SETTLED_CHECKS);
    });
  }
  for (const article of articles) {
    await close({ ...nothing, article: article.name }, article, { from: begun, until: begun }, run);
  }
}

/** A check counts when its instant lies after the step began: then it has seen the step and nothing else. */
async function noteSettledCheck(
  checks: Set<Instant>,
  id: WatchId,
  after: Instant,
  { monitor }: AcceptanceRun,
): Promise<void> {
  const checked = (await monitor.ledger.standing(id))?.state.checked;
  if (checked && checked > after) checks.add(checked);
}

/**
 * Polls until nothing is missing.
 * @throws Error with what was still missing after a time that no sound monitor needs, even on a busy machine
 */
async function reached(
  what: string,
  { confirmationSeconds, gapSeconds, patience = 1 }: AcceptanceRun,
  stillMissing: () => Promise<readonly string[]>,
): Promise<void> {
  const allowedSeconds = patience * (45 + 20 * (confirmationSeconds + gapSeconds));
  const deadline = performance.now() + 1000 * allowedSeconds;
  for (;;) {
    const lacking = await stillMissing();
    if (lacking.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${what}: after ${allowedSeconds} s still missing ${lacking.join(", ")}`);
    }
    await sleep(1000 * POLL_SECONDS);
  }
}

const missing = (what: string, found: number, wanted: number): string[] =>
  found < wanted ? [`${wanted - found} ${what} (${found} of ${wanted} came)`] : [];

function demand(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error([`${what}:`, ...problems].join("\n  - "));
}
