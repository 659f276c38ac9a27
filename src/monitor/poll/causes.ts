import type { ConnectionSettings } from "../../config/config.ts";
import { suspensionOf } from "../../health/connection-refusal.ts";
import type { Evidence } from "../../health/evidence.ts";
import type { Refusal } from "../../health/refusal.ts";
import { refusalStatement } from "../../health/refusal-statement.ts";
import { SUSPENSION_KINDS, type SuspensionCause, type SuspensionKind } from "../../health/suspensions.ts";
import { type Said, sentence } from "../../language/sentence.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import type { SalesforceObject } from "../../records/record.ts";
import type { Schemas } from "../../records/schemas.ts";
import type { IntegrationRights, OrgLimits } from "../../salesforce/salesforce.ts";
import { salesforceObjects, watchedObjects } from "./fields.ts";

/** A cause with whether one sighting is enough. */
export interface SeenCause {
  readonly cause: SuspensionCause;
  readonly needsRepeat: boolean;
}

/** Builds a cause; evidence in one sentence. */
export function seen(
  kind: SuspensionKind,
  statement: Said,
  at: Date,
  details: Readonly<Record<string, string>> = {},
  refusal?: Refusal,
): SeenCause {
  const evidence: Evidence = { at: at.toISOString(), statement, ...(refusal !== undefined && { refusal }) };
  return { cause: { kind, evidence, details }, needsRepeat: false };
}

/** What a refusal of a whole call means for the sync; null where it means nothing for it. */
export function causeOfRefusal(refusal: Refusal, at: Date): SeenCause | null {
  const verdict = suspensionOf(refusal);
  if (verdict === null) return null;
  const { cause } = seen(verdict.kind, refusalStatement(refusal), at, verdict.details, refusal);
  return { cause, needsRepeat: verdict.needsRepeat };
}

/** Limits that are used up. */
export function causesOfLimits(limits: OrgLimits | null, at: Date): SeenCause[] {
  if (limits === null) return [];
  const causes: SeenCause[] = [];
  const { apiRequests, dataStorageMb, fileStorageMb } = limits;
  if (apiRequests.max > 0 && apiRequests.remaining <= 0) {
    const statement = sentence("All of Salesforce's {calls, number} daily API calls are used", { calls: apiRequests.max });
    causes.push(seen("sf-api-limit-exceeded", statement, at, { limit: String(apiRequests.max), remaining: "0" }));
  }
  for (const [storage, limit] of [
    ["data", dataStorageMb],
    ["file", fileStorageMb],
  ] as const) {
    if (limit === null || limit.max <= 0 || limit.remaining > 0) continue;
    const statement = sentence(
      "Salesforce's {storage, select, file {file storage} other {data storage}} of {megabytes, number} MB is full",
      { storage, megabytes: limit.max },
    );
    causes.push(seen("sf-storage-limit-exceeded", statement, at, { storage, limit: String(limit.max) }));
  }
  return causes;
}

/** HubSpot's calls that have reached its allocation. */
export function causesOfAllocation(calls: number | null, allocation: number | null, at: Date): SeenCause[] {
  if (calls === null || allocation === null || calls < allocation) return [];
  const statement = sentence(
    "HubSpot made {calls, plural, one {# Salesforce API call} other {# Salesforce API calls}} in 24 hours; its allocation is {allocation, number}",
    { calls, allocation },
  );
  return [seen("hubspot-api-limit-exceeded", statement, at, { used: String(calls), allocation: String(allocation) })];
}

/** Whether the integration user may use the API at all. */
export function causesOfApiAccess(rights: IntegrationRights, username: string | null, at: Date): SeenCause[] {
  if (rights.apiEnabled) return [];
  const statement = sentence("Neither the profile nor a permission set of the integration user has API Enabled");
  return [
    seen("sf-api-access-disabled", statement, at, { reason: "api-not-enabled", ...(username !== null && { user: username }) }),
  ];
}

/** Objects whose rights look incomplete: worth a describe, which is the last word. */
export function objectsInDoubt(settings: ConnectionSettings, rights: IntegrationRights): SalesforceObject[] {
  // Tasks have no object rights in profiles and permission sets: of them the describe alone tells.
  return watchedObjects(settings).filter((object) => {
    const right = rights.objects[object];
    return right === undefined || !right.read || !right.edit || (isCreated(settings, object) && !right.create);
  });
}

/** Whether the native sync makes new records of a Salesforce object; accounts and the other kind of person it only updates. */
function isCreated({ createContactsAs }: ConnectionSettings, object: SalesforceObject): boolean {
  return object === "Opportunity" || object === "Task" || object === createContactsAs;
}

/** HubSpot's own permission set was assigned to the integration user and isn't any more. Not every org has ever used it. */
export function causesOfPermissionSet(before: IntegrationRights | undefined, rights: IntegrationRights, at: Date): SeenCause[] {
  if (rights.hubspotPermissionSet || !before?.hubspotPermissionSet) return [];
  const statement = sentence(
    "HubSpot's permission set (HubSpot Integration Permissions) is no longer assigned to the integration user",
  );
  return [seen("sf-object-permissions-missing", statement, at, { permissionSet: "HubSpot Integration Permissions" })];
}

/** What a describe as the integration user shows of an object's rights. `refused`: it doesn't show the object. */
export function causesOfObjects(
  settings: ConnectionSettings,
  schemas: Schemas,
  refused: ReadonlySet<SalesforceObject>,
  at: Date,
): SeenCause[] {
  return salesforceObjects(settings).flatMap((object) => {
    const schema = schemas.salesforce[object];
    const missing = refused.has(object)
      ? ["read"]
      : schema === undefined
        ? []
        : [
            !schema.queryable && "read",
            isCreated(settings, object) && !schema.createable && "create",
            !schema.updateable && "edit",
          ].filter((right) => right !== false);
    if (missing.length === 0) return [];
    const statement = sentence(
      "The integration user has no right to {rights, select, read {read} create {create} edit {edit} read_create {read and create} read_edit {read and edit} create_edit {create and edit} other {read, create and edit}} Salesforce's {object} records",
      { rights: missing.join("_"), object },
    );
    return [seen("sf-object-permissions-missing", statement, at, { object, missing: missing.join(", ") })];
  });
}

/** Mapped fields of objects the user can see. */
function activeMappings(settings: ConnectionSettings, refused: ReadonlySet<SalesforceObject>): FieldMapping[] {
  return settings.mappings.filter(
    ({ object, salesforceObject, rule }) =>
      settings.objects.includes(object) && rule !== "none" && !refused.has(salesforceObject),
  );
}

/** Mapped Salesforce fields that the describe doesn't show: hidden from the integration user, or gone. */
export function fieldsNotShown(
  settings: ConnectionSettings,
  schemas: Schemas,
  refused: ReadonlySet<SalesforceObject>,
): { readonly object: SalesforceObject; readonly field: string }[] {
  const absent = new Map<string, { object: SalesforceObject; field: string }>();
  for (const { salesforceObject: object, salesforceField: field } of activeMappings(settings, refused)) {
    const schema = schemas.salesforce[object];
    if (schema !== undefined && !(field in schema.fields)) absent.set(`${object}.${field}`, { object, field });
  }
  return [...absent.values()];
}

/** Fields that exist but aren't shown lack a permission; those that don't exist leave a mapping without its end. */
export function causesOfHiddenFields(
  fields: readonly { readonly object: SalesforceObject; readonly field: string }[],
  existing: ReadonlySet<string>,
  at: Date,
): SeenCause[] {
  return fields.map(({ object, field }) => {
    const name = `${object}.${field}`;
    return existing.has(name)
      ? seen(
          "sf-field-permissions-missing",
          sentence("The integration user may not read the mapped field {name}", { name }),
          at,
          { object, field, missing: "read" },
        )
      : seen("missing-field-mappings", sentence("The mapped field {name} no longer exists in Salesforce", { name }), at, {
          object,
          field,
        });
  });
}

/**
 * Two-way mapped fields that the integration user may not edit: they stop every record. A read-only field that HubSpot only
 * fills where Salesforce is blank stops the few records that it would fill: sync errors of the type field-permission.
 */
export function causesOfReadOnlyFields(
  settings: ConnectionSettings,
  schemas: Schemas,
  rights: IntegrationRights,
  refused: ReadonlySet<SalesforceObject>,
  at: Date,
): SeenCause[] {
  const causes = new Map<string, SeenCause>();
  for (const { salesforceObject: object, salesforceField: field, rule } of activeMappings(settings, refused)) {
    const known = schemas.salesforce[object]?.fields[field];
    const name = `${object}.${field}`;
    if (rule !== "two-way" || known === undefined || known.updateable || known.calculated) continue;
    // Fields that field-level security doesn't govern are absent from the rights; nobody can be given them.
    const governed = rights.fields[name];
    if (governed === undefined || governed.edit) continue;
    const statement = sentence("The integration user may not edit the mapped field {name}", { name });
    causes.set(name, seen("sf-field-permissions-missing", statement, at, { object, field, missing: "edit" }));
  }
  return [...causes.values()];
}

/** Mapped HubSpot properties that are gone, and objects that sync without any mapping. */
export function causesOfMappings(settings: ConnectionSettings, schemas: Schemas, at: Date): SeenCause[] {
  const causes = new Map<string, SeenCause>();
  for (const { object, hubspotProperty: property } of activeMappings(settings, new Set())) {
    const properties = schemas.hubspot[object];
    if (properties === undefined || property in properties) continue;
    const statement = sentence(
      "The mapped property {property} of HubSpot's {object, select, contacts {contacts} companies {companies} deals {deals} other {tasks}} no longer exists",
      { property, object },
    );
    causes.set(`${object}.${property}`, seen("missing-field-mappings", statement, at, { object, property }));
  }
  for (const object of settings.objects) {
    if (settings.mappings.some((mapping) => mapping.object === object && mapping.rule !== "none")) continue;
    const statement = sentence(
      "No field mapping is set up for HubSpot's {object, select, contacts {contacts} companies {companies} deals {deals} other {tasks}}",
      { object },
    );
    causes.set(object, seen("missing-field-mappings", statement, at, { object }));
  }
  return [...causes.values()];
}

/** In the order in which HubSpot would meet them. */
export function inOrder(causes: readonly SeenCause[]): readonly SuspensionCause[] {
  const unique = new Map(causes.map(({ cause }) => [`${cause.kind}:${JSON.stringify(cause.details)}`, cause]));
  return [...unique.values()].toSorted((one, other) => SUSPENSION_KINDS.indexOf(one.kind) - SUSPENSION_KINDS.indexOf(other.kind));
}
