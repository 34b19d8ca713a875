import type { Command } from "commander";
import { FAILURES } from "../../shared/domain/failure.ts";
import { canonicalWatchUrl } from "../../shared/domain/url.ts";
import { addWatch } from "../../shared/pipeline/add-watch.ts";
import type { Outcome } from "../../shared/pipeline/outcome.ts";
import type { Deployment } from "./deployment.ts";
import { CommandFailed } from "./failure.ts";
import { findWatch } from "./find.ts";
import type { Run } from "./options.ts";

/** `capture`: now, rather than when it is due. */
export function captureCommand(program: Command, run: Run): void {
  program
    .command("capture <watch>")
    .description("capture a page now (<watch>: id, its beginning, or URL; a new URL is followed from now on)")
    .action((named: string) =>
      run({ writes: true }, async (deployment) => {
        const outcome = await deployment.captureNow(await watchIdFor(named, deployment));
        return { json: outcome, text: textOf(outcome), failed: outcome.kind === "failed" };
      }),
    );
}

async function watchIdFor(named: string, { services }: Deployment): Promise<string> {
  if (!canonicalWatchUrl(named).ok) return (await findWatch(services.ledger, named)).id;
  const added = await addWatch({ url: named }, services);
  if (!added.ok) throw new CommandFailed(added.problem);
  return added.watch.id;
}

function textOf(outcome: Outcome | { readonly watchId: string; readonly kind: "requested" }): string {
  const id = outcome.watchId;
  switch (outcome.kind) {
    case "baseline":
      return `first capture of ${id}: ${outcome.headline ?? "no headline"}`;
    case "revision":
      return `revision ${outcome.revision} of ${id}: ${outcome.headline ?? "no headline"}\nvariorum diff ${id} shows it`;
    case "unchanged":
      return `${id} still reads as revision ${outcome.revision}`;
    case "failed": {
      const { meaning, advice } = FAILURES[outcome.failure.kind];
      return `no article from ${id}: ${meaning} (${outcome.failure.detail}); ${advice}`;
    }
    case "superseded":
      return `somebody else recorded revision ${outcome.revision} of ${id} meanwhile`;
    case "requested":
      return `${id} will be captured within a minute; \`log ${id}\` shows it`;
    case "deferred":
      return `${id} is captured at ${outcome.until}`;
    case "not-wanted":
      return `${id} was not captured: ${outcome.why}`;
  }
}
