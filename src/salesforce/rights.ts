import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import { SALESFORCE_OBJECTS } from "../records/record.ts";
import type { SalesforceCalls } from "./calls.ts";
import { allRows } from "./composite.ts";
import { partsOf } from "./compound-fields.ts";
import { type Row, type Rows, rowsOf } from "./records.ts";
import type { IntegrationRights } from "./salesforce.ts";
import { quoted, quotedList } from "./soql.ts";

/** Namespace of the permission set that HubSpot's package brings. */
const HUBSPOT_NAMESPACE = "hubspot_inc";
const HUBSPOT_LABEL = "HubSpot Integration Permissions";
/** What the native sync writes or looks up. */
const OBJECTS = [...SALESFORCE_OBJECTS, "Campaign", "Task", "User"] as const;

const setSchema = z.object({
  Label: z.string(),
  NamespacePrefix: z.string().nullish(),
  PermissionsApiEnabled: z.boolean(),
  ObjectPerms: z.unknown(),
  FieldPerms: z.unknown(),
});

/**
 * One query for the profile's and the permission sets' rights of a user: a profile, too, is a permission set to it.
 * Source: Salesforce's object reference, *PermissionSet*.
 */
export function rightsSoql(userId: string): string {
  return [
    "SELECT Id, Label, NamespacePrefix, PermissionsApiEnabled,",
    "(SELECT SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit FROM ObjectPerms",
    `WHERE SobjectType IN ${quotedList(OBJECTS)}),`,
    "(SELECT SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPerms",
    `WHERE SobjectType IN ${quotedList(SALESFORCE_OBJECTS)})`,
    "FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment",
    `WHERE AssigneeId = ${quoted(userId)})`,
  ].join(" ");
}

/**
 * Sums up the answer to `rightsSoql`. Makes further calls only where Salesforce cuts a long list into pages. Throws
 * `RefusedError` where the user may not see its own permission sets: everybody has at least a profile's.
 */
export async function rightsOf(calls: SalesforceCalls, first: Rows): Promise<IntegrationRights> {
  const sets = z.array(setSchema).safeParse(await allRows(calls, first));
  if (!sets.success || sets.data.length === 0) {
    throw new RefusedError({
      system: "salesforce",
      code: "INSUFFICIENT_ACCESS",
      message: "The integration user may not see its own permission sets; it needs View Setup and Configuration for that.",
      fields: [],
      object: "PermissionSet",
    });
  }
  const objects: Record<string, { read: boolean; create: boolean; edit: boolean }> = {};
  const fields: Record<string, { read: boolean; edit: boolean }> = {};
  for (const set of sets.data) {
    for (const row of await children(calls, set.ObjectPerms)) addObject(objects, row);
    for (const row of await children(calls, set.FieldPerms)) addField(fields, row);
  }
  return {
    apiEnabled: sets.data.some((set) => set.PermissionsApiEnabled),
    hubspotPermissionSet: sets.data.some(
      (set) => set.NamespacePrefix?.toLowerCase() === HUBSPOT_NAMESPACE || set.Label === HUBSPOT_LABEL,
    ),
    objects,
    fields,
  };
}

/** Salesforce sends null for a list without rows. */
async function children(calls: SalesforceCalls, list: unknown): Promise<readonly Row[]> {
  return list === null || list === undefined ? [] : allRows(calls, rowsOf(list));
}

function addObject(objects: Record<string, { read: boolean; create: boolean; edit: boolean }>, row: Row): void {
  const name = String(row.SobjectType);
  const before = objects[name];
  objects[name] = {
    read: before?.read === true || row.PermissionsRead === true,
    create: before?.create === true || row.PermissionsCreate === true,
    edit: before?.edit === true || row.PermissionsEdit === true,
  };
}

/** Rights on a compound (`Contact.MailingAddress`) are the rights on its parts (`Contact.MailingCity`). */
function addField(fields: Record<string, { read: boolean; edit: boolean }>, row: Row): void {
  const name = String(row.Field);
  for (const one of [name, ...partsOf(name)]) {
    const before = fields[one];
    fields[one] = {
      read: before?.read === true || row.PermissionsRead === true,
      edit: before?.edit === true || row.PermissionsEdit === true,
    };
  }
}
