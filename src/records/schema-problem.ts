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
  "option-limit",
  "too-many-options",
  "broken-rule",
  "inactive-owner",
  "owner-not-synced",
  "unknown-stage",
  "not-in-address-list",
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
  /** Characters or digits that the target allows, where the problem is one of size. */
  readonly limit?: number;
  /** The target refuses it for sure. False: Salesforce may take it (an unrestricted picklist); another refusal weighs more. */
  readonly certain: boolean;
  /** What the advice names beyond that: `owner`, `option`, `expected` … */
  readonly details: Readonly<Record<string, string>>;
}
