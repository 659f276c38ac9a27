import { normaliseCause } from "./cause.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import { refusedFields, refusedValue } from "./refused-field.ts";

const ID = /\b[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?\b/g;

/** The duplicate rule and the records it found. The body's key is misspelt in some API versions. */
export function diagnoseDuplicateRule(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const result = objectAt(refusal.raw, "duplicateResult") ?? objectAt(refusal.raw, "duplicateResut");
  const rule = textAt(result, "duplicateRule");
  const matches = matchedIds(result);
  return {
    type: "salesforce-duplicate-rule",
    salesforceField: null,
    cause: rule === null ? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}` : `rule ${rule}`,
    value: null,
    details: {
      ...(rule === null ? {} : { rule }),
      ...(matches.length === 0 ? {} : { matches: matches.slice(0, 5).join(", "), matchCount: String(matches.length) }),
    },
  };
}

function matchedIds(result: Readonly<Record<string, unknown>> | null): readonly string[] {
  const ids = listAt(result, "matchResults")
    .flatMap((match) => listAt(match, "matchRecords"))
    .map((match) => {
      const record = objectAt(match, "record");
      return (
        textAt(record, "Id") ?? textAt(record, "id") ?? (textAt(objectAt(record, "attributes"), "url")?.split("/").at(-1) || null)
      );
    });
  return [...new Set(ids.filter((id) => id !== null))];
}

/** A unique field whose value another record holds: which one, where the message tells. */
export function diagnoseDuplicateValue(refusal: Refusal, write: RefusedWrite): Diagnosis {
  // "duplicate value found: Ext__c duplicates value on record with id: 001…"; Salesforce leaves the words "<unknown>" where it hides them.
  const named = /: (\w+) \w+/.exec(refusal.message)?.[1];
  const unique = Object.values(write.schema?.fields ?? {}).filter((field) => field.unique && field.name in write.fields);
  const onlyUnique = unique.length === 1 ? unique[0]?.name : undefined;
  const isField = named !== undefined && (named in write.fields || write.schema?.fields[named] !== undefined);
  const field = refusedFields(refusal, write)[0] ?? (isField ? named : onlyUnique) ?? null;
  const holder = refusal.message.match(ID)?.findLast((id) => /\d/.test(id));
  return {
    type: "restricted-unique-value",
    salesforceField: field,
    cause: field ?? `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`,
    value: refusedValue(field, write),
    details: holder === undefined ? {} : { holder },
  };
}

function objectAt(value: unknown, key: string): Readonly<Record<string, unknown>> | null {
  const inner = isObject(value) ? value[key] : null;
  return isObject(inner) ? inner : null;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const inner = isObject(value) ? value[key] : null;
  return Array.isArray(inner) ? inner : [];
}

function textAt(value: unknown, key: string): string | null {
  const inner = isObject(value) ? value[key] : null;
  return typeof inner === "string" && inner !== "" ? inner : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
