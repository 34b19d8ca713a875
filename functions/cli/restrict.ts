import { userInfo } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { plainDetail } from "../../shared/domain/plain-detail.ts";
import {
  holding,
  type RestrictedText,
  type RestrictionAct,
  type RestrictionKind,
} from "../../shared/domain/restriction.ts";
import { type Instant, toInstant } from "../../shared/domain/time.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed, EXIT } from "./failure.ts";
import { all, findWatch } from "./find.ts";
import type { Run, Said } from "./options.ts";
import { table } from "./print.ts";

interface Giving {
  readonly reason: string;
  readonly by: string;
  readonly until?: Instant;
  readonly legal?: true;
}

/** `restrict …`: what readers do not see. */
export function restrictCommands(program: Command, run: Run): void {
  const restrict = program
    .command("restrict")
    .description("what readers do not see: hold, embargo, takedown; what is kept stays as it is");
  const acting = (name: string, description: string) =>
    restrict
      .command(`${name} <watch> [revision]`)
      .description(description)
      .requiredOption("--reason <text>", "why, for the record; of a takedown readers see it")
      .option("--by <name>", "who does it, for the record", userName());
  const act = (kind: RestrictionAct["kind"]) => (named: string, revision: string | undefined, giving: Giving) =>
    run({}, (deployment) => record(kind, named, revision, giving, deployment));

  acting("hold", "hide a watch, or one revision's text, until it is lifted; the operator's link shows it").action(
    act("hold"),
  );
  acting("embargo", "the same until an instant, when it ends by itself")
    .requiredOption("--until <instant>", "when it ends, as in 2026-03-01T12:00Z", instantOption)
    .action(act("embargo"));
  acting("takedown", "hide it from everybody; a page with the hashes, the reason and the date stands in its place")
    .option("--legal", "a court or an authority demanded it, which readers are told (status 451)")
    .action(act("takedown"));
  acting("lift", "show it again").action(act("lift"));
  restrict
    .command("link")
    .description("the operator's link: opened once in a browser, the reading room shows what is held or under embargo")
    .action(() => run({}, link));
  restrict
    .command("list")
    .description("what is hidden now, and with --json every act there was")
    .action(() => run({}, list));
}

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return "operator"; // a container's user may have no name
  }
};

/** An instant in ISO 8601 with its zone: a time of day alone is another one at each desk. */
function instantOption(text: string): Instant {
  const parsed = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(parsed)) throw new InvalidArgumentError("Give an instant with its zone such as 2026-03-01T12:00Z.");
  return toInstant(parsed);
}

async function record(
  kind: RestrictionAct["kind"],
  named: string,
  number: string | undefined,
  { reason, by, until, legal }: Giving,
  { services: { ledger, clock } }: Deployment,
): Promise<Said> {
  const { id, url } = await findWatch(ledger, named);
  const revision = number === undefined ? undefined : await textOf(ledger, id, number);
  const now = clock.now();
  if (until !== undefined && until <= now)
    throw new CommandFailed(`${until} is over: nothing would be hidden`, EXIT.usage);
  if (kind === "lift") await refuseIdleLift(ledger, id, revision);
  const act = {
    watchId: id,
    ...(revision && { revision }),
    kind,
    at: now,
    by: plainDetail(by),
    reason: plainDetail(reason),
    ...(until !== undefined && { until }),
    ...(legal && { legal }),
  } as RestrictionAct; // commander gives each kind the options that are its own
  await ledger.recordRestriction(act);
  const what = revision ? `revision ${revision.number} of ${id}` : id;
  const notes = kind === "lift" || !revision ? [] : await alsoHidden(ledger, id, revision);
  return { json: act, text: [`${SAID[kind]} ${what}  ${url}`, ...notes].join("\n") };
}

const SAID: Readonly<Record<RestrictionKind | "lift", string>> = {
  hold: "held",
  embargo: "under embargo:",
  takedown: "taken down:",
  lift: "shown again:",
};

async function textOf(ledger: Ledger, id: string, given: string): Promise<RestrictedText> {
  if (!/^[1-9]\d{0,8}$/.test(given)) {
    throw new CommandFailed(`"${given}" is no revision: write its number, as in 3`, EXIT.usage);
  }
  const found = await ledger.revision(id, Number(given));
  if (!found) throw new CommandFailed(`${id} has no revision ${given}`, EXIT.notFound);
  return { number: found.number, reading: found.reading };
}

/** Whoever lifts what does not hold most likely means something else. */
async function refuseIdleLift(ledger: Ledger, id: string, revision: RestrictedText | undefined): Promise<void> {
  const acts = await ledger.restrictionActs();
  const newest = acts.findLast((act) => act.watchId === id && act.revision?.number === revision?.number);
  if (newest && newest.kind !== "lift") return;
  const what = revision ? `revision ${revision.number} of ${id}` : `${id} as a whole`;
  throw new CommandFailed(`nothing hides ${what}: \`restrict list\` shows what is hidden`, EXIT.notFound);
}

/** What a reader misses beside the revision itself. */
async function alsoHidden(ledger: Ledger, id: string, { number, reading }: RestrictedText): Promise<string[]> {
  const revisions = await all((page) => ledger.revisions(id, page));
  const same = revisions.filter((one) => one.reading === reading && one.number !== number).map((one) => one.number);
  return [
    `the changes to and from it are hidden with it: ${number} and ${number + 1}`,
    ...(same.length > 0 ? [`so are revisions that read the same: ${same.toReversed().join(", ")}`] : []),
  ];
}

/** A room without a key of its own cannot tell its operator from others. */
async function link({ operatorLink }: Deployment): Promise<Said> {
  const address = operatorLink();
  if (address === null) throw new CommandFailed("a public reading room on AWS shows what is hidden to nobody");
  return { json: { operatorLink: address }, text: address };
}

async function list({ services: { ledger, clock } }: Deployment): Promise<Said> {
  const acts = await ledger.restrictionActs();
  const hidden = holding(acts, clock.now(), "reader");
  const rows = hidden.map((act) => [
    act.watchId,
    act.revision ? String(act.revision.number) : "all",
    act.kind === "embargo" ? `embargo until ${act.until}` : act.kind,
    act.at,
    act.by,
    act.reason,
  ]);
  const head = ["watch", "revision", "hidden by", "since", "by", "reason"];
  return { json: { hidden, acts }, text: rows.length > 0 ? table(head, rows) : "nothing is hidden" };
}
