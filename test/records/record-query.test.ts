import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENGLISH } from "../../src/language/language.ts";
import { readRecordQuery } from "../../src/records/record-query.ts";
import { longId } from "../../src/records/salesforce-id.ts";

const CONTACT = longId("003Kd00000AbCdE");

describe("a record is named by", () => {
  test.each([
    ["Ada@Example.com", { kind: "email", email: "ada@example.com" }],
    ["51001", { kind: "hubspot", id: "51001", object: null, portalId: null }],
    [CONTACT, { kind: "salesforce", id: CONTACT, object: "Contact" }],
    [CONTACT.slice(0, 15), { kind: "salesforce", id: CONTACT, object: "Contact" }],
    [
      "https://app.hubspot.com/contacts/42/record/0-1/51001",
      { kind: "hubspot", id: "51001", object: "contacts", portalId: "42" },
    ],
    [
      "https://app-eu1.hubspot.com/contacts/42/record/0-2/7/view/1?x=1",
      { kind: "hubspot", id: "7", object: "companies", portalId: "42" },
    ],
    ["https://app.hubspot.com/contacts/42/record/0-3/9#tab", { kind: "hubspot", object: "deals", id: "9" }],
    ["https://app.hubspot.com/contacts/42/contact/51001/", { kind: "hubspot", id: "51001", object: "contacts" }],
    ["https://app.hubspot.com/contacts/42/company/8", { kind: "hubspot", id: "8", object: "companies" }],
    ["https://app.hubspot.com/contacts/42/deal/8", { kind: "hubspot", id: "8", object: "deals" }],
    [`https://acme.lightning.force.com/lightning/r/Contact/${CONTACT}/view`, { kind: "salesforce", id: CONTACT }],
    [
      `https://acme.lightning.force.com/lightning/r/${CONTACT}/view?ws=%2Flightning%2Fr%2FAccount%2F001Kd00000AbCdE`,
      { kind: "salesforce", id: CONTACT },
    ],
    [`https://acme.my.salesforce.com/${CONTACT.slice(0, 15)}`, { kind: "salesforce", id: CONTACT }],
    [`https://na1.salesforce.com/${CONTACT}?srPos=0`, { kind: "salesforce", id: CONTACT, host: "na1.salesforce.com" }],
    [`https://acme.lightning.force.com/one/one.app#/sObject/${CONTACT}/view`, { kind: "salesforce", id: CONTACT }],
  ])("%s", (text, expected) => {
    expect(readRecordQuery(text)).toMatchObject(expected);
  });
});

describe("what to type instead is said of", () => {
  test.each([
    ["Ada Lovelace", /Type an email, a HubSpot record id, a Salesforce id/],
    ["ada@", /is no email/],
    ["005Kd00000AbCdE", /is the id of a Salesforce User: I look at contacts, leads, accounts and opportunities/],
    [CONTACT.toLowerCase(), /last three characters don't fit the capitals/],
    ["https://app.hubspot.com/contacts/42/record/0-5/7", /another kind of HubSpot record/],
    ["https://app.hubspot.com/contacts/42/objects/0-1/views/all/list", /no single record/],
    ["https://www.example.com/", /no single record/],
  ])("%s", (text, expected) => {
    const read = readRecordQuery(text);
    expect(read.kind === "unreadable" ? ENGLISH.render(read.why) : read).toMatch(expected);
  });
});

test("any text is read or explained, never an error", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => typeof readRecordQuery(text).kind === "string"));
});
