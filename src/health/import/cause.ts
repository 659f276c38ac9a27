import type { Direction, FieldMapping } from "../../records/mapping.ts";
import type { SalesforceObject, SyncedObject } from "../../records/record.ts";
import { normaliseCause } from "../cause.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { readHubSpotRefusal } from "../hubspot-refusal.ts";
import { classifyRecordRefusal } from "../record-refusal.ts";
import { readRefusal } from "../refusal-text.ts";
import { SYNC_ERROR_CATALOGUE } from "../sync-error-catalogue.ts";
import type { Finding, SyncErrorType } from "../sync-errors.ts";
import { codeIn } from "./cell.ts";
import type { ExportedError } from "./line.ts";

/** What HubSpot's export says of the cause: a finding but for its record and evidence. */
export type ExportedCause = Omit<Finding, "record" | "evidence">;

export interface ExportedAs {
  readonly object: SyncedObject;
  readonly salesforceObject: SalesforceObject;
  readonly mappings: readonly FieldMapping[];
}

/** The sync error that a line means: of the type that HubSpot names, else of the one that the message tells, else `other`. */
export function causeOfExported(line: ExportedError, as: ExportedAs): ExportedCause {
  const mapping = mappingOf(line, as);
  const { system, diagnosis } = diagnosisOf(line, mapping, as);
  const type = line.type ?? diagnosis?.type ?? "other";
  const isSame = diagnosis?.type === type;
  const property = mapping?.hubspotProperty ?? apiName(line.property);
  const field = mapping?.salesforceField ?? apiName(line.field) ?? (isSame ? diagnosis.salesforceField : null);
  return {
    type,
    direction: directionOf(type, system),
    hubspotProperty: property ?? propertyFor(field, as),
    salesforceField: field,
    cause: isSame ? diagnosis.cause : `${as.salesforceObject}: ${ownCause(line, field)}`,
    value: line.value,
    details: isSame ? diagnosis.details : ownDetails(line, field, as),
  };
}

function mappingOf(line: ExportedError, { object, salesforceObject, mappings }: ExportedAs): FieldMapping | null {
  const own = mappings.filter((mapping) => mapping.object === object && mapping.salesforceObject === salesforceObject);
  return (
    own.find(({ salesforceField }) => salesforceField === line.field) ??
    own.find(({ hubspotProperty }) => hubspotProperty === line.property) ??
    null
  );
}

function propertyFor(field: string | null, { salesforceObject, mappings }: ExportedAs): string | null {
  const found = mappings.find((one) => one.salesforceObject === salesforceObject && one.salesforceField === field);
  return field === null ? null : (found?.hubspotProperty ?? null);
}

/** Labels stay out: what is stored as a field has to be its API name. */
function apiName(text: string | null): string | null {
  return text !== null && /^\w+$/.test(text) && (/_/.test(text) || /^[a-z]+$/.test(text) || /^[A-Z][a-zA-Z]+$/.test(text))
    ? text
    : null;
}

function diagnosisOf(
  { type, message, value }: ExportedError,
  mapping: FieldMapping | null,
  { salesforceObject, mappings }: ExportedAs,
): { readonly system: "salesforce" | "hubspot"; readonly diagnosis: Diagnosis | null } {
  // Where HubSpot names the type, words alone add nothing.
  const isTelling = message !== null && (type === null || codeIn(message) !== null);
  if (!isTelling) return { system: "salesforce", diagnosis: null };
  const field = mapping?.salesforceField;
  const write = {
    object: salesforceObject,
    schema: null,
    fields: field === undefined || value === null ? {} : { [field]: value },
    validationRules: [],
    mappings,
    users: {},
  };
  const refusal = { code: "", message, object: salesforceObject };
  const read = readRefusal({ ...refusal, system: "salesforce", fields: field === undefined ? [] : [field] });
  const bySalesforce = classifyRecordRefusal(read, write);
  if (bySalesforce.type !== "other") return { system: "salesforce", diagnosis: bySalesforce };
  const property = mapping === null ? [] : [mapping.hubspotProperty];
  const byHubSpot = classifyRecordRefusal(readHubSpotRefusal({ ...refusal, system: "hubspot", fields: property }), write);
  if (byHubSpot.type !== "other") return { system: "hubspot", diagnosis: byHubSpot };
  return { system: "salesforce", diagnosis: read.code === "" ? null : bySalesforce };
}

function directionOf(type: SyncErrorType, system: "salesforce" | "hubspot"): Direction {
  const { direction } = SYNC_ERROR_CATALOGUE[type];
  if (direction !== "both") return direction;
  return system === "hubspot" ? "salesforce-to-hubspot" : "hubspot-to-salesforce";
}

function ownCause({ message, value, category }: ExportedError, field: string | null): string {
  if (message !== null) return normaliseCause(message, [value]);
  return field ?? `hubspot-export ${category ?? ""}`.trim();
}

function ownDetails(
  { message, property, field: named }: ExportedError,
  field: string | null,
  { salesforceObject }: ExportedAs,
): Readonly<Record<string, string>> {
  const label = named ?? property;
  return {
    object: salesforceObject,
    ...(message === null ? {} : { message: message.slice(0, 1_000) }),
    ...(field === null ? {} : { field }),
    ...(label === null || label === field ? {} : { fieldLabel: label }),
  };
}
