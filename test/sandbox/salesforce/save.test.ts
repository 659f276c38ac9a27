import { beforeEach, describe, expect, it } from "vitest";
import type { Caller, Fields, SaveResult } from "../../../src/sandbox/salesforce/model.ts";
import { createSalesforceOrg, type LocalOrg } from "../../../src/sandbox/salesforce/org.ts";
import { firstError, integrationUser } from "./local-org.ts";

let org: LocalOrg;
let caller: Caller;

beforeEach(() => {
  org = createSalesforceOrg({ random: () => 0.5 });
  caller = integrationUser(org);
});

function insert(object: string, fields: Fields): SaveResult | undefined {
  return org.save(caller, [{ object, id: null, fields }])[0];
}

function update(object: string, id: string, fields: Fields): SaveResult | undefined {
  return org.save(caller, [{ object, id, fields }])[0];
}

describe("a save", () => {
  it("gives ids of 18 characters with the object's prefix and stamps that only grow", () => {
    const results = org.save(
      caller,
      Array.from({ length: 5 }, (_, index) => ({ object: "Contact", id: null, fields: { LastName: `N${index}` } })),
    );
    const ids = results.map((result) => result.id ?? "");
    expect(ids.every((id) => /^003[0-9A-Za-z]{15}$/.test(id))).toBe(true);
    const stamps = ids.map((id) => String(org.get("Contact", id)?.fields.SystemModstamp));
    expect(new Set(stamps).size).toBe(5);
    expect(stamps.toSorted()).toEqual(stamps);
    expect(org.get("Contact", ids[0] ?? "")?.fields).toMatchObject({ Name: "N0", LastModifiedById: caller.userId, Email: null });
  });

  it.each<[string, string, Fields, string, string, string[]]>([
    [
      "Contact",
      "a blank required field",
      { FirstName: "A" },
      "REQUIRED_FIELD_MISSING",
      "Required fields are missing: [LastName]",
      ["LastName"],
    ],
    [
      "Contact",
      "a text that is too long",
      { LastName: "A", Title: "t".repeat(129) },
      "STRING_TOO_LONG",
      `Title: data value too large: ${"t".repeat(129)} (max length=128)`,
      ["Title"],
    ],
    [
      "Contact",
      "no e-mail address",
      { LastName: "A", Email: "a@b" },
      "INVALID_EMAIL_ADDRESS",
      "Email: invalid email address: a@b",
      ["Email"],
    ],
    [
      "Contact",
      "a reference that is no id",
      { LastName: "A", AccountId: "Acme" },
      "MALFORMED_ID",
      "Account ID: id value of incorrect type: Acme",
      ["AccountId"],
    ],
    [
      "Contact",
      "an unknown field",
      { LastName: "A", Nope__c: 1 },
      "INVALID_FIELD",
      "No such column 'Nope__c' on sobject of type Contact",
      [],
    ],
    [
      "Contact",
      "a system field",
      { LastName: "A", CreatedDate: "2020-01-01" },
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      ["CreatedDate"],
    ],
    [
      "Opportunity",
      "a number out of range",
      { Name: "O", StageName: "Prospecting", CloseDate: "2026-01-01", Amount: 1e17 },
      "NUMBER_OUTSIDE_VALID_RANGE",
      "Amount: value outside of valid range on numeric field: 100000000000000000",
      ["Amount"],
    ],
    [
      "Lead",
      "two blank required fields",
      {},
      "REQUIRED_FIELD_MISSING",
      "Required fields are missing: [LastName, Company]",
      ["LastName", "Company"],
    ],
  ])("of a %s refuses %s", (object, _, fields, statusCode, message, names) => {
    expect(firstError(insert(object, fields))).toEqual({ statusCode, message, fields: names });
  });

  it("refuses what JSON can't turn into the field's type", () => {
    const error = firstError(insert("Account", { Name: "A", AnnualRevenue: "much" }));
    expect(error.statusCode).toBe("JSON_PARSER_ERROR");
    expect(error.message).toMatch(/^Cannot deserialize instance of double from VALUE_STRING value much/);
  });

  it("takes only active options of a restricted picklist, and any text elsewhere", () => {
    expect(insert("Account", { Name: "A", Industry: "Space" })?.success).toBe(true);
    const industry = org.fieldsOf("Account").get("Industry");
    if (industry === undefined) throw new Error("no Industry");
    industry.restrictedPicklist = true;
    expect(firstError(insert("Account", { Name: "A", Industry: "Space" }))).toEqual({
      statusCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      message: "Industry: bad value for restricted picklist field: Space",
      fields: ["Industry"],
    });
    for (const option of industry.picklistValues ?? []) if (option.value === "Banking") option.active = false;
    expect(firstError(insert("Account", { Name: "A", Industry: "Banking" })).statusCode).toBe(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    );
  });

  it("refuses to give a record to a user who can't read such records", () => {
    const person = { username: "u@x.example", name: "Una User", email: "u@x.example", isActive: true, userType: "Standard" };
    const user = org.addUser({ ...person, unreadable: ["Lead"] });
    expect(firstError(insert("Lead", { LastName: "A", Company: "B", OwnerId: user.id }))).toEqual({
      statusCode: "TRANSFER_REQUIRES_READ",
      message: "The new owner must have read permission",
      fields: [],
    });
    expect(insert("Contact", { LastName: "A", OwnerId: user.id })?.success).toBe(true);
  });

  it("refuses to change a converted lead without the permission for it", () => {
    const lead = org.seed("Lead", { LastName: "A", Company: "B" });
    const contact = org.seed("Contact", { LastName: "A" });
    org.convertLead(caller, lead.id, contact.id);
    expect(org.get("Lead", lead.id)?.fields).toMatchObject({
      IsConverted: true,
      Status: "Closed - Converted",
      ConvertedContactId: contact.id,
    });
    expect(firstError(update("Lead", lead.id, { Title: "Head" }))).toEqual({
      statusCode: "CANNOT_UPDATE_CONVERTED_LEAD",
      message: "cannot reference converted lead",
      fields: [],
    });
    org.setEditConvertedLeads(true);
    expect(update("Lead", lead.id, { Title: "Head" })?.success).toBe(true);
  });

  it("refuses inactive owners, dangling references and records that are gone", () => {
    const user = org.addUser({
      username: "u@x.example",
      name: "Una User",
      email: "u@x.example",
      isActive: false,
      userType: "Standard",
    });
    expect(firstError(insert("Contact", { LastName: "A", OwnerId: user.id }))).toEqual({
      statusCode: "INACTIVE_OWNER_OR_USER",
      message: `operation performed with inactive user [${user.id.slice(0, 15)}] as owner of contact`,
      fields: ["OwnerId"],
    });
    const account = org.seed("Account", { Name: "Acme" });
    expect(org.remove(caller, "Account", account.id).success).toBe(true);
    expect(org.deletedSince("Account", new Date(0)).map((record) => record.id)).toEqual([account.id]);
    expect(firstError(insert("Contact", { LastName: "A", AccountId: account.id })).statusCode).toBe("ENTITY_IS_DELETED");
    expect(firstError(update("Account", account.id, { Phone: "1" })).statusCode).toBe("ENTITY_IS_DELETED");
    expect(firstError(insert("Contact", { LastName: "A", AccountId: "001gK0000000009" })).statusCode).toBe(
      "INVALID_CROSS_REFERENCE_KEY",
    );
    expect(firstError(insert("Contact", { LastName: "A", AccountId: org.integrationUser.id })).statusCode).toBe(
      "FIELD_INTEGRITY_EXCEPTION",
    );
  });

  it("refuses a second record with a unique value, storage that is full and rows that are locked", () => {
    org.addField("Contact", { name: "Key__c", label: "Key", type: "string", length: 20, unique: true });
    const first = org.seed("Contact", { LastName: "A", Key__c: "k1" });
    expect(firstError(insert("Contact", { LastName: "B", Key__c: "K1" }))).toEqual({
      statusCode: "DUPLICATE_VALUE",
      message: `duplicate value found: Key__c duplicates value on record with id: ${first.id.slice(0, 15)}`,
      fields: ["Key__c"],
    });
    expect(update("Contact", first.id, { Key__c: "k1" })?.success).toBe(true);
    org.state.dataStorageMb.remaining = 0;
    expect(firstError(insert("Contact", { LastName: "B" })).statusCode).toBe("STORAGE_LIMIT_EXCEEDED");
    org.state.locked = "rows";
    expect(firstError(update("Contact", first.id, { Title: "x" })).statusCode).toBe("UNABLE_TO_LOCK_ROW");
  });

  it("knows states and countries once the org has picklists for them", () => {
    expect(insert("Contact", { LastName: "A", MailingState: "Nowhere" })?.success).toBe(true);
    org.switchOnStateCountryPicklists();
    expect(firstError(insert("Contact", { LastName: "A", MailingState: "Texas" }))).toEqual({
      statusCode: "FIELD_INTEGRITY_EXCEPTION",
      message: "A country/territory must be specified before specifying a state value for field: Mailing State/Province",
      fields: ["MailingState"],
    });
    expect(firstError(insert("Contact", { LastName: "A", MailingCountry: "Freedonia" })).fields).toEqual(["MailingCountry"]);
    expect(insert("Contact", { LastName: "A", MailingState: "Texas", MailingCountry: "United States" })?.success).toBe(true);
  });
});

describe("picklists", () => {
  const tiers = ["Bronze", "Gold"].map((value) => ({ value, label: value, active: true }));
  const level = { value: "Dedicated", label: "Dedicated", active: true, validFor: ["Gold"] };

  beforeEach(() => {
    const picklist = { type: "picklist", length: 255, nillable: true, restrictedPicklist: true };
    org.addField("Contact", { name: "Tier__c", label: "Tier", ...picklist, picklistValues: tiers });
    org.addField("Contact", {
      name: "Level__c",
      label: "Level",
      ...picklist,
      controllerName: "Tier__c",
      picklistValues: [level],
    });
  });

  it("are held to the record type, by the same answer as for a value that isn't there", () => {
    const partner = org.seed("RecordType", { Name: "Partner", DeveloperName: "Partner", SobjectType: "Contact" }).id;
    const contact = org.seed("Contact", { LastName: "A", RecordTypeId: partner });
    expect(update("Contact", contact.id, { Tier__c: "Gold" })?.success).toBe(true);
    org.setRecordTypePicklist(partner, "Tier__c", ["Bronze"]);
    expect(firstError(update("Contact", contact.id, { Tier__c: "Gold" }))).toEqual({
      statusCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      message: "Tier: bad value for restricted picklist field: Gold",
      fields: ["Tier__c"],
    });
    expect(update("Contact", contact.id, { Title: "What was there before stays" })?.success).toBe(true);
  });

  it("are held to their controlling value, written or there", () => {
    const contact = org.seed("Contact", { LastName: "A", Tier__c: "Bronze" });
    expect(firstError(update("Contact", contact.id, { Level__c: "Dedicated" })).fields).toEqual(["Level__c"]);
    expect(update("Contact", contact.id, { Level__c: "Dedicated", Tier__c: "Gold" })?.success).toBe(true);
  });

  it("of states and countries keep names and codes together", () => {
    org.switchOnStateCountryPicklists();
    const contact = org.seed("Contact", { LastName: "A", MailingState: "Washington", MailingCountry: "United States" });
    const address = () => {
      const { MailingState, MailingStateCode, MailingCountry, MailingCountryCode } = org.get("Contact", contact.id)?.fields ?? {};
      return [MailingState, MailingStateCode, MailingCountry, MailingCountryCode];
    };
    expect(address()).toEqual(["Washington", "WA", "United States", "US"]);
    update("Contact", contact.id, { MailingStateCode: "WA", MailingCountryCode: "AU" });
    expect(address()).toEqual(["Western Australia", "WA", "Australia", "AU"]);
    expect(firstError(update("Contact", contact.id, { MailingState: "Texas" })).message).toBe(
      "The existing country/territory doesn't recognize the state value for field: Mailing State/Province",
    );
    expect(firstError(update("Contact", contact.id, { MailingCountryCode: "XX" })).statusCode).toBe(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    );
    update("Contact", contact.id, { MailingState: null, MailingCountry: null });
    expect(address()).toEqual([null, null, null, null]);
  });
});

describe("a lookup filter", () => {
  it("refuses records that it leaves out, whatever is saved", () => {
    const account = org.seed("Account", { Name: "Rival", Rating: "Cold" });
    const contact = org.seed("Contact", { LastName: "A", AccountId: account.id });
    const field = org.fieldsOf("Contact").get("AccountId");
    if (field) field.lookupFilter = ({ Rating: rating }) => rating !== "Cold";
    expect(firstError(update("Contact", contact.id, { Title: "Head" }))).toEqual({
      statusCode: "FIELD_FILTER_VALIDATION_EXCEPTION",
      message: "Value does not exist or does not match filter criteria.",
      fields: ["AccountId"],
    });
    expect(update("Contact", contact.id, { AccountId: null })?.success).toBe(true);
  });
});

describe("the order of execution", () => {
  beforeEach(() => {
    org.addRule({ kind: "flow", rule: { name: "Score", label: "Score Lead", object: "Contact", run: () => "The flow failed." } });
    org.addRule({ kind: "trigger", rule: { name: "AfterContact", object: "Contact", when: "after", run: () => "after" } });
    org.addRule({ kind: "duplicate", rule: { name: "Same_Email", label: "Same email", object: "Contact", matchField: "Email" } });
    org.addRule({
      kind: "validation",
      rule: { name: "Title", object: "Contact", errorMessage: "Give a title", errorField: "Title", refuses: () => true },
    });
    org.addRule({
      kind: "trigger",
      rule: { name: "ContactTrigger", object: "Contact", run: () => "System.NullPointerException: null" },
    });
  });

  it("hears rights, values, before triggers, validation rules, duplicate rules, after triggers, flows: each when those before pass", () => {
    const other = org.seed("Contact", { LastName: "Other", Email: "A@x.example" });
    const code = () => firstError(insert("Contact", { LastName: "A", Email: "a@x.example" }));
    org.setFieldRights("Contact", "Email", { read: true, edit: false });
    expect(code().statusCode).toBe("INVALID_FIELD_FOR_INSERT_UPDATE");
    org.setFieldRights("Contact", "Email", { read: true, edit: true });
    expect(firstError(insert("Contact", {})).statusCode).toBe("REQUIRED_FIELD_MISSING");
    expect(code()).toEqual({
      statusCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      message:
        "ContactTrigger: execution of BeforeInsert\n\ncaused by: System.NullPointerException: null\n\nTrigger.ContactTrigger: line 12, column 1",
      fields: [],
    });
    org.removeRule("ContactTrigger");
    expect(code()).toEqual({ statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: "Give a title", fields: ["Title"] });
    org.removeRule("Title");
    expect(code()).toMatchObject({
      statusCode: "DUPLICATES_DETECTED",
      message: "Use one of these records?",
      extra: {
        duplicateResult: {
          allowSave: false,
          duplicateRule: "Same_Email",
          matchResults: [{ size: 1, matchRecords: [{ record: { Id: other.id } }] }],
        },
      },
    });
    org.removeRule("Same_Email");
    expect(code().message).toContain("AfterContact: execution of AfterInsert");
    org.removeRule("AfterContact");
    expect(code()).toMatchObject({ statusCode: "CANNOT_EXECUTE_FLOW_TRIGGER" });
    expect(code().message).toContain("“Score Lead”");
    org.removeRule("Score");
    expect(insert("Contact", { LastName: "A", Email: "a@x.example" })?.success).toBe(true);
    expect(org.writes()).toHaveLength(1);
  });

  it("shows rules the record as it would be and as it was", () => {
    for (const name of ["ContactTrigger", "Title", "Same_Email", "AfterContact", "Score"]) org.removeRule(name);
    const contact = org.seed("Contact", { LastName: "A", Phone: "1" });
    const seen: unknown[] = [];
    org.addRule({
      kind: "validation",
      rule: {
        name: "Look",
        object: "Contact",
        errorMessage: "no",
        errorField: null,
        refuses: (record, before) => {
          seen.push(record.Phone, record.LastName, before?.Phone);
          return false;
        },
      },
    });
    update("Contact", contact.id, { Phone: "2" });
    expect(seen).toEqual(["2", "A", "1"]);
  });
});

describe("rights", () => {
  it("stop writes to objects, fields and records", () => {
    const contact = org.seed("Contact", { LastName: "A" });
    org.setObjectRights("Contact", { read: true, create: false, edit: true });
    expect(firstError(insert("Contact", { LastName: "B" }))).toMatchObject({
      statusCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      message: "entity type cannot be inserted: Contact",
    });
    org.setObjectRights("Contact", { read: true, create: true, edit: false });
    expect(firstError(update("Contact", contact.id, { Phone: "1" })).message).toBe("entity type cannot be updated: Contact");
    org.setObjectRights("Contact", { read: false, create: true, edit: true });
    expect(firstError(update("Contact", contact.id, { Phone: "1" })).statusCode).toBe("INVALID_TYPE");
    org.setObjectRights("Contact", { read: true, create: true, edit: true });
    org.setFieldRights("Contact", "Phone", { read: false, edit: false });
    expect(firstError(update("Contact", contact.id, { Phone: "1" })).statusCode).toBe("INVALID_FIELD");
    // An address is secured as a whole.
    org.setFieldRights("Contact", "MailingCity", { read: true, edit: false });
    expect(firstError(update("Contact", contact.id, { MailingStreet: "1" })).statusCode).toBe("INVALID_FIELD_FOR_INSERT_UPDATE");
    org.setRecordAccess(contact.id, "read-only");
    expect(firstError(update("Contact", contact.id, { Title: "1" })).statusCode).toBe("INSUFFICIENT_ACCESS_OR_READONLY");
    const admin = org.addUser({
      username: "a@x.example",
      name: "Ada Admin",
      email: "a@x.example",
      isActive: true,
      userType: "Standard",
    });
    const [result] = org.save({ userId: admin.id, app: "Salesforce" }, [
      { object: "Contact", id: contact.id, fields: { Phone: "1" } },
    ]);
    expect(result?.success).toBe(true);
  });
});

describe("calls", () => {
  it("are counted until the limit and refused from then on", () => {
    org.state.apiRequests.max = 3;
    org.addCalls("HubSpot", 2);
    expect(org.call(caller)).toBeNull();
    expect(org.call(caller)).toEqual({
      status: 403,
      code: "REQUEST_LIMIT_EXCEEDED",
      body: [{ message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" }],
    });
    expect(org.state.apiRequests.used).toBe(3);
  });

  it.each<[string, (org: LocalOrg) => void, number, string]>([
    ["a maintenance page", (o) => Object.assign(o.state, { unavailable: "maintenance-page" }), 503, "MAINTENANCE_PAGE"],
    ["an unavailable server", (o) => Object.assign(o.state, { unavailable: "server-unavailable" }), 503, "SERVER_UNAVAILABLE"],
    ["a server error", (o) => Object.assign(o.state, { serverError: true }), 500, "UNKNOWN_EXCEPTION"],
    ["an org without API", (o) => Object.assign(o.state, { apiDisabled: true }), 403, "API_DISABLED_FOR_ORG"],
    ["a user without API", (o) => o.setApiEnabled(false), 403, "API_CURRENTLY_DISABLED"],
    ["a locked org", (o) => Object.assign(o.state, { locked: "org" }), 403, "ORG_LOCKED"],
    ["revoked access", (o) => o.revokeAccess(true), 401, "INVALID_SESSION_ID"],
    ["an inactive user", (o) => Object.assign(o.integrationUser, { isActive: false }), 401, "INVALID_SESSION_ID"],
  ])("meet %s", (_, breakIt, status, code) => {
    expect(org.call(caller)).toBeNull();
    breakIt(org);
    expect(org.call(caller)).toMatchObject({ status, code });
    expect(org.state.apiRequests.used).toBe(1);
  });
});

it("saves ten thousand contacts and finds what changed among twenty thousand within seconds", () => {
  for (let number = 0; number < 20_000; number++)
    org.seed("Contact", { LastName: `N${number}`, SystemModstamp: "2026-01-01T00:00:00.000Z" });
  const ids = [...org.records("Contact")].slice(0, 10_000).map((record) => record.id);
  const started = performance.now();
  for (let from = 0; from < ids.length; from += 200) {
    org.save(
      caller,
      ids.slice(from, from + 200).map((id) => ({ object: "Contact", id, fields: { Title: "x" } })),
    );
  }
  expect(org.changedSince("Contact", new Date("2026-01-02T00:00:00Z")).map((record) => record.id)).toEqual(ids);
  expect(performance.now() - started).toBeLessThan(5000);
});
