/** A mail taken apart: as much of RFC 5322, 2045 and 2047 as our own mails use. */
export interface ReadMail {
  /** Values by lower-case name, unfolded and decoded; of repeated fields all. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body; of alternatives the first. */
  readonly text: string;
}

/** @throws Error when a line is longer than the standard allows, or the head is malformed */
export function readMail(eml: string): ReadMail {
  const tooLong = eml.split(/\r?\n/).find((line) => line.length > 998 || /[^\x00-\x7f]/.test(line));
  if (tooLong !== undefined) throw new Error(`not a line of a mail: ${tooLong.slice(0, 80)}`);
  const [head = "", ...rest] = eml.split(/\r?\n\r?\n/);
  const headers: Record<string, string[]> = {};
  for (const field of head.replace(/\r?\n(?=[ \t])/g, "").split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(field) ?? [];
    if (name === undefined || value === undefined) throw new Error(`not a header field: ${field}`);
    const values = headers[name.toLowerCase()] ?? [];
    headers[name.toLowerCase()] = [...values, decodeWords(value)];
  }
  const coding = headers["content-transfer-encoding"]?.[0] ?? "7bit";
  const body = rest.join("\n\n");
  const boundary = /^multipart\/alternative; boundary="([^"]+)"$/.exec(headers["content-type"]?.[0] ?? "")?.[1];
  if (boundary !== undefined) {
    const [, first = ""] = body.split(`--${boundary}`);
    return { headers, text: readMail(first.trimStart()).text };
  }
  return { headers, text: decodeBody(body, coding).replace(/\r\n/g, "\n") };
}

function decodeWords(value: string): string {
  const adjacent = value.replace(/\?=\s+=\?/g, "?==?");
  const bytes = adjacent.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_word, coding: string, text: string) =>
    coding.toLowerCase() === "b"
      ? Buffer.from(text, "base64").toString("latin1")
      : decodeQuotedPrintable(text.replaceAll("_", " ")).toString("latin1"),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function decodeBody(body: string, coding: string): string {
  if (coding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (coding === "quoted-printable") return decodeQuotedPrintable(body.replace(/=\r?\n/g, "")).toString("utf8");
  return body;
}

const decodeQuotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
