import { readerLink } from "../../shared/reading-room/access.ts";
import type { Parameters } from "../runtime/parameters.ts";

/** What CloudFormation asks for, by what it says of the resource. */
export interface KeyRequest {
  readonly type: "Create" | "Update" | "Delete";
  /** Where the key is, or was, kept. */
  readonly parameterName: string;
  /** Of the reading room, without a trailing slash. */
  readonly address: string;
}

/**
 * Sees to it that the reading room has a key: one that is there stays, so that links outlive updates and repeated requests.
 *
 * @param newKey - makes a secret of at least 32 random characters
 * @returns the link that opens the room; null after a deletion
 */
export async function settleKey(
  { type, parameterName, address }: KeyRequest,
  parameters: Parameters,
  newKey: () => string,
): Promise<string | null> {
  if (type === "Delete") {
    await parameters.remove(parameterName);
    return null;
  }
  const fresh = newKey();
  if (await parameters.keepSecret(parameterName, fresh)) return readerLink(address, fresh);
  const key = (await parameters.read(parameterName)).get(parameterName);
  if (!key) throw new Error(`${parameterName} is taken but cannot be read`);
  return readerLink(address, key);
}
