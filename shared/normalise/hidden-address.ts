/** Cloudflare hides mail addresses from robots and shows them to readers: hexadecimal, the first byte the key of the rest. */
export const HIDDEN_ADDRESS = "data-cfemail";

/** The address as readers see it. */
export function shownAddress(hidden: string): string {
  const bytes = (hidden.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  const [key = 0, ...rest] = bytes;
  return String.fromCharCode(...rest.slice(0, 320).map((byte) => byte ^ key));
}
