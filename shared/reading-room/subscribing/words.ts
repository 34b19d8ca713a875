/** What the pages for subscribers say, in one language; a part of `Words`. `{name}` marks a place to fill. */
export interface SubscribingWords {
  readonly subscribe: Readonly<
    Record<
      | "title"
      | "lead"
      | "address"
      | "about"
      | "everything"
      | "source"
      | "tag"
      | "article"
      | "button"
      | "preview"
      | "here",
      string
    >
  >;
  readonly filter: Readonly<
    Record<
      | "title"
      | "note"
      | "labels"
      | "unmarked"
      | "removed"
      | "enters"
      | "leaves"
      | "words"
      | "availability"
      | "saved"
      | "kept",
      string
    >
  >;
  readonly rhythm: Readonly<
    Record<
      | "title"
      | "kind"
      | "at"
      | "weekday"
      | "zone"
      | "quiet"
      | "quietFrom"
      | "quietTo"
      | "quietNote"
      | "rest"
      | "at-once"
      | "hourly"
      | "daily"
      | "weekly",
      string
    >
  >;
  readonly previewed: Readonly<Record<"title" | "none" | "sent" | "left" | "some", string>>;
  readonly asked: Readonly<Record<"title" | "text" | "later", string>>;
  readonly confirm: Readonly<
    Record<
      "title" | "text" | "button" | "done" | "doneText" | "expired" | "expiredText" | "reused" | "reusedText",
      string
    >
  >;
  readonly manage: Readonly<
    Record<"title" | "about" | "save" | "saved" | "end" | "suspended" | "pending" | "ended" | "endedText", string>
  >;
  readonly end: Readonly<Record<"title" | "text" | "button" | "done" | "doneText", string>>;
  readonly refused: Readonly<
    Record<
      "forged" | "forgedText" | "closed" | "tooMany" | "address" | "client" | "all" | "previews" | "problem",
      string
    >
  > & { readonly closedBecause: Readonly<Record<"operator" | "no-mail" | "read-only", string>> };
}

export const SUBSCRIBING_ENGLISH: SubscribingWords = {
  subscribe: {
    title: "Get notices by mail",
    lead: "Each mail has the words that changed in it. We write to the address once and ask; it hears nothing before it says yes, and every mail has a link that ends it.",
    address: "Mail address",
    about: "About",
    everything: "All watched articles",
    source: "Articles of {source}",
    tag: "Articles with the tag “{tag}”",
    article: "This article: {headline}",
    button: "Subscribe",
    preview: "Show what it would have sent",
    here: "Get notices by mail",
  },
  filter: {
    title: "Which changes",
    note: "With nothing chosen here: every substantive change. What you choose narrows it down: a change is told when it meets all of it.",
    labels: "Only changes with one of these findings",
    unmarked: "Only unmarked ones: substantive, and nothing on the page tells of it",
    removed: "Only those that took a sentence out",
    enters: "Only when one of these words comes in",
    leaves: "Only when one of these words goes out",
    words: "Separate words or phrases by commas.",
    availability: "Also when an article goes away or comes back",
    saved: "The operator’s filter “{name}”. What it passes is the operator’s to change.",
    kept: "Conditions that were set elsewhere stay as they are.",
  },
  rhythm: {
    title: "When",
    kind: "Mails come",
    at: "Digests at",
    weekday: "Weekly ones on",
    zone: "Time zone",
    quiet: "Quiet hours",
    quietFrom: "from",
    quietTo: "to",
    quietNote: "Leave both empty for none. What falls into them comes at their end, in one mail.",
    rest: "What the choices above leave out comes in a daily digest (only with “at once”)",
    "at-once": "at once, one for each change",
    hourly: "every hour, together",
    daily: "every day, together",
    weekly: "every week, together",
  },
  previewed: {
    title: "What it would have sent",
    none: "Nothing has happened there yet.",
    sent: "sent",
    left: "not sent",
    some: "{sent} of the newest {all} changes and events.",
  },
  asked: {
    title: "Look into your mailbox",
    text: "We have written to {address} and asked whether it wants this. Follow the link in that mail within three days; until then nothing else is sent.",
    later: "No mail within some minutes? Look into the spam folder, then ask the operator.",
  },
  confirm: {
    title: "Confirm your subscription",
    text: "Notices for {address}: {about}.",
    button: "Yes, send them",
    done: "Confirmed",
    doneText: "From now on {address} hears of it. The link that changes or ends this is in every mail, and here:",
    expired: "This link has expired",
    expiredText: "It was good for three days. Subscribe again and a new one comes; nothing was sent meanwhile.",
    reused: "This link was used already",
    reusedText: "It works once. To change or end the subscription, use the link in any of its mails.",
  },
  manage: {
    title: "Your subscription",
    about: "Notices for {address}: {about}.",
    save: "Save",
    saved: "Saved.",
    end: "End this subscription",
    suspended: "Suspended: your mailbox refused our mails ({reason}). The operator can resume it.",
    pending: "Not confirmed yet: follow the link in the mail that asked.",
    ended: "This subscription has ended",
    endedText: "Nothing more is sent to it. Its links work no more; you can subscribe again.",
  },
  end: {
    title: "End this subscription?",
    text: "Notices for {address}: {about}. Nothing ends until you press the button.",
    button: "End it",
    done: "Ended",
    doneText: "Nothing more is sent to this subscription.",
  },
  refused: {
    forged: "This link is not good",
    forgedText: "It was cut short or changed on its way. Use the whole link from the newest mail.",
    closed: "Subscribing by mail is closed here",
    closedBecause: {
      operator: "The operator has closed it to newcomers. Ask them to add you, or follow the feed.",
      "no-mail":
        "No mail server is set up here, so nothing could be sent. The feed works, and the operator can set one up.",
      "read-only": "Forms cannot be sent to this address. Ask the operator to add you, or follow the feed.",
    },
    tooMany: "Too many, for now",
    address: "This address was asked several times today. Look for the mails that were sent; ask again tomorrow.",
    client: "Many subscriptions came from where you are within the hour. Try again in an hour.",
    all: "Many subscriptions came from everywhere within the hour. Try again in an hour.",
    previews: "Many previews were asked for from where you are within the hour. Try again in an hour.",
    problem: "That did not work:",
  },
};
