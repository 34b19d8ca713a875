import { randomBytes } from "node:crypto";
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from "aws-lambda";
import { ssmParameters } from "../runtime/parameters.ts";
import { type KeyRequest, settleKey } from "./settle-key.ts";

const parameters = ssmParameters();
const newKey = (): string => randomBytes(32).toString("base64url");

/** Makes a secret of the reading room when the stack is made: the reader's key, or that of subscribers' links. CloudFormation waits for the answer, also for the one that it failed. */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const request = keyRequest(event);
  let outcome: Pick<CloudFormationCustomResourceResponse, "Status" | "Reason" | "Data">;
  try {
    const data = await settleKey(request, parameters, newKey);
    outcome = { Status: "SUCCESS", Reason: "", Data: { ...data } };
  } catch (error) {
    console.error("the reader's key could not be settled", error);
    outcome = { Status: "FAILED", Reason: String(error) };
  }
  // Not marked as `NoEcho`: the link is there to be printed by the stack, and CloudFormation would print asterisks.
  await answer(event, { ...outcome, PhysicalResourceId: request.parameterName });
}

/** A deletion names the resource by its id: the old key's parameter, when another took its place. */
const keyRequest = (event: CloudFormationCustomResourceEvent): KeyRequest => ({
  type: event.RequestType,
  parameterName:
    event.RequestType === "Delete" ? event.PhysicalResourceId : String(event.ResourceProperties.parameterName),
  ...(event.ResourceProperties.address !== undefined && { address: String(event.ResourceProperties.address) }),
});

async function answer(
  { ResponseURL, StackId, RequestId, LogicalResourceId }: CloudFormationCustomResourceEvent,
  body: Pick<CloudFormationCustomResourceResponse, "Status" | "Reason" | "PhysicalResourceId" | "Data">,
): Promise<void> {
  const response = await fetch(ResponseURL, {
    method: "PUT",
    headers: { "content-type": "" }, // the address is signed for a body without a type
    body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...body }),
  });
  if (!response.ok) throw new Error(`CloudFormation took the answer with ${response.status}`); // Lambda tries again
}
