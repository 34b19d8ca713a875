/** Texts that try to become markup, one of each class, and what must not be in a page that shows them. */
export const HOSTILE: readonly (readonly [kind: string, text: string])[] = [
  ["a script element", `Closed <script>alert("x1")</script> today`],
  ["a break out of an attribute", `"><img src=x onerror=alert('x2')>`],
  ["a break out of a single-quoted attribute", `' onmouseover='alert(3)`],
  ["a break out of the title", `</title><script>alert(4)</script>`],
  ["a style and a comment break-out", `--></style><script>alert(5)</script><!--`],
  ["a closing CDATA section", `]]><script>alert(6)</script>`],
  ["an entity written out", `&lt;script&gt;alert(7)&lt;/script&gt; &amp;amp;`],
  ["a template expression", "$\u007balert(8)} {{alert(8)}} {headline} {at} $& $1"],
  ["a bidi override", "exe.\u202efdp.yaw a si siht\u2067\u202b"],
  ["a null byte and other controls", "bridge\0 closed\x1b[31m \x07today\x9b \ufffe"],
  ["half a surrogate pair", "bridge \ud83d closed \udc00"],
  ["a huge headline", `${"Bridge closed and ".repeat(4000)}reopened`],
  ["a long word without a break", "x".repeat(5000)],
];
