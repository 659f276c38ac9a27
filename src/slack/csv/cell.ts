/** What a spreadsheet takes for the beginning of a formula, blanks before it or not. Source: OWASP, "CSV Injection". */
const FORMULA = /^[\s\u00a0\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A plain number with a sign: grouped in thousands or not, with decimals, an exponent or a per cent sign or not. */
const NUMBER = /^[+-]?(?:\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:e[+-]?\d{1,3})?\s?%?$/iu;

/** Digits of an international phone number, in groups. */
const PHONE = /^\+\d[\d ().\u00a0-]*$/u;
/** What no spreadsheet can work out: digits beside digits with nothing but a blank or brackets between them. */
const NO_SUM = /\d[ \u00a0]*[ \u00a0()][ \u00a0()]*\d/u;

/** Where a spreadsheet that splits by semicolons or tabs, as those of many countries do, begins another cell, or another row. */
const INNER_FORMULA = /([;\t\r\n]["'\s\u00a0]*)([=+\-@＝＋－＠])/gu;

/**
 * A text that a spreadsheet shows and never computes: where it would be a formula, an apostrophe stands before it. Numbers stay
 * numbers, negative ones too, and so do phone numbers: `+47 22 33 44 55` and `+1 (555) 010-9999` are shown as they are, while
 * `+1-555-0100` would be shown as -654 and gets the apostrophe.
 */
export function safeCell(text: string): string {
  if (NUMBER.test(text) || isPhone(text)) return text;
  const inside = text.replace(INNER_FORMULA, "$1'$2");
  return FORMULA.test(text) ? `'${inside}` : inside;
}

function isPhone(text: string): boolean {
  return PHONE.test(text) && (!text.includes("-") || NO_SUM.test(text));
}
