import type { AccountRecord, ObjectType, PropertyDefinition } from "../hubspot/model.ts";
import type { PropertyRule } from "../hubspot/property-rules.ts";
import type { LinkedRecord, Play } from "./play.ts";
import { ImpossibleScenario } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** What a HubSpot property can have. */
const OPTION_LIMIT = 5_000;

/** What HubSpot refuses of Salesforce's changes: ids end with the direction where the type is one of both. */
export const INCOMING_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/associations/association-limit-reached",
    title: "Association limit",
    story: "A holding company has as many contacts in HubSpot as it can have; Salesforce gets more of them.",
    count: 3,
    make(play, count) {
      const { account } = play.world;
      const { associations } = account;
      const [holding] = play.linked("Account", 1);
      if (!holding) return () => undefined;
      const sizes = [...account.records("companies")].map((company) => associations.of(company, "contacts").size);
      // No other company comes near it.
      const limit = Math.max(...sizes) + 10;
      const joined: AccountRecord[] = [];
      for (const contact of account.records("contacts")) {
        if (associations.of(holding.hubspot, "contacts").size >= limit) break;
        if (associations.of(holding.hubspot, "contacts").has(contact.id)) continue;
        if (associations.associate(holding.hubspot, contact)) joined.push(contact);
      }
      if (associations.of(holding.hubspot, "contacts").size < limit) {
        for (const contact of joined) associations.remove(holding.hubspot, contact);
        throw new ImpossibleScenario("This world has too few contacts to fill a company with");
      }
      associations.setLimit("companies", "contacts", limit);
      const made = Array.from({ length: count }, () => {
        const number = play.nextNumber();
        return play.createInSalesforce("Contact", {
          FirstName: "Another",
          LastName: `Employee ${number}`,
          Email: `employee.${number}@${holding.hubspot.properties.domain}`,
          Phone: `+47 22 33 ${1_000 + play.nextNumber()}`,
          AccountId: holding.salesforceId,
          Sales_Region__c: "Nordics",
        });
      });
      return () => {
        associations.setLimit("companies", "contacts", null);
        for (const contact of joined) associations.remove(holding.hubspot, contact);
        // There is room now: somebody has the new ones tried again.
        for (const id of made) play.editSalesforce("Contact", id, { Title: "Employee" });
        play.giveBack([holding]);
      };
    },
  },
  {
    id: "error/associations/association-limit-reached/contact",
    title: "Companies of a contact",
    story: "An admin lets HubSpot's contacts have one company each; in Salesforce people move to another account.",
    count: 3,
    make(play, count) {
      const { account } = play.world;
      const { associations } = account;
      const [target] = play.linked("Account", 1);
      if (!target) return () => undefined;
      const movers = play.linked("Contact", count, ({ hubspot }, { AccountId }) => {
        return AccountId !== target.salesforceId && associations.of(hubspot, "companies").size === 1;
      });
      associations.setMaximum("contacts", "companies", 1);
      for (const { salesforceId } of movers) play.editSalesforce("Contact", salesforceId, { AccountId: target.salesforceId });
      return () => {
        associations.setMaximum("contacts", "companies", null);
        play.giveBack([target, ...movers]);
      };
    },
  },
  {
    id: "error/picklists/option-limit-exceeded",
    title: "Option limit",
    story: "Sales picks a new event in Salesforce; HubSpot's property has as many options as it can have.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const property = propertyOf(play, "contacts", "last_event");
      const before = property.options;
      const added = Array.from({ length: OPTION_LIMIT - before.length }, (_, index) => `Webinar ${index + 1}`);
      property.options = [...before, ...added.map((value) => ({ value, label: value, hidden: false }))];
      const event = `Roadshow ${play.nextNumber()}`;
      play.world.org.fieldsOf("Contact").get("Last_Event__c")?.picklistValues?.push({ value: event, label: event, active: true });
      for (const { salesforceId } of records) play.editSalesforce("Contact", salesforceId, { Last_Event__c: event });
      return () => {
        // Somebody deletes the options that no record has, and adds the new one.
        property.options = [...before, { value: event, label: event, hidden: false }];
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/default-sales-process-unavailable",
    title: "No record type",
    story: "A colleague's profile loses its default record type of opportunities; what they make has none.",
    count: 3,
    make(play, count) {
      const { org, salesPeople } = play.world;
      const user = salesPeople[0]?.user;
      const [account] = play.linked("Account", 1);
      const [type] = [...org.records("RecordType")].filter(({ fields }) => fields.SobjectType === "Opportunity");
      if (!user || !account || !type) return () => undefined;
      user.withoutRecordType = ["Opportunity"];
      const made = Array.from({ length: count }, () =>
        play.createInSalesforce("Opportunity", {
          Name: `Renewal ${play.nextNumber()}`,
          StageName: "Prospecting",
          CloseDate: "2030-06-30",
          AccountId: account.salesforceId,
        }),
      );
      return () => {
        user.withoutRecordType = [];
        for (const id of made) play.editSalesforce("Opportunity", id, { RecordTypeId: type.id });
        play.giveBack([account]);
      };
    },
  },
  {
    id: "error/property-values/invalid-email/salesforce-to-hubspot",
    title: "Email that HubSpot refuses",
    story: "Somebody in Salesforce cuts off the end of email addresses, which Salesforce takes and HubSpot refuses.",
    count: 3,
    make: (play, count) =>
      editValues(play, play.linked("Contact", count), "Email", ({ hubspot }) =>
        (hubspot.properties.email ?? "").replace(/\.\w+$/, ".e"),
      ),
  },
  {
    id: "error/property-mappings/type-mismatch/salesforce-to-hubspot",
    title: "Text for a number property",
    story: "Seats are text in Salesforce and a number in HubSpot; sales writes words into them.",
    count: 3,
    make: (play, count) => editValues(play, play.linked("Contact", count), "Seats__c", () => "about forty"),
  },
  {
    id: "error/property-values/invalid-value/salesforce-to-hubspot",
    title: "Number out of HubSpot's range",
    story: "An admin sets 10 as the least health score by a rule of the HubSpot property; Salesforce gets lower ones.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const release = setRules(play, "contacts", "health_score", [{ ruleType: "MIN_NUMBER", ruleArguments: ["10"] }]);
      const giveBack = editValues(play, records, "Health_Score__c", () => 1 + (play.nextNumber() % 9));
      return () => {
        release();
        giveBack();
      };
    },
  },
  {
    id: "error/property-values/string-too-long/salesforce-to-hubspot",
    title: "Text too long for HubSpot",
    story: "A meeting's whole transcript goes into a Salesforce field that holds more than a HubSpot property can.",
    count: 2,
    make: (play, count) =>
      editValues(
        play,
        play.linked("Contact", count),
        "Meeting_Notes__c",
        () => `${play.nextNumber()}: ${"So it was said. ".repeat(4_200)}`,
      ),
  },
  {
    id: "error/property-values/missing-required-value/salesforce-to-hubspot",
    title: "Required by HubSpot",
    story: "An admin demands a job title of every contact in HubSpot; in Salesforce somebody empties it.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count, (_, fields) => Boolean(fields.Title));
      const release = setRules(play, "contacts", "jobtitle", [{ ruleType: "MIN_LENGTH", ruleArguments: ["1"] }]);
      const giveBack = editValues(play, records, "Title", () => null);
      return () => {
        release();
        giveBack();
      };
    },
  },
  {
    id: "error/property-values/missing-required-value/new-in-hubspot",
    title: "Required of new records by HubSpot",
    story:
      "An admin makes the phone number a required property of HubSpot's contacts; in Salesforce people are made without one.",
    count: 3,
    make(play, count) {
      const required = play.world.account.state.required.contacts;
      const [account] = play.linked("Account", 1);
      if (!account) return () => undefined;
      required.add("phone");
      const made = Array.from({ length: count }, () => {
        const number = play.nextNumber();
        return play.createInSalesforce("Contact", {
          FirstName: "Unlisted",
          LastName: `Colleague ${number}`,
          Email: `colleague.${number}@${account.hubspot.properties.domain}`,
          AccountId: account.salesforceId,
          Sales_Region__c: "Nordics",
        });
      });
      return () => {
        required.delete("phone");
        for (const id of made) play.editSalesforce("Contact", id, { Phone: `+47 22 33 ${1_000 + play.nextNumber()}` });
        play.giveBack([account]);
      };
    },
  },
  {
    id: "error/property-values/restricted-unique-value/salesforce-to-hubspot",
    title: "Value taken in HubSpot",
    story: "Contract numbers are unique in HubSpot and not in Salesforce, where two contacts get the same.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", 2 * count);
      const holders = records.slice(count);
      const numbers = holders.map(() => `K-${play.nextNumber()}`);
      for (const [index, { hubspot, salesforceId }] of holders.entries()) {
        const number = numbers[index] ?? null;
        play.editSalesforce("Contact", salesforceId, { Contract_Number__c: number });
        play.editHubSpot(hubspot, { contract_number: number });
      }
      const taken = [...numbers];
      return editValues(play, records.slice(0, count), "Contract_Number__c", () => taken.shift() ?? null, holders);
    },
  },
  {
    id: "error/picklists/owners-not-synced/user-type",
    title: "Owner of another type",
    story: "Contacts are given to a portal user, whom HubSpot takes as no owner although it knows the email.",
    count: 3,
    make(play, count) {
      const { org, account } = play.world;
      const email = `partner.portal.${play.nextNumber()}@northwind-sales.example`;
      const user = org.addUser({ username: email, name: "Pat Portal", email, isActive: true, userType: "CspLitePortal" });
      account.addOwner({ email, firstName: "Pat", lastName: "Portal", archived: false });
      // Two of the team lose their rights in other scenarios, and can't have their contacts back meanwhile.
      const staying = new Set(play.world.salesPeople.slice(0, -2).map((person) => person.user.id));
      const records = play.linked("Contact", count, (_, { OwnerId }) => staying.has(String(OwnerId)));
      return editValues(play, records, "OwnerId", () => user.id);
    },
  },
];

/** Somebody edits a field in Salesforce; the mend gives each record its former value again. */
function editValues(
  play: Play,
  records: readonly LinkedRecord[],
  field: string,
  valueFor: (record: LinkedRecord) => string | number | null,
  alsoUsed: readonly LinkedRecord[] = [],
): () => void {
  const before = records.map(({ salesforceId }) => play.world.org.get("Contact", salesforceId)?.fields[field] ?? null);
  for (const record of records) play.editSalesforce("Contact", record.salesforceId, { [field]: valueFor(record) });
  return () => {
    for (const [index, { salesforceId }] of records.entries()) {
      play.editSalesforce("Contact", salesforceId, { [field]: before[index] ?? null });
    }
    play.giveBack([...records, ...alsoUsed]);
  };
}

function propertyOf(play: Play, object: ObjectType, name: string): PropertyDefinition {
  const property = play.world.account.properties(object).get(name);
  if (!property) throw new ImpossibleScenario(`This world has no property ${name}`);
  return property;
}

function setRules(play: Play, object: ObjectType, name: string, rules: readonly PropertyRule[]): () => void {
  const property = propertyOf(play, object, name);
  property.rules = rules;
  return () => {
    property.rules = [];
  };
}
