import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contentOf } from "../../shared/notices/content-of.ts";
import { contentAsHtml } from "../../shared/notices/mail/html.ts";
import { contentAsText } from "../../shared/notices/text.ts";
import { NOTICE_GALLERY } from "../support/notice-gallery.ts";

const GOLDEN = join(import.meta.dirname, "../fixtures/notices");

describe("a notice in plain text", () => {
  it.each(Object.entries(NOTICE_GALLERY))("%s reads as its golden file", async (name, message) => {
    const content = await contentOf(message);
    const text = `${content.title}\n\n${contentAsText(content)}`;
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `${name}.txt`));
  });
});

describe("a notice as a mail's HTML", () => {
  it.each(Object.entries(NOTICE_GALLERY))("%s looks as its golden file", async (name, message) => {
    const html = contentAsHtml(await contentOf(message));
    await expect(html).toMatchFileSnapshot(join(GOLDEN, `${name}.html`));
  });
});
