import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Tells cdk-nag why a finding at or below `scope` stays as it is. */
export function acknowledge(scope: IConstruct, reason: string, ...findings: readonly string[]): void {
  Validations.of(scope).acknowledge(...findings.map((id) => ({ id, reason })));
}

/** Tells cdk-nag why a policy at or below `scope` ends in a wildcard. @param resource - as the policy names it, `*` included */
export function acknowledgeWildcard(scope: IConstruct, reason: string, resource: string): void {
  const finding = `Resource::${shown(Stack.of(scope).resolve(resource))}`;
  acknowledge(scope, reason, `AwsSolutions-IAM5[${finding}]`, `Serverless-LambdaStarPermissions[${finding}]`);
}

type Resolved =
  | string
  | { readonly Ref: string }
  | { readonly "Fn::GetAtt": readonly string[] }
  | { readonly "Fn::Join": readonly [separator: string, parts: readonly Resolved[]] };

/** As cdk-nag writes it: `<LogicalId.Arn>/*`. */
function shown(value: Resolved): string {
  if (typeof value === "string") return value;
  if ("Ref" in value) return `<${value.Ref}>`;
  if ("Fn::GetAtt" in value) return `<${value["Fn::GetAtt"].join(".")}>`;
  const [separator, parts] = value["Fn::Join"];
  return parts.map(shown).join(separator);
}

/** For topics that mail: a reason and its finding. */
export const MAIL_HAS_NO_REDRIVE = [
  "SNS does not redrive to a mailbox what it could not hand over; notices stay in the ledger, alarms stay raised.",
  "Serverless-SNSRedrivePolicy",
] as const;
