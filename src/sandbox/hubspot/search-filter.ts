import type { AccountRecord, PropertyDefinition } from "./model.ts";
import { parseMoment } from "./property-values.ts";

export const OPERATORS = [
  "EQ",
  "NEQ",
  "LT",
  "LTE",
  "GT",
  "GTE",
  "BETWEEN",
  "IN",
  "NOT_IN",
  "HAS_PROPERTY",
  "NOT_HAS_PROPERTY",
  "CONTAINS_TOKEN",
  "NOT_CONTAINS_TOKEN",
] as const;

export interface Filter {
  readonly propertyName: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly value?: string | undefined;
  readonly highValue?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

/** What a filter lacks or has wrong. */
export class FilterFault extends Error {}

type Test = (value: string | null) => boolean;

function needed(filter: Filter, key: "value" | "highValue"): string {
  const value = filter[key];
  if (value !== undefined && value !== "") return value;
  throw new FilterFault(`operator ${filter.operator} requires ${key}`);
}

/** A value in a form that can be put in order: numbers and moments as numbers, the rest as text without case. */
function comparable(definition: PropertyDefinition, value: string): number | string {
  if (definition.type === "number") {
    const number = Number(value);
    if (Number.isNaN(number)) throw new FilterFault(`${value} is not a valid number for ${definition.name}`);
    return number;
  }
  if (definition.type === "datetime" || definition.type === "date") {
    const ms = parseMoment(value) ?? (/^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : null);
    if (ms === null) throw new FilterFault(`${value} is not a valid time for ${definition.name}; use epoch milliseconds`);
    return ms;
  }
  return definition.type === "enumeration" ? value : value.toLowerCase();
}

/** Values of an IN: HubSpot wants those of text properties in lower case, and finds nothing for others. */
function wantedValues(definition: PropertyDefinition, filter: Filter): ReadonlySet<number | string> {
  if (!filter.values || filter.values.length === 0) throw new FilterFault(`operator ${filter.operator} requires values`);
  const isText = definition.type === "string" || definition.type === "phone_number";
  return new Set(filter.values.map((value) => (isText ? value : comparable(definition, value))));
}

/** A value of a property with several options is each of them. */
function chosen(definition: PropertyDefinition, value: string): readonly (number | string)[] {
  const parts = definition.fieldType === "checkbox" ? value.split(";") : [value];
  return parts.map((part) => comparable(definition, part));
}

function tokenTest(filter: Filter): (value: string) => boolean {
  const pattern = needed(filter, "value").toLowerCase();
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const whole = new RegExp(`^${escaped}$`);
  return (value) =>
    whole.test(value.toLowerCase()) ||
    value
      .toLowerCase()
      .split(/[\s;,@.]+/)
      .some((token) => whole.test(token));
}

function compared(definition: PropertyDefinition, given: string, holds: (order: number) => boolean): Test {
  const wanted = comparable(definition, given);
  return (value) => {
    if (value === null) return false;
    const own = comparable(definition, value);
    return holds(own < wanted ? -1 : own > wanted ? 1 : 0);
  };
}

/** The test of a filter, ready for many records. Records without a value pass NOT_HAS_PROPERTY alone. */
export function filterTest(definition: PropertyDefinition, filter: Filter): (record: AccountRecord) => boolean {
  const test = valueTest(definition, filter);
  return (record) => test(record.properties[filter.propertyName] ?? null);
}

function valueTest(definition: PropertyDefinition, filter: Filter): Test {
  switch (filter.operator) {
    case "HAS_PROPERTY":
      return (value) => value !== null;
    case "NOT_HAS_PROPERTY":
      return (value) => value === null;
    case "EQ":
      return compared(definition, needed(filter, "value"), (order) => order === 0);
    case "NEQ":
      return compared(definition, needed(filter, "value"), (order) => order !== 0);
    case "LT":
      return compared(definition, needed(filter, "value"), (order) => order < 0);
    case "LTE":
      return compared(definition, needed(filter, "value"), (order) => order <= 0);
    case "GT":
      return compared(definition, needed(filter, "value"), (order) => order > 0);
    case "GTE":
      return compared(definition, needed(filter, "value"), (order) => order >= 0);
    case "BETWEEN": {
      const low = compared(definition, needed(filter, "value"), (order) => order >= 0);
      const high = compared(definition, needed(filter, "highValue"), (order) => order <= 0);
      return (value) => low(value) && high(value);
    }
    case "IN": {
      const wanted = wantedValues(definition, filter);
      return (value) => value !== null && chosen(definition, value).some((one) => wanted.has(one));
    }
    case "NOT_IN": {
      const unwanted = wantedValues(definition, filter);
      return (value) => value !== null && !chosen(definition, value).some((one) => unwanted.has(one));
    }
    case "CONTAINS_TOKEN": {
      const contains = tokenTest(filter);
      return (value) => value !== null && contains(value);
    }
    case "NOT_CONTAINS_TOKEN": {
      const contains = tokenTest(filter);
      return (value) => value !== null && !contains(value);
    }
  }
}

/** The order of two records by a property; records without a value come last. */
export function orderBy(
  definition: PropertyDefinition,
  direction: "ASCENDING" | "DESCENDING",
): (left: AccountRecord, right: AccountRecord) => number {
  const sign = direction === "ASCENDING" ? 1 : -1;
  return (left, right) => {
    const a = left.properties[definition.name] ?? null;
    const b = right.properties[definition.name] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const first = comparable(definition, a);
    const second = comparable(definition, b);
    return first < second ? -sign : first > second ? sign : 0;
  };
}

/** Epoch milliseconds before which no record can pass the filter on the modification property; null where it says nothing. */
export function lowerBound(definition: PropertyDefinition, filter: Filter): number | null {
  if (!["GTE", "GT", "BETWEEN", "EQ"].includes(filter.operator) || filter.value === undefined) return null;
  const bound = comparable(definition, filter.value);
  return typeof bound === "number" ? bound : null;
}
