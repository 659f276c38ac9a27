import type { Diagnosis } from "../../health/diagnosis.ts";
import { findingType } from "../../health/schema-finding.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import { salesforceLink } from "../../records/pairing.ts";
import { type HubSpotRecord, LINK_PROPERTIES, type SalesforceRecord } from "../../records/record.ts";
import { checkForHubSpot } from "../../records/schema-checks.ts";
import type { Connection } from "../context.ts";
import { schemaStatement } from "./finding.ts";
import { readSalesforceSchemas, type SchemaCache } from "./schema.ts";
import { accountOf } from "./waiting-account.ts";

/** A Salesforce record whose values should travel to HubSpot. */
export interface Incoming {
  readonly key: string;
  readonly reference: RecordReference;
  readonly salesforce: SalesforceRecord;
  /** The HubSpot record they go to; null where one is to be made. */
  readonly hubspot: HubSpotRecord | null;
  readonly mappings: readonly FieldMapping[];
  /** The record is held up until HubSpot has its account. */
  readonly needsAccount: boolean;
}

/**
 * Why HubSpot doesn't take Salesforce's values: its schema, emails that belong to others, accounts it doesn't have. Costs one
 * search for many emails and one for many accounts, none where neither is in question; and one Salesforce call where stages are.
 */
export async function findInHubSpot(
  connection: Connection,
  cache: SchemaCache,
  incoming: readonly Incoming[],
  at: Date,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const holders = await holdersOfEmails(connection, incoming);
  const missing = await accountsNotInHubSpot(connection, incoming);
  const names = await accountNames(connection, missing);
  await refreshStages(connection, cache, incoming, at);
  return new Map(
    incoming.map((record) => [
      record.key,
      [
        ...emailConflict(record, holders, at),
        ...waitingForAccount(record, connection, missing, names, at),
        ...inactiveStage(record, connection, cache, at),
        ...schemaFindings(record, connection, cache, at),
      ],
    ]),
  );
}

function schemaFindings(
  { reference, salesforce, mappings }: Incoming,
  { settings }: Connection,
  cache: SchemaCache,
  at: Date,
): readonly Finding[] {
  const schemas = cache.schemas(settings);
  return mappings.flatMap(({ object, salesforceObject, hubspotProperty, salesforceField }) => {
    const property = schemas.hubspot[object]?.[hubspotProperty];
    const field = schemas.salesforce[salesforceObject]?.fields[salesforceField];
    const value = salesforce.fields[salesforceField];
    if (property === undefined || value === undefined || value === null) return [];
    return checkForHubSpot(value, property, schemas, field).map((problem) => {
      const diagnosis = findingType(problem, "salesforce-to-hubspot");
      return toFinding(diagnosis, reference, hubspotProperty, salesforceField, schemaStatement(problem, "HubSpot"), at);
    });
  });
}

/** Stages are switched off without any record having changed: where one is in question, the describe is read again, once a poll. */
async function refreshStages(connection: Connection, cache: SchemaCache, incoming: readonly Incoming[], at: Date): Promise<void> {
  const inQuestion = incoming.some(({ mappings }) => mappings.some(({ salesforceField }) => salesforceField === "StageName"));
  const readAt = cache.readAt("salesforce:schema:Opportunity");
  if (inQuestion && readAt !== null && readAt < at) await readSalesforceSchemas(connection, cache, ["Opportunity"], at);
}

/** HubSpot takes no opportunity whose stage is switched off in Salesforce, whether or not its pipeline has that stage. */
function inactiveStage(
  { reference, salesforce }: Incoming,
  { settings }: Connection,
  cache: SchemaCache,
  at: Date,
): readonly Finding[] {
  if (salesforce.object !== "Opportunity") return [];
  const stage = salesforce.fields.StageName;
  const options = cache.schemas(settings).salesforce.Opportunity?.fields.StageName?.picklistValues ?? [];
  if (typeof stage !== "string" || !options.some(({ value, active }) => value === stage && !active)) return [];
  const diagnosis: Diagnosis = {
    type: "inactive-opportunity-stage",
    salesforceField: "StageName",
    cause: `stage ${stage}`,
    value: stage,
    details: { stage },
  };
  return [toFinding(diagnosis, reference, "dealstage", "StageName", `The stage ${stage} is inactive in Salesforce`, at)];
}

function emailOf({ salesforce, hubspot, mappings }: Incoming): string | null {
  const { Email } = salesforce.fields;
  if (typeof Email !== "string" || Email === "") return null;
  const travels = hubspot === null || mappings.some(({ hubspotProperty }) => hubspotProperty === "email");
  return travels ? Email.toLowerCase() : null;
}

/** The HubSpot contacts that have one of the incoming emails, as primary or additional email. */
async function holdersOfEmails(
  { hubspot }: Connection,
  incoming: readonly Incoming[],
): Promise<ReadonlyMap<string, readonly HubSpotRecord[]>> {
  const emails = [...new Set(incoming.flatMap((record) => emailOf(record) ?? []))];
  if (emails.length === 0) return new Map();
  const properties = ["email", "hs_additional_emails", LINK_PROPERTIES.Contact, LINK_PROPERTIES.Lead];
  const found = [
    ...(await hubspot.recordsByProperty("contacts", "email", emails, properties)),
    ...(await hubspot.recordsByProperty("contacts", "hs_additional_emails", emails, properties)),
  ];
  const holders = new Map<string, HubSpotRecord[]>();
  for (const contact of found) {
    const own = [contact.properties.email ?? "", ...(contact.properties.hs_additional_emails ?? "").split(";")];
    for (const email of new Set(own.map((text) => text.trim().toLowerCase()).filter((text) => text !== ""))) {
      holders.set(email, [...(holders.get(email) ?? []), contact]);
    }
  }
  return holders;
}

function emailConflict(record: Incoming, holders: ReadonlyMap<string, readonly HubSpotRecord[]>, at: Date): readonly Finding[] {
  const email = emailOf(record);
  if (email === null) return [];
  const holder = (holders.get(email) ?? []).find((contact) => {
    const link = salesforceLink(contact);
    // A contact that isn't linked yet is the one that the sync will link.
    return contact.id !== record.hubspot?.id && (link !== null ? link.id !== record.salesforce.id : record.hubspot !== null);
  });
  if (holder === undefined) return [];
  const link = salesforceLink(holder);
  const linked = link === null ? "" : `, which is linked to Salesforce's ${link.object} ${link.id}`;
  const diagnosis: Diagnosis = {
    type: "email-already-in-use",
    salesforceField: "Email",
    cause: "email-already-in-use",
    value: email,
    details: { email, holder: holder.id, ...(link !== null && { linkedTo: link.id }) },
  };
  const statement = `The email ${email} belongs to HubSpot's contact ${holder.id}${linked}`;
  return [toFinding(diagnosis, record.reference, "email", "Email", statement, at)];
}

/** Accounts that incoming records need and no HubSpot company is linked to. */
async function accountsNotInHubSpot(
  { hubspot, settings }: Connection,
  incoming: readonly Incoming[],
): Promise<ReadonlySet<string>> {
  const needed = new Set(
    incoming.flatMap((record) => (record.needsAccount ? (accountOf(record.salesforce, settings) ?? []) : [])),
  );
  if (needed.size === 0) return needed;
  const property = LINK_PROPERTIES.Account;
  for (const company of await hubspot.recordsByProperty("companies", property, [...needed], [property])) {
    const id = company.properties[property];
    if (id) needed.delete(id);
  }
  return needed;
}

async function accountNames({ salesforce }: Connection, accounts: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (accounts.size === 0) return names;
  for await (const page of salesforce.recordsByIds("Account", [...accounts], ["Name"])) {
    for (const { id, fields } of page) if (typeof fields.Name === "string") names.set(id, fields.Name);
  }
  return names;
}

function waitingForAccount(
  record: Incoming,
  { settings }: Connection,
  missing: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
  at: Date,
): readonly Finding[] {
  const account = record.needsAccount ? accountOf(record.salesforce, settings) : null;
  if (account === null || !missing.has(account)) return [];
  const name = names.get(account) ?? account;
  const diagnosis: Diagnosis = {
    type: "waiting-for-account",
    salesforceField: "AccountId",
    cause: account,
    value: account,
    details: { account: name, accountId: account },
  };
  const statement = `No HubSpot company is linked to Salesforce's account ${name} (${account})`;
  return [toFinding(diagnosis, record.reference, null, "AccountId", statement, at)];
}

function toFinding(
  { type, cause, value, details }: Diagnosis,
  record: RecordReference,
  hubspotProperty: string | null,
  salesforceField: string | null,
  statement: string,
  at: Date,
): Finding {
  return {
    type,
    direction: "salesforce-to-hubspot",
    record,
    hubspotProperty,
    salesforceField,
    cause,
    value,
    details,
    evidence: { at: at.toISOString(), statement },
  };
}
