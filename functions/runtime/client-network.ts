/** An address as one client's: IPv6 hosts change the latter half of theirs at will. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? [] : Array<string>(8).fill("0");
  return [...groups, ...zeros].slice(0, 4).join(":");
}

/** The client that CloudFront served: `CloudFront-Viewer-Address` is `address:port`, also of IPv6, without brackets. */
export const viewerNetwork = (viewerAddress: string): string =>
  networkOf(viewerAddress.slice(0, Math.max(0, viewerAddress.lastIndexOf(":"))) || "unknown");
