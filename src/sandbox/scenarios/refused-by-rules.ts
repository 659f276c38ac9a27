import type { Fields } from "../salesforce/model.ts";
import type { LinkedRecord } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** Errors that the org's rules, code and duplicate checks make. */
export const RULE_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/custom-code/custom-validation-rule",
    title: "Validation rule",
    story: "An admin adds a validation rule: phone numbers of contacts must start with a country code.",
    count: 4,
    make(play, count) {
      const records = play.linked("Contact", count);
      play.world.org.addRule({
        kind: "validation",
        rule: {
          name: "Phone_With_Country_Code",
          object: "Contact",
          errorMessage: "Phone must start with a country code, such as +47.",
          errorField: "Phone",
          refuses: (record) => typeof record.Phone === "string" && !record.Phone.startsWith("+"),
        },
      });
      for (const { hubspot } of records) play.editHubSpot(hubspot, { phone: `22 ${10_000_000 + play.nextNumber()}` });
      return () => {
        play.world.org.removeRule("Phone_With_Country_Code");
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/custom-code/custom-validation-rule/lookup-filter",
    title: "Lookup filter",
    story:
      "An admin filters the lookup Referred By: nobody who may not be called; in HubSpot such a contact is given as referrer.",
    count: 3,
    make(play, count) {
      const field = play.world.org.fieldsOf("Contact").get("Referred_By__c");
      const [referrer, ...records] = play.linked("Contact", count + 1, (_, fields) => !fields.Referred_By__c);
      if (!field || !referrer) return () => undefined;
      play.editSalesforce("Contact", referrer.salesforceId, { DoNotCall: true });
      field.lookupFilter = ({ DoNotCall: mayNotBeCalled }) => mayNotBeCalled !== true;
      for (const { hubspot } of records) play.editHubSpot(hubspot, { referred_by: referrer.salesforceId });
      return () => {
        delete field.lookupFilter;
        play.editSalesforce("Contact", referrer.salesforceId, { DoNotCall: false });
        play.giveBack([referrer, ...records]);
      };
    },
  },
  {
    id: "error/custom-code/salesforce-automation",
    title: "Apex trigger",
    story: "A new Apex trigger that routes contacts by postal code fails where it knows no territory.",
    count: 4,
    make(play, count) {
      const records = play.linked("Contact", count);
      play.world.org.addRule({
        kind: "trigger",
        rule: {
          name: "ContactRoutingTrigger",
          object: "Contact",
          run: (record) =>
            String(record.MailingPostalCode ?? "").startsWith("00-")
              ? "System.NullPointerException: Attempt to de-reference a null object"
              : null,
        },
      });
      for (const { hubspot } of records) play.editHubSpot(hubspot, { zip: `00-${play.nextNumber()}` });
      return () => {
        play.world.org.removeRule("ContactRoutingTrigger");
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/custom-code/salesforce-flow",
    title: "Flow",
    story: "An admin activates a flow on opportunities that fails on discounts.",
    count: 3,
    make(play, count) {
      const records = play.linked("Opportunity", count);
      play.world.org.addRule({
        kind: "flow",
        rule: {
          name: "Deal_Desk_Review",
          label: "Deal Desk Review",
          object: "Opportunity",
          run: (record) =>
            String(record.NextStep ?? "").includes("discount")
              ? "This error occurred when the flow tried to look up records: The flow didn't find any."
              : null,
        },
      });
      for (const { hubspot } of records)
        play.editHubSpot(hubspot, { hs_next_step: `Send the discount offer ${play.nextNumber()}` });
      return () => {
        play.world.org.removeRule("Deal_Desk_Review");
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/duplicates/salesforce-duplicate-rule",
    title: "Duplicate rule",
    story: "An admin activates a duplicate rule: no two contacts with the same phone number.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", 2 * count, (_, fields) => String(fields.Phone ?? "").startsWith("+"));
      play.world.org.addRule({
        kind: "duplicate",
        rule: { name: "Contacts_With_Same_Phone", label: "Contacts with the same phone", object: "Contact", matchField: "Phone" },
      });
      for (const [index, { hubspot }] of records.slice(0, count).entries()) {
        play.editHubSpot(hubspot, { phone: records[count + index]?.hubspot.properties.phone ?? null });
      }
      return () => {
        play.world.org.removeRule("Contacts_With_Same_Phone");
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/duplicates/email-already-in-use",
    title: "Email already in use",
    story: "Salesforce gets leads with emails of people who already are contacts there.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const leads = records.map(({ hubspot }) => ({
        email: hubspot.properties.email ?? "",
        id: play.createInSalesforce("Lead", {
          FirstName: hubspot.properties.firstname ?? null,
          LastName: hubspot.properties.lastname ?? null,
          Company: "Trade fair",
          Phone: `+47 22 33 ${1_000 + play.nextNumber()}`,
          Email: hubspot.properties.email ?? null,
        }),
      }));
      return () => {
        // Each gets an email of its own.
        for (const { id, email } of leads)
          play.editSalesforce("Lead", id, { Email: email.replace("@", `.${play.nextNumber()}@fair.`) });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/duplicates/email-already-in-use/additional",
    title: "Additional email in use",
    story: "Salesforce gets leads with emails that contacts have in HubSpot beside their primary one.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const emails = records.map(() => `private.${play.nextNumber()}@home.example`);
      for (const [index, { hubspot }] of records.entries()) {
        const others = `weekend.${play.nextNumber()}@home.example;${emails[index]}`;
        play.editHubSpot(hubspot, { hs_additional_emails: others });
      }
      const leads = emails.map((email) =>
        play.createInSalesforce("Lead", {
          LastName: `Guest ${play.nextNumber()}`,
          Company: "Trade fair",
          Phone: `+47 22 33 ${1_000 + play.nextNumber()}`,
          Email: email,
        }),
      );
      return () => {
        for (const id of leads) play.editSalesforce("Lead", id, { Email: `guest.${play.nextNumber()}@fair.example` });
        for (const { hubspot } of records) play.editHubSpot(hubspot, { hs_additional_emails: "" });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/associations/waiting-for-account",
    title: "Waiting for account",
    story: "Somebody deletes a company in HubSpot; new Salesforce contacts of its account have to wait.",
    count: 4,
    make(play, count) {
      const { account } = play.world;
      const [company] = play.linked("Account", 1);
      if (!company) return () => undefined;
      const { properties } = company.hubspot;
      // What Salesforce has of this account already would wait too when another scenario changes it there.
      const ofAccount = (_: LinkedRecord, fields: Fields) => fields.AccountId === company.salesforceId;
      const there = [...play.linked("Contact", "all", ofAccount), ...play.linked("Opportunity", "all", ofAccount)];
      account.archive("companies", company.hubspot.id);
      for (let made = 0; made < count; made++) {
        const number = play.nextNumber();
        play.createInSalesforce("Contact", {
          FirstName: "New",
          LastName: `Colleague ${number}`,
          Email: `colleague.${number}@${properties.domain}`,
          Phone: `+47 22 33 ${1_000 + play.nextNumber()}`,
          AccountId: company.salesforceId,
          Sales_Region__c: "Nordics",
        });
      }
      return () => {
        // Somebody makes the company again; the sync finds the account by its domain.
        const again = ["name", "domain", "website", "phone", "address", "city", "state", "zip", "country"] as const;
        const values = Object.fromEntries(again.map((name) => [name, properties[name] ?? null]));
        account.create("companies", { ...values, hubspot_owner_id: properties.hubspot_owner_id ?? null }, "CRM_UI");
        play.giveBack(there);
      };
    },
  },
];
