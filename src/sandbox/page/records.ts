import type { HubSpotAccount, ObjectType } from "../hubspot/model.ts";
import type { SalesforceOrg } from "../salesforce/model.ts";

/** Objects of the two CRMs that people can look at, with the columns shown. */
const TABLES = {
  hubspot: {
    contacts: ["firstname", "lastname", "email", "jobtitle", "phone", "salesforcecontactid", "salesforceleadid"],
    companies: ["name", "domain", "city", "country", "annualrevenue", "salesforceaccountid"],
    deals: ["dealname", "dealstage", "amount", "closedate", "salesforceopportunityid"],
    tasks: ["hs_task_subject", "hs_task_status", "hs_task_priority", "hs_timestamp"],
  },
  salesforce: {
    Contact: ["FirstName", "LastName", "Email", "Title", "Phone"],
    Lead: ["FirstName", "LastName", "Company", "Email", "Title"],
    Account: ["Name", "Website", "BillingCity", "BillingCountry", "AnnualRevenue"],
    Opportunity: ["Name", "StageName", "Amount", "CloseDate"],
    Task: ["Subject", "Status", "Priority", "ActivityDate", "WhoId"],
  },
} as const;

export interface RecordRow {
  readonly id: string;
  /** ISO 8601. */
  readonly changedAt: string;
  readonly values: readonly string[];
}

export interface RecordTable {
  readonly system: "hubspot" | "salesforce";
  readonly object: string;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  /** How many records match, of which `rows` are the most recently changed. */
  readonly total: number;
  readonly rows: readonly RecordRow[];
}

const mostRows = 100;

/** Objects that have a table, by system. */
export const RECORD_OBJECTS: Readonly<Record<RecordTable["system"], readonly string[]>> = {
  hubspot: Object.keys(TABLES.hubspot),
  salesforce: Object.keys(TABLES.salesforce),
};

/** The records of one object that have `search` in a shown value or as their id; null for an object without a table. */
export function recordTable(
  crms: { readonly org: SalesforceOrg; readonly account: HubSpotAccount },
  system: string,
  object: string,
  search: string,
): RecordTable | null {
  if (system === "hubspot" && isKey(TABLES.hubspot, object)) {
    const columns = labelled(TABLES.hubspot[object], crms.account.properties(object));
    return table(system, object, columns, hubspotRows(crms.account, object, columns), search);
  }
  if (system === "salesforce" && isKey(TABLES.salesforce, object)) {
    const columns = labelled(TABLES.salesforce[object], crms.org.fieldsOf(object));
    return table(system, object, columns, salesforceRows(crms.org, object, columns), search);
  }
  return null;
}

/** Those that there are, by the names that people know. */
function labelled(names: readonly string[], known: ReadonlyMap<string, { readonly label: string }>): RecordTable["columns"] {
  return names.flatMap((name) => {
    const label = known.get(name)?.label;
    return label === undefined ? [] : [{ name, label }];
  });
}

function isKey<Known extends object>(known: Known, key: string): key is Extract<keyof Known, string> {
  return Object.hasOwn(known, key);
}

function* hubspotRows(account: HubSpotAccount, object: ObjectType, columns: RecordTable["columns"]): Iterable<RecordRow> {
  for (const { id, properties, updatedAt } of account.records(object)) {
    yield { id, changedAt: updatedAt, values: columns.map(({ name }) => properties[name] ?? "") };
  }
}

function* salesforceRows(org: SalesforceOrg, object: string, columns: RecordTable["columns"]): Iterable<RecordRow> {
  for (const { id, fields } of org.records(object)) {
    const changedAt = String(fields.SystemModstamp ?? "");
    yield { id, changedAt, values: columns.map(({ name }) => String(fields[name] ?? "")) };
  }
}

function table(
  system: RecordTable["system"],
  object: string,
  columns: RecordTable["columns"],
  all: Iterable<RecordRow>,
  search: string,
): RecordTable {
  const wanted = search.trim().toLowerCase();
  const matching = [...all].filter(
    ({ id, values }) =>
      wanted === "" || id.toLowerCase().startsWith(wanted) || values.some((value) => value.toLowerCase().includes(wanted)),
  );
  const rows = matching.toSorted((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt)).slice(0, mostRows);
  return { system, object, columns, total: matching.length, rows };
}
