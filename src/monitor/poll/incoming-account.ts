import type { Diagnosis } from "../../health/diagnosis.ts";
import { RefusedError } from "../../health/refusal.ts";
import type { Finding } from "../../health/sync-errors.ts";
import type { AssociationLimits } from "../../hubspot/hubspot.ts";
import { LINK_PROPERTIES } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";
import { accountOf, waitsForAccount } from "./waiting-account.ts";

/** What is known of the accounts that incoming records belong to. */
export interface Accounts {
  /** The HubSpot company of each account that has one. */
  readonly companies: ReadonlyMap<string, Company>;
  /** Names of the accounts that have none. */
  readonly names: ReadonlyMap<string, string>;
  readonly limits: ReadonlyMap<"contacts" | "deals", AssociationLimits>;
}

interface Company {
  readonly id: string;
  readonly name: string;
}

const NONE: Accounts = { companies: new Map(), names: new Map(), limits: new Map() };

/**
 * The companies of the accounts that incoming records need: one search for many accounts, a Salesforce call for the names of
 * those that HubSpot doesn't have, and one call for each kind of record that is to be associated with a company.
 */
export async function readAccounts(connection: Connection, incoming: readonly Incoming[]): Promise<Accounts> {
  const { hubspot, salesforce, settings } = connection;
  const needed = new Set(incoming.flatMap((record) => neededAccount(record, connection) ?? []));
  if (needed.size === 0) return NONE;
  const property = LINK_PROPERTIES.Account;
  const companies = new Map<string, Company>();
  for (const { id, properties } of await hubspot.recordsByProperty("companies", property, [...needed], [property, "name"])) {
    const accountId = properties[property];
    if (accountId) companies.set(accountId, { id, name: properties.name || id });
  }
  const missing = [...needed].filter((id) => !companies.has(id));
  const names = new Map<string, string>();
  if (missing.length > 0) {
    for await (const page of salesforce.recordsByIds("Account", missing, ["Name"])) {
      for (const { id, fields } of page) if (typeof fields.Name === "string") names.set(id, fields.Name);
    }
  }
  const limits = new Map<"contacts" | "deals", AssociationLimits>();
  for (const kind of ["contacts", "deals"] as const) {
    const isMade = (record: Incoming) =>
      record.reference.object === kind &&
      joinsCompany(record, settings) &&
      companies.has(accountOf(record.salesforce, settings) ?? "");
    const known = incoming.some(isMade) ? await limitsOf(connection, kind) : null;
    if (known !== null) limits.set(kind, known);
  }
  return { companies, names, limits };
}

/** Null where the token may not see the limits: then nothing is known of them. */
async function limitsOf({ hubspot }: Connection, kind: "contacts" | "deals"): Promise<AssociationLimits | null> {
  try {
    return await hubspot.associationLimits("companies", kind);
  } catch (error) {
    if (error instanceof RefusedError && (error.refusal.httpStatus === 403 || error.refusal.httpStatus === 404)) return null;
    throw error;
  }
}

function neededAccount(record: Incoming, { settings }: Connection): string | null {
  return record.needsAccount ? accountOf(record.salesforce, settings) : null;
}

/** Whether the sync has yet to associate the record with its company. HubSpot's deals don't show which one they have. */
function joinsCompany({ hubspot, salesforce }: Incoming, settings: Connection["settings"]): boolean {
  return hubspot === null || waitsForAccount(hubspot, salesforce, settings);
}

/** The record's account is no company of HubSpot's, or has no room left there. */
export function accountFindings(record: Incoming, connection: Connection, accounts: Accounts, at: Date): readonly Finding[] {
  const accountId = neededAccount(record, connection);
  if (accountId === null) return [];
  const company = accounts.companies.get(accountId);
  if (company === undefined) return [waitingForAccount(record, accountId, accounts.names.get(accountId) ?? accountId, at)];
  const kind = record.reference.object === "deals" ? "deals" : "contacts";
  const limits = accounts.limits.get(kind);
  if (!limits?.atLimit.has(company.id) || !joinsCompany(record, connection.settings)) return [];
  return [crowdedCompany(record, accountId, company, kind, limits.limit, at)];
}

function waitingForAccount(record: Incoming, accountId: string, name: string, at: Date): Finding {
  const diagnosis: Diagnosis = {
    type: "waiting-for-account",
    salesforceField: "AccountId",
    cause: accountId,
    value: accountId,
    details: { account: name, accountId },
  };
  const statement = `No HubSpot company is linked to Salesforce's account ${name} (${accountId})`;
  return incomingFinding(diagnosis, record, null, statement, at);
}

function crowdedCompany(
  record: Incoming,
  accountId: string,
  { id, name }: Company,
  kind: "contacts" | "deals",
  limit: number,
  at: Date,
): Finding {
  const most = limit.toLocaleString("en-US");
  const diagnosis: Diagnosis = {
    type: "association-limit-reached",
    salesforceField: "AccountId",
    cause: `companies ${id} ${kind}`,
    value: accountId,
    details: { holder: id, holderLabel: `the company ${name}`, accountId, limit: `${most} ${kind}` },
  };
  const statement = `HubSpot's company ${name} (${id}) has ${most} ${kind}, the most that HubSpot allows, so that none can be added to it`;
  return incomingFinding(diagnosis, record, null, statement, at);
}
