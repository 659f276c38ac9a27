import { RefusedError } from "../health/refusal.ts";

/** The fields that every record is read with. */
export const BASE_FIELDS = ["Id", "CreatedDate", "SystemModstamp", "LastModifiedById"] as const;

/** A quoted string of SOQL. */
export function quoted(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `'${escaped}'`;
}

/** `('a', 'b')` for IN. */
export function quotedList(texts: readonly string[]): string {
  return `(${texts.map(quoted).join(", ")})`;
}

/**
 * The fields to select: the base ones and those asked for, each once. Names go into the query as they are, so anything
 * that is no name is refused here as Salesforce would refuse it.
 */
export function selectList(fields: readonly string[]): string {
  const names = new Map<string, string>();
  for (const name of [...BASE_FIELDS, ...fields]) {
    if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) {
      throw new RefusedError({
        system: "salesforce",
        code: "INVALID_FIELD",
        message: `"${name}" is no name of a field.`,
        fields: [name],
      });
    }
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].join(", ");
}
