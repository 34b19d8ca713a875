import { domainToASCII } from "node:url";

/**
 * True for one mail address and nothing beside it: no list, no display name, no line break, no comment. What a mail
 * library would read as two addresses, or as a command, is none.
 */
export const isMailbox = (address: string): boolean =>
  /^[^\s@<>,;:"()\p{Cc}]{1,64}@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(address);

/** The address to send to. @throws RangeError for what is none: subscriptions are checked when they are made, so a bug */
export function mailbox(address: string): string {
  if (!isMailbox(address)) throw new RangeError(`not one mail address: ${JSON.stringify(address)}`);
  return address;
}

/** A mail address as others may see it: its first letter and its domain. */
export const shownMailbox = (address: string): string =>
  `${address.slice(0, 1)}…${address.slice(address.lastIndexOf("@"))}`;

/** A text with a mail address in it, in whatever case, as others may read it. */
export const withoutMailbox = (text: string, address: string, instead = shownMailbox(address)): string =>
  text.replace(new RegExp(RegExp.escape(address), "gi"), () => instead);

/** The address alone of `Variorum <monitor@news.example>`. */
export const bareAddress = (from: string): string => /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from;

/** The domain of a mail address. */
export const mailDomain = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** One spelling of the same mailbox: hardly any server tells the case of names apart, and none that of domains. */
export const mailboxKey = (address: string): string => {
  const domain = mailDomain(address);
  return `${address.slice(0, -domain.length).toLowerCase()}${domainToASCII(domain) || domain.toLowerCase()}`;
};
