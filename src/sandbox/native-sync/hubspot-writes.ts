import type { AccountRecord, ObjectType, Written } from "../hubspot/model.ts";
import type { OrgRecord } from "../salesforce/model.ts";
import { joinCompany } from "./account-relation.ts";
import { mappingsOf, type SyncContext } from "./context.ts";
import { HUBSPOT_OBJECT, LINK_PROPERTY, type SalesforceObjectName, type SyncMapping } from "./mapping.ts";
import { domainOf } from "./matching.ts";
import type { Transfer } from "./plan.ts";
import { pipelineFor } from "./sales-process.ts";
import { failuresFromHubSpot, type SyncFailure, syncFailure } from "./sync-error.ts";
import { salesforceForm, toHubSpot, typesFit } from "./values.ts";

export type HubSpotOutcome =
  | { readonly ok: true; readonly record: AccountRecord }
  | { readonly ok: false; readonly failures: readonly SyncFailure[] };

type Properties = Record<string, string | null>;

function stamp(context: SyncContext): Properties {
  return { salesforcelastsynctime: context.now().toISOString() };
}

/** Transfers as HubSpot's values, or why they have none there: one that can't be said keeps the whole record back. */
function properties(
  transfers: readonly Transfer[],
  pipeline: string | null,
  context: SyncContext,
): { readonly values: Properties } | { readonly failures: readonly SyncFailure[] } {
  const values: Properties = {};
  const failures: SyncFailure[] = [];
  for (const { mapping, form } of transfers) {
    const said = toHubSpot(mapping, form, pipeline, context);
    if ("value" in said) values[mapping.property] = said.value;
    else
      failures.push(
        syncFailure(said.problem, "salesforce-to-hubspot", `HubSpot has no ${mapping.property} for ${form}`, mapping),
      );
  }
  return failures.length > 0 ? { failures } : { values };
}

/** Writes values from Salesforce to a HubSpot record and stamps it as synced. */
export function updateHubSpot(
  hubspot: AccountRecord,
  transfers: readonly Transfer[],
  mappings: readonly SyncMapping[],
  context: SyncContext,
): HubSpotOutcome {
  const said = properties(transfers, hubspot.properties.pipeline ?? null, context);
  if ("failures" in said) return { ok: false, failures: said.failures };
  const written = context.account.update(hubspot.object, hubspot.id, { ...said.values, ...stamp(context) }, "SALESFORCE");
  return outcome(written, mappings, context);
}

/** Makes the HubSpot record of a Salesforce record, linked and stamped. */
export function createInHubSpot(
  object: SalesforceObjectName,
  salesforce: OrgRecord,
  transfers: readonly Transfer[],
  context: SyncContext,
): HubSpotOutcome {
  const extra: Properties = { [LINK_PROPERTY[object]]: salesforce.id };
  if (object === "Account") extra.domain = domainOf(salesforce.fields.Website);
  const pipeline = object === "Opportunity" ? (pipelineFor(salesforce, context)?.id ?? null) : null;
  if (object === "Opportunity" && pipeline === null) return { ok: false, failures: [noPipeline(salesforce)] };
  if (pipeline) extra.pipeline = pipeline;
  const said = properties(transfers, pipeline, context);
  if ("failures" in said) return { ok: false, failures: said.failures };
  const written = context.account.create(HUBSPOT_OBJECT[object], { ...said.values, ...extra, ...stamp(context) }, "SALESFORCE");
  if (written.ok) {
    keepBase(object, salesforce, context);
    joinCompany(object, salesforce, written.record, context);
  }
  return outcome(written, mappingsOf(context, object), context);
}

/** Ties two records that belong together; their values follow. */
export function link(
  hubspot: AccountRecord,
  object: SalesforceObjectName,
  salesforceId: string,
  context: SyncContext,
): HubSpotOutcome {
  const values = { [LINK_PROPERTY[object]]: salesforceId, ...stamp(context) };
  // They have never been in step: neither side's blank counts as a value taken away.
  context.bases.delete(salesforceId);
  const written = context.account.update(hubspot.object, hubspot.id, values, "SALESFORCE");
  return outcome(written, mappingsOf(context, object), context);
}

/** Says on the HubSpot record that it has just been synced; a task has no property for that. */
export function stampSynced(hubspot: AccountRecord, context: SyncContext): void {
  if (hubspot.object === "tasks" || context.account.get(hubspot.object, hubspot.id) === null) return;
  context.account.update(hubspot.object, hubspot.id, stamp(context), "SALESFORCE");
}

/** Remembers a Salesforce record's mapped values as those that both sides have. */
export function keepBase(object: SalesforceObjectName, salesforce: OrgRecord, context: SyncContext): void {
  const base = mappingsOf(context, object).map(
    (mapping) => [mapping, salesforceForm(mapping, salesforce.fields[mapping.field], context)] as const,
  );
  context.bases.set(salesforce.id, new Map(base));
}

/** What HubSpot would refuse values for, of a record or, with null, of a new one. Nothing is written. */
export function refusalInHubSpot(
  object: ObjectType,
  hubspot: AccountRecord | null,
  transfers: readonly Transfer[],
  mappings: readonly SyncMapping[],
  context: SyncContext,
): readonly SyncFailure[] {
  const said = properties(transfers, hubspot?.properties.pipeline ?? null, context);
  if ("failures" in said) return said.failures;
  const refusal = context.account.check(object, hubspot?.id ?? null, said.values, "SALESFORCE");
  return refusal === null ? [] : failuresFromHubSpot(refusal, mappings, (mapping) => typesFit(mapping, context));
}

function outcome(written: Written, mappings: readonly SyncMapping[], context: SyncContext): HubSpotOutcome {
  if (written.ok) return written;
  const fitsType = (mapping: SyncMapping) => typesFit(mapping, context);
  return { ok: false, failures: failuresFromHubSpot(written.refusal, mappings, fitsType) };
}

/** HubSpot has no pipeline for the opportunity's record type, so its stage is none there. */
function noPipeline(opportunity: OrgRecord): SyncFailure {
  return syncFailure("missing-or-invalid-stage", "salesforce-to-hubspot", `No pipeline is for opportunity ${opportunity.id}`, {
    field: "StageName",
    property: "dealstage",
  });
}
