import type { Scenario } from "./scenario.ts";

/** Errors that single values make: too long, out of range, taken, missing, of another type. */
export const VALUE_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/property-values/string-too-long",
    title: "String too long",
    story: "A form lets people enter job titles of more than 128 characters.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      for (const { hubspot } of records) {
        play.editHubSpot(hubspot, { jobtitle: `${"Deputy ".repeat(20)}Director ${play.nextNumber()}` });
      }
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { jobtitle: `Deputy Director ${play.nextNumber()}` });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-values/invalid-email",
    title: "Email that Salesforce refuses",
    story: "People sign up with addresses of a mobile carrier: two dots in a row, which HubSpot takes and Salesforce refuses.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const before = records.map(({ hubspot }) => hubspot.properties.email ?? null);
      for (const { hubspot } of records)
        play.editHubSpot(hubspot, { email: `ola..nordmann.${play.nextNumber()}@mobile.example` });
      return () => {
        for (const [index, { hubspot }] of records.entries()) play.editHubSpot(hubspot, { email: before[index] ?? null });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-values/missing-required-value",
    title: "Required value missing",
    story: "An admin makes Sales Region required on contacts; in HubSpot somebody empties it.",
    count: 3,
    make(play, count) {
      const field = play.world.org.fieldsOf("Contact").get("Sales_Region__c");
      const records = play.linked("Contact", count, (_, fields) => Boolean(fields.Sales_Region__c));
      if (field) field.required = true;
      for (const { hubspot } of records) play.editHubSpot(hubspot, { sales_region: "" });
      return () => {
        if (field) field.required = false;
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-values/invalid-value",
    title: "Number out of range",
    story: "A workflow writes health scores of five digits; Salesforce's field holds three.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      for (const { hubspot } of records) play.editHubSpot(hubspot, { health_score: String(12_000 + play.nextNumber()) });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { health_score: String(50 + (play.nextNumber() % 50)) });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-values/restricted-unique-value",
    title: "Value taken",
    story: "An import gives contacts customer numbers that other contacts already have.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", 2 * count, (_, fields) => Boolean(fields.Customer_Number__c));
      const wrong = records.slice(0, count);
      for (const [index, { hubspot }] of wrong.entries()) {
        play.editHubSpot(hubspot, { customer_number: records[count + index]?.hubspot.properties.customer_number ?? null });
      }
      return () => {
        for (const { hubspot } of wrong)
          play.editHubSpot(hubspot, { customer_number: hubspot.properties.customer_number ?? null });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/property-mappings/type-mismatch",
    title: "Text in a number field",
    story: "People write words into Annual Revenue, which HubSpot keeps as text and Salesforce as money.",
    count: 3,
    make(play, count) {
      const records = play.linked("Lead", count, (_, fields) => fields.AnnualRevenue === null);
      for (const { hubspot } of records) play.editHubSpot(hubspot, { annualrevenue: "about two million" });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { annualrevenue: "2000000" });
        play.giveBack(records);
      };
    },
  },
];
