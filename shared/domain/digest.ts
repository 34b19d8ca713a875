import { createHash } from "node:crypto";

/** A SHA-256 digest in lower-case hex, 64 characters. */
export type Digest = string;

/** The SHA-256 of bytes, or of a string's UTF-8. */
export const sha256 = (content: Uint8Array | string): Digest => createHash("sha256").update(content).digest("hex");
