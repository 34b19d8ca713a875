import type { Command } from "commander";
import { FAILURES } from "../../shared/domain/failure.ts";
import { canonicalWatchUrl } from "../../shared/domain/url.ts";
import type { Watch } from "../../shared/domain/watch.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed } from "./failure.ts";
import { findWatch } from "./find.ts";
import type { Run } from "./options.ts";
import { COMMAND } from "./print.ts";

/** `capture`: now, rather than when it is due. */
export function captureCommand(program: Command, run: Run): void {
  program
    .command("capture <watch>")
    .description("capture a page now (<watch>: id, its beginning, or URL; a new URL is followed from now on)")
    .action((named: string) => run({ writes: true }, (deployment) => capture(named, deployment)));
}

async function capture(named: string, deployment: Deployment) {
  const { id, status } = await watchFor(named, deployment);
  if (status === "paused") throw new CommandFailed(`${id} is paused: \`${COMMAND} watch resume ${id}\` first`);
  if (status === "removed") throw new CommandFailed(`${id} was removed: \`${COMMAND} watch add\` its URL again first`);
  const outcome = await deployment.captureNow(id);
  return { json: outcome, text: textOf(outcome), failed: outcome.kind === "failed" };
}

async function watchFor(named: string, { services }: Deployment): Promise<Watch> {
  if (!canonicalWatchUrl(named).ok) return findWatch(services.ledger, named);
  const added = await addWatch({ url: named }, services);
  if (!added.ok) throw new CommandFailed(added.problem);
  return added.watch;
}

function textOf(outcome: Outcome | { readonly watchId: string; readonly kind: "requested" }): string {
  const id = outcome.watchId;
  switch (outcome.kind) {
    case "baseline":
      return `first capture of ${id}: ${outcome.headline ?? "no headline"}`;
    case "revision":
      return `revision ${outcome.revision} of ${id}: ${outcome.headline ?? "no headline"}\n\`${COMMAND} diff ${id}\` shows it`;
    case "unchanged":
      return `${id} still reads as revision ${outcome.revision}`;
    case "failed": {
      const { meaning, advice } = FAILURES[outcome.failure.kind];
      return `no article from ${id}: ${meaning} (${outcome.failure.detail}); ${advice}`;
    }
    case "superseded":
      return `the running monitor recorded revision ${outcome.revision} of ${id} meanwhile`;
    case "requested":
      return `${id} will be captured within a minute; \`log ${id}\` shows it`;
    case "deferred":
      return `${id} is captured at ${outcome.until}`;
    case "not-wanted":
      if (outcome.why === "already checked")
        return `the running monitor captured ${id} at this moment; \`log ${id}\` shows it`;
      return `${id} was not captured: ${outcome.why}`;
  }
}
