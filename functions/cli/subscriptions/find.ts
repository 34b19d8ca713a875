import type { Subscription } from "../../../shared/domain/subscription.ts";
import type { Deployment } from "../deployment.ts";
import { CommandFailed, EXIT } from "../failure.ts";
import { findWatch } from "../find.ts";

/** @throws CommandFailed when it names no watch; other mistakes are found where the subscription is checked */
export async function selectorOf(about: string, ledger: Deployment["services"]["ledger"]): Promise<string> {
  if (/^(everything|operations|(source|tag|watch):.*)$/.test(about)) return about;
  return `watch:${(await findWatch(ledger, about)).id}`;
}

/** @throws CommandFailed when there is none */
export async function findSubscription(id: string, { services: { ledger } }: Deployment): Promise<Subscription> {
  const subscription = await ledger.subscription(id);
  if (subscription) return subscription;
  throw new CommandFailed(`no subscription "${id}": \`subscriptions list\` shows those there are`, EXIT.notFound);
}
