import type { SelectionPart } from "../../health/selection.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { categoryAt, objectWord } from "./words.ts";

/** Records in error that words name, and how many words that took. */
export interface NamedPart {
  readonly part: SelectionPart;
  readonly taken: number;
  /** The connection that the words themselves tell; null where it could be any. */
  readonly connection: string | null;
}

/** What the words from `index` on name: a category, an object, an email, an error id or a record id; null: none of these. */
export async function partAt(words: readonly string[], index: number, monitor: Monitor): Promise<NamedPart | null> {
  const word = words[index] ?? "";
  const found = categoryAt(words, index);
  if (found !== null) return { part: { kind: "category", category: found.category }, taken: found.taken, connection: null };
  const object = objectWord(word);
  if (object !== null) return { part: { kind: "object", object }, taken: 1, connection: null };
  if (word.includes("@") && word.length <= 320) return recordPart(word);
  const error = await monitor.error(word);
  if (error !== null) return { part: { kind: "error", errorId: error.id }, taken: 1, connection: error.connection };
  // A HubSpot id is a number; a Salesforce id has 15 or 18 letters and digits.
  return /^\d{1,20}$/.test(word) || /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(word) ? recordPart(word) : null;
}

function recordPart(record: string): NamedPart {
  return { part: { kind: "record", record }, taken: 1, connection: null };
}
