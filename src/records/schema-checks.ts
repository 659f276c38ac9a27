import type { SalesforceValue } from "./record.ts";
import type { HubSpotProperty, SalesforceField, SalesforceObjectSchema } from "./schema.ts";
import type { Schemas } from "./schemas.ts";

export const SCHEMA_PROBLEM_KINDS = [
  "read-only",
  "required",
  "too-long",
  "not-a-number",
  "out-of-range",
  "not-a-date",
  "not-a-boolean",
  "not-an-email",
  "not-an-id",
  "wrong-id",
  "wrong-type",
  "option-spelled-differently",
  "not-an-option",
  "restricted-option",
  "inactive-owner",
  "unknown-owner",
  "owner-not-synced",
  "unknown-stage",
] as const;
export type SchemaProblemKind = (typeof SCHEMA_PROBLEM_KINDS)[number];

/** Why a value cannot be written, as the target's schema alone shows. */
export interface SchemaProblem {
  readonly kind: SchemaProblemKind;
  /** API names; null where the side's field is not known or not concerned. */
  readonly salesforceField: string | null;
  readonly hubspotProperty: string | null;
  /** What people call the field that refuses. */
  readonly fieldLabel: string;
  /** The offending value as its own system holds it; null where the value is missing. */
  readonly value: string | null;
  /** Characters, digits or the like that the target allows. */
  readonly limit?: number;
  /** What the advice names beyond that: `owner`, `option`, `expected` … */
  readonly details: Readonly<Record<string, string>>;
}

/** What keeps a HubSpot value from being written to a Salesforce field. */
export function checkForSalesforce(
  _value: SalesforceValue,
  _field: SalesforceField,
  _schemas: Schemas,
  _property?: HubSpotProperty,
): readonly SchemaProblem[] {
  return [];
}

/** What keeps a Salesforce value from being written to a HubSpot property. */
export function checkForHubSpot(
  _value: SalesforceValue,
  _property: HubSpotProperty,
  _schemas: Schemas,
  _field?: SalesforceField,
): readonly SchemaProblem[] {
  return [];
}

/** The required Salesforce fields that a create leaves out, or that an update would empty. */
export function missingRequired(
  _fields: Readonly<Record<string, SalesforceValue>>,
  _schema: SalesforceObjectSchema,
  _write: "create" | "update",
): readonly SchemaProblem[] {
  return [];
}
