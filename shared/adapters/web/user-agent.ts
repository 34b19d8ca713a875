import { USER_AGENT_TOKEN } from "../../config.ts";

/**
 * The honest name that we give: who asks, and where to complain. Never a browser's.
 *
 * @param contact - a mail address or a page's URL; null only where nothing but loopback is fetched
 * @throws RangeError when the contact cannot stand in a header: an operator's mistake, to be met at start
 */
export function userAgentOf({ version, contact }: { version: string; contact: string | null }): string {
  const product = `${USER_AGENT_TOKEN}/${version.split(".").slice(0, 2).join(".")}`;
  if (contact === null) return product;
  if (!/^[\x21-\x27\x2a-\x7e]+$/.test(contact)) {
    throw new RangeError(`the contact must be a mail address or a URL in plain ASCII, not ${JSON.stringify(contact)}`);
  }
  return `${product} (+${isMailAddress(contact) ? `mailto:${contact}` : contact})`;
}

/** True for what may go into the `From` field. */
export const isMailAddress = (contact: string): boolean => /^[^@\s:/]+@[^@\s/]+$/.test(contact);
