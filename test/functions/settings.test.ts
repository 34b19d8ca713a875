import { describe, expect, it } from "vitest";
import { environmentSettings, SettingError } from "../../functions/runtime/settings.ts";
import { ENV } from "../../shared/config.ts";

const mail = (environment: Record<string, string>) => environmentSettings(environment).mail;

describe("the settings of mail", () => {
  it("are none by default", () => expect(mail({})).toEqual({ smtpUrl: null, from: null, to: null, pictures: true }));

  it("carry no pictures where the operator says so", () => {
    expect(mail({ [ENV.mailPictures]: "off" }).pictures).toBe(false);
    expect(() => mail({ [ENV.mailPictures]: "no" })).toThrow(`${ENV.mailPictures}="no": give "on" or "off"`);
  });

  it("send from the contact where nobody says otherwise", () => {
    const smtpUrl = "smtps://desk:p%40ss@mail.newsroom.example";
    expect(mail({ [ENV.smtpUrl]: smtpUrl, [ENV.contact]: "desk@newsroom.example" })).toEqual({
      smtpUrl,
      from: "Variorum <desk@newsroom.example>",
      to: null,
      pictures: true,
    });
  });

  it.each(["Variorum <monitor@news.example>", "monitor@news.example", "Die Redaktion <m@news.example>"])(
    "send from %s",
    (from) => expect(mail({ [ENV.mailFrom]: from }).from).toBe(from),
  );

  it.each([
    "http://mail.newsroom.example",
    "mail.newsroom.example:587",
    "smtp://",
    "smtp://user:secret word@@mail:port",
  ])("refuse the server %j without telling a password", (smtpUrl) => {
    const set = () => mail({ [ENV.smtpUrl]: smtpUrl, [ENV.contact]: "desk@newsroom.example" });
    expect(set).toThrow(SettingError);
    expect(set).toThrow(/^(?!.*secret).*VARIORUM_SMTP_URL/);
  });

  it("name one mailbox that hears of everything", () => {
    expect(mail({ [ENV.mailTo]: "desk@newsroom.example" }).to).toBe("desk@newsroom.example");
    for (const to of ["desk", "a@b.example, c@d.example", "Desk <a@b.example>"]) {
      expect(() => mail({ [ENV.mailTo]: to })).toThrow(/VARIORUM_MAIL_TO/);
    }
  });

  it("refuse a server with nobody to send from", () => {
    const set = () => mail({ [ENV.smtpUrl]: "smtp://localhost", [ENV.contact]: "https://newsroom.example/bot" });
    expect(set).toThrow(/set VARIORUM_MAIL_FROM/);
  });

  it.each(["monitor", "Desk <monitor>", "a@b.example, c@d.example", "A\r\nBcc: x@y.example", "<a@b.example> x"])(
    "refuse to send from %j",
    (from) => expect(() => mail({ [ENV.mailFrom]: from })).toThrow(/VARIORUM_MAIL_FROM/),
  );
});

describe("the limits of telling", () => {
  it("are twenty of one page and sixty in all in an hour", () =>
    expect(environmentSettings({})).toMatchObject({ burstNotices: 20, noticesPerHour: 60 }));

  it.each(["0", "1001", "1.5", "many"])("are no %j", (text) => {
    expect(() => environmentSettings({ [ENV.burstNotices]: text })).toThrow(/VARIORUM_BURST_NOTICES=.*1 to 1000/);
    expect(() => environmentSettings({ [ENV.noticesPerHour]: text })).toThrow(/VARIORUM_NOTICES_PER_HOUR/);
  });
});
