import type { HubSpotAccount } from "../hubspot/model.ts";
import { normalizeId } from "../salesforce/ids.ts";
import type { FieldValue, SalesforceOrg } from "../salesforce/model.ts";
import { isSyncedPipeline } from "./inclusion.ts";
import type { SyncMapping } from "./mapping.ts";

/** What the native sync needs to carry a value across: owners go by email, deal stages by name within their pipeline. */
export interface Translation {
  readonly org: SalesforceOrg;
  readonly account: HubSpotAccount;
}

/** Why a Salesforce value has no counterpart in HubSpot, in HubSpot's names of sync error types. */
export type Untranslatable =
  | "owners-not-synced"
  | "missing-or-invalid-stage"
  | "inactive-opportunity-stage"
  | "options-mismatch"
  | "option-limit-exceeded";

/** Options that a HubSpot property can have. Source: HubSpot's *Property field types*. */
const HUBSPOT_OPTION_LIMIT = 5_000;

/** Types of Salesforce users that HubSpot takes as owners. Source: HubSpot's *Salesforce owners not synced*. */
const OWNER_USER_TYPES: ReadonlySet<string> = new Set(["Standard", "PowerPartner", "Guest"]);

/** What HubSpot writes to Salesforce for its tasks' statuses and priorities. */
const TASK_OPTIONS: Readonly<Record<string, string>> = {
  NOT_STARTED: "Not Started",
  IN_PROGRESS: "In Progress",
  WAITING: "Waiting on someone else",
  COMPLETED: "Completed",
  DEFERRED: "Deferred",
  NONE: "Normal",
  LOW: "Low",
  MEDIUM: "Normal",
  HIGH: "High",
};

const NUMBER_TYPES: ReadonlySet<string> = new Set(["double", "currency", "percent", "int", "long"]);

function fieldType(mapping: SyncMapping, { org }: Translation): string {
  return org.fieldsOf(mapping.salesforceObject).get(mapping.field)?.type ?? "string";
}

/** A value of either side in one form, so that equal values are equal texts; empty is null. */
function canonical(value: FieldValue | undefined, type: string): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  if (type === "boolean") return text === "true" ? "true" : "false";
  if (text === "") return null;
  if (NUMBER_TYPES.has(type)) return Number.isNaN(Number(text)) ? text : String(Number(text));
  if (type === "date") return dateOf(text) ?? text;
  if (type === "datetime") return String(momentOf(text) ?? text);
  if (type === "multipicklist") return text.split(";").toSorted().join(";");
  if (type === "email") return text.toLowerCase();
  if (type === "reference") return normalizeId(text) ?? text;
  return text;
}

/** HubSpot writes moments as ISO 8601 and takes them as epoch milliseconds too. */
function momentOf(text: string): number | null {
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function dateOf(text: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const ms = momentOf(text);
  return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
}

/** Salesforce's value in canonical form. */
export function salesforceForm(mapping: SyncMapping, value: FieldValue | undefined, translation: Translation): string | null {
  return canonical(value, fieldType(mapping, translation));
}

/** HubSpot's value in the form that Salesforce's would have. Undefined: it has no counterpart there, so nothing travels. */
export function hubspotForm(
  mapping: SyncMapping,
  value: string | null | undefined,
  pipelineId: string | null,
  translation: Translation,
): string | null | undefined {
  // A Salesforce record always has an owner: that of a HubSpot record without one stays as it is.
  if (mapping.field === "OwnerId") return value ? salesforceOwner(value, translation) : undefined;
  if (!value) return canonical(null, fieldType(mapping, translation));
  if (mapping.property === "dealstage") return stageLabel(value, pipelineId, translation);
  if (mapping.object === "tasks") return canonical(TASK_OPTIONS[value] ?? value, fieldType(mapping, translation));
  return canonical(value, fieldType(mapping, translation));
}

/** Whether two canonical values are the same: states and countries go by their names and by their codes. */
export function sameForms(mapping: SyncMapping, one: string | null, other: string | null, { org }: Translation): boolean {
  if (one === other) return true;
  if (one === null || other === null || !/(State|Country)$/.test(mapping.field)) return false;
  const codes = org.fieldsOf(mapping.salesforceObject).get(`${mapping.field}Code`)?.picklistValues ?? [];
  return codes.some(({ value, label }) => [value, label].includes(one) && [value, label].includes(other));
}

/** What is written to Salesforce for a canonical value. */
export function toSalesforce(mapping: SyncMapping, form: string | null, translation: Translation): FieldValue {
  const type = fieldType(mapping, translation);
  if (type === "boolean") return form === "true";
  if (form === null) return null;
  if (NUMBER_TYPES.has(type) && !Number.isNaN(Number(form))) return Number(form);
  if (type === "datetime") return new Date(Number(form)).toISOString();
  return form;
}

/** What is written to HubSpot for a canonical value, or why nothing can be. */
export function toHubSpot(
  mapping: SyncMapping,
  form: string | null,
  pipelineId: string | null,
  translation: Translation,
): { readonly value: string } | { readonly problem: Untranslatable } {
  if (form === null) return { value: "" };
  if (mapping.field === "OwnerId") return hubspotOwner(form, translation);
  if (mapping.property === "dealstage") return stageId(form, pipelineId, translation);
  const property = translation.account.properties(mapping.object).get(mapping.property);
  if (property?.type === "enumeration") {
    const known = form.split(";").every((part) => property.options.some((option) => option.value === part));
    const isFull = property.options.length >= HUBSPOT_OPTION_LIMIT;
    if (!known) return { problem: isFull ? "option-limit-exceeded" : "options-mismatch" };
  }
  const moment = property?.type === "datetime" ? momentOf(form) : null;
  return { value: moment === null ? form : new Date(moment).toISOString() };
}

/** Whether every value of the field can be one of the property's, going by their types alone. */
export function typesFit(mapping: SyncMapping, translation: Translation): boolean {
  const property = translation.account.properties(mapping.object).get(mapping.property);
  const type = fieldType(mapping, translation);
  switch (property?.type) {
    case "number":
      return NUMBER_TYPES.has(type);
    case "date":
    case "datetime":
      return type === "date" || type === "datetime";
    case "bool":
      return type === "boolean";
    default:
      return true;
  }
}

function salesforceOwner(ownerId: string, { org, account }: Translation): string | undefined {
  const email = account
    .owners()
    .find((owner) => owner.id === ownerId)
    ?.email.toLowerCase();
  return org.users().find((user) => user.email.toLowerCase() === email)?.id;
}

function hubspotOwner(userId: string, { org, account }: Translation): { value: string } | { problem: Untranslatable } {
  const user = org.users().find((candidate) => candidate.id === userId);
  if (user && !OWNER_USER_TYPES.has(user.userType)) return { problem: "owners-not-synced" };
  const owner = account.owners().find((candidate) => !candidate.archived && candidate.email === user?.email);
  return owner ? { value: owner.id } : { problem: "owners-not-synced" };
}

function pipelineOf(pipelineId: string | null, { account }: Translation) {
  return account.pipelines().find((pipeline) => (pipelineId ? pipeline.id === pipelineId : isSyncedPipeline(pipeline)));
}

function stageLabel(id: string, pipelineId: string | null, translation: Translation): string | undefined {
  return pipelineOf(pipelineId, translation)?.stages.find((stage) => stage.id === id)?.label;
}

function stageId(
  name: string,
  pipelineId: string | null,
  translation: Translation,
): { value: string } | { problem: Untranslatable } {
  const inSalesforce = translation.org
    .fieldsOf("Opportunity")
    .get("StageName")
    ?.picklistValues?.find((option) => option.value === name);
  if (inSalesforce?.active === false) return { problem: "inactive-opportunity-stage" };
  const stage = pipelineOf(pipelineId, translation)?.stages.find((candidate) => candidate.label === name);
  return stage ? { value: stage.id } : { problem: "missing-or-invalid-stage" };
}
