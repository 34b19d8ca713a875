import { originToken } from "../../shared/notices/subscriber-links.ts";
import { operatorLink, readerLink } from "../../shared/reading-room/access.ts";
import type { Parameters } from "../runtime/parameters.ts";

/** What CloudFormation asks for, by what it says of the resource. */
export interface KeyRequest {
  readonly type: "Create" | "Update" | "Delete";
  /** Where the key is, or was, kept. */
  readonly parameterName: string;
  /** Of the reading room, without a trailing slash; absent for the secret of subscribers' links. */
  readonly address?: string;
}

/**
 * What the stack may know of a secret: the links that open the room to its readers and show its operator what is held or
 * under embargo, or what the distribution says to its origin.
 */
export type KeyData = { readonly ReaderLink: string; readonly OperatorLink: string } | { readonly OriginToken: string };

/**
 * Sees to it that there is a secret: one that is there stays, so that links outlive updates and repeated requests.
 *
 * @param newKey - makes a secret of at least 32 random characters
 * @returns what follows from it; null after a deletion
 */
export async function settleKey(
  { type, parameterName, address }: KeyRequest,
  parameters: Parameters,
  newKey: () => string,
): Promise<KeyData | null> {
  if (type === "Delete") {
    await parameters.remove(parameterName);
    return null;
  }
  const dataOf = (key: string): KeyData =>
    address === undefined
      ? { OriginToken: originToken(key) }
      : { ReaderLink: readerLink(address, key), OperatorLink: operatorLink(address, key) };
  const fresh = newKey();
  if (await parameters.keepSecret(parameterName, fresh)) return dataOf(fresh);
  const key = (await parameters.read(parameterName)).get(parameterName);
  if (!key) throw new Error(`${parameterName} is taken but cannot be read`);
  return dataOf(key);
}
