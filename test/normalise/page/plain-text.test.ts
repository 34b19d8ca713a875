import { expect, it } from "vitest";
import { plainTextBlocks } from "../../../shared/normalise/page/plain-text.ts";

it.each([
  ["paragraphs", "<p>One.</p><p>Two <b>of</b> them.</p>", ["One.", "Two of them."]],
  ["no scripts, however they are spelt", "<p>One.</p><SCRIPT>evil</Script><p>Two.</p>", ["One.", "Two."]],
  ["letters whose small ones are longer", "<p>İİİİ</p><p>abc</p><script>evil</script>", ["İİİİ", "abc"]],
  ["references", "<p>a &amp; b &#8364;&#x20ac;</p>", ["a & b €€"]],
  ["what is no markup", "<p>3 < 4</p>", ["3 < 4"]],
])("a page read without a tree has %s", (_what, html, blocks) => expect(plainTextBlocks(html)).toEqual(blocks));
