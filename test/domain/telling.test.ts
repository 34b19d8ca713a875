import { describe, expect, it } from "vitest";
import type { Happening } from "../../shared/domain/happening.ts";
import { isRotation, mayTell } from "../../shared/domain/telling.ts";
import { NEW_STATE } from "../../shared/domain/watch.ts";
import { anEvent, aRevision } from "../support/builders.ts";

const FIRST_SEEN = "2026-03-01T12:00:00.000Z";
const secondsOn = (seconds: number) => new Date(Date.parse(FIRST_SEEN) + seconds * 1000).toISOString();
const revision = { ...aRevision({ number: 2 }), firstSeen: FIRST_SEEN };
const edit: Happening = { kind: "revision", at: FIRST_SEEN, url: "https://news.example/a", revision };
const gone: Happening = { kind: "event", at: FIRST_SEEN, url: "https://news.example/a", event: anEvent() };
const seen = (seconds: number) => ({ ...NEW_STATE, newest: 2, lastSeen: secondsOn(seconds) });

describe("mayTell", () => {
  it.each([
    ["holds an edit back until it is read again", seen(0), 2, secondsOn(60), false],
    ["holds it back when it was read again too soon", seen(100), 2, secondsOn(200), false],
    ["tells it when it was read again after the wait", seen(180), 2, secondsOn(181), true],
    ["tells it when it was edited again", seen(10), 3, secondsOn(20), true],
    ["tells it in the end although the page cannot be read", seen(0), 2, secondsOn(3600), true],
  ])("%s", (_fact, state, newest, now, expected) => {
    expect(mayTell(edit, state, newest, now, 180)).toBe(expected);
  });
  it("tells availability at once: it was confirmed when it was established", () => {
    expect(mayTell(gone, NEW_STATE, 2, FIRST_SEEN, 180)).toBe(true);
  });
});

describe("isRotation", () => {
  const learnt = (since?: number) =>
    aRevision({ number: 4, cause: "reextraction", rotation: { places: 1, ...(since !== undefined && { since }) } });
  it.each([
    ["what the next revision learnt to rotate", aRevision({ number: 3 }), learnt(2), true],
    ["what differs elsewhere too", aRevision({ number: 3 }), learnt(), false],
    ["what came before", aRevision({ number: 3 }), learnt(4), false],
    ["an edit after an edit", aRevision({ number: 3 }), aRevision({ number: 4 }), false],
    ["the newest revision", aRevision({ number: 3 }), null, false],
    ["an article that came back", aRevision({ number: 3, restores: anEvent().key }), learnt(2), false],
  ])("of %s: %#", (_what, edit, next, expected) => expect(isRotation(edit, next)).toBe(expected));
});
