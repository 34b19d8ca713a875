/** Cloudflare hides mail addresses from robots and shows them to readers: hexadecimal, the first byte the key of the rest. */
export const HIDDEN_ADDRESS = "data-cfemail";

/** Of a key and the longest address that there can be. */
const MOST_DIGITS = 2 * 321;

/** The address as readers see it. */
export function shownAddress(hidden: string): string {
  const bytes = (hidden.slice(0, MOST_DIGITS).match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  const [key = 0, ...rest] = bytes;
  return String.fromCharCode(...rest.map((byte) => byte ^ key));
}
