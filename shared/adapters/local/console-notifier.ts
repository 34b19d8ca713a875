import { contentOf } from "../../notices/content-of.ts";
import { contentAsText } from "../../notices/text.ts";
import type { Notifier } from "../../ports/notifier.ts";

/** What a terminal would obey rather than show, line breaks and tabs apart. Headlines are the publisher's. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Prints notices for a person at a terminal.
 * @param write - takes text with its line breaks, as `process.stdout.write` does
 */
export function consoleNotifier({ write }: { write(text: string): void }): Notifier {
  return {
    channel: "console",
    async deliver(message) {
      const content = await contentOf(message);
      const indented = contentAsText(content)
        .trimEnd()
        .replace(/\r\n?/g, "\n")
        .replace(/^(?=.)/gm, "  ");
      write(`\n■ ${content.title}\n\n${indented}\n`.replace(CONTROL, "\ufffd"));
      return { kind: "delivered" };
    },
  };
}
