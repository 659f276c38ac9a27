import type { FieldDefinition } from "../model.ts";
import { CRM_OBJECTS } from "./crm-objects.ts";
import { SETUP_OBJECTS } from "./setup-objects.ts";

export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of its ids. */
  readonly keyPrefix: string;
  /** `stored`: records with the whole save order. `setup`: read-only rows computed from the org's setup. */
  readonly kind: "stored" | "setup";
  /** Whether profiles and permission sets give rights on it (Tasks and setup objects are not governed so). */
  readonly permissionable: boolean;
  /** Only answered by the Tooling API. */
  readonly toolingOnly?: boolean;
  readonly fields: Map<string, FieldDefinition>;
  /** For subqueries: relationship name to the child object and its reference to this one. */
  readonly children: Readonly<Record<string, { readonly object: string; readonly field: string }>>;
}

export type Metadata = ReadonlyMap<string, ObjectDefinition>;

/** The objects of a new org, each with fresh field maps. */
export function standardMetadata(): Metadata {
  const objects = new Map<string, ObjectDefinition>();
  for (const { fields, ...rest } of [...CRM_OBJECTS, ...SETUP_OBJECTS]) {
    objects.set(rest.name, { ...rest, fields: new Map(fields().map((field) => [field.name, field])) });
  }
  return objects;
}

/** What an object is made of before an org has it. */
export type ObjectBlueprint = Omit<ObjectDefinition, "fields"> & { readonly fields: () => FieldDefinition[] };

/** API names are case-insensitive in Salesforce. */
export function findObject(metadata: Metadata, name: string): ObjectDefinition | undefined {
  const exact = metadata.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  return [...metadata.values()].find((object) => object.name.toLowerCase() === lower);
}

export function findField(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const exact = object.fields.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const field of object.fields.values()) if (field.name.toLowerCase() === lower) return field;
  return undefined;
}

/** Whether field-level security governs a field: not system fields, nor those that every record needs. */
export function isPermissionable(field: FieldDefinition): boolean {
  return field.permissionable ?? !isRequired(field);
}

/** A blank value is refused. */
export function isRequired(field: FieldDefinition): boolean {
  return field.required ?? (field.nillable === false && field.defaultedOnCreate !== true && field.createable !== false);
}
