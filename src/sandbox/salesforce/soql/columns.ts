import { findField, type ObjectDefinition } from "../metadata/objects.ts";
import type { FieldDefinition, Fields, FieldValue } from "../model.ts";
import { invalidField, invalidRelationship } from "./faults.ts";
import type { QueryScope } from "./source.ts";

interface Parent {
  readonly object: ObjectDefinition;
  readonly row: Fields;
}

/** A field or a path through parents, found for the user who asks. */
export interface Column {
  /** Relationship and field names as Salesforce spells them. */
  readonly path: readonly string[];
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
  get(row: Fields): FieldValue;
  /** The rows that the path goes through, for nesting them in an answer. Null where a reference is blank. */
  parents(row: Fields): readonly (Parent | null)[];
}

/** Finds a column for a path like `Account.Owner.Name`. Throws INVALID_FIELD where the user has no such field. */
export function findColumn(scope: QueryScope, query: string, start: ObjectDefinition, written: string): Column {
  const names = written.split(".");
  const relationships = names.slice(0, -1);
  const fieldName = names.at(-1) ?? "";
  const steps: FieldDefinition[] = [];
  let objects: readonly ObjectDefinition[] = [start];
  for (const relationship of relationships) {
    const step = objects.flatMap((object) => findRelationship(scope, object, relationship) ?? [])[0];
    if (step === undefined) throw invalidRelationship(query, written, relationship);
    steps.push(step);
    objects = (step.referenceTo ?? []).flatMap((name) => scope.source(name)?.object ?? []);
  }
  const owner = objects.find((object) => readableField(scope, object, fieldName) !== undefined);
  const field = owner === undefined ? undefined : readableField(scope, owner, fieldName);
  if (owner === undefined || field === undefined) throw invalidField(query, written, objects[0]?.name ?? start.name);

  const parents = (row: Fields) => {
    const found: (Parent | null)[] = [];
    let current: Fields | null = row;
    for (const step of steps) {
      const parent: Parent | null = current === null ? null : parentOf(scope, step, current);
      found.push(parent);
      current = parent?.row ?? null;
    }
    return found;
  };
  return {
    path: [...steps.map((step) => step.relationshipName ?? step.name), field.name],
    object: owner,
    field,
    get: (row) => {
      const target = steps.length === 0 ? row : (parents(row).at(-1)?.row ?? null);
      return target?.[field.name] ?? null;
    },
    parents,
  };
}

function readableField(scope: QueryScope, object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const field = findField(object, name);
  return field !== undefined && scope.rights.field(object, field).read ? field : undefined;
}

function findRelationship(scope: QueryScope, object: ObjectDefinition, name: string): FieldDefinition | undefined {
  for (const field of object.fields.values()) {
    if (field.relationshipName?.toLowerCase() !== name.toLowerCase()) continue;
    if (scope.rights.field(object, field).read) return field;
  }
  return undefined;
}

function parentOf(scope: QueryScope, step: FieldDefinition, row: Fields): Parent | null {
  const id = row[step.name];
  if (typeof id !== "string") return null;
  for (const target of step.referenceTo ?? []) {
    const source = scope.source(target);
    const found = source?.byId(id);
    if (source !== null && found !== undefined) return { object: source.object, row: found };
  }
  return null;
}
