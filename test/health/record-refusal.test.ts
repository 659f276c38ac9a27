import { describe, expect, test } from "vitest";
import type { RefusedWrite } from "../../src/health/diagnosis.ts";
import { classifyRecordRefusal } from "../../src/health/record-refusal.ts";
import type { Refusal } from "../../src/health/refusal.ts";
import type { SyncErrorType } from "../../src/health/sync-errors.ts";
import type { SalesforceValue } from "../../src/records/record.ts";
import { BOB, field, objectSchema, picklist } from "../records/schema-parts.ts";

const schema = objectSchema("Contact", [
  field({ name: "LastName", label: "Last Name", length: 80, nillable: false }),
  field({ name: "Email", type: "email", length: 80 }),
  field({ name: "Birthdate", type: "date" }),
  field({ name: "AccountId", label: "Account ID", type: "reference", referenceTo: ["Account"] }),
  field({ name: "OwnerId", label: "Owner ID", type: "reference", referenceTo: ["User"] }),
  field({ name: "MailingState", label: "Mailing State/Province" }),
  field({ name: "MailingCountry", label: "Mailing Country" }),
  field({ name: "Customer_Number__c", label: "Customer Number", unique: true }),
  field({
    name: "Region__c",
    label: "Sales Region",
    type: "picklist",
    restrictedPicklist: true,
    picklistValues: [...picklist("EMEA", "APAC"), { value: "LATAM", label: "LATAM", active: false }],
  }),
  field({ name: "Degree__c", label: "Degree", type: "picklist", picklistValues: picklist("Bachelor's Degree") }),
]);

const RULES = [
  { name: "Phone_needed_for_customers", errorMessage: "A customer needs a phone number.", field: "Phone" },
  { name: "Ten_contacts", errorMessage: "Too many active contacts", field: null },
  { name: "A_city", errorMessage: "Fill in the address", field: "MailingCity" },
  { name: "A_street", errorMessage: "Fill in the address", field: "MailingStreet" },
];

function refusal(code: string, message: string, fields: readonly string[] = [], raw?: unknown): Refusal {
  return { system: "salesforce", code, message, fields, raw };
}

function classify(answer: Refusal, fields: Record<string, SalesforceValue> = {}, part: Partial<RefusedWrite> = {}) {
  return classifyRecordRefusal(answer, {
    object: "Contact",
    schema,
    fields,
    validationRules: RULES,
    mappings: [],
    users: { [BOB.id]: BOB },
    ...part,
  });
}

describe("each refusal has its type, field and details", () => {
  test.each<[SyncErrorType, string | null, Record<string, string>, Refusal, Record<string, SalesforceValue>?]>([
    [
      "custom-validation-rule",
      "Phone",
      { rule: "Phone_needed_for_customers" },
      refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "A customer needs a phone number.", ["Phone"]),
    ],
    [
      "custom-validation-rule",
      "MailingStreet",
      { rule: "A_street" },
      refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Fill in the address", ["MailingStreet"]),
    ],
    [
      "custom-validation-rule",
      null,
      { rule: "A_city or A_street" },
      refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Fill in the address"),
    ],
    [
      "custom-validation-rule",
      "AccountId",
      { filter: "lookup filter" },
      refusal("FIELD_FILTER_VALIDATION_EXCEPTION", "Value does not exist or does not match filter criteria.", ["AccountId"]),
    ],
    [
      "salesforce-automation",
      null,
      {
        trigger: "dlrs_ContactTrigger",
        innerCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        innerMessage: "Too many active contacts",
        rule: "Ten_contacts",
      },
      refusal(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "dlrs_ContactTrigger: execution of AfterInsert\n\ncaused by: System.DmlException: Update failed. First exception on row 0 with id 001L0000006U4gjIAC; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, Too many active contacts: []\n\n(dlrs)\nTrigger.dlrs_ContactTrigger: line 7, column 1",
      ),
    ],
    [
      "salesforce-automation",
      null,
      { trigger: "hed.TDTM_Contact", innerCode: "System.TypeException" },
      refusal(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "hed.TDTM_Contact: execution of AfterInsert\n\ncaused by: System.DmlException: Update failed. First exception on row 0 with id 0030W00003M7aeKQAR; first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, hed.TDTM_Contact: execution of AfterUpdate\n\ncaused by: System.TypeException: Cannot have more than 10 chunks in a single operation.\n\n(hed)",
      ),
    ],
    [
      "salesforce-automation",
      null,
      { trigger: "AccountGuard", innerCode: "System.NullPointerException", line: "Trigger.AccountGuard: line 3" },
      refusal(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "AccountGuard: execution of BeforeUpdate\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.AccountGuard: line 3, column 1",
      ),
    ],
    ["insufficient-access", null, {}, refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be updated: Contact")],
    [
      "salesforce-flow",
      null,
      { flow: "Account - Create or Edit", innerCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION" },
      refusal(
        "CANNOT_EXECUTE_FLOW_TRIGGER",
        "We can't save this record because the “Account - Create or Edit” process failed. Give your Salesforce admin these details. This error occurred when the flow tried to update records: FIELD_CUSTOM_VALIDATION_EXCEPTION: Move the Case to Preliminary Close before moving to Closed.. You can look up ExceptionCode values in the SOAP API Developer Guide.",
      ),
    ],
    [
      "salesforce-flow",
      null,
      { flow: "Measure Savings Field Updates" },
      refusal(
        "CANNOT_EXECUTE_FLOW_TRIGGER",
        "We can't save this record because the “Measure Savings Field Updates” process failed. Give your Salesforce admin these details. <b>An unhandled fault has occurred in this flow</b><br>An unhandled fault has occurred while processing the flow.  Please contact your system administrator for more information. Error ID: 1405213620-33528 (-1704150698)",
      ),
    ],
    [
      "salesforce-duplicate-rule",
      null,
      { rule: "Standard_Contact_Duplicate_Rule", matches: "0035g00000ABCDEAA5", matchCount: "1" },
      refusal("DUPLICATES_DETECTED", "Use one of these records?", [], {
        duplicateResut: {
          duplicateRule: "Standard_Contact_Duplicate_Rule",
          matchResults: [{ matchRecords: [{ record: { attributes: { type: "Contact" }, Id: "0035g00000ABCDEAA5" } }] }],
        },
      }),
    ],
    ["salesforce-duplicate-rule", null, {}, refusal("DUPLICATES_DETECTED", "Use one of these records?", [], "nonsense")],
    [
      "restricted-unique-value",
      "Customer_Number__c",
      { holder: "0035g00000ABCDEAA5" },
      refusal(
        "DUPLICATE_VALUE",
        "duplicate value found: Customer_Number__c duplicates value on record with id: 0035g00000ABCDEAA5",
      ),
      { Customer_Number__c: "C-1" },
    ],
    [
      "restricted-unique-value",
      "Customer_Number__c",
      {},
      refusal("DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>"),
      { Customer_Number__c: "C-1", LastName: "Ada" },
    ],
    [
      "insufficient-access-or-missing-record",
      null,
      {},
      refusal(
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "insufficient access rights on cross-reference id: 0015g00000ABCDE",
      ),
    ],
    ["insufficient-access-or-missing-record", null, {}, refusal("ENTITY_IS_DELETED", "entity is deleted")],
    [
      "field-permission",
      "Email",
      { fields: "Email, Birthdate" },
      refusal(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "Unable to create/update fields: Email, Birthdate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
        ["Email", "Birthdate"],
      ),
    ],
    [
      "field-permission",
      "Email",
      {},
      refusal(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "Unable to create/update fields: Email. Please check the security settings of this field.",
      ),
    ],
    ["field-permission", "Secret__c", {}, refusal("INVALID_FIELD", "No such column 'Secret__c' on sobject of type Contact")],
    ["insufficient-access", null, {}, refusal("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")],
    ["insufficient-access", null, {}, refusal("ENTITY_IS_LOCKED", "the entity is locked for editing")],
    [
      "restricted-picklist-value",
      "Region__c",
      { option: "Mars", fieldLabel: "Sales Region" },
      refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Sales Region: bad value for restricted picklist field: Mars", [
        "Region__c",
      ]),
      { Region__c: "Mars" },
    ],
    [
      "restricted-picklist-value",
      "Region__c",
      { option: "LATAM", inactive: "yes" },
      refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Sales Region: bad value for restricted picklist field: LATAM"),
      { Region__c: "LATAM" },
    ],
    [
      "missing-picklist-option",
      "Region__c",
      { reason: "record-type" },
      refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Sales Region: bad value for restricted picklist field: APAC", [
        "Region__c",
      ]),
      { Region__c: "APAC" },
    ],
    [
      "options-mismatch",
      "Region__c",
      { expected: "EMEA" },
      refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value for restricted picklist field: emea", ["Region__c"]),
      { Region__c: "emea" },
    ],
    [
      "missing-picklist-option",
      "Degree__c",
      { option: "Master's Degree" },
      refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Degree: bad value for restricted picklist field: Master&#39;s Degree"),
      { Degree__c: "Master's Degree" },
    ],
    [
      "state-country-mismatch",
      "MailingCountry",
      {},
      refusal(
        "FIELD_INTEGRITY_EXCEPTION",
        "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.",
        ["MailingCountry"],
      ),
      { MailingCountry: "Germoney" },
    ],
    [
      "missing-required-country",
      "MailingCountry",
      {},
      refusal(
        "FIELD_INTEGRITY_EXCEPTION",
        "A country/territory must be specified before specifying a state value for field: Mailing State/Province",
        ["MailingState"],
      ),
      { MailingState: "Bavaria" },
    ],
    [
      "state-country-mismatch",
      "MailingState",
      { country: "Germany" },
      refusal("FIELD_INTEGRITY_EXCEPTION", "The existing country/territory doesn't recognize the state value for field", [
        "MailingState",
      ]),
      { MailingState: "Texas", MailingCountry: "Germany" },
    ],
    [
      "inactive-owner",
      "OwnerId",
      { owner: "Bob" },
      refusal("INACTIVE_OWNER_OR_USER", "operation performed with inactive user [0055g00000ABCDF] as owner"),
      { OwnerId: BOB.id },
    ],
    [
      "owner-assignment",
      "OwnerId",
      {},
      refusal("OP_WITH_INVALID_USER_TYPE_EXCEPTION", "Operation not valid for this user type"),
      { OwnerId: "00G5g000001ABCDEA4" },
    ],
    [
      "missing-required-value",
      "LastName",
      { fields: "LastName, Company" },
      refusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName, Company]"),
    ],
    ["missing-contact-id", "WhoId", {}, refusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [WhoId]", ["WhoId"])],
    [
      "missing-required-country",
      "Country",
      {},
      refusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [Country]", ["Country"]),
    ],
    [
      "string-too-long",
      "LastName",
      { limit: "80", length: "100" },
      refusal("STRING_TOO_LONG", `Last Name: data value too large: ${"x".repeat(100)} (max length=80)`),
      { LastName: "x".repeat(100) },
    ],
    [
      "invalid-email",
      "Email",
      {},
      refusal("INVALID_EMAIL_ADDRESS", "Email: invalid email address: ada@", ["Email"]),
      { Email: "ada@" },
    ],
    [
      "missing-salesforce-id",
      "AccountId",
      {},
      refusal("MALFORMED_ID", "Account ID: id value of incorrect type: Acme", ["AccountId"]),
      { AccountId: "Acme" },
    ],
    [
      "invalid-salesforce-id",
      "AccountId",
      { expected: "Account" },
      refusal("MALFORMED_ID", "Account ID: id value of incorrect type: 0035g00000ABCDEAA5"),
      { AccountId: "0035g00000ABCDEAA5" },
    ],
    [
      "invalid-salesforce-id",
      "AccountId",
      { expected: "Account", actual: "Opportunity" },
      refusal("FIELD_INTEGRITY_EXCEPTION", "Kontonummer: ID-Wert mit falschem Typ: 0065g00000ABCDEAA5", ["AccountId"]),
      { AccountId: "0065g00000ABCDEAA5" },
    ],
    [
      "invalid-salesforce-id",
      "Partner__c",
      { actual: "Contact" },
      refusal("FIELD_INTEGRITY_EXCEPTION", "Partner: id value of incorrect type: 0035g00000ABCDEAA5", ["Partner__c"]),
      { Partner__c: "0035g00000ABCDEAA5" },
    ],
    [
      "type-mismatch",
      "Birthdate",
      { expected: "date" },
      refusal(
        "JSON_PARSER_ERROR",
        "Cannot deserialize instance of date from VALUE_STRING value soon or request may be missing a required field at [line:1, column:35]",
      ),
      { LastName: "soon", Birthdate: "soon" },
    ],
    [
      "invalid-value",
      null,
      {},
      refusal("NUMBER_OUTSIDE_VALID_RANGE", "Score: value outside of valid range on numeric field: 99999"),
    ],
    [
      "other",
      null,
      { code: "UNABLE_TO_LOCK_ROW" },
      refusal("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record or 1 records: 0015g00000ABCDE"),
    ],
    ["other", null, { code: "A_CODE_OF_TOMORROW" }, refusal("A_CODE_OF_TOMORROW", "Something new")],
  ])("%#: %s at %s, %j", (type, salesforceField, details, answer, fields) => {
    const diagnosis = classify(answer, fields);
    expect(diagnosis).toMatchObject({ type, salesforceField });
    expect(diagnosis.details).toMatchObject({ object: "Contact", ...details });
  });
});

describe("HubSpot's refusals", () => {
  test.each<[SyncErrorType, string, string, Record<string, string>]>([
    ["email-already-in-use", "CONFLICT", "Contact already exists. Existing ID: 37765128953", { holder: "37765128953" }],
    [
      "invalid-email",
      "VALIDATION_ERROR",
      'Property values were not valid: [{"isValid":false,"message":"Email address ada@ is invalid","error":"INVALID_EMAIL","name":"email"}]',
      { property: "email" },
    ],
    [
      "options-mismatch",
      "VALIDATION_ERROR",
      'Property values were not valid: [{"isValid":false,"error":"INVALID_OPTION","name":"region"}]',
      { property: "region" },
    ],
    ["other", "VALIDATION_ERROR", "Something else", {}],
  ])("%s", (type, code, message, details) => {
    const diagnosis = classify({ system: "hubspot", code, message, fields: [] });
    expect(diagnosis.type).toBe(type);
    expect(diagnosis.details).toMatchObject(details);
  });
});

test("an unknown refusal keeps code and message in full", () => {
  expect(classify(refusal("STRANGE", "Contact 0035g00000ABCDEAA5 is <odd> &amp; new")).details).toMatchObject({
    code: "STRANGE",
    message: "Contact 0035g00000ABCDEAA5 is <odd> & new",
  });
});

test("records with one cause have one cause text, whoever they are", () => {
  const cause = (id: string, number: number) =>
    classify(refusal("WEIRD", `Record ${id} of ada${number}@example.com failed at ${number}: "Ada ${number}"`), {
      LastName: `Ada ${number}`,
    }).cause;
  expect(cause("0035g00000ABCDEAA5", 1)).toBe(cause("0035g00000ZZZZZAB4", 22_222));
  const tooLong = (name: string) =>
    classify(refusal("STRING_TOO_LONG", `Last Name: data value too large: ${name} (max length=80)`), { LastName: name }).cause;
  expect(tooLong("x".repeat(100))).toBe(tooLong("y z ".repeat(30)));
});

test("different rules, options and owners stay different errors", () => {
  const picked = (option: string) =>
    classify(refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "bad value", ["Region__c"]), { Region__c: option }).cause;
  expect(picked("Mars")).not.toBe(picked("Venus"));
  const rule = (message: string) => classify(refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", message)).cause;
  expect(rule("A customer needs a phone number.")).not.toBe(rule("Too many active contacts"));
});

test("hostile messages cost little and can be stored", () => {
  const start = performance.now();
  for (const code of [
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    "CANNOT_EXECUTE_FLOW_TRIGGER",
    "DUPLICATE_VALUE",
    "STRING_TOO_LONG",
    "OTHER",
  ]) {
    for (const message of [
      `${"a".repeat(200_000)}!`,
      `: ${"a_".repeat(100_000)}`,
      `\0\u202e“${"“".repeat(50_000)}`,
      `${"A_B, ".repeat(40_000)}`,
      "<".repeat(100_000),
    ]) {
      const diagnosis = classify(refusal(code, message), { LastName: message });
      expect(JSON.stringify(diagnosis)).not.toContain("\\u0000");
      expect(diagnosis.cause.length).toBeLessThan(500);
    }
  }
  expect(performance.now() - start).toBeLessThan(3000);
});

describe("a refused option that the field has", () => {
  const described = objectSchema("Contact", [
    field({ name: "RecordTypeId", type: "reference" }),
    field({
      name: "Tier__c",
      label: "Tier",
      type: "picklist",
      restrictedPicklist: true,
      picklistValues: picklist("Bronze", "Gold"),
    }),
    field({
      name: "Level__c",
      label: "Level",
      type: "picklist",
      restrictedPicklist: true,
      controllerName: "Tier__c",
      picklistValues: [{ value: "Dedicated", label: "Dedicated", active: true, validFor: "QAAA" }],
    }),
  ]);
  const refused = (option: string, name: string) =>
    refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", `${name}: bad value for restricted picklist field: ${option}`, [
      `${name}__c`,
    ]);
  const recordType = { name: "Partner", picklists: { Tier__c: ["Bronze"] } };

  test("is none of the record type's, by name, and each record type is a cause of its own", () => {
    const write = { Tier__c: "Gold" };
    const known = classify(refused("Gold", "Tier"), write, { schema: described, recordType });
    expect(known).toMatchObject({ type: "missing-picklist-option", salesforceField: "Tier__c", value: "Gold" });
    expect(known.details).toMatchObject({ reason: "record-type", recordType: "Partner", option: "Gold" });
    const unknown = classify(refused("Gold", "Tier"), write, { schema: described });
    expect(unknown.details.recordType).toBeUndefined();
    expect(known.cause).not.toBe(unknown.cause);
  });

  test("doesn't go with the controlling value that is written, else with the one that the record has", () => {
    const answer = refused("Dedicated", "Level");
    const reasons = [
      classify(answer, { Level__c: "Dedicated", Tier__c: "Bronze" }, { schema: described, before: { Tier__c: "Gold" } }),
      classify(answer, { Level__c: "Dedicated" }, { schema: described, before: { Tier__c: null } }),
      classify(answer, { Level__c: "Dedicated" }, { schema: described, before: { Tier__c: "Gold" } }),
    ].map(({ details }) => `${details.reason} ${details.controllingValue}`);
    expect(reasons).toEqual(["controlling-field Bronze", "controlling-field ", "record-type undefined"]);
  });
});

test("a state of another country is one cause for each country, whichever of its fields Salesforce names", () => {
  const states = field({
    name: "MailingStateCode",
    type: "picklist",
    picklistValues: [{ value: "ON", label: "Ontario", active: true }],
  });
  const listed = objectSchema("Contact", [...Object.values(schema.fields), states]);
  const answer = (name: string) =>
    refusal("FIELD_INTEGRITY_EXCEPTION", "The existing country/territory doesn't recognize the state value for field", [name]);
  const within = (country: string, name = "MailingState") =>
    classify(answer(name), { MailingState: "Ontario" }, { schema: listed, before: { MailingCountry: country } });
  expect(within("Norway", "MailingStateCode")).toEqual(within("Norway"));
  expect(within("Norway").details).toMatchObject({ option: "Ontario", country: "Norway", reason: "other-country" });
  expect(within("Norway").cause).not.toBe(within("Poland").cause);
});
