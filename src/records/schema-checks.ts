import { readBoolean } from "./boolean.ts";
import { fractionDigits, readDecimal, roundDecimal, wholeDigits } from "./decimal.ts";
import { isEmail } from "./email.ts";
import { readMoment } from "./moment.ts";
import { checkOptionsForHubSpot, checkOptionsForSalesforce } from "./option-checks.ts";
import { archivedOwnerOfUser, isQueue, ownerOfUser, SYNCED_USER_TYPES, userOfOwner } from "./owner.ts";
import { brokenRule } from "./property-rules.ts";
import type { SalesforceValue } from "./record.ts";
import { isIntactId, isSalesforceId, KEY_PREFIXES, longId, objectOfId } from "./salesforce-id.ts";
import type { HubSpotProperty, PropertyRule, SalesforceField, SalesforceObjectSchema } from "./schema.ts";
import type { SchemaProblem, SchemaProblemKind } from "./schema-problem.ts";
import type { Schemas } from "./schemas.ts";
import { stageId, syncedPipelines } from "./stage.ts";
import { isBlank } from "./text.ts";
import { valueKind } from "./value-kind.ts";

export { SCHEMA_PROBLEM_KINDS, type SchemaProblem, type SchemaProblemKind } from "./schema-problem.ts";

/** Salesforce's types whose values are text with a length. */
const TEXT_TYPES: readonly string[] = ["string", "textarea", "email", "phone", "url", "picklist", "combobox", "encryptedstring"];

/** Characters in a HubSpot text property. Source: HubSpot's "Property field types". */
const HUBSPOT_TEXT_LIMIT = 65_536;

type Details = Readonly<Record<string, string>>;
type Report = (kind: SchemaProblemKind, details?: Details, limit?: number) => SchemaProblem;

/**
 * What keeps a HubSpot value from being written to a Salesforce field: rights, requirement, type, length, options, owner.
 * `value` is as HubSpot holds it. What isn't in `schemas` is not held against the value.
 */
export function checkForSalesforce(
  value: SalesforceValue,
  field: SalesforceField,
  schemas: Schemas,
  property?: HubSpotProperty,
): readonly SchemaProblem[] {
  const text = isBlank(value) ? null : String(value).trim();
  const report: Report = (kind, details = {}, limit) => ({
    kind,
    salesforceField: field.name,
    hubspotProperty: property?.name ?? null,
    fieldLabel: field.label,
    value: text,
    certain: true,
    details,
    ...(limit === undefined ? {} : { limit }),
  });
  if (field.calculated || !field.updateable) return [report("read-only", { type: field.calculated ? "formula" : field.type })];
  if (text === null) return field.nillable || field.type === "boolean" ? [] : [report("required")];
  const kind = valueKind(field, property);
  if (kind === "owner") return isSalesforceId(text) ? [] : checkUser(text, schemas, report);
  if (kind === "stage") return [];
  if (kind === "option" || kind === "options") {
    const problem = checkOptionsForSalesforce(text, field, property, report);
    if (problem !== null) return [problem];
  }
  const type = checkType(text, field, property, schemas, report);
  if (type !== null) return [type];
  const tooLong = TEXT_TYPES.includes(field.type) && field.length > 0 && text.length > field.length;
  return tooLong ? [report("too-long", { length: String(text.length) }, field.length)] : [];
}

function checkUser(ownerId: string, schemas: Schemas, report: Report): readonly SchemaProblem[] {
  const user = userOfOwner(ownerId, schemas);
  if (user === null || user.isActive) return [];
  return [report("inactive-owner", { owner: user.name, user: user.id, email: user.email })];
}

function checkType(
  text: string,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
  schemas: Schemas,
  report: Report,
): SchemaProblem | null {
  switch (field.type) {
    case "double":
    case "currency":
    case "percent":
    case "int":
    case "long":
      return checkNumber(text, field, property, report);
    case "date":
    case "datetime":
      if (readMoment(text) !== null) return null;
      return report(fits(property, ["date", "datetime"]) ? "not-a-date" : "wrong-type", { expected: field.type });
    case "boolean":
      if (readBoolean(text) !== null) return null;
      return report(fits(property, ["bool", "enumeration"]) ? "not-a-boolean" : "wrong-type", { expected: "checkbox" });
    case "email":
      return isEmail(text) ? null : report("not-an-email");
    case "reference":
    case "id":
      return checkId(text, field, schemas, report);
    default:
      return null;
  }
}

/** Whether the value's own property is of a type that HubSpot maps to such a field; true where the property isn't known. */
function fits(property: HubSpotProperty | undefined, types: readonly string[]): boolean {
  return property === undefined || types.includes(property.type);
}

function checkNumber(
  text: string,
  field: SalesforceField,
  property: HubSpotProperty | undefined,
  report: Report,
): SchemaProblem | null {
  const decimal = readDecimal(text);
  if (decimal === null) return report(fits(property, ["number"]) ? "not-a-number" : "wrong-type", { expected: "number" });
  if (field.type === "int" || field.type === "long") {
    if (fractionDigits(decimal) > 0) return report("not-a-number", { expected: "whole number" });
    return field.type === "int" && Math.abs(Number(decimal)) > 2_147_483_647 ? report("out-of-range", {}, 10) : null;
  }
  const digits = field.precision - field.scale;
  if (field.precision <= 0 || wholeDigits(roundDecimal(decimal, field.scale)) <= digits) return null;
  return report("out-of-range", { expected: "digits", bound: String(digits) }, digits);
}

function checkId(text: string, field: SalesforceField, schemas: Schemas, report: Report): SchemaProblem | null {
  const expected = field.referenceTo.join(", ");
  if (!isSalesforceId(text)) return report("not-an-id", { expected });
  if (!isIntactId(text)) return report("wrong-id", { expected, reason: "altered" });
  const prefixes = field.referenceTo.map((object) => prefixOf(object, schemas));
  if (prefixes.length === 0 || prefixes.includes(undefined) || prefixes.includes(text.slice(0, 3))) return null;
  const actual = objectOfId(text);
  return report("wrong-id", { expected, reason: "other-object", ...(actual !== null && { actual }) });
}

function prefixOf(object: string, { salesforce }: Schemas): string | undefined {
  return Object.values(salesforce).find((schema) => schema?.name === object)?.keyPrefix ?? KEY_PREFIXES[object];
}

/**
 * What keeps a Salesforce value from being written to a HubSpot property: type, options, stage, owner, length.
 * `value` is as Salesforce holds it. What isn't in `schemas` is not held against the value.
 */
export function checkForHubSpot(
  value: SalesforceValue,
  property: HubSpotProperty,
  schemas: Schemas,
  field?: SalesforceField,
  rules: readonly PropertyRule[] = [],
): readonly SchemaProblem[] {
  const text = isBlank(value) ? null : String(value).trim();
  const report: Report = (kind, details = {}, limit) => ({
    kind,
    salesforceField: field?.name ?? null,
    hubspotProperty: property.name,
    fieldLabel: property.label,
    value: text,
    certain: true,
    details,
    ...(limit === undefined ? {} : { limit }),
  });
  if (property.calculated || property.readOnlyValue) return [report("read-only")];
  const problem = text === null ? null : checkAgainstProperty(text, property, schemas, field, report);
  if (problem !== null) return [problem];
  if (text !== null && property.type === "string" && text.length > HUBSPOT_TEXT_LIMIT) {
    return [report("too-long", { length: String(text.length) }, HUBSPOT_TEXT_LIMIT)];
  }
  const broken = brokenRule(rules, text);
  if (broken === null) return [];
  const { type: rule, bound } = broken;
  return [broken.isRequired ? report("required", { rule }) : report("broken-rule", { rule, bound })];
}

function checkAgainstProperty(
  text: string,
  property: HubSpotProperty,
  schemas: Schemas,
  field: SalesforceField | undefined,
  report: Report,
): SchemaProblem | null {
  switch (valueKind(field, property)) {
    case "owner":
      return checkOwner(text, schemas, report);
    case "stage":
      return schemas.pipelines.length > 0 && stageId(text, schemas.pipelines) === null
        ? report("unknown-stage", { stage: text, ...pipelineOf(schemas) })
        : null;
    case "email":
      return isEmail(text) ? null : report("not-an-email");
  }
  switch (property.type) {
    case "number":
      if (readDecimal(text) !== null) return null;
      return report(isNumeric(field) ? "not-a-number" : "wrong-type", { expected: "number" });
    case "date":
    case "datetime":
      if (readMoment(text, { epoch: false }) !== null) return null;
      return report(isDated(field) ? "not-a-date" : "wrong-type", { expected: property.type });
    case "bool":
      return readBoolean(text) === null ? report("wrong-type", { expected: "checkbox" }) : null;
    case "enumeration":
      if (typeof readBoolean(text) === "boolean" && field?.type === "boolean") return null;
      return checkOptionsForHubSpot(text, property, field, report);
    default:
      return null;
  }
}

/** The pipeline that the stage is missing in, where it can be but one. */
function pipelineOf({ pipelines }: Schemas): Details {
  const [only, ...others] = syncedPipelines(pipelines);
  return only === undefined || others.length > 0 ? {} : { pipeline: only.label };
}

function isNumeric(field: SalesforceField | undefined): boolean {
  return field === undefined || ["double", "currency", "percent", "int", "long"].includes(field.type);
}

function isDated(field: SalesforceField | undefined): boolean {
  return field === undefined || field.type === "date" || field.type === "datetime";
}

function checkOwner(userId: string, schemas: Schemas, report: Report): SchemaProblem | null {
  if (isQueue(userId)) return report("owner-not-synced", { owner: userId, user: userId, reason: "queue" });
  const user = schemas.users[longId(userId)] ?? schemas.users[userId];
  if (user === undefined) return null;
  const details = { owner: user.name, user: user.id, email: user.email };
  if (!SYNCED_USER_TYPES.includes(user.userType)) {
    return report("owner-not-synced", { ...details, reason: "user-type", userType: user.userType });
  }
  if (schemas.owners.length === 0 || ownerOfUser(userId, schemas) !== null) return null;
  const reason = archivedOwnerOfUser(userId, schemas) === null ? "no-hubspot-owner" : "deactivated";
  return report("owner-not-synced", { ...details, reason });
}

/** The required Salesforce fields that a create leaves out or blank, or that an update would empty. */
export function missingRequired(
  fields: Readonly<Record<string, SalesforceValue>>,
  schema: SalesforceObjectSchema,
  write: "create" | "update",
): readonly SchemaProblem[] {
  return Object.values(schema.fields)
    .filter((field) => !field.nillable && field.type !== "boolean" && !field.calculated)
    .filter((field) =>
      write === "create"
        ? field.createable && !field.defaultedOnCreate && isBlank(fields[field.name])
        : field.updateable && fields[field.name] !== undefined && isBlank(fields[field.name]),
    )
    .map((field) => ({
      kind: "required" as const,
      salesforceField: field.name,
      hubspotProperty: null,
      fieldLabel: field.label,
      value: null,
      certain: true,
      details: {},
    }));
}
