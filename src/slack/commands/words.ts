import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../../health/sync-errors.ts";
import { editDistance } from "../../records/edit-distance.ts";
import type { SyncedObject } from "../../records/record.ts";

const CATEGORIES = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as readonly SyncErrorCategory[];

const OBJECT_WORDS: Readonly<Record<string, SyncedObject>> = {
  contact: "contacts",
  contacts: "contacts",
  lead: "contacts",
  leads: "contacts",
  company: "companies",
  companies: "companies",
  account: "companies",
  accounts: "companies",
  deal: "deals",
  deals: "deals",
  opportunity: "deals",
  opportunities: "deals",
  task: "tasks",
  tasks: "tasks",
  activity: "tasks",
  activities: "tasks",
};

/** Words of a command with what Slack's `should_escape` wrapped around addresses and links taken off again. */
export function splitWords(text: string): readonly string[] {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/<mailto:[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<mailto:([^>]*)>/g, "$1")
    .replace(/<tel:[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<(https?:[^|>]*)(?:\|[^>]*)?>/g, "$1")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** The category that words begin with ("picklists", "property values", "property-values") and how many words it took. */
export function categoryAt(
  words: readonly string[],
  index: number,
): { readonly category: SyncErrorCategory; readonly taken: number } | null {
  const word = words[index];
  if (word === undefined) return null;
  const next = words[index + 1];
  for (const [candidate, taken] of [
    [next === undefined ? null : `${word} ${next}`, 2],
    [word, 1],
  ] as const) {
    const category = candidate === null ? undefined : CATEGORIES.find((id) => plain(id) === plain(candidate));
    if (category !== undefined) return { category, taken };
  }
  return null;
}

/** "Property-Values" and "property value" are one. */
function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");
}

export function objectWord(word: string): SyncedObject | null {
  return OBJECT_WORDS[word.toLowerCase()] ?? null;
}

/** `<#C123|name>`, as Slack writes a channel that somebody named. */
export function channelWord(word: string): string | null {
  return /^<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? null;
}

/** A longer word is no mistyped command. */
const LONGEST_MISTYPED = 20;

/** The candidate that a mistyped word is nearest to, or null where none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase();
  if (typed.length > LONGEST_MISTYPED) return null;
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = candidate.startsWith(typed) && typed.length >= 3 ? 1 : editDistance(typed, candidate);
    if (best === null || distance < best.distance) best = { candidate, distance };
  }
  return best !== null && best.distance <= Math.max(1, Math.floor(Math.min(typed.length, 9) / 3)) ? best.candidate : null;
}
