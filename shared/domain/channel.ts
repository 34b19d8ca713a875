/** The ways a notice can take to its readers. Part of keys and of what operators type, so a name never changes. */
export const CHANNELS = [
  "email",
  "slack",
  "discord",
  "teams",
  "webhook",
  "sns",
  "mastodon",
  "bluesky",
  "outbox",
  "console",
] as const;

export type Channel = (typeof CHANNELS)[number];
