/**
 * Why a capture brought no readable article. A closed union, classified where it happens; `FAILURES` says for each what
 * it means and what to do. An expected failure is a value and is recorded; a bug throws.
 */
export type FailureKind =
  // nothing came back
  | "host-not-found"
  | "connection-failed"
  | "tls-failed"
  | "timeout"
  | "malformed-response"
  | "too-many-redirects"
  // we did not ask
  | "address-forbidden"
  | "robots-disallowed"
  | "robots-unreachable"
  // something came back that is not the article
  | "status"
  | "gone"
  | "redirected"
  | "rate-limited"
  | "challenge"
  | "consent-wall"
  | "login-wall"
  | "soft-404"
  | "error-page"
  | "empty"
  | "truncated"
  | "not-html"
  | "undecodable"
  | "collapse";

export interface Failure {
  readonly kind: FailureKind;
  /** One line with the particulars: the status, the address, the limit. Never parsed. */
  readonly detail: string;
  /** The server's own wish, in seconds from the answer (Retry-After), at most a day. */
  readonly retryAfterSeconds?: number;
}

interface FailureAdvice {
  readonly meaning: string;
  readonly advice: string;
}

/** What each failure means to the person who reads it, and what can be done. */
export const FAILURES: Readonly<Record<FailureKind, FailureAdvice>> = {
  "host-not-found": { meaning: "the host's name does not resolve", advice: "check the address for a typing error" },
  "connection-failed": { meaning: "no connection to the host", advice: "we try again; check that the site is up" },
  "tls-failed": { meaning: "the site's certificate is not valid", advice: "we try again; tell the publisher" },
  timeout: { meaning: "the answer took too long", advice: "we try again" },
  "malformed-response": { meaning: "the answer is not valid HTTP", advice: "we try again; tell the publisher" },
  "too-many-redirects": { meaning: "the page redirects without end", advice: "watch the address where it should end" },
  "address-forbidden": {
    meaning: "the address is inside a private network or otherwise not allowed",
    advice: "watch public http(s) addresses; an operator may allow loopback and private addresses by setting",
  },
  "robots-disallowed": {
    meaning: "the site's robots.txt asks us not to fetch this page",
    advice: "respect it, or set an override with a written reason on the watch",
  },
  "robots-unreachable": {
    meaning: "the site's robots.txt could not be read, which forbids fetching",
    advice: "we try again",
  },
  status: { meaning: "the server answered with an error", advice: "we try again" },
  gone: { meaning: "the page is not there", advice: "after three refusals it is reported as unpublished" },
  redirected: {
    meaning: "the page leads, for now, to another page",
    advice: "we try again; watch the other address if the article moved there",
  },
  "rate-limited": { meaning: "the server asks us to slow down", advice: "we wait as it asks" },
  challenge: {
    meaning: "a block or challenge page was served in place of the article",
    advice: "ask the publisher to allow the monitor, or capture from the newsroom's own address",
  },
  "consent-wall": {
    meaning: "a page that asks for consent to cookies was served in place of the article",
    advice: "watch another address of the article (its AMP or print page), or ask the publisher to allow the monitor",
  },
  "login-wall": {
    meaning: "a page that asks the reader to log in was served in place of the article",
    advice: "watch an address that anyone can read",
  },
  "soft-404": {
    meaning: "the server says that all is well, but the page says that the article is not there",
    advice: "we try again; if it stays so, check whether the article was taken down or has moved",
  },
  "error-page": {
    meaning: "the server says that all is well, but the page reports an error",
    advice: "we try again",
  },
  empty: { meaning: "the page holds no text that could be read", advice: "check the page; we try again" },
  truncated: { meaning: "the body was cut short", advice: "we try again; what came is kept" },
  "not-html": { meaning: "the answer is not a page of text", advice: "watch the article's own page" },
  undecodable: { meaning: "the body's coding is broken or unknown", advice: "we try again; what came is kept" },
  collapse: {
    meaning: "most of the text vanished in a way that looks like our failure",
    advice: "it is captured again; if it stays so, it is recorded as an edit",
  },
};
