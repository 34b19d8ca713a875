import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { MonitorStack } from "../../infra/monitor-stack.ts";
import { type OperatorSettings, operatorSettings } from "../../infra/operator-settings.ts";

export const ROOT = join(import.meta.dirname, "../..");

/** A resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of a hundred shapes; an assertion names the one it means
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

const settings = (given: Partial<OperatorSettings>): OperatorSettings => ({
  ...operatorSettings((name) => (name === "settings" ? "variorum.example.json" : undefined), ROOT),
  ...given,
});

/** The stack as `cdk synth` would make it, its functions left unbundled. */
export function monitorTemplate(given: Partial<OperatorSettings> = {}): Template {
  const { context } = JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8"));
  const app = new App({ context: { ...context, "aws:cdk:bundling-stacks": [] } });
  const all = settings(given);
  return Template.fromStack(new MonitorStack(app, "Variorum", { stackName: all.stackName, settings: all }));
}

/** Logical id and resource, of one type or of all. */
export function resources(template: Template, type?: string): [id: string, Resource][] {
  const all: Record<string, Resource> = template.toJSON().Resources;
  return Object.entries(all).filter(([, resource]) => type === undefined || resource.Type === type);
}

/** The one resource of a type whose logical id begins with the given words. */
export function resource(template: Template, type: string, prefix: string): [id: string, Resource] {
  const found = resources(template, type).filter(([id]) => id.startsWith(prefix));
  if (found.length !== 1)
    throw new Error(`${found.length} of ${type} begin with ${prefix}: ${found.map(([id]) => id)}`);
  return found[0]!;
}

/** Logical id that a `Ref` or `Fn::GetAtt` points to. */
export const target = (reference: { Ref?: string; "Fn::GetAtt"?: [string, string] }): string | undefined =>
  reference.Ref ?? reference["Fn::GetAtt"]?.[0];
