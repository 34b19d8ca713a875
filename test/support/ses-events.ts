/** Events as SES publishes them to a topic (its event publishing format), with invented addresses. */
const mail = (addresses: readonly string[]) => ({
  timestamp: "2026-03-01T12:00:00.000Z",
  source: "Variorum <monitor@news.example>",
  sourceArn: "arn:aws:ses:eu-west-1:123456789012:identity/news.example",
  sendingAccountId: "123456789012",
  messageId: "0102019ca0000000-11111111-2222-3333-4444-555555555555-000000",
  destination: addresses,
  headersTruncated: false,
  headers: [{ name: "X-Variorum-Notice", value: "629d372e56327453.r4.desk" }],
  commonHeaders: { subject: "Harbour bridge closed" },
  tags: { "ses:configuration-set": ["Variorum-Mails"] },
});

export const bounce = (type: string, ...addresses: readonly string[]): string =>
  JSON.stringify({
    eventType: "Bounce",
    bounce: {
      feedbackId: "0102019ca0000001-22222222-3333-4444-5555-666666666666-000000",
      bounceType: type,
      bounceSubType: type === "Transient" ? "MailboxFull" : "General",
      bouncedRecipients: addresses.map((emailAddress) => ({
        emailAddress,
        action: "failed",
        status: "5.1.1",
        diagnosticCode: `smtp; 550 5.1.1 <${emailAddress}>: no such user`,
      })),
      timestamp: "2026-03-01T12:00:05.000Z",
      reportingMTA: "dns; a1-2.smtp-out.eu-west-1.amazonses.com",
    },
    mail: mail(addresses),
  });

export const complaint = (address: string, feedbackType?: string): string =>
  JSON.stringify({
    eventType: "Complaint",
    complaint: {
      feedbackId: "0102019ca0000002-33333333-4444-5555-6666-777777777777-000000",
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: address }],
      timestamp: "2026-03-01T12:30:00.000Z",
      ...(feedbackType !== undefined && { userAgent: "Feedback/1.0", complaintFeedbackType: feedbackType }),
    },
    mail: mail([address]),
  });
