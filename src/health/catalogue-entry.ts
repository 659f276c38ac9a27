import type { Direction } from "../records/mapping.ts";
import type { Place } from "./place.ts";

/** Who can put something right. */
export type Responsible = "HubSpot admin" | "Salesforce admin" | "record owner";

/** What the advice may name. Which keys are there depends on what was seen; each may be absent. Comes from a CRM: escape before showing. */
export type Details = Readonly<Record<string, string>>;

/** What the suspensions' and the sync errors' catalogues have in common. */
export interface CatalogueEntry {
  /** HubSpot's own English name. */
  readonly label: string;
  /** One sentence. */
  readonly meaning: string;
  /** One to three steps, in order, naming what the details name. Plain text. */
  readonly advice: (details: Details) => readonly string[];
  readonly who: Responsible;
  readonly link: Place;
}

/** A named thing in a sentence: `the field Sales Region (Sales_Region__c)`. */
export function theField(details: Details): string {
  const { field, fieldLabel } = details;
  if (!field) return fieldLabel ? `the field ${fieldLabel}` : "the field";
  return fieldLabel && fieldLabel !== field ? `the field ${fieldLabel} (${field})` : `the field ${field}`;
}

/** A name in quotes after what it is, or what it is alone: `the trigger “AccountTrigger”`. */
export function the(what: string, name: string | undefined): string {
  return name ? `the ${what} “${name}”` : `the ${what}`;
}

/** ` on Contact` where the object is known. */
export function onObject(details: Details): string {
  return details.object ? ` on ${details.object}` : "";
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What is known of a sync error type, but its place in the catalogue. */
export interface TypeEntry extends CatalogueEntry {
  readonly direction: Direction | "both";
  /** A resync alone puts it right once the cause is gone elsewhere. */
  readonly clearsItself: "yes" | "often" | "no";
}
