/** Whether a value of either system stands for "no value". */
export function isBlank(value: string | number | boolean | null | undefined): value is null | undefined | "" {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

/**
 * Text from a CRM in a form that can be stored and shown in one line: no control characters (PostgreSQL refuses U+0000), no
 * marks that turn the direction of what follows, no broken surrogates, at most `limit` characters.
 */
export function plainText(text: string, limit = 500): string {
  const clean = text
    // Cut roughly first, so that hostile length costs nothing.
    .slice(0, limit * 8)
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .trim()
    .toWellFormed();
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Text as both systems mean it: outer spaces, line ends and the composition of accents are form, not content. */
export function canonicalText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[ \t]+\n/g, "\n")
    .trim()
    .normalize("NFC");
}
