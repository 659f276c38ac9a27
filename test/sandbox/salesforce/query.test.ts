import type { Connection } from "jsforce/lib/connection.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalSalesforce, refusalOf, startSalesforce } from "./local-org.ts";

let salesforce: LocalSalesforce;
let connection: Connection;

beforeAll(async () => {
  salesforce = await startSalesforce();
  connection = await salesforce.connect();
  const { org } = salesforce;
  const owner = org.addUser({
    username: "o@x.example",
    name: "Olga Owner",
    email: "o@x.example",
    isActive: false,
    userType: "Standard",
  });
  const acme = org.seed("Account", { Name: "Acme", Industry: "Banking", BillingCity: "Bonn" });
  org.seed("Account", { Name: "Beta" });
  for (let number = 0; number < 5; number++) {
    org.seed("Contact", {
      LastName: `Smith ${number}`,
      Email: `S${number}@x.example`,
      AccountId: number < 3 ? acme.id : null,
      OwnerId: owner.id,
      SystemModstamp: `2026-01-0${number + 1}T00:00:00.500Z`,
      CreatedDate: new Date().toISOString(),
      Title: number === 4 ? "O'Neil_100%" : null,
    });
  }
  const stages = ["Prospecting", "Prospecting", "Closed Won"];
  for (const [index, StageName] of stages.entries()) {
    org.seed("Opportunity", { Name: `O${index}`, StageName, CloseDate: `2026-0${index + 1}-01`, Amount: 10 * (index + 1) });
  }
});

afterAll(() => salesforce.close());

async function names(query: string): Promise<string[]> {
  const { records } = await connection.query<{ LastName: string }>(query);
  return records.map((record) => record.LastName);
}

describe("a query", () => {
  it.each<[string, string]>([
    ["Email = 's1@X.example'", "1"],
    ["Email IN ('s1@x.example', 's3@x.example', 'none')", "1,3"],
    ["Email NOT IN ('s1@x.example')", "0,2,3,4"],
    ["LastName LIKE 'smith%' AND NOT (LastName LIKE '%1' OR LastName LIKE '_mith 2')", "0,3,4"],
    ["Title LIKE 'O\\'Neil\\_100\\%'", "4"],
    ["Title != null", "4"],
    ["Title = null AND SystemModstamp >= 2026-01-02T00:00:00.500Z", "1,2,3"],
    ["SystemModstamp > 2026-01-02T00:00:00.500Z AND SystemModstamp < 2026-01-04T02:00:00+02:00", "2"],
    ["Account.Name = 'acme'", "0,1,2"],
    ["AccountId IN (SELECT Id FROM Account WHERE Industry = 'Banking')", "0,1,2"],
    ["AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'Acme')", "3,4"],
    ["Owner.IsActive = false AND (NOT Email = 's0@x.example')", "1,2,3,4"],
    ["CreatedDate > LAST_N_DAYS:3 AND CreatedDate = TODAY", ""],
    ["CreatedDate = TODAY", "0,1,2,3,4"],
  ])("with %s", async (where, numbers) => {
    const found = await names(`SELECT LastName FROM Contact WHERE ${where} ORDER BY SystemModstamp, Id`);
    expect(found.map((name) => name.replace("Smith ", "")).join(",")).toBe(numbers);
  });

  it("sorts, limits and nests parents", async () => {
    const { records } = await connection.query(
      "SELECT Id, LastName, MailingAddress, Account.Name, Account.BillingAddress, Owner.Name FROM Contact ORDER BY AccountId DESC NULLS LAST, LastName DESC LIMIT 2 OFFSET 2",
    );
    expect(records).toMatchObject([
      {
        attributes: { type: "Contact", url: expect.stringMatching(/^\/services\/data\/v60\.0\/sobjects\/Contact\/003/) },
        LastName: "Smith 0",
        MailingAddress: null,
        Account: { attributes: { type: "Account" }, Name: "Acme", BillingAddress: { city: "Bonn", street: null } },
        Owner: { Name: "Olga Owner" },
      },
      { LastName: "Smith 4", Account: null },
    ]);
  });

  it("counts and groups", async () => {
    const counted = await connection.query("SELECT COUNT() FROM Contact WHERE Title = null");
    expect(counted).toMatchObject({ totalSize: 4, done: true, records: [] });
    const grouped = await connection.query(
      "SELECT StageName, COUNT(Id) n, SUM(Amount), MAX(CloseDate) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1",
    );
    expect(grouped.records).toEqual([
      { attributes: { type: "AggregateResult" }, StageName: "Prospecting", n: 2, expr0: 30, expr1: "2026-02-01" },
    ]);
    const latest = await connection.query("SELECT MAX(SystemModstamp) FROM Contact");
    expect(latest.records[0]).toMatchObject({ expr0: "2026-01-05T00:00:00.500+0000" });
  });

  it("answers in pages that the batch size says, and closes with the last", async () => {
    const { org } = salesforce;
    for (let number = 0; number < 2100; number++) org.seed("Lead", { LastName: `L${number}`, Company: "C" });
    const first = await connection.query("SELECT LastName FROM Lead ORDER BY Id");
    expect(first).toMatchObject({ totalSize: 2100, done: false, nextRecordsUrl: expect.stringMatching(/\/query\/01g\w+-2000$/) });
    expect(first.records).toHaveLength(2000);
    const second = await connection.queryMore(first.nextRecordsUrl ?? "");
    expect(second).toMatchObject({ totalSize: 2100, done: true });
    expect(second.records.at(-1)).toMatchObject({ LastName: "L2099" });
    const small = await connection.query("SELECT LastName FROM Lead", { headers: { "Sforce-Query-Options": "batchSize=500" } });
    expect(small.records).toHaveLength(500);
    const unknown = await refusalOf(connection.queryMore("/services/data/v60.0/query/01g000000000000AAA-2000"));
    expect(unknown.errorCode).toBe("INVALID_QUERY_LOCATOR");
  });

  it("sees deleted records only as queryAll", async () => {
    const { org } = salesforce;
    const gone = org.seed("Campaign", { Name: "Gone" });
    org.remove({ userId: org.integrationUser.id, app: "x" }, "Campaign", gone.id);
    expect((await connection.query("SELECT Id FROM Campaign")).totalSize).toBe(0);
    const all = await connection.query("SELECT Id, IsDeleted FROM Campaign", { scanAll: true });
    expect(all.records).toMatchObject([{ Id: gone.id, IsDeleted: true }]);
  });

  it.each<[string, string, RegExp]>([
    ["SELECT Id FROM Unknown__c", "INVALID_TYPE", /\^\nERROR at Row:1:Column:16\nsObject type 'Unknown__c' is not supported\./],
    [
      "SELECT Id, Nope__c FROM Contact",
      "INVALID_FIELD",
      /\^\nERROR at Row:1:Column:12\nNo such column 'Nope__c' on entity 'Contact'\. If you/,
    ],
    ["SELECT Id FROM Contact WHERE Nope.Name = 'x'", "INVALID_FIELD", /Didn't understand relationship 'Nope' in field path/],
    ["SELECT Id FORM Contact", "MALFORMED_QUERY", /unexpected token: 'Contact'/],
    ["SELECT Id FROM Contact WHERE", "MALFORMED_QUERY", /unexpected token: '<EOF>'/],
    ["SELECT Id FROM Contact WHERE Title = 'a' AND Title = 'b' OR Title = 'c'", "MALFORMED_QUERY", /unexpected token: 'OR'/],
    [
      "SELECT Id FROM Contact WHERE Title = 5",
      "INVALID_FIELD",
      /value of filter criterion for field 'Title' must be of type string/,
    ],
    [
      "SELECT Id FROM Contact WHERE SystemModstamp > '2026-01-01'",
      "INVALID_FIELD",
      /must be of type dateTime and should not be enclosed/,
    ],
    [
      "SELECT Id FROM Contact WHERE Description = 'x'",
      "INVALID_FIELD",
      /field 'Description' can not be filtered in a query call/,
    ],
    ["SELECT Id FROM Contact WHERE AccountId = 'Acme'", "INVALID_QUERY_FILTER_OPERATOR", /invalid ID field: Acme/],
  ])("%s is refused with %s", async (query, code, message) => {
    const refusal = await refusalOf(connection.query(query));
    expect(refusal.errorCode).toBe(code);
    expect(refusal.message).toMatch(message);
  });
});

describe("rights in queries and describes", () => {
  it("hide fields and objects that the integration user may not read", async () => {
    const { org } = salesforce;
    org.setFieldRights("Contact", "Phone", { read: false, edit: false });
    org.setFieldRights("Contact", "Fax", { read: true, edit: false });
    org.setObjectRights("Opportunity", { read: false, create: false, edit: false });
    try {
      expect((await refusalOf(connection.query("SELECT Phone FROM Contact"))).message).toContain(
        "No such column 'Phone' on entity 'Contact'",
      );
      expect((await refusalOf(connection.query("SELECT Id FROM Opportunity"))).errorCode).toBe("INVALID_TYPE");
      const fields = new Map((await connection.describe("Contact")).fields.map((field) => [field.name, field]));
      expect(fields.has("Phone")).toBe(false);
      expect(fields.get("Fax")).toMatchObject({ createable: false, updateable: false, type: "phone", length: 40 });
      expect(fields.get("LastName")).toMatchObject({ nillable: false, createable: true, length: 80 });
      expect((await refusalOf(connection.describe("Opportunity"))).errorCode).toBe("NOT_FOUND");
    } finally {
      org.setFieldRights("Contact", "Phone", { read: true, edit: true });
      org.setFieldRights("Contact", "Fax", { read: true, edit: true });
      org.setObjectRights("Opportunity", { read: true, create: true, edit: true });
    }
  });

  it("show in permission sets, where other profiles keep their rows", async () => {
    const { org } = salesforce;
    org.setFieldRights("Contact", "Title", { read: true, edit: false });
    org.setFieldRights("Contact", "Department", { read: false, edit: false });
    try {
      const { records } = await connection.query(
        `SELECT Id, Label, NamespacePrefix, PermissionsApiEnabled,
          (SELECT SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit FROM ObjectPerms WHERE SobjectType IN ('Contact', 'Lead')),
          (SELECT SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPerms WHERE SobjectType IN ('Contact'))
        FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${org.integrationUser.id}')`,
      );
      expect(records.map((record) => record.NamespacePrefix)).toEqual([null, "HubSpot_Inc"]);
      expect(records[0]).toMatchObject({ PermissionsApiEnabled: true, ObjectPerms: { totalSize: 2 } });
      const rows = new Map(records[0]?.FieldPerms.records.map((row: { Field: string }) => [row.Field, row]));
      expect(rows.get("Contact.Title")).toMatchObject({ PermissionsRead: true, PermissionsEdit: false });
      expect(rows.has("Contact.Department")).toBe(false);
      expect(rows.has("Contact.LastName")).toBe(false);
      expect(rows.has("Contact.MailingAddress")).toBe(true);
      const anywhere = await connection.query("SELECT Field FROM FieldPermissions WHERE Field = 'Contact.Department'");
      expect(anywhere.totalSize).toBe(1);
    } finally {
      org.setFieldRights("Contact", "Title", { read: true, edit: true });
      org.setFieldRights("Contact", "Department", { read: true, edit: true });
    }
  });

  it("name rules by the Tooling API, the full name one row at a time", async () => {
    const { org } = salesforce;
    for (const name of ["One", "Two"]) {
      org.addRule({
        kind: "validation",
        rule: { name, object: "Contact", errorMessage: `${name}!`, errorField: "Phone", refuses: () => false },
      });
    }
    const { records } = await connection.tooling.query(
      "SELECT Id, ValidationName, ErrorMessage, ErrorDisplayField, Active FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Contact'",
    );
    expect(records).toMatchObject([
      { ValidationName: "One", ErrorMessage: "One!", ErrorDisplayField: "Phone", Active: true },
      {},
    ]);
    const refusal = await refusalOf(connection.tooling.query("SELECT FullName FROM ValidationRule"));
    expect(refusal.message).toContain("must specify no more than one row for retrieval. Result size: 2");
    expect((await refusalOf(connection.query("SELECT Id FROM ValidationRule"))).errorCode).toBe("INVALID_TYPE");
  });

  it("give users, stages, record types, organization and field definitions", async () => {
    const users = await connection.query("SELECT Id, Name, IsActive, UserType, Profile.Name FROM User WHERE IsActive = false");
    expect(users.records).toMatchObject([{ Name: "Olga Owner", Profile: { Name: "System Administrator" } }]);
    const stages = await connection.query("SELECT ApiName, IsActive FROM OpportunityStage ORDER BY SortOrder LIMIT 1");
    expect(stages.records).toMatchObject([{ ApiName: "Prospecting", IsActive: true }]);
    expect((await connection.query("SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity'")).totalSize).toBe(0);
    const [organization] = (await connection.query("SELECT Name, InstanceName, IsSandbox FROM Organization")).records;
    expect(organization).toMatchObject({ Name: salesforce.org.organizationName, IsSandbox: false });
    const fields = await connection.query(
      "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Contact' AND QualifiedApiName IN ('Title', 'Nope__c')",
    );
    expect(fields.records).toMatchObject([{ QualifiedApiName: "Title" }]);
  });
});
