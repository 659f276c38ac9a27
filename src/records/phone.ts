/** Longer texts are no phone numbers; Salesforce's field takes 40 characters. */
const LONGEST = 100;
const EXTENSION = /(?:;?\s*ext(?:ension|n)?\.?\s*=?|[x#])\s*(\d+)\s*$/i;
const NUMBER = /^[+\d\s().\-/\u2010-\u2015]+$/;

/**
 * A phone number as it is dialled: digits, a plus where it is international (`00` means the same), and its extension. Null where
 * it is none. Both systems keep numbers as text and format them as they see fit: Salesforce as its user's locale writes them
 * when they are typed there, HubSpot by country. A number with and one without its country's code stay two. Sources:
 * Salesforce's "Phone" field type, HubSpot's "phone number" property type.
 */
export function readPhone(text: string): string | null {
  if (text.length > LONGEST) return null;
  const extension = EXTENSION.exec(text)?.[1];
  const number = (extension === undefined ? text : text.replace(EXTENSION, "")).trim();
  if (!NUMBER.test(number) || number.lastIndexOf("+") > 0) return null;
  const digits = number.replaceAll(/\D/g, "");
  if (digits === "") return null;
  const isInternational = number.startsWith("+") || digits.startsWith("00");
  const dialled = isInternational ? `+${number.startsWith("+") ? digits : digits.slice(2)}` : digits;
  return extension === undefined ? dialled : `${dialled}x${extension}`;
}
