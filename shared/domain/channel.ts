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

/** Channels whose posts anybody may read. */
const PUBLIC_CHANNELS = ["mastodon", "bluesky"] as const;
export type PublicChannel = (typeof PUBLIC_CHANNELS)[number];

export const isPublicChannel = (channel: string): channel is PublicChannel =>
  PUBLIC_CHANNELS.some((one) => one === channel);
