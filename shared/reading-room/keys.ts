/**
 * The reading room's only script: keys for whoever reads change after change. Pages do without it; it makes the hint that
 * names the keys visible, and one of its buttons ends them for this browser (WCAG 2.1.4), which it remembers there.
 *
 * `j` or `n` and `k` or `p` go to the next and the previous change within the page; `→` and `←` follow its links of
 * `rel=next` and `rel=prev`, the other way round where the page runs from right to left.
 */
export const KEYS_JS = `"use strict";
(() => {
  const hint = document.querySelector("[data-keys]");
  if (!hint) return;
  const memory = (act) => { try { return act(window.localStorage); } catch { return null; } };
  let off = memory((kept) => kept.getItem("variorum-keys")) === "off";
  const show = () => {
    for (const part of hint.querySelectorAll("[data-keys-when]")) part.hidden = (part.dataset.keysWhen === "off") !== off;
    hint.hidden = false;
  };
  for (const button of hint.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      off = !off;
      memory((kept) => kept.setItem("variorum-keys", off ? "off" : "on"));
      show();
      hint.querySelector("[data-keys-when]:not([hidden]) button")?.focus();
    });
  }
  show();

  const stops = () => {
    const marks = document.querySelectorAll("main h1 ins, main h1 del, .change ins, .change del, .change .moved");
    return [...new Set([...marks].map((mark) => mark.closest(".pair") ?? mark.closest("h1, p")))];
  };
  const smooth = () => !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let at = -1;
  const go = (step) => {
    const all = stops();
    const to = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!to) return;
    at = all.indexOf(to);
    const folded = to.closest("details");
    if (folded) folded.open = true;
    to.tabIndex = -1;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center", behavior: smooth() ? "smooth" : "auto" });
  };
  const follow = (rel) => {
    const link = document.querySelector("main a[rel=" + rel + "]");
    if (link) window.location.assign(link.href);
  };
  const isRightToLeft = () => window.getComputedStyle(document.documentElement).direction === "rtl";
  const actions = {
    j: () => go(1), n: () => go(1), k: () => go(-1), p: () => go(-1),
    ArrowRight: () => follow(isRightToLeft() ? "prev" : "next"),
    ArrowLeft: () => follow(isRightToLeft() ? "next" : "prev"),
  };
  document.addEventListener("keydown", (event) => {
    if (off || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const act = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
`;
