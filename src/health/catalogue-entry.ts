import { type Sentence, sentence } from "../language/sentence.ts";
import type { Direction } from "../records/mapping.ts";
import type { Place } from "./place.ts";

/** Who can put something right. */
export type Responsible = "HubSpot admin" | "Salesforce admin" | "record owner";

/** What the advice may name. Which keys are there depends on what was seen; each may be absent. Comes from a CRM: escape before showing. */
export type Details = Readonly<Record<string, string>>;

/** What the catalogues of suspensions, sync errors and warnings have in common. */
export interface CatalogueEntry {
  /** One sentence. */
  readonly meaning: Sentence;
  /** One to three steps, in order, naming what the details name. Plain text. */
  readonly advice: (details: Details) => readonly Sentence[];
  readonly who: Responsible;
  readonly link: Place;
}

/** What is known of a sync error type, but its place in the catalogue. */
export interface TypeEntry extends CatalogueEntry {
  /** HubSpot's own English name. */
  readonly label: string;
  readonly direction: Direction | "both";
  /** A resync alone puts it right once the cause is gone elsewhere. */
  readonly clearsItself: "yes" | "often" | "no";
}

/** What stands in the place of a name that isn't known: sentences have words of their own for it, by `select`. */
const UNNAMED = "unnamed";

/** A name as sentences take it that have other words where it isn't known. */
export function nameOf(name: string | undefined): string {
  return name || UNNAMED;
}

/** A field by its label and API name, `Sales Region (Sales_Region__c)`, as `nameOf` gives names. */
export function fieldName({ field, fieldLabel }: Details): string {
  if (!field || !fieldLabel || field === fieldLabel) return nameOf(field || fieldLabel);
  return `${fieldLabel} (${field})`;
}

/** A field and the object that it is on, for the places `field` and `object` of a sentence. */
export function fieldOnObject(details: Details): { readonly field: string; readonly object: string } {
  return { field: fieldName(details), object: nameOf(details.object) };
}

/** Words of a CRM without the full stop at their end, for a sentence that has its own; as `nameOf` gives names. */
export function wordsOf(message: string | undefined): string {
  return nameOf(message?.replace(/\.+$/, ""));
}

/** Two sentences in one step. */
export function followedBy(first: Sentence, second: Sentence | null): Sentence {
  return second === null ? first : sentence("{first} {second}", { first, second });
}

/** The last step of most advice. */
export const RESYNC = sentence("Then resync the records here.");
