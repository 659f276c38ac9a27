import type { Diagnosis } from "../../health/diagnosis.ts";
import { recordsText } from "../../health/expected.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { type Said, type Sentence, sentence } from "../../language/sentence.ts";
import { LINK_PROPERTIES } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import { type Full, fullRecords } from "./association-room.ts";
import { type Incoming, incomingFinding } from "./incoming.ts";
import { accountOf, waitsForAccount } from "./waiting-account.ts";

/** What is known of the accounts that incoming records belong to. */
export interface Accounts {
  /** The HubSpot company of each account that has one. */
  readonly companies: ReadonlyMap<string, Company>;
  /** Names of the accounts that have none. */
  readonly names: ReadonlyMap<string, string>;
  /** Companies that can have no more records of a kind. */
  readonly fullCompanies: ReadonlyMap<"contacts" | "deals", ReadonlyMap<string, Full>>;
  /** Contacts that can have no more companies. */
  readonly fullContacts: ReadonlyMap<string, Full>;
  /** The companies that contacts have, where one of the two is full. */
  readonly companiesOf: ReadonlyMap<string, readonly string[]>;
}

interface Company {
  readonly id: string;
  readonly name: string;
}

const NONE: Accounts = {
  companies: new Map(),
  names: new Map(),
  fullCompanies: new Map(),
  fullContacts: new Map(),
  companiesOf: new Map(),
};

/**
 * The companies of the accounts that incoming records need: one search for many accounts, a Salesforce call for the names of
 * those that HubSpot doesn't have, and a few calls for whether there is room where a record is to be associated with a company.
 */
export async function readAccounts(connection: Connection, incoming: readonly Incoming[]): Promise<Accounts> {
  const { hubspot, salesforce } = connection;
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
  return { companies, names, ...(await readRoom(connection, incoming, companies)) };
}

/** What is full of the companies that records are to be associated with, and of contacts that get another company. */
async function readRoom(
  connection: Connection,
  incoming: readonly Incoming[],
  companies: Accounts["companies"],
): Promise<Pick<Accounts, "fullCompanies" | "fullContacts" | "companiesOf">> {
  const { settings } = connection;
  const joining = incoming.flatMap((record) => {
    const company = companies.get(accountOf(record.salesforce, settings) ?? "");
    return company !== undefined && joinsCompany(record, settings) ? [{ record, company }] : [];
  });
  const fullCompanies = new Map<"contacts" | "deals", ReadonlyMap<string, Full>>();
  for (const kind of ["contacts", "deals"] as const) {
    const joined = joining.filter(({ record }) => kindOf(record) === kind).map(({ company }) => company.id);
    fullCompanies.set(kind, await fullRecords(connection, "companies", kind, [...new Set(joined)]));
  }
  const movers = joining.flatMap(({ record: { hubspot } }) => hubspot?.id ?? []);
  const fullContacts = await fullRecords(connection, "contacts", "companies", movers);
  const inQuestion = joining.flatMap(({ record: { hubspot }, company }) => {
    return hubspot !== null && (fullContacts.has(hubspot.id) || fullCompanies.get("contacts")?.has(company.id))
      ? [hubspot.id]
      : [];
  });
  const companiesOf =
    inQuestion.length > 0 ? await connection.hubspot.associatedIds("contacts", "companies", inQuestion) : NONE.companiesOf;
  return { fullCompanies, fullContacts, companiesOf };
}

function kindOf({ reference }: Incoming): "contacts" | "deals" {
  return reference.object === "deals" ? "deals" : "contacts";
}

function neededAccount(record: Incoming, { settings }: Connection): string | null {
  return record.needsAccount ? accountOf(record.salesforce, settings) : null;
}

/** Whether the sync has yet to associate the record with its company. HubSpot's deals don't show which one they have. */
function joinsCompany({ hubspot, salesforce }: Incoming, settings: Connection["settings"]): boolean {
  return hubspot === null || waitsForAccount(hubspot, salesforce, settings);
}

/** The record's account is no company of HubSpot's, or there is no room for the association on either side. */
export function accountFindings(record: Incoming, connection: Connection, accounts: Accounts, at: Date): readonly Finding[] {
  const accountId = neededAccount(record, connection);
  if (accountId === null) return [];
  const company = accounts.companies.get(accountId);
  if (company === undefined) return [waitingForAccount(record, accountId, accounts.names.get(accountId) ?? accountId, at)];
  if (!joinsCompany(record, connection.settings)) return [];
  const { hubspot } = record;
  if (hubspot !== null && accounts.companiesOf.get(hubspot.id)?.includes(company.id)) return [];
  const kind = kindOf(record);
  const fullCompany = accounts.fullCompanies.get(kind)?.get(company.id);
  if (fullCompany !== undefined) {
    const holder = { id: company.id, is: "company" as const, name: company.name };
    return [noRoom(record, accountId, fullCompany, { holder, kind, cause: `companies ${company.id} ${kind}` }, at)];
  }
  const fullContact = hubspot === null ? undefined : accounts.fullContacts.get(hubspot.id);
  if (hubspot === null || fullContact === undefined) return [];
  const holder = { id: hubspot.id, is: "contact" as const, name: record.reference.label };
  return [noRoom(record, accountId, fullContact, { holder, kind: "companies", cause: "contacts companies" }, at)];
}

function waitingForAccount(record: Incoming, accountId: string, name: string, at: Date): Finding {
  const diagnosis: Diagnosis = {
    type: "waiting-for-account",
    salesforceField: "AccountId",
    cause: accountId,
    value: accountId,
    details: { account: name, accountId },
  };
  const statement = sentence("No HubSpot company is linked to Salesforce's account {name} ({id})", { name, id: accountId });
  return incomingFinding(diagnosis, record, null, statement, at);
}

/** The record that is full is the holder; where that is the affected record itself, the error is that of all like it. */
function noRoom(
  record: Incoming,
  accountId: string,
  { limit, setBy }: Full,
  { holder, kind, cause }: { holder: Holder; kind: "contacts" | "deals" | "companies"; cause: string },
  at: Date,
): Finding {
  const isItself = holder.id === record.hubspot?.id;
  const diagnosis: Diagnosis = {
    type: "association-limit-reached",
    salesforceField: "AccountId",
    cause,
    value: accountId,
    details: {
      ...(isItself ? { holderIs: "contacts" } : { holder: holder.id, holderIs: holder.is, holderLabel: holder.name, accountId }),
      limit: String(limit),
      of: kind,
      setBy,
    },
  };
  return incomingFinding(diagnosis, record, null, noRoomStatement(holder, recordsText(limit, kind), setBy), at);
}

interface Holder {
  readonly id: string;
  readonly is: "company" | "contact";
  readonly name: string;
}

function noRoomStatement({ is: holder, name, id }: Holder, records: Said, setBy: Full["setBy"]): Sentence {
  return setBy === "admin"
    ? sentence(
        "HubSpot's {holder, select, company {company {name}} other {contact {name}}} ({id}) has {records}, the most that an admin of the account's has allowed, so that none can be added to it",
        { holder, name, id, records },
      )
    : sentence(
        "HubSpot's {holder, select, company {company {name}} other {contact {name}}} ({id}) has {records}, the most that HubSpot allows, so that none can be added to it",
        { holder, name, id, records },
      );
}
