import { ArnFormat, Stack } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

/**
 * Access to a parameter by its name, which begins with `/`. A secret one needs no permission on a KMS key: the account's
 * own key for parameters serves whoever may read the parameter.
 */
export function grantParameter(grantee: LambdaFunction, name: string, ...actions: readonly string[]): void {
  const arn = parameterArn(grantee, name);
  Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [arn] });
}

export const parameterArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: "ssm",
    resource: "parameter",
    resourceName: name.slice(1),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });

export const grantReadParameter = (grantee: LambdaFunction, name: string): void =>
  grantParameter(grantee, name, "ssm:GetParameter", "ssm:GetParameters");
