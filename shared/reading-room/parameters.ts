import { isInstant } from "../domain/time.ts";
import { CHANGE_FORMATS, type ChangeFormat } from "./room.ts";

/** What a reader sent that cannot be meant. Shown as a 400 page. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
}

/** What a reader asked for that is not there. Shown as a 404 page. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** A watch id as it comes in a path. @throws NotFound for what can be none */
export function watchIdFrom(text: string | undefined): string {
  if (!text || !/^[A-Za-z0-9_-]{1,64}$/.test(text)) throw new NotFound();
  return text;
}

/** A revision's number as it comes in a path: canonical, so that a page has one address. @throws NotFound */
export function revisionNumberFrom(text: string | undefined): number {
  if (!text || !/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}

/** The name of a source or a tag as it comes in a path. @throws NotFound for what can be no name */
export function groupNameFrom(name: string): string {
  if (name === "" || name.length > 200 || /\p{Cc}/u.test(name)) throw new NotFound();
  return name;
}

/** What a feed is of, as the name before its path's ending. @throws NotFound for what can be no name */
export const feedNameFrom = (file: string): string => groupNameFrom(file.slice(0, file.lastIndexOf(".")));

/** What a change is asked for as. @throws NotFound */
export function changeFormatFrom(text: string): ChangeFormat {
  const format = CHANGE_FORMATS.find((one) => one === text);
  if (!format) throw new NotFound();
  return format;
}

/** Where a list goes on; undefined on its first page. @throws BadRequest for what no list of ours gave out */
export function cursorFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (text.length > 1024 || !/^[\x21-\x7e]+$/.test(text)) throw new BadRequest();
  return text;
}

/** An instant as it comes in a query; undefined when it is absent. @throws BadRequest */
export function instantFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (!isInstant(text)) throw new BadRequest();
  return text;
}

/** The fingerprint of a comparison that an address cites; undefined when there is none. @throws BadRequest */
export function fingerprintFrom(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[0-9a-f]{16}$/.test(text)) throw new BadRequest();
  return text;
}

/** Two revisions as they come in a path, `3...7`. @throws NotFound */
export function revisionPairFrom(text: string | undefined): readonly [a: number, b: number] {
  const [a, b, ...more] = (text ?? "").split("...");
  if (more.length > 0) throw new NotFound();
  return [revisionNumberFrom(a), revisionNumberFrom(b)];
}

/** A revision's number as a form sends it. @throws BadRequest */
export function revisionNumberOfForm(text: string | undefined): number {
  const number = Number(text);
  if (!text || !Number.isInteger(number) || number < 1 || number > 999_999_999) throw new BadRequest();
  return number;
}
