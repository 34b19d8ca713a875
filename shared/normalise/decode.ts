import sniffEncoding from "html-encoding-sniffer";
import type { Charset } from "../domain/article.ts";

export interface Decoded {
  readonly text: string;
  readonly charset: Charset;
}

const UNKNOWN = "unknown";
const BOMS: readonly (readonly [string, readonly number[]])[] = [
  ["UTF-8", [0xef, 0xbb, 0xbf]],
  ["UTF-16BE", [0xfe, 0xff]],
  ["UTF-16LE", [0xff, 0xfe]],
];
const UNICODE: ReadonlySet<string> = new Set(["UTF-8", "UTF-16LE", "UTF-16BE"]);
const NON_ASCII = /[^\x00-\x7f]/;

/**
 * Bytes to text by the rules of the WHATWG: byte order mark, transport, the page's own `<meta>`, XML declaration,
 * windows-1252. Bytes that are sound UTF-8 under another label are read as UTF-8 and marked `recovered`: no other
 * coding's text of any length happens to be sound UTF-8, while wrong labels are common. So are, the other way round, bytes
 * of windows-1252 under the label UTF-8.
 */
export function decode(bytes: Uint8Array, contentType?: string): Decoded {
  const charset = charsetOf(bytes, contentType);
  if (!UNICODE.has(charset.name)) {
    const text = soundUtf8(bytes);
    if (text !== null && NON_ASCII.test(text)) return { text, charset: { name: "UTF-8", from: "recovered" } };
  }
  const text = decodeAs(charset.name, bytes);
  if (charset.name === "UTF-8" && charset.from !== "bom" && isWesternText(text)) {
    return { text: decodeAs("windows-1252", bytes), charset: { name: "windows-1252", from: "recovered" } };
  }
  return { text, charset };
}

/**
 * True for what reads as UTF-8 only in its ASCII: each other byte is unsound and none is sound. That is text of a one-byte
 * coding under the wrong label; a UTF-8 page with a broken character has sound ones beside it.
 */
const isWesternText = (text: string): boolean =>
  text.includes("\ufffd") && !NON_ASCII.test(text.replaceAll("\ufffd", ""));

function charsetOf(bytes: Uint8Array, contentType: string | undefined): Charset {
  const bom = BOMS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (bom) return { name: bom[0], from: "bom" };
  const label = /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? "")?.[1];
  const transport = label === undefined ? UNKNOWN : sniff(new Uint8Array(0), label);
  if (transport !== UNKNOWN) return { name: transport, from: "transport" };
  const declared = sniff(bytes);
  if (declared === UNKNOWN) return { name: "windows-1252", from: "default" };
  return { name: declared, from: namedByXml(bytes) ? "xml" : "meta" };
}

const sniff = (bytes: Uint8Array, label?: string): string =>
  sniffEncoding(bytes, {
    defaultEncoding: UNKNOWN,
    ...(label === undefined ? {} : { transportLayerEncodingLabel: label }),
  });

/** True when the XML declaration decided: there is one, and what follows it names no encoding. */
function namedByXml(bytes: Uint8Array): boolean {
  const head = decodeAs("windows-1252", bytes.subarray(0, 1024));
  const end = /^<\?xml[^>]*>/.exec(head)?.[0].length;
  return end !== undefined && sniff(bytes.subarray(end)) === UNKNOWN;
}

function soundUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Always in stream mode: without it some Node releases (nodejs/node#60888) read bytes 80 to 9F of windows-1252 as control
 * characters instead of quotation marks and dashes.
 */
function decodeAs(name: string, bytes: Uint8Array): string {
  // x-user-defined and replacement are in the standard but not in every TextDecoder
  const decoder = supported(name) ? new TextDecoder(name) : new TextDecoder("windows-1252");
  // UTF-8 is not concerned, and ten times as fast in one piece
  if (decoder.encoding === "utf-8") return decoder.decode(bytes);
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}

function supported(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}
