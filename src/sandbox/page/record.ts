import type { ObjectType, PropertyDefinition } from "../hubspot/model.ts";
import { HUBSPOT_OBJECT, LINK_PROPERTY, PARTNERS, type SalesforceObjectName, type SyncRule } from "../native-sync/mapping.ts";
import { linkOf } from "../native-sync/matching.ts";
import type { NativeSync } from "../native-sync/native-sync.ts";
import { hubspotForm, salesforceForm, sameForms } from "../native-sync/values.ts";
import type { FieldDefinition, FieldValue } from "../salesforce/model.ts";
import { WORLD_MAPPINGS } from "../world/mappings.ts";
import type { World } from "../world/world.ts";

/** One value on one side, as people see and edit it. */
export interface RecordCell {
  /** API name of the property or field. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What kind of value the system wants. */
  readonly kind: "text" | "long" | "number" | "boolean";
  /** Those to choose from; null where anything can be entered. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
  readonly isEditable: boolean;
}

export interface RecordPageRow {
  readonly rule: SyncRule | null;
  readonly hubspot: RecordCell | null;
  readonly salesforce: RecordCell | null;
  /** Both sides have it, and not the same. */
  readonly differs: boolean;
}

interface Side {
  readonly object: string;
  readonly id: string;
  /** ISO 8601. */
  readonly changedAt: string;
}

/** A record on both sides, mapped field by mapped field. */
export interface RecordPage {
  readonly title: string;
  readonly hubspot: Side | null;
  readonly salesforce: Side | null;
  /** Why the native sync can't bring it across, in truth; in the words of what refused it. */
  readonly held: readonly { readonly type: string; readonly message: string }[];
  readonly rows: readonly RecordPageRow[];
}

/** The record with its partner; null where there is none of that id. */
export function recordPage(world: World, sync: NativeSync, system: string, object: string, id: string): RecordPage | null {
  const pair = system === "hubspot" ? fromHubSpot(world, object, id) : fromSalesforce(world, object, id);
  if (pair === null) return null;
  const { hubspot, salesforce } = pair;
  const mappings = WORLD_MAPPINGS.filter(
    (mapping) =>
      mapping.object === pair.object &&
      (salesforce === null || mapping.salesforceObject === salesforce.object || pair.object === "tasks"),
  );
  const pipeline = hubspot?.properties.pipeline ?? null;
  const seen = new Set<string>();
  const rows = mappings.flatMap((mapping): readonly RecordPageRow[] => {
    if (seen.has(mapping.property)) return [];
    seen.add(mapping.property);
    const property = hubspot && world.account.properties(mapping.object).get(mapping.property);
    const field = salesforce && world.org.fieldsOf(salesforce.object).get(mapping.field);
    const ours = hubspot && hubspotForm(mapping, hubspot.properties[mapping.property], pipeline, world);
    const theirs = salesforce && salesforceForm(mapping, salesforce.fields[mapping.field], world);
    return [
      {
        rule: mapping.rule,
        hubspot: property ? hubspotCell(world, property, hubspot.properties[mapping.property] ?? "") : null,
        salesforce: field ? salesforceCell(world, field, salesforce.fields[mapping.field]) : null,
        differs:
          property != null && field != null && ours !== undefined && !sameForms(mapping, ours ?? null, theirs ?? null, world),
      },
    ];
  });
  return {
    title: titleOf(hubspot?.properties, salesforce?.fields) || id,
    hubspot: hubspot && { object: pair.object, id: hubspot.id, changedAt: hubspot.updatedAt },
    salesforce: salesforce && {
      object: salesforce.object,
      id: salesforce.id,
      changedAt: String(salesforce.fields.SystemModstamp),
    },
    held: sync
      .truth()
      .errors.filter(({ records }) =>
        records.some(
          ({ hubspotId, salesforceId }) =>
            (hubspot !== null && hubspotId === hubspot.id) || (salesforce !== null && salesforceId === salesforce.id),
        ),
      )
      .map(({ type, message }) => ({ type, message })),
    rows,
  };
}

interface Pair {
  readonly object: ObjectType;
  readonly hubspot: NonNullable<ReturnType<World["account"]["get"]>> | null;
  readonly salesforce: {
    readonly object: string;
    readonly id: string;
    readonly fields: Readonly<Record<string, FieldValue>>;
  } | null;
}

function fromHubSpot({ account, org }: World, given: string, id: string): Pair | null {
  const object = (Object.keys(PARTNERS) as ObjectType[]).find((known) => known === given);
  const hubspot = object === undefined ? null : account.get(object, id);
  if (object === undefined || hubspot === null) return null;
  const link = linkOf(hubspot);
  const partner = link && org.get(link.salesforceObject, link.salesforceId);
  return {
    object,
    hubspot,
    salesforce: partner && link && { object: link.salesforceObject, id: partner.id, fields: partner.fields },
  };
}

function fromSalesforce({ account, org }: World, object: string, id: string): Pair | null {
  const isLinked = Object.hasOwn(HUBSPOT_OBJECT, object);
  if (!isLinked && object !== "Task") return null;
  const record = org.get(object, id);
  if (record === null || record.fields.IsDeleted === true) return null;
  const salesforce = { object, id: record.id, fields: record.fields };
  if (!isLinked) return { object: "tasks", hubspot: null, salesforce };
  const known = object as SalesforceObjectName;
  const hubspotObject = HUBSPOT_OBJECT[known];
  return { object: hubspotObject, hubspot: account.find(hubspotObject, LINK_PROPERTY[known], record.id), salesforce };
}

function titleOf(
  properties: Readonly<Record<string, string | null>> = {},
  fields: Readonly<Record<string, FieldValue>> = {},
): string {
  const { firstname, lastname, name, dealname, hs_task_subject } = properties;
  const person = [firstname ?? fields.FirstName, lastname ?? fields.LastName].filter(Boolean).join(" ");
  return String(name ?? dealname ?? hs_task_subject ?? (person || (fields.Name ?? fields.Subject ?? "")));
}

function hubspotCell({ account }: World, property: PropertyDefinition, value: string): RecordCell {
  const { name, label, type, fieldType } = property;
  const options =
    name === "hubspot_owner_id"
      ? account.owners().map((owner) => ({ value: owner.id, label: `${owner.firstName} ${owner.lastName}` }))
      : name === "dealstage"
        ? account.pipelines().flatMap(({ stages }) => stages.map((stage) => ({ value: stage.id, label: stage.label })))
        : type === "enumeration" && fieldType !== "checkbox"
          ? property.options.map((option) => ({ value: option.value, label: option.label }))
          : null;
  const kind = fieldType === "textarea" || value.length > 120 ? "long" : "text";
  const isLink = Object.values<string>(LINK_PROPERTY).includes(name);
  return { name, label, value, kind, options: withValue(options, value), isEditable: !isLink };
}

function salesforceCell({ org }: World, field: FieldDefinition, held: FieldValue | undefined): RecordCell {
  const { name, label, type } = field;
  const value = held === null || held === undefined ? "" : String(held);
  const options =
    name === "OwnerId"
      ? [...org.users()].map((user) => ({ value: user.id, label: user.isActive ? user.name : `${user.name} (inactive)` }))
      : type === "boolean"
        ? ["true", "false"].map((one) => ({ value: one, label: one === "true" ? "Yes" : "No" }))
        : type === "picklist" && field.picklistValues !== undefined
          ? field.picklistValues.filter(({ active }) => active).map((one) => ({ value: one.value, label: one.label }))
          : null;
  const kind =
    type === "boolean"
      ? "boolean"
      : ["double", "currency", "int", "percent"].includes(type)
        ? "number"
        : type === "textarea" || value.length > 120
          ? "long"
          : "text";
  return {
    name,
    label,
    value,
    kind,
    options: withValue(options, value),
    isEditable: field.updateable !== false && field.calculated !== true,
  };
}

/** A record may hold what can't be chosen any more. */
function withValue(options: RecordCell["options"], value: string): RecordCell["options"] {
  if (options === null || value === "" || options.some((option) => option.value === value)) return options;
  return [...options, { value, label: value }];
}
