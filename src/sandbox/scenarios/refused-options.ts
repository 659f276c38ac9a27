import { TOPICS } from "../world/schema.ts";
import type { Play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** Errors of picklists, owners and stages. */
export const OPTION_SCENARIOS: readonly Scenario[] = [
  {
    id: "error/picklists/restricted-picklist-value",
    title: "Restricted picklist value",
    story: "Marketing adds the customer tier Platinum in HubSpot; Salesforce's restricted picklist doesn't have it.",
    count: 4,
    make(play, count) {
      const records = play.linked("Contact", count);
      const property = play.world.account.properties("contacts").get("customer_tier");
      const tier = unused("Platinum", property?.options ?? []);
      property?.options.push({ value: tier, label: tier, hidden: false });
      for (const { hubspot } of records) play.editHubSpot(hubspot, { customer_tier: tier });
      return () => {
        const field = play.world.org.fieldsOf("Contact").get("Customer_Tier__c");
        field?.picklistValues?.push({ value: tier, label: tier, active: true });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/missing-picklist-option",
    title: "Option not for the record type",
    story: "Contacts get the record type Partner, which doesn't take the customer tier Gold; in HubSpot they are made Gold.",
    count: 3,
    make(play, count) {
      const { org } = play.world;
      const records = play.linked("Contact", count, (_, { Customer_Tier__c: tier }) => tier !== "Gold");
      const former = records.map(({ salesforceId }) => org.get("Contact", salesforceId)?.fields.RecordTypeId ?? null);
      const partner = recordType(org, "Partner");
      org.setRecordTypePicklist(partner, "Customer_Tier__c", ["Bronze", "Silver"]);
      for (const { salesforceId } of records) play.editSalesforce("Contact", salesforceId, { RecordTypeId: partner });
      for (const { hubspot } of records) play.editHubSpot(hubspot, { customer_tier: "Gold" });
      return () => {
        org.setRecordTypePicklist(partner, "Customer_Tier__c", null);
        for (const [index, { salesforceId }] of records.entries()) {
          play.editSalesforce("Contact", salesforceId, { RecordTypeId: former[index] ?? null });
        }
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/missing-picklist-option/dependent",
    title: "Option not for the controlling value",
    story: "In HubSpot, customers below Gold get dedicated support; in Salesforce that level depends on the tier Gold.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count, (_, { Customer_Tier__c: tier }) => tier === "Bronze");
      for (const { hubspot } of records) play.editHubSpot(hubspot, { support_level: "Dedicated" });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { support_level: "Standard" });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/option-limit-exceeded/hubspot-to-salesforce",
    title: "Too many options ticked",
    story: "A form lets people tick every topic; Salesforce's multi-select picklist takes a hundred at once.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const ticked = TOPICS.slice(0, 101 + (play.nextNumber() % 19));
      for (const { hubspot } of records) play.editHubSpot(hubspot, { topics: ticked.join(";") });
      return () => {
        for (const { hubspot } of records) play.editHubSpot(hubspot, { topics: ticked.slice(0, 3).join(";") });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/options-mismatch",
    title: "Option unknown to HubSpot",
    story: "Sales picks the product Platform in Salesforce; HubSpot's property has no such option.",
    count: 3,
    make(play, count) {
      const records = play.linked("Contact", count);
      const field = play.world.org.fieldsOf("Contact").get("Product_Interest__c");
      const product = unused("Platform", field?.picklistValues ?? []);
      field?.picklistValues?.push({ value: product, label: product, active: true });
      for (const { salesforceId } of records) play.editSalesforce("Contact", salesforceId, { Product_Interest__c: product });
      return () => {
        const property = play.world.account.properties("contacts").get("product_interest");
        property?.options.push({ value: product, label: product, hidden: false });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/inactive-owner",
    title: "Inactive owner",
    story: "A colleague's Salesforce user is deactivated; in HubSpot contacts are still given to them.",
    count: 4,
    make(play, count) {
      const leaver = play.world.salesPeople.at(-1);
      if (!leaver) return () => undefined;
      const records = play.linked("Contact", count, (_, fields) => fields.OwnerId !== leaver.user.id);
      leaver.user.isActive = false;
      for (const { hubspot } of records) play.editHubSpot(hubspot, { hubspot_owner_id: leaver.ownerId });
      return () => {
        leaver.user.isActive = true;
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/owners-not-synced",
    title: "Owner unknown to HubSpot",
    story: "Contacts are given to a Salesforce user whom HubSpot has no owner for.",
    count: 3,
    make(play, count) {
      const { strangerToHubSpot: stranger, account } = play.world;
      const records = play.linked("Contact", count, (_, fields) => fields.OwnerId !== stranger.id);
      const owner = account.owners().find((candidate) => candidate.email === stranger.email);
      if (owner) owner.archived = true;
      for (const { salesforceId } of records) play.editSalesforce("Contact", salesforceId, { OwnerId: stranger.id });
      return () => {
        if (owner) owner.archived = false;
        else account.addOwner({ email: stranger.email, firstName: "Field", lastName: "Agent", archived: false });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/missing-or-invalid-stage",
    title: "Stage unknown to HubSpot",
    story: "An admin adds the stage Legal Review in Salesforce; the HubSpot pipeline doesn't have it.",
    count: 3,
    make(play, count) {
      const records = play.linked("Opportunity", count, (_, fields) => fields.IsClosed === false);
      const stage = addStage(play);
      for (const { salesforceId } of records) play.editSalesforce("Opportunity", salesforceId, { StageName: stage });
      return () => {
        const pipeline = play.world.account.pipelines().find(({ label }) => label.startsWith("Salesforce - "));
        pipeline?.stages.push({ id: String(155_310_900 + play.nextNumber()), label: stage, closed: false });
        play.giveBack(records);
      };
    },
  },
  {
    id: "error/picklists/inactive-opportunity-stage",
    title: "Inactive stage",
    story: "Opportunities are moved to Value Proposition, and then an admin deactivates that stage in Salesforce.",
    count: 3,
    make(play, count) {
      const isOpen = (stage: unknown) => stage !== "Value Proposition";
      const records = play.linked("Opportunity", count, (_, fields) => fields.IsClosed === false && isOpen(fields.StageName));
      for (const { salesforceId } of records)
        play.editSalesforce("Opportunity", salesforceId, { StageName: "Value Proposition" });
      setStageActive(play, "Value Proposition", false);
      return () => {
        setStageActive(play, "Value Proposition", true);
        play.giveBack(records);
      };
    },
  },
];

/** The contact record type of that name, made where it isn't there. */
function recordType(org: Play["world"]["org"], name: string): string {
  for (const { id, fields } of org.records("RecordType")) {
    if (fields.SobjectType === "Contact" && fields.Name === name) return id;
  }
  return org.seed("RecordType", { Name: name, DeveloperName: name, SobjectType: "Contact" }).id;
}

/** A new option's name: the scenario may have been made and mended before. */
function unused(name: string, options: readonly { readonly value: string }[]): string {
  const isTaken = (candidate: string) => options.some((option) => option.value === candidate);
  let candidate = name;
  for (let number = 2; isTaken(candidate); number++) candidate = `${name} ${number}`;
  return candidate;
}

function addStage(play: Play): string {
  const values = play.world.org.fieldsOf("Opportunity").get("StageName")?.picklistValues;
  const name = unused("Legal Review", values ?? []);
  values?.push({ value: name, label: name, active: true });
  play.world.org.seed("OpportunityStage", {
    MasterLabel: name,
    ApiName: name,
    IsActive: true,
    IsClosed: false,
    IsWon: false,
    SortOrder: values?.length ?? 0,
    DefaultProbability: 60,
    ForecastCategoryName: "Pipeline",
  });
  return name;
}

function setStageActive(play: Play, name: string, active: boolean): void {
  const { org } = play.world;
  const option = org
    .fieldsOf("Opportunity")
    .get("StageName")
    ?.picklistValues?.find((candidate) => candidate.value === name);
  if (option) option.active = active;
  for (const stage of org.records("OpportunityStage")) {
    if (stage.fields.ApiName === name) org.seed("OpportunityStage", { ...stage.fields, IsActive: active });
  }
}
