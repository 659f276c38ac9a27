const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/**
 * Whether a text has the form of an address that both systems take. Salesforce refuses dots at the ends of the local part and
 * two in a row (RFC 2822), and more than 80 characters fail by length rather than here.
 */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  return at > 0 && at <= 64 && text.length <= 320 && LOCAL.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1));
}
