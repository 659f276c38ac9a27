import { describe, expect, it } from "vitest";
import { smallWorld } from "../world/small-world.ts";

describe("the native sync's rules", () => {
  it("carries a HubSpot change of a two-way mapping to Salesforce and stamps the contact", () => {
    const { sync, contact, play, salesforceFields, account } = smallWorld();
    const { hubspot, salesforceId } = contact();
    const before = account.get("contacts", hubspot.id)?.properties.salesforcelastsynctime;
    play.editHubSpot(hubspot, { phone: "+47 99 99 99 99" });
    sync.look();
    expect(salesforceFields("Contact", salesforceId).Phone).toBe("+47 99 99 99 99");
    expect(account.get("contacts", hubspot.id)?.properties.salesforcelastsynctime).not.toBe(before);
  });

  it("carries a Salesforce change to HubSpot with SALESFORCE as source", () => {
    const { sync, contact, play, hubspotProperties, account } = smallWorld();
    const { hubspot, salesforceId } = contact();
    play.editSalesforce("Contact", salesforceId, { Title: "Head of Fish" });
    sync.look();
    expect(hubspotProperties("contacts", hubspot.id).jobtitle).toBe("Head of Fish");
    expect(account.history("contacts", hubspot.id, "jobtitle")[0]?.sourceType).toBe("SALESFORCE");
  });

  it("lets the most recent change of a two-way mapping win, and leaves other fields' changes alone", () => {
    const { sync, contact, play, salesforceFields, hubspotProperties, world } = smallWorld();
    const { hubspot, salesforceId } = contact();
    play.editSalesforce("Contact", salesforceId, { Title: "Older", MailingCity: "Narvik" });
    world.clock.setBack(-1_000);
    play.editHubSpot(hubspot, { jobtitle: "Newer" });
    sync.look();
    expect(salesforceFields("Contact", salesforceId)).toMatchObject({ Title: "Newer", MailingCity: "Narvik" });
    expect(hubspotProperties("contacts", hubspot.id)).toMatchObject({ jobtitle: "Newer", city: "Narvik" });
  });

  it("prefers Salesforce unless it is blank", () => {
    const { sync, play, salesforceFields, hubspotProperties } = smallWorld();
    const [blank] = play.linked("Contact", 1, (_, fields) => fields.MobilePhone === null);
    const [filled] = play.linked("Contact", 1, (_, fields) => fields.MobilePhone !== null);
    if (!blank || !filled) throw new Error("The world lacks such contacts");
    for (const { hubspot } of [blank, filled]) play.editHubSpot(hubspot, { mobilephone: "+47 40" });
    sync.look();
    expect(salesforceFields("Contact", blank.salesforceId).MobilePhone).toBe("+47 40");
    expect(salesforceFields("Contact", filled.salesforceId).MobilePhone).toBe(filled.hubspot.properties.mobilephone);
    expect(hubspotProperties("contacts", filled.hubspot.id).mobilephone).toBe(filled.hubspot.properties.mobilephone);
  });

  it("never writes a field that always uses Salesforce", () => {
    const { sync, play, org, hubspotProperties } = smallWorld();
    const [record] = play.linked("Contact", 1, (_, fields) => fields.Product_Interest__c === "Team");
    if (!record) throw new Error("The world lacks such a contact");
    play.editHubSpot(record.hubspot, { product_interest: "Starter" });
    sync.look();
    expect(org.writes().filter(({ fields }) => "Product_Interest__c" in fields)).toEqual([]);
    expect(hubspotProperties("contacts", record.hubspot.id).product_interest).toBe("Team");
  });

  it("translates owners by email and stages by name", () => {
    const { sync, play, world, hubspotProperties, salesforceFields } = smallWorld();
    const [deal] = play.linked("Opportunity", 1, (_, fields) => fields.StageName !== "Qualification");
    const other = world.salesPeople.find(({ ownerId }) => ownerId !== deal?.hubspot.properties.hubspot_owner_id);
    if (!deal || !other) throw new Error("The world lacks such a deal");
    play.editSalesforce("Opportunity", deal.salesforceId, { StageName: "Qualification" });
    play.editHubSpot(deal.hubspot, { hubspot_owner_id: other.ownerId });
    sync.look();
    const pipeline = world.account.pipelines().find(({ label }) => label.startsWith("Salesforce - "));
    const stage = pipeline?.stages.find(({ label }) => label === "Qualification");
    expect(hubspotProperties("deals", deal.hubspot.id).dealstage).toBe(stage?.id);
    expect(salesforceFields("Opportunity", deal.salesforceId).OwnerId).toBe(other.user.id);
  });

  it("does not see unmapped properties, contacts outside the list, or deals in other pipelines", () => {
    const { sync, contact, play, org, account } = smallWorld();
    const { hubspot } = contact();
    play.editHubSpot(hubspot, { lifecyclestage: "evangelist" });
    const outside = [...account.records("contacts")].find(({ properties }) => properties.keep_out_of_salesforce === "true");
    if (outside) play.editHubSpot(outside, { phone: "+47 1" });
    const otherDeal = [...account.records("deals")].find(({ properties }) => !properties.hs_salesforceopportunityid);
    if (otherDeal) play.editHubSpot(otherDeal, { amount: "1" });
    sync.look();
    expect(outside && otherDeal).toBeTruthy();
    expect(org.writes().filter(({ app }) => app === "HubSpot")).toEqual([]);
  });

  it("does not react to its own writes", async () => {
    const { sync, contact, play } = smallWorld({ reactionMs: 1, lookEveryMs: 60_000 });
    sync.start();
    try {
      play.editSalesforce("Contact", contact().salesforceId, { Title: "Once" });
      sync.look();
      const calls = sync.state().callsMade;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(sync.state().callsMade).toBe(calls);
    } finally {
      sync.stop();
    }
  });

  it("keeps a linked contact frozen that has left the inclusion list", () => {
    const { sync, contact, play, salesforceFields } = smallWorld();
    const { hubspot, salesforceId } = contact();
    play.editHubSpot(hubspot, { keep_out_of_salesforce: "true", phone: "+47 2" });
    sync.look();
    expect(salesforceFields("Contact", salesforceId).Phone).not.toBe("+47 2");
    expect(sync.truth().errors).toEqual([]);
  });
});

describe("the native sync's deleted partners", () => {
  function deletedPartner() {
    const small = smallWorld();
    const { hubspot, salesforceId } = small.contact();
    const person = { userId: small.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" };
    small.org.remove(person, "Contact", salesforceId);
    return { ...small, hubspot };
  }

  it("are found out when a contact enters the inclusion list, not when it was there all along", () => {
    const { sync, play, hubspot } = deletedPartner();
    play.editHubSpot(hubspot, { keep_out_of_salesforce: "false" });
    sync.look();
    expect(sync.truth().errors).toEqual([]);
    play.editHubSpot(hubspot, { keep_out_of_salesforce: "true" });
    play.editHubSpot(hubspot, { keep_out_of_salesforce: "false" });
    sync.look();
    expect(sync.truth().errors.map(({ type }) => type)).toEqual(["insufficient-access-or-missing-record"]);
  });
});

describe("the native sync's further causes", () => {
  it("are those behind the one that is met first, and change nothing", () => {
    const { sync, scenarios, play, org, account } = smallWorld();
    scenarios.make("error/associations/waiting-for-account", 1);
    sync.look();
    const waiting = sync.truth().errors.find(({ type }) => type === "waiting-for-account")?.records[0];
    play.editSalesforce("Contact", waiting?.salesforceId ?? "", {
      Email: play.linked("Contact", 1)[0]?.hubspot.properties.email ?? "",
    });
    sync.look();
    const before = { writes: org.writes().length, changes: account.writes().length };
    expect(
      sync
        .further()
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(["email-already-in-use", "waiting-for-account"]);
    expect({ writes: org.writes().length, changes: account.writes().length }).toEqual(before);
  });
});

describe("the native sync makes and links records", () => {
  it("makes a lead of a new HubSpot contact", () => {
    const { sync, account, org } = smallWorld();
    const made = account.create("contacts", { email: "new@lead.example", lastname: "New", company: "Lead AS" }, "CRM_UI");
    sync.look();
    const id = made.ok ? account.get("contacts", made.record.id)?.properties.salesforceleadid : null;
    expect(org.get("Lead", id ?? "")?.fields).toMatchObject({ Email: "new@lead.example", LastName: "New", Company: "Lead AS" });
  });

  it("links a new HubSpot contact with the Salesforce lead of the same email instead of making another", () => {
    const { sync, account, org, play } = smallWorld();
    const leads = () => [...org.records("Lead")].length;
    const leadId = play.createInSalesforce("Lead", { LastName: "Match", Company: "Both", Email: "both@sides.example" });
    const before = leads();
    account.create("contacts", { email: "both@sides.example", lastname: "Match" }, "CRM_UI");
    sync.look();
    expect(account.find("contacts", "email", "both@sides.example")?.properties.salesforceleadid).toBe(leadId);
    expect(leads()).toBe(before);
  });

  it("makes the company of an account before its contact", () => {
    const { sync, account, play } = smallWorld();
    const accountId = play.createInSalesforce("Account", { Name: "Brand New AS", Website: "https://brand-new.example" });
    sync.look();
    expect(account.find("companies", "salesforceaccountid", accountId)).toBeNull();
    play.createInSalesforce("Contact", { LastName: "First", Email: "first@brand-new.example", AccountId: accountId });
    sync.look();
    expect(account.find("companies", "salesforceaccountid", accountId)?.properties.domain).toBe("brand-new.example");
    expect(account.find("contacts", "email", "first@brand-new.example")?.properties.salesforceaccountid).toBe(accountId);
  });

  it("links the company with an account's domain, whatever its name", () => {
    const { sync, account, play } = smallWorld();
    const accountId = play.createInSalesforce("Account", {
      Name: "Legal Name Holding",
      Website: "https://www.known-as.example/no",
    });
    const made = account.create("companies", { name: "Known As", domain: "known-as.example" }, "CRM_UI");
    play.createInSalesforce("Contact", { LastName: "First", Email: "first@known-as.example", AccountId: accountId });
    sync.look();
    expect(account.find("companies", "salesforceaccountid", accountId)?.id).toBe(made.ok ? made.record.id : "");
  });

  it("makes opportunities of deals in a Salesforce pipeline and deals of opportunities", () => {
    const { sync, account, org, play, world } = smallWorld();
    const pipeline = world.account.pipelines().find(({ label }) => label.startsWith("Salesforce - "));
    const made = account.create(
      "deals",
      {
        dealname: "Fresh",
        pipeline: pipeline?.id ?? "",
        dealstage: pipeline?.stages[0]?.id ?? "",
        closedate: "2030-01-31T00:00:00Z",
      },
      "CRM_UI",
    );
    const opportunity = play.createInSalesforce("Opportunity", {
      Name: "Back",
      StageName: "Prospecting",
      CloseDate: "2030-02-01",
    });
    sync.look();
    const id = made.ok ? account.get("deals", made.record.id)?.properties.hs_salesforceopportunityid : null;
    expect(org.get("Opportunity", id ?? "")?.fields).toMatchObject({ StageName: "Prospecting", CloseDate: "2030-01-31" });
    expect(account.find("deals", "hs_salesforceopportunityid", opportunity)?.properties.pipeline).toBe(pipeline?.id);
  });
});

describe("failed records", () => {
  it("are retried some times and then wait for the night or for somebody", () => {
    const { sync, scenarios, org, lookAfter } = smallWorld({ retries: 2, retryEveryMs: 1_000, nightlyRetryMs: 100_000 });
    scenarios.make("error/custom-code/custom-validation-rule", 2);
    for (const moment of [0, 1_100, 2_200, 3_300]) lookAfter(moment);
    scenarios.mend("error/custom-code/custom-validation-rule");
    lookAfter(10_000);
    expect(sync.truth().errors[0]?.records).toHaveLength(2);
    expect(org.writes().filter(({ app }) => app === "HubSpot")).toEqual([]);
    lookAfter(150_000);
    expect(sync.truth().errors).toEqual([]);
  });

  it("leave the truth when somebody else has put them right on both sides", () => {
    const { sync, scenarios, account } = smallWorld();
    scenarios.make("error/custom-code/custom-validation-rule", 2);
    sync.look();
    const [first] = sync.truth().errors[0]?.records ?? [];
    const before = account.history("contacts", first?.hubspotId ?? "", "phone")[1]?.value ?? "";
    account.update("contacts", first?.hubspotId ?? "", { phone: before }, "INTEGRATION");
    expect(sync.truth().errors[0]?.records).toHaveLength(1);
  });

  it("are touched to make the sync try them again", () => {
    const { sync, scenarios, account } = smallWorld({ retries: 0, nightlyRetryMs: 1e9 });
    scenarios.make("error/picklists/inactive-owner", 2);
    sync.look();
    scenarios.mend("error/picklists/inactive-owner");
    sync.look();
    const records = sync.truth().errors[0]?.records ?? [];
    expect(records).toHaveLength(2);
    for (const { hubspotId } of records) account.update("contacts", hubspotId ?? "", { syncwarden_resync: "1" }, "INTEGRATION");
    sync.look();
    expect(sync.truth().errors).toEqual([]);
  });

  it("stamp the last sync time only where the world says so", () => {
    for (const stampOnFailure of [false, true]) {
      const { sync, scenarios, account } = smallWorld();
      sync.settings.stampOnFailure = stampOnFailure;
      scenarios.make("error/property-values/string-too-long", 1);
      sync.look();
      const [failed] = sync.truth().errors[0]?.records ?? [];
      const stamps = account.history("contacts", failed?.hubspotId ?? "", "salesforcelastsynctime");
      expect(stamps.length > 1).toBe(stampOnFailure);
    }
  });
});
