import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "@exodus/bytes/encoding.js";
import sniffEncoding from "html-encoding-sniffer";
import type { Charset } from "../../domain/article.ts";

/** A page's text and how it was decoded. */
export interface Decoded {
  readonly charset: Charset;
  /** The text in pieces, in order; decoded as they are asked for, so that who stops early pays for no more. */
  pieces(): Iterable<string>;
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
  return { charset, pieces: () => piecesAs(charset.name, bytes) };
}

/** All of a page's text, or its beginning: the pieces that make up `mostChars` characters at least. */
export function textOf({ pieces }: Decoded, mostChars = Number.POSITIVE_INFINITY): string {
  let text = "";
  for (const piece of pieces()) {
    text += piece;
    if (text.length >= mostChars) break;
  }
  return text;
}

function charsetOf(bytes: Uint8Array, contentType: string | undefined): Charset {
  const labelled = labelledCharset(bytes, contentType);
  if (labelled.from === "bom") return labelled;
  if (!UNICODE.has(labelled.name)) return isUtf8(bytes) && !isAscii(bytes) ? recovered("UTF-8") : labelled;
  return labelled.name === "UTF-8" && !isUtf8(bytes) && isWesternText(bytes) ? recovered("windows-1252") : labelled;
}

const recovered = (name: string): Charset => ({ name, from: "recovered" });

/**
 * True for what reads as UTF-8 only in its ASCII: each other byte is unsound and none is sound. That is text of a one-byte
 * coding under the wrong label; a UTF-8 page with a broken character has sound ones beside it.
 */
function isWesternText(bytes: Uint8Array): boolean {
  for (const piece of piecesAs("UTF-8", bytes)) if (NON_ASCII.test(piece.replaceAll("\ufffd", ""))) return false;
  return true;
}

function labelledCharset(bytes: Uint8Array, contentType: string | undefined): Charset {
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
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 1024));
  const end = /^<\?xml[^>]*>/.exec(head)?.[0].length;
  return end !== undefined && sniff(bytes.subarray(end)) === UNKNOWN;
}

/** Strings of more than some 100 KB go where the engine keeps large objects: thirty times as dear as the same in pieces. */
const PIECE_BYTES = 16_384;

function* piecesAs(name: string, bytes: Uint8Array): Generator<string, void> {
  // the standard's "replacement" is no coding but a refusal to decode; what can be read of such a page is its ASCII
  const decoder = new TextDecoder(name === "replacement" ? "windows-1252" : name);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
  yield decoder.decode();
}

/**
 * The runtime's own TextDecoder reads bytes 80 to 9F of windows-1252 as control characters in some Node releases
 * (nodejs/node#60888) and lacks half of EUC-KR and Big5 in all; hence the one of @exodus/bytes. Readings are evidence, so
 * that a wrong decoder, however it came here, must not read a single page.
 */
const WINDOWS_1252_MARKS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const asDecoded = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));
if (asDecoded !== WINDOWS_1252_MARKS) throw new Error(`windows-1252 is decoded wrongly here: ${asDecoded}`);
