import { isMailAddress } from "../../shared/adapters/web/user-agent.ts";
import { DEFAULTS, ENV } from "../../shared/config.ts";
import { isMailbox } from "../../shared/domain/mailbox.ts";
import type { Settings } from "../../shared/pipeline/services.ts";

/** What the environment sets, read once. */
export interface EnvironmentSettings extends Settings {
  readonly allowAddresses: ReadonlySet<AddressScope>;
  readonly mail: MailSettings;
  /** Whether people may subscribe by mail in the reading room, where mail is set up. */
  readonly newcomers: boolean;
}

export interface MailSettings {
  /** Of the mail server; null: there is none, and no mail is sent. It may hold a password. */
  readonly smtpUrl: string | null;
  /** As in `Variorum <monitor@news.example>`; null when nobody said and the contact is no mail address. */
  readonly from: string | null;
  /** Hears of everything from the start; null: mails go to those alone who subscribe. */
  readonly to: string | null;
  /** Whether mails carry the picture of a change. */
  readonly pictures: boolean;
}

/** Addresses beside the public ones that an operator may allow. */
export type AddressScope = "loopback" | "private";

/** A setting that cannot be understood: names the variable and what would be right. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws SettingError naming the variable that is wrong and how to set it right */
export function environmentSettings(environment: Environment): EnvironmentSettings {
  return {
    contact: contact(environment),
    confirmationSeconds: seconds(environment, ENV.confirmationSeconds, DEFAULTS.confirmationSeconds),
    hostGapSeconds: seconds(environment, ENV.hostGapSeconds, DEFAULTS.hostGapSeconds),
    readingRoomUrl: environment[ENV.readingRoomUrl]?.replace(/\/+$/, "") || null,
    burstNotices: notices(environment, ENV.burstNotices, DEFAULTS.burstNotices),
    noticesPerHour: notices(environment, ENV.noticesPerHour, DEFAULTS.noticesPerHour),
    allowAddresses: scopes(environment[ENV.allowAddresses] ?? ""),
    mail: mailSettings(environment),
    newcomers: isFirst(environment, ENV.subscribing, ["open", "closed"]),
  };
}

function mailSettings(environment: Environment): MailSettings {
  const mail = {
    smtpUrl: smtpServer(environment),
    from: mailSender(environment),
    to: mailReceiver(environment),
    pictures: isFirst(environment, ENV.mailPictures, ["on", "off"]),
  };
  if (mail.smtpUrl === null || mail.from !== null) return mail;
  throw new SettingError(
    `${ENV.smtpUrl} is set, but nobody to send from: set ${ENV.mailFrom}, as in "Variorum <monitor@newsroom.example>"`,
  );
}

/** The URL may hold a password: what is wrong with it is told without it. */
function smtpServer(environment: Environment): string | null {
  const text = environment[ENV.smtpUrl]?.trim();
  if (!text) return null;
  const url = URL.parse(text);
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname) return text;
  throw new SettingError(
    `${ENV.smtpUrl} is no mail server's address: give one as in smtp://user:password@mail.newsroom.example:587, with special characters of the password percent-encoded`,
  );
}

function mailReceiver(environment: Environment): string | null {
  const text = environment[ENV.mailTo]?.trim();
  if (!text) return null;
  if (isMailbox(text)) return text;
  throw new SettingError(`${ENV.mailTo}="${text}": give one mail address, as in desk@newsroom.example`);
}

/** Its domain stands in every mail's Message-ID. */
function mailSender(environment: Environment): string | null {
  const text = environment[ENV.mailFrom]?.trim();
  if (!text) {
    const known = contact(environment);
    return known !== null && isMailAddress(known) ? `Variorum <${known}>` : null;
  }
  if (/^([^<>"@,;:\p{Cc}]+ )?<[^\s@<>]+@[A-Za-z0-9.-]+>$|^[^\s@<>]+@[A-Za-z0-9.-]+$/u.test(text)) return text;
  throw new SettingError(`${ENV.mailFrom}="${text}": give one as in "Variorum <monitor@newsroom.example>"`);
}

/** Of a setting with two words, whether it is the first, which it is unless somebody said otherwise. */
function isFirst(environment: Environment, name: string, [first, second]: readonly [string, string]): boolean {
  const text = environment[name]?.trim() || first;
  if (text === first || text === second) return text === first;
  throw new SettingError(`${name}="${text}": give "${first}" or "${second}"`);
}

/** The value of a variable that must be set. @throws SettingError */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new SettingError(`${name} is not set`);
  return value;
}

/** Goes into a header of every request, so it is one word of plain ASCII: nobody reads a contact that was mangled. */
function contact(environment: Environment): string | null {
  const text = environment[ENV.contact]?.trim();
  if (!text) return null;
  const isPage = /^https?:$/.test(URL.parse(text)?.protocol ?? "");
  if (/^[\x21-\x27\x2a-\x7e]+$/.test(text) && (isMailAddress(text) || isPage)) return text;
  throw new SettingError(
    `${ENV.contact}="${text}": give a mail address such as desk@newsroom.example, or the address of a page (https://…)`,
  );
}

function seconds(environment: Environment, name: string, standard: number): number {
  const text = environment[name];
  if (text === undefined || text === "") return standard;
  const value = Number(text);
  if (!(value > 0 && value <= 86_400))
    throw new SettingError(`${name}="${text}": give seconds, above 0, at most 86400`);
  return value;
}

function notices(environment: Environment, name: string, standard: number): number {
  const text = environment[name];
  if (text === undefined || text === "") return standard;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new SettingError(`${name}="${text}": give a number of notices, 1 to 1000`);
}

function scopes(text: string): ReadonlySet<AddressScope> {
  const words = text.split(",").map((word) => word.trim());
  const known = words.filter((word): word is AddressScope => word === "loopback" || word === "private");
  const unknown = words.find((word) => word !== "" && word !== "loopback" && word !== "private");
  if (unknown !== undefined) {
    throw new SettingError(
      `${ENV.allowAddresses}="${text}": only "loopback" and "private" are known, not "${unknown}"`,
    );
  }
  return new Set(known);
}
