import { expect, test } from "vitest";
import { domainOf, matchKeys } from "../../src/records/match-keys.ts";
import type { HubSpotRecord, SalesforceRecord } from "../../src/records/record.ts";

const AT = new Date("2026-11-22T10:00:00Z");

function inHubSpot(object: HubSpotRecord["object"], properties: HubSpotRecord["properties"]): HubSpotRecord {
  return { object, id: "1", properties, createdAt: AT, updatedAt: AT };
}

function inSalesforce(object: SalesforceRecord["object"], fields: SalesforceRecord["fields"]): SalesforceRecord {
  return { object, id: "003000000000001AAA", fields, createdAt: AT, modifiedAt: AT, modifiedById: null };
}

test("contacts and leads are recognised by any of their emails, whatever its letter case", () => {
  const contact = inHubSpot("contacts", { email: "Ada@Example.com ", hs_additional_emails: "ada@old.example;Ada@example.com" });
  expect(matchKeys(contact)).toEqual(["email:ada@example.com", "email:ada@old.example"]);
  expect(matchKeys(inSalesforce("Lead", { Email: "ADA@old.example" }))).toEqual(["email:ada@old.example"]);
  expect(matchKeys(inSalesforce("Contact", { Email: null }))).toEqual([]);
});

test("companies are recognised by name and domain, deals by nothing", () => {
  const keys = ["name:acme", "domain:acme.example"];
  expect(matchKeys(inHubSpot("companies", { name: "Acme", domain: "acme.example" }))).toEqual(keys);
  expect(matchKeys(inSalesforce("Account", { Name: "ACME", Website: "https://www.Acme.example/about?x=1" }))).toEqual(keys);
  expect(matchKeys(inHubSpot("deals", { dealname: "Acme" }))).toEqual([]);
  expect(matchKeys(inSalesforce("Opportunity", { Name: "Acme" }))).toEqual([]);
});

test.each([
  ["https://www.acme.example/", "acme.example"],
  ["acme.example:8080", "acme.example"],
  ["n/a", null],
  ["", null],
  [null, null],
])("the domain in %s is %s", (website, domain) => {
  expect(domainOf(website)).toBe(domain);
});
