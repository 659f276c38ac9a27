import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { DEFAULT_MAPPINGS, TASK_MAPPINGS } from "../records/default-mappings.ts";
import { type FieldMapping, SYNC_RULES, type SyncRule } from "../records/mapping.ts";
import {
  PARTNER_OBJECTS,
  SALESFORCE_OBJECTS,
  type SalesforceObject,
  SYNCED_OBJECTS,
  type SyncedObject,
} from "../records/record.ts";
import type { ConnectionInFile } from "./file.ts";
import type { Mistake } from "./mistakes.ts";

/** The columns of the CSV that HubSpot's mapping screen shows; an object column is needed where one file covers several. */
const COLUMNS = { hubspot: "HubSpot Field Name", salesforce: "Salesforce Field Name", rule: "Sync Rule" } as const;

/** HubSpot's wordings of the sync rules, beside our own names. */
const RULE_WORDINGS: Readonly<Record<string, SyncRule>> = {
  "prefer salesforce": "prefer-salesforce",
  "prefer salesforce unless blank": "prefer-salesforce",
  "always use salesforce": "always-salesforce",
  "two-way": "two-way",
  "two way": "two-way",
  "don't sync": "none",
  "do not sync": "none",
};

/** A connection's mappings from wherever the file says they are; mistakes are added to `mistakes`. */
export function resolveMappings(
  connection: ConnectionInFile,
  path: string,
  file: string,
  mistakes: Mistake[],
): readonly FieldMapping[] {
  const { mappings, objects } = connection;
  if (mappings === "default") return DEFAULT_MAPPINGS.filter((mapping) => objects.includes(mapping.object));
  const own = ownMappings(mappings, path, file, mistakes);
  // Nobody sets up those of tasks in HubSpot, so they needn't stand in anybody's list.
  return objects.includes("tasks")
    ? [...own, ...TASK_MAPPINGS.filter((fixed) => !own.some((mapping) => isSame(mapping, fixed)))]
    : own;
}

function isSame(one: FieldMapping, other: FieldMapping): boolean {
  return one.object === other.object && one.salesforceField === other.salesforceField;
}

function ownMappings(
  mappings: Exclude<ConnectionInFile["mappings"], "default">,
  path: string,
  file: string,
  mistakes: Mistake[],
): readonly FieldMapping[] {
  if (typeof mappings === "string") return readMappingsCsv(resolve(dirname(file), mappings), mappings, mistakes);
  for (const [index, mapping] of mappings.entries()) {
    if (isPartner(mapping.object, mapping.salesforceObject)) continue;
    mistakes.push({
      path: `${path}.mappings[${index}].salesforceObject`,
      source: file,
      found: mapping.salesforceObject,
      expected: `an object that ${mapping.object} sync with: ${PARTNER_OBJECTS[mapping.object].join(" or ")}`,
    });
  }
  return mappings;
}

function isPartner(object: SyncedObject, salesforceObject: SalesforceObject): boolean {
  return (PARTNER_OBJECTS[object] as readonly SalesforceObject[]).includes(salesforceObject);
}

/**
 * Reads mappings from a CSV with the columns `HubSpot Field Name, Salesforce Field Name, Sync Rule` and, optionally,
 * `Object` (contacts, companies, deals or tasks; contacts without it) and `Salesforce Object` (all partners without it).
 */
function readMappingsCsv(path: string, name: string, mistakes: Mistake[]): readonly FieldMapping[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(readFileSync(path), { columns: true, bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    mistakes.push({ path: "(the whole file)", source: name, found, expected: "a CSV file that can be read" });
    return [];
  }
  const missing = Object.values(COLUMNS).filter((column) => rows.length > 0 && !(column in (rows[0] ?? {})));
  for (const column of missing)
    mistakes.push({ path: "line 1", source: name, found: "no such column", expected: `a column named ${column}` });
  if (rows.length === 0)
    mistakes.push({ path: "(the whole file)", source: name, found: "no lines", expected: "at least one mapping" });
  return missing.length > 0 ? [] : rows.flatMap((row, index) => mappingsOfRow(row, `line ${index + 2}`, name, mistakes));
}

function mappingsOfRow(row: Record<string, string>, path: string, source: string, mistakes: Mistake[]): FieldMapping[] {
  const fault = (found: string | undefined, expected: string) => {
    mistakes.push({ path, source, found: found || "nothing", expected });
    return [];
  };
  const ruleText = row[COLUMNS.rule]?.toLowerCase() ?? "";
  const rule = SYNC_RULES.find((known) => known === ruleText) ?? RULE_WORDINGS[ruleText];
  const object = SYNCED_OBJECTS.find((known) => known === (row.Object?.toLowerCase() || "contacts"));
  const only = row["Salesforce Object"];
  const salesforceObject = SALESFORCE_OBJECTS.find((known) => known.toLowerCase() === only?.toLowerCase());
  const hubspotProperty = row[COLUMNS.hubspot];
  const salesforceField = row[COLUMNS.salesforce];
  if (!rule) return fault(row[COLUMNS.rule], `a sync rule: ${SYNC_RULES.join(", ")}`);
  if (!object) return fault(row.Object, `an object: ${SYNCED_OBJECTS.join(", ")}`);
  if (!hubspotProperty || !salesforceField)
    return fault(hubspotProperty || salesforceField, "the names of a HubSpot property and a Salesforce field");
  if (only && (!salesforceObject || !isPartner(object, salesforceObject)))
    return fault(only, `one of ${PARTNER_OBJECTS[object].join(", ")}`);
  const partners = salesforceObject ? [salesforceObject] : PARTNER_OBJECTS[object];
  return partners.map((partner) => ({ object, salesforceObject: partner, hubspotProperty, salesforceField, rule }));
}
