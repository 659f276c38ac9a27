import type { FieldType } from "@jetstreamapp/soql-parser-js";
import { ApiError } from "../errors.ts";
import { findObject, type ObjectDefinition } from "../metadata/objects.ts";
import type { Fields, FieldValue } from "../model.ts";
import { type Column, findColumn } from "./columns.ts";
import { malformed } from "./faults.ts";
import type { QueryScope } from "./source.ts";

/** A record as the API answers it. */
export type RecordAnswer = Record<string, unknown>;
export type Projection = (row: Fields) => RecordAnswer;

/** Gives the child records of a row, for a subquery in SELECT. */
export type ChildQuery = (row: Fields) => unknown;

export interface SelectPlan {
  readonly version: string;
  readonly children: (field: Extract<FieldType, { type: "FieldSubquery" }>) => {
    readonly name: string;
    readonly run: ChildQuery;
  };
}

export function attributes(version: string, object: ObjectDefinition, row: Fields): { type: string; url: string } {
  const id = row.Id ?? row.DurableId ?? "";
  const area = object.toolingOnly === true ? "tooling/sobjects" : "sobjects";
  return { type: object.name, url: `/services/data/${version}/${area}/${object.name}/${String(id)}` };
}

/** Field names of `FIELDS(…)`. */
function fieldGroup(scope: QueryScope, object: ObjectDefinition, group: string): string[] {
  return [...object.fields.values()]
    .filter((field) => scope.rights.field(object, field).read)
    .filter((field) => group === "ALL" || (group === "CUSTOM") === field.name.endsWith("__c"))
    .map((field) => field.name);
}

/** What a SELECT list makes of a row. */
export function projection(
  scope: QueryScope,
  query: string,
  object: ObjectDefinition,
  fields: readonly FieldType[],
  plan: SelectPlan,
): Projection {
  const parts: ((row: Fields, answer: RecordAnswer) => void)[] = [];
  const seen = new Set<string>();
  const select = (column: Column) => {
    const key = column.path.join(".");
    if (seen.has(key)) throw malformed(query, column.field.name, `duplicate field selected: ${column.field.name}`);
    seen.add(key);
    parts.push((row, answer) => place(plan.version, column, row, answer));
  };
  for (const field of fields) {
    switch (field.type) {
      case "Field":
        select(findColumn(scope, query, object, field.field));
        break;
      case "FieldRelationship":
        select(findColumn(scope, query, object, [...field.relationships, field.field].join(".")));
        break;
      case "FieldSubquery": {
        const { name, run } = plan.children(field);
        parts.push((row, answer) => {
          answer[name] = run(row);
        });
        break;
      }
      case "FieldFunctionExpression": {
        const name = field.functionName.toUpperCase();
        const parameter = String(field.parameters[0] ?? "");
        if (name === "FIELDS") {
          for (const one of fieldGroup(scope, object, parameter.toUpperCase())) select(findColumn(scope, query, object, one));
        } else if (name === "TOLABEL" || name === "FORMAT") {
          select(findColumn(scope, query, object, parameter));
        } else {
          throw malformed(query, field.functionName);
        }
        break;
      }
      default:
        throw malformed(query, "TYPEOF");
    }
  }
  return (row) => {
    const answer: RecordAnswer = { attributes: attributes(plan.version, object, row) };
    for (const part of parts) part(row, answer);
    return answer;
  };
}

function place(version: string, column: Column, row: Fields, answer: RecordAnswer): void {
  const relationships = column.path.slice(0, -1);
  let target = answer;
  const parents = column.parents(row);
  for (const [index, relationship] of relationships.entries()) {
    const parent = parents[index];
    if (parent === null || parent === undefined) {
      target[relationship] ??= null;
      return;
    }
    target[relationship] ??= { attributes: attributes(version, parent.object, parent.row) };
    target = target[relationship] as RecordAnswer;
  }
  const source = relationships.length === 0 ? row : (parents.at(-1)?.row ?? row);
  target[column.field.name] = fieldAnswer(column, source);
}

/** Compounds are put together as they are read. */
function fieldAnswer(column: Column, row: Fields): unknown {
  if (column.field.type !== "address") return row[column.field.name] ?? null;
  const prefix = column.field.name.slice(0, -"Address".length);
  const part = (name: string): FieldValue => row[`${prefix}${name}`] ?? null;
  const parts = {
    city: part("City"),
    country: part("Country"),
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: part("PostalCode"),
    state: part("State"),
    street: part("Street"),
  };
  return Object.values(parts).every((value) => value === null) ? null : parts;
}

/** The child object of a subquery's relationship. Throws as Salesforce does where there is none. */
export function childOf(
  scope: QueryScope,
  object: ObjectDefinition,
  relationship: string,
): { object: ObjectDefinition; field: string; name: string } {
  for (const [name, child] of Object.entries(object.children)) {
    if (name.toLowerCase() !== relationship.toLowerCase()) continue;
    const found = findObject(scope.data.metadata, child.object);
    if (found !== undefined && scope.source(found.name) !== null) return { object: found, field: child.field, name };
  }
  throw new ApiError(
    400,
    "INVALID_TYPE",
    `Didn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
