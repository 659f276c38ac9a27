import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

let world: LocalWorld;
let nowMs = 0;

beforeEach(async () => {
  nowMs = Date.parse("2026-03-02T08:00:00Z");
  world = await openLocalWorld({ now: () => new Date(nowMs), settings: { stallMs: 3_600_000 } });
  await polledLater();
});
afterEach(() => world.close());

async function polledLater(): Promise<void> {
  nowMs += 60_000;
  await world.poll();
}

async function types(): Promise<readonly string[]> {
  const rows = await world.store.db.selectFrom("sync_error").select("type").where("resolved_at", "is", null).execute();
  return rows.map(({ type }) => type);
}

function linkedContact() {
  const [contact] = world.play.linked("Contact", 1);
  if (contact === undefined) throw new Error("The world has no contact");
  return contact;
}

describe("a HubSpot record whose Salesforce record was deleted", () => {
  test("is no error while nothing in HubSpot waits for it", async () => {
    const { hubspot, salesforceId } = linkedContact();
    world.play.editHubSpot(hubspot, { jobtitle: "Adviser" });
    world.sync.look();
    nowMs += 1_000;
    world.world.org.remove({ userId: world.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" }, "Contact", salesforceId);
    world.play.editHubSpot(hubspot, { lifecyclestage: "evangelist" });
    await polledLater();
    expect(await types()).toEqual([]);
  });

  test("is one as soon as something mapped is changed in HubSpot, or was before and hadn't been synced", async () => {
    const [one, other] = world.play.linked("Contact", 2);
    if (one === undefined || other === undefined) throw new Error("The world has too few contacts");
    const person = { userId: world.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" };
    world.play.editHubSpot(other.hubspot, { jobtitle: "Not synced yet" });
    for (const { salesforceId } of [one, other]) world.world.org.remove(person, "Contact", salesforceId);
    nowMs += 1_000;
    world.play.editHubSpot(one.hubspot, { firstname: "Nick" });
    await polledLater();
    const missing = "insufficient-access-or-missing-record";
    expect(await types()).toEqual([missing]);
    const rows = await world.store.db.selectFrom("affected_record").select("hubspot_id").orderBy("hubspot_id").execute();
    expect(rows.map(({ hubspot_id }) => hubspot_id)).toEqual([one.hubspot.id, other.hubspot.id].toSorted());
  });
});

test("a hidden Salesforce record is no error while nothing in HubSpot waits for it", async () => {
  const { hubspot, salesforceId } = linkedContact();
  world.world.org.setRecordAccess(salesforceId, "hidden");
  world.play.editHubSpot(hubspot, { lifecyclestage: "evangelist" });
  await polledLater();
  expect(await types()).toEqual([]);
  world.play.editHubSpot(hubspot, { jobtitle: "Board member" });
  await polledLater();
  expect(await types()).toEqual(["insufficient-access-or-missing-record"]);
});

test("what Salesforce fills in when the sync makes a record, as its owner, owes HubSpot nothing", async () => {
  const properties = { email: "nobodys@visitors.example", lastname: "Visitor", company: "Visitors Ltd" };
  world.world.account.create("contacts", properties, "CRM_UI");
  world.sync.look();
  await polledLater();
  expect(await types()).toEqual([]);
  const lead = [...world.world.org.records("Lead")].find(({ fields }) => fields.Email === properties.email);
  expect(lead?.fields.OwnerId).toBe(world.world.org.integrationUser.id);

  nowMs += 60_000;
  world.play.editSalesforce("Lead", lead?.id ?? "", { Title: "Buyer" });
  await polledLater();
  expect(await types()).toEqual([]);
});

/** A HubSpot change that has synced and that somebody in Salesforce has changed back; answers the contact's Salesforce id. */
function valueHadBack(): string {
  const { hubspot, salesforceId } = linkedContact();
  const before = hubspot.properties.jobtitle ?? "";
  world.play.editHubSpot(hubspot, { jobtitle: "Interim adviser" });
  nowMs += 1_000;
  world.sync.look();
  nowMs += 60_000;
  world.play.editSalesforce("Contact", salesforceId, { Title: before });
  return salesforceId;
}

test("a value that Salesforce has back from before is not held to be HubSpot's change that never came", async () => {
  valueHadBack();
  // Another record is seen to sync, so that this one looks passed over.
  const [other] = world.play.linked("Contact", 1);
  if (other !== undefined) world.play.editHubSpot(other.hubspot, { jobtitle: "Adviser" });
  nowMs += 1_000;
  world.sync.react();
  await polledLater();
  nowMs += 3_600_000;
  await polledLater();
  expect(await types()).toEqual([]);
});

test("a deleted record that had a value back from before owes nothing to the sync that came between", async () => {
  const salesforceId = valueHadBack();
  nowMs += 1_000;
  world.world.org.remove({ userId: world.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" }, "Contact", salesforceId);
  await polledLater();
  expect(await types()).toEqual([]);
});

test("what HubSpot can't take is told though the sync has written to the record since, going round it", async () => {
  const { hubspot, salesforceId } = linkedContact();
  const [other] = world.play.linked("Contact", 1);
  world.play.giveBack(other === undefined ? [] : [other]);
  world.play.editHubSpot(hubspot, { city: "New Town" });
  world.play.editSalesforce("Contact", salesforceId, { Email: other?.hubspot.properties.email ?? "" });
  nowMs += 60_000;
  world.sync.look();
  expect(world.sync.truth().errors.map(({ type }) => type)).toEqual(["email-already-in-use"]);
  await polledLater();
  expect(await types()).toEqual(["email-already-in-use"]);
});

test("an opportunity whose deal was deleted waits from its next edit on, not from when it was made", async () => {
  const [deal] = world.play.linked("Opportunity", 1);
  if (deal === undefined) throw new Error("The world has no deal");
  const made = world.play.createInSalesforce("Opportunity", {
    Name: "New business",
    StageName: "Qualification",
    CloseDate: "2026-06-01",
    OwnerId: world.world.salesPeople[0]?.user.id ?? "",
  });
  nowMs += 1_000;
  world.sync.look();
  await polledLater();
  const [own] = [...world.world.account.records("deals")].filter(
    ({ properties }) => properties.hs_salesforceopportunityid === made,
  );
  world.world.account.archive("deals", own?.id ?? "");
  nowMs += 2 * 3_600_000;
  world.play.editSalesforce("Opportunity", made, { NextStep: "Call again" });
  world.play.editSalesforce("Opportunity", deal.salesforceId, { NextStep: "Call" });
  await polledLater();
  nowMs += 60_000;
  await polledLater();
  expect(await types()).toEqual([]);
});
