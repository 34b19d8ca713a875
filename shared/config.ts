/** Names and limits shared by the program and its infrastructure. Nothing here imports anything. */

/** Environment variables that the functions read; infra/ sets them by the same names. */
export const ENV = {
  evidenceBucket: "VARIORUM_EVIDENCE_BUCKET",
  derivedBucket: "VARIORUM_DERIVED_BUCKET",
  ledgerTable: "VARIORUM_LEDGER_TABLE",
  captureQueueUrl: "VARIORUM_CAPTURE_QUEUE_URL",
  noticesTopicArn: "VARIORUM_NOTICES_TOPIC_ARN",
  /** The topic of the alarms, by which the monitor also tells how it fares. */
  alarmTopicArn: "VARIORUM_ALARM_TOPIC_ARN",
  /** JSON: the URL of the senders' queue for each channel. */
  noticeQueueUrls: "VARIORUM_NOTICE_QUEUE_URLS",
  /** Mail address or page that tells a publisher who is asking; goes into the User-Agent. */
  contact: "VARIORUM_CONTACT",
  /** Where readers find the reading room, without a trailing slash. */
  readingRoomUrl: "VARIORUM_READING_ROOM_URL",
  /**
   * Name of the parameter that holds what `readingRoomUrl` would: for the function behind the distribution, which cannot
   * be told in its environment (the distribution needs the function's address, and so would wait for itself).
   */
  readingRoomUrlParameter: "VARIORUM_READING_ROOM_URL_PARAMETER",
  /** Name of the parameter with the secret that signs reader's links and sessions; absent: the reading room is public. */
  readerKeyParameter: "VARIORUM_READER_KEY_PARAMETER",
  /** The mail server that brings notices to mailboxes: `smtp://user:password@host:587` or `smtps://…`. A secret. */
  smtpUrl: "VARIORUM_SMTP_URL",
  /** Whom mails come from, as in `Variorum <monitor@news.example>`. */
  mailFrom: "VARIORUM_MAIL_FROM",
  /** Of SES: reports what comes back of the mails that are sent with it. */
  mailConfigurationSet: "VARIORUM_MAIL_CONFIGURATION_SET",
  /** A mailbox that hears of everything from the start, beside whoever subscribes. */
  mailTo: "VARIORUM_MAIL_TO",
  /** `on` (default) or `off`: whether mails carry the picture of a change. */
  mailPictures: "VARIORUM_MAIL_PICTURES",
  /** Path of the module that draws pictures; absent: the function draws none. */
  cardDrawer: "VARIORUM_CARD_DRAWER",
  /** Notices at once about one page to one subscription in an hour; beyond, they are folded into one an hour. */
  burstNotices: "VARIORUM_BURST_NOTICES",
  /** Notices at once in an hour to each subscription that is there from the start; beyond, they wait for the hour. */
  noticesPerHour: "VARIORUM_NOTICES_PER_HOUR",
  /** Name of the parameter with the secret that signs subscribers' links; absent: messages carry none. */
  subscriberKeyParameter: "VARIORUM_SUBSCRIBER_KEY_PARAMETER",
  /** `open` (default) or `closed`: whether people may subscribe by mail in the reading room, where mail is set up. */
  subscribing: "VARIORUM_SUBSCRIBING",
  /** Path of the file with the operator's rules; absent: only those that come with the program. */
  rules: "VARIORUM_RULES",
  /** Seconds to wait before a substantive change is captured again and told. */
  confirmationSeconds: "VARIORUM_CONFIRMATION_SECONDS",
  /** Least seconds between two requests to one host. */
  hostGapSeconds: "VARIORUM_HOST_GAP_SECONDS",
  /** Comma-separated: `loopback`, `private`. Addresses that may be fetched beside the public ones. */
  allowAddresses: "VARIORUM_ALLOW_ADDRESSES",
} as const;

export const DEFAULTS = {
  confirmationSeconds: 180,
  hostGapSeconds: 10,
  burstNotices: 20,
  noticesPerHour: 60,
} as const;

/** Chats that a stack can send to: each that the operator names has a queue of its own. */
export const STACK_CHATS = ["slack", "discord", "teams", "webhook", "mastodon", "bluesky"] as const;

/** Limits of one fetch (sources: docs/decisions/0002-fetching-and-evidence.md). */
export const FETCH_LIMITS = {
  dnsSeconds: 5,
  connectSeconds: 10,
  firstByteSeconds: 20,
  totalSeconds: 60,
  headerBytes: 64 * 1024,
  wireBytes: 20 * 1024 * 1024,
  decodedBytes: 40 * 1024 * 1024,
  redirects: 5,
  codings: 2,
  robotsBytes: 500 * 1024,
} as const;

/** Checks in one capture message: as many as one function invocation can wait for side by side. */
export const MAX_CHECKS_PER_MESSAGE = 20;

/** Notices in one message to a channel's senders: as many as one of them sends side by side. */
export const MAX_NOTICES_PER_MESSAGE = 10;

/** The ledger table's keys and indexes, all of them from the first release. */
export const LEDGER_TABLE = {
  partitionKey: "pk",
  sortKey: "sk",
  expires: "expires",
  indexes: {
    due: { name: "due", partitionKey: "duePk", sortKey: "dueSk" },
    recent: { name: "recent", partitionKey: "recentPk", sortKey: "recentSk" },
    outbox: { name: "outbox", partitionKey: "outboxPk", sortKey: "outboxSk" },
  },
} as const;

/** Disk of the functions that hold the search index: copies of its files, and the one that they are merged into. */
export const SEARCH_DISK_MEGABYTES = 2048;

/** What robots.txt files call us, and the first word of our User-Agent. */
export const USER_AGENT_TOKEN = "Variorum";

/** Of this release; the warcinfo records and the User-Agent carry it. */
export const VERSION = "0.1.0";
export const SOFTWARE = `variorum/${VERSION}`;

/** Outputs of the stack, by which `variorum --stack NAME` and the operator find a deployment's parts. */
export const STACK_OUTPUTS = {
  evidenceBucket: "EvidenceBucket",
  derivedBucket: "DerivedBucket",
  ledgerTable: "LedgerTable",
  captureQueueUrl: "CaptureQueueUrl",
  noticesTopicArn: "NoticesTopicArn",
  /** Address of the reading room, without a trailing slash. */
  readingRoomUrl: "ReadingRoomUrl",
  /** The signed link that opens a private reading room; absent: it is public. */
  readerLink: "ReaderLink",
  /** The signed link that shows the operator of a private room what is held or under embargo; absent: it is public. */
  operatorLink: "OperatorLink",
  /** What the deployment says in its User-Agent. */
  contact: "Contact",
  /** Notices at once in an hour to a subscription whose owner says nothing else. */
  noticesPerHour: "NoticesPerHour",
  /** Whom its mails come from; absent: it sends none. */
  mailFrom: "MailFrom",
} as const;

/** Of the local monitor's reading room, unless it is told another or this one is taken. */
export const ROOM_PORT = 8480;

/** Name of the cookie that holds a reader's session: part of the cache key in front of a private reading room. */
export const READER_COOKIE = "variorum-reader";

/** The cookie of an editor's session, sent to the form for adding articles alone. */
export const ENROL_COOKIE = "variorum-enrol";

/** Where the reading room serves the pages by which the monitor tests itself. */
export const SELF_TEST_PATH = "/selftest/";

/** By it the function for subscribers knows what comes from the distribution. */
export const ORIGIN_HEADER = "X-Variorum-Origin";
