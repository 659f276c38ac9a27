import type { FieldMapping } from "../records/mapping.ts";
import type { SalesforceValue } from "../records/record.ts";
import type { SalesforceObjectSchema, SalesforceUser } from "../records/schema.ts";
import type { SyncErrorType } from "./sync-errors.ts";

/** Why one record does not sync, before it is tied to the record: the parts of a Finding that the cause decides. */
export interface Diagnosis {
  readonly type: SyncErrorType;
  readonly salesforceField: string | null;
  readonly cause: string;
  readonly value: string | null;
  readonly details: Readonly<Record<string, string>>;
}

/** What is known of the write that was refused. */
export interface RefusedWrite {
  /** The object's API name; empty where the refusal alone is known. */
  readonly object: string;
  readonly schema: SalesforceObjectSchema | null;
  /** What was written. */
  readonly fields: Readonly<Record<string, SalesforceValue>>;
  /** The record as it was before, as far as it was read. */
  readonly before?: Readonly<Record<string, SalesforceValue>>;
  /** The record's record type and the options that it takes, by field, where they were looked up. */
  readonly recordType?: { readonly name: string; readonly picklists: Readonly<Record<string, readonly string[]>> };
  readonly validationRules: readonly { readonly name: string; readonly errorMessage: string; readonly field: string | null }[];
  readonly mappings: readonly FieldMapping[];
  /** By id. */
  readonly users: Readonly<Record<string, SalesforceUser>>;
}
