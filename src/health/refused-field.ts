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
  const afterColon = /[:：] ?(\w+(?:, \w+)*) ?(?:[.。]|$)/.exec(text)?.[1]?.split(", ") ?? [];
  if (refusal.code === "INVALID_FIELD_FOR_INSERT_UPDATE" && afterColon.length > 0) return afterColon;
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

/**
 * The value that a message of the form `Label: words: value` ends with, in any language; null where it has another form. For refusals
 * that come without the write.
 */
export function statedValue(message: string): string | null {
  const parts = messageText(message).split(/(?<=\S)[:：] */);
  return parts.length < 2 ? null : parts.at(-1)?.trim() || null;
}

/** The field's label that a message of the form `Label: words` begins with; null where it has another form. */
export function statedLabel(message: string): string | null {
  const label = /^([^:：]{1,80})[:：] *\S/.exec(messageText(message))?.[1]?.trim();
  return label === undefined || /[“"{[<]|\w+_\w+/.test(label) ? null : label;
}
