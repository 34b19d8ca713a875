import { operatorLink, readerLink } from "../../shared/reading-room/access.ts";
import type { Parameters } from "../runtime/parameters.ts";

/** What CloudFormation asks for, by what it says of the resource. */
export interface KeyRequest {
  readonly type: "Create" | "Update" | "Delete";
  /** Where the key is, or was, kept. */
  readonly parameterName: string;
  /** Of the reading room, without a trailing slash. */
  readonly address: string;
}

/** What opens the room to its readers, and shows its operator what is held or under embargo. */
export interface Links {
  readonly reader: string;
  readonly operator: string;
}

/**
 * Sees to it that the reading room has a key: one that is there stays, so that links outlive updates and repeated requests.
 *
 * @param newKey - makes a secret of at least 32 random characters
 * @returns the links that the key signs; null after a deletion
 */
export async function settleKey(
  { type, parameterName, address }: KeyRequest,
  parameters: Parameters,
  newKey: () => string,
): Promise<Links | null> {
  if (type === "Delete") {
    await parameters.remove(parameterName);
    return null;
  }
  const fresh = newKey();
  if (await parameters.keepSecret(parameterName, fresh)) return linksOf(address, fresh);
  const key = (await parameters.read(parameterName)).get(parameterName);
  if (!key) throw new Error(`${parameterName} is taken but cannot be read`);
  return linksOf(address, key);
}

const linksOf = (address: string, key: string): Links => ({
  reader: readerLink(address, key),
  operator: operatorLink(address, key),
});
