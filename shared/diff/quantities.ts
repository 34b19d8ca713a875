import type { Quantity } from "../domain/label.ts";
import { MAGNITUDE_WORDS } from "./magnitudes.ts";
import type { NumberFound } from "./numbers.ts";

/** Characters on either side of a number that tell what it counts. */
const AROUND = 24;

const PERCENT =
  /^\s?(?:%|٪|per ?cent|percent|pour ?cent|prozent|por ?ciento|persen|بالمئة|في المئة|パーセント|เปอร์เซ็นต์|प्रतिशत)/iu;
const PERCENT_BEFORE = /百分之\s?$/u;

const UNITS_OF_MONEY =
  "dollars?|cents?|euros?|pounds?|pence|yen|yuan|rupiah|rupees?|baht|pesos?|francs?|dólares|libras|usd|eur|gbp|idr|jpy|cny|chf|yens|دولار|يورو|جنيه|ريال";
const MONEY_BEFORE = /(?:[$€£¥₹₽₩฿₫₱₺﷼]|\b(?:rp|usd|eur|gbp|idr|chf|cny|jpy)\.?)\s?$/iu;
/** Between the sign and the digits. */
const MONEY_WITHIN = /^.\p{Sc}/u;
const MONEY = new RegExp(
  String.raw`^\s?(?:(?:${MAGNITUDE_WORDS})\s)?(?:[$€£¥₹₽₩฿₫₱₺]|(?:${UNITS_OF_MONEY})(?![\p{L}])|[万亿億]?[元円]|บาท|रुपये)`,
  "iu",
);

const MONTHS =
  "jan(?:uary|uari|vier)?|feb(?:ruary|ruari|ruar)?|févr?(?:ier)?|mar(?:ch|et|s)?|märz|apr(?:il)?|avril|abril|may|mai|mei|mayo|jun[ei]?|juin|juni|junio|jul[yi]?|juil(?:let)?|juli|julio|aug(?:ust)?|août|agustus|agosto|enero|febrero|marzo|sept?(?:ember)?|septembre|septiembre|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[csz](?:ember)?|d[ée]c(?:embre)?|diciembre|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر";
const DATE_AFTER = new RegExp(
  String.raw`^(?:st|nd|rd|th|er|\.)?(?:[-–]\p{Nd}{1,2})?,?\s(?:de\s|of\s)?(?:${MONTHS})(?![\p{L}])|^\s?[年月日]|^[/.-]\p{Nd}{1,2}[/.-]\p{Nd}{2,4}`,
  "iu",
);
const DATE_BEFORE = new RegExp(
  String.raw`(?<![\p{L}])(?:${MONTHS})\.?(?:\s(?:de\s)?|\s\p{Nd}{1,2}(?:st|nd|rd|th)?,?\s)(?:\p{Nd}{1,2}[-–])?$|\p{Nd}{1,2}[/.-](?:\p{Nd}{1,2}[/.-])?$|[年月]\s?$`,
  "iu",
);
const MONTH = new RegExp(`^(?:${MONTHS})$`, "iu");

/** True for the name of a month, in full or cut short. */
export const isMonth = (word: string): boolean => MONTH.test(word);

const IS_YEAR = /^(?:19|20)\d\d$/;

/** What a number of a paragraph counts, by what stands directly beside it. */
export function quantityOf(text: string, { start, end, value }: NumberFound): Quantity {
  const [before, after] = [text.slice(Math.max(0, start - AROUND), start), text.slice(end, end + AROUND)];
  if (PERCENT.test(after) || PERCENT_BEFORE.test(before)) return "percentage";
  if (MONEY_BEFORE.test(before) || MONEY_WITHIN.test(text.slice(start, end)) || MONEY.test(after)) return "money";
  if (DATE_AFTER.test(after) || DATE_BEFORE.test(before)) return "date";
  return IS_YEAR.test(value) && text.slice(start, end).length === 4 ? "date" : "number";
}
