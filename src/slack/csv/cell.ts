/** What a spreadsheet takes for the beginning of a formula. Source: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** A plain number, with a sign or none, or a phone number in digits and spaces: nothing that computes. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$|^\+\d[\d ]*$/;

/** A text that a spreadsheet shows and never computes: one that would be a formula gets an apostrophe before it. */
export function safeCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
