import type { ObjectType } from "./model.ts";

/** Scopes of a token made for a CRM sync monitor; each endpoint takes any one of those it names. */
export const ALL_SCOPES: readonly string[] = [
  "oauth",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.objects.companies.read",
  "crm.objects.companies.write",
  "crm.objects.deals.read",
  "crm.objects.deals.write",
  "crm.objects.owners.read",
  "crm.schemas.contacts.read",
  "crm.schemas.companies.read",
  "crm.schemas.deals.read",
  "crm.lists.read",
  "crm.lists.write",
];

/** Tasks have no scope of their own: those of contacts cover them. Source: HubSpot's guide to the tasks API. */
function scopedAs(object: ObjectType): string {
  return object === "tasks" ? "contacts" : object;
}

export function objectScope(object: ObjectType, access: "read" | "write"): readonly string[] {
  return [`crm.objects.${scopedAs(object)}.${access}`];
}

/** Properties and pipelines can be read with either scope. */
export function schemaScopes(object: ObjectType): readonly string[] {
  return [`crm.objects.${scopedAs(object)}.read`, `crm.schemas.${scopedAs(object)}.read`];
}
