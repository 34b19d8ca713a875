import { join } from "node:path";
import { contentOf } from "../../notices/content-of.ts";
import { mailOf } from "../../notices/mail/mail.ts";
import { noticeJson } from "../../notices/notice-json.ts";
import type { Notifier } from "../../ports/notifier.ts";
import { isSystemError, writeOnceFolder } from "./write-once.ts";

export interface OutboxOptions {
  /** The monitor's folder; a subscription's address is the name of one below it. */
  readonly root: string;
  /** Mail addresses, as in `Variorum <monitor@news.example>`. */
  readonly from: string;
  readonly to: string;
}

/** Names that no file system, header or URL can take for something else. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Lays each notice into a folder, as `<notice id>.eml` for a mail program and as `<notice id>.json` for a script. A notice
 * that lies there already is left as it is, so that whoever takes files out of the folder sees each once.
 */
export function outboxNotifier({ root, from, to }: OutboxOptions): Notifier {
  return {
    channel: "outbox",
    async deliver(message) {
      const { id, subscription } = message;
      for (const name of [id, subscription.address]) {
        if (!SAFE_NAME.test(name)) throw new RangeError(`not a name for a file: ${JSON.stringify(name)}`);
      }
      const folder = join(root, subscription.address);
      const files = writeOnceFolder(folder);
      const content = await contentOf(message);
      const json = Buffer.from(`${JSON.stringify(noticeJson(message, content), null, 2)}\n`);
      const mail = await mailOf(message, content, { from, to });
      try {
        await files.put(`${id}.json`, json);
        await files.put(`${id}.eml`, mail);
        return { kind: "delivered" };
      } catch (error) {
        if (!isSystemError(error)) throw error;
        const detail = `${join(folder, id)} cannot be written: ${error.message}`;
        return { kind: "failed", detail, retryable: true };
      }
    },
  };
}
