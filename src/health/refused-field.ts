import { messageText } from "./cause.ts";
import type { RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";

/**
 * API names of the fields that a refusal concerns: those it names; else, where the message ends in `[LastName, Company]`, those;
 * else the field whose label the message begins with (`Last Name: data value too large …`).
 */
export function refusedFields(refusal: Refusal, write: RefusedWrite): readonly string[] {
  if (refusal.fields.length > 0) return refusal.fields;
  const text = messageText(refusal.message);
  const listed = /\[(\w+(?:, ?\w+)*)\]$/.exec(text)?.[1]?.split(/, ?/) ?? [];
  if (listed.length > 0) return listed;
  const afterColon = /: (\w+(?:, \w+)*)(?:\.|$)/.exec(text)?.[1]?.split(", ") ?? [];
  const known = afterColon.filter((name) => name in write.fields || write.schema?.fields[name] !== undefined);
  if (known.length > 0) return known;
  const label = text.split(":")[0];
  const byLabel = Object.values(write.schema?.fields ?? {}).filter((field) => field.label === label);
  // Two fields can share a label; the written one is meant.
  const meant = byLabel.length > 1 ? byLabel.filter((field) => field.name in write.fields) : byLabel;
  return meant.length === 1 ? meant.map((field) => field.name) : [];
}

/** The first of them. */
export function refusedField(refusal: Refusal, write: RefusedWrite): string | null {
  return refusedFields(refusal, write)[0] ?? null;
}

/** What was written to the field, as text; null where nothing was. */
export function refusedValue(field: string | null, write: RefusedWrite): string | null {
  const value = field === null ? null : write.fields[field];
  return value === null || value === undefined ? null : String(value);
}
