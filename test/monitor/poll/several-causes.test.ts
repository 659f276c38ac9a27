import { afterEach, describe, expect, test, vi } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { createMonitor } from "../../../src/monitor/create-monitor.ts";
import type { LinkedRecord } from "../../../src/sandbox/scenarios/play.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

// Each test opens a store and looks several times: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let world: LocalWorld;

afterEach(() => world?.close());

/** Salesforce's times are in whole seconds and may lie ahead by one. */
async function look(): Promise<void> {
  world.sync.look();
  world.pass(1_100);
  await world.poll();
}

async function open(settings: Parameters<typeof openLocalWorld>[0] = {}): Promise<void> {
  world = await openLocalWorld({ contacts: 60, ...settings });
  await world.poll();
}

/** The types of a record's open errors, as stored, the leading one first. */
async function errorsOf({ hubspot }: LinkedRecord): Promise<readonly string[]> {
  const rows = await world.store.db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select("e.type")
    .where("r.hubspot_id", "=", hubspot.id)
    .where("e.resolved_at", "is", null)
    .orderBy("r.place")
    .execute();
  return rows.map(({ type }) => type);
}

async function detailsOf(type: string) {
  return world.store.db
    .selectFrom("sync_error")
    .selectAll()
    .where("type", "=", type as "other")
    .executeTakeFirstOrThrow();
}

function addRule(name: string, field: "Phone" | "Department", refuses: (value: string) => boolean): void {
  world.world.org.addRule({
    kind: "validation",
    rule: {
      name,
      object: "Contact",
      errorMessage: `${name} refuses it.`,
      errorField: field,
      refuses: (record) => typeof record[field] === "string" && refuses(record[field]),
    },
  });
}

function contacts(count: number): readonly LinkedRecord[] {
  return world.play.linked("Contact", count, (_, fields) => String(fields.Phone ?? "").startsWith("+"));
}

describe("several causes on one record", () => {
  test("all that Salesforce names in one answer are errors of their own, in its order", async () => {
    await open();
    const [record] = contacts(1);
    if (!record) throw new Error("no contact");
    addRule("Country_Code", "Phone", (phone) => !phone.startsWith("+"));
    addRule("Ten_Digits", "Phone", (phone) => phone.length < 10);
    world.play.editHubSpot(record.hubspot, { phone: "22 10" });
    await look();
    expect(await errorsOf(record)).toEqual(["custom-validation-rule", "custom-validation-rule"]);
    const rules = (await world.store.db.selectFrom("sync_error").selectAll().execute()).map(({ details }) => details.rule);
    expect(rules.toSorted()).toEqual(["Country_Code", "Ten_Digits"]);
  });

  test("what a schema shows doesn't hide what a rule has against the rest, and costs no call of its own", async () => {
    await open();
    const [both, other] = contacts(2);
    if (!both || !other) throw new Error("no contacts");
    addRule("Country_Code", "Phone", (phone) => !phone.startsWith("+"));
    world.play.editHubSpot(both.hubspot, { phone: "22 10 20 30", jobtitle: "Deputy ".repeat(30) });
    world.play.editHubSpot(other.hubspot, { phone: "22 10 20 31" });
    await look();
    expect(await errorsOf(both)).toEqual(["string-too-long", "custom-validation-rule"]);
    expect(await errorsOf(other)).toEqual(["custom-validation-rule"]);

    const monitor = createMonitor(world.context);
    const rule = await detailsOf("custom-validation-rule");
    const { items } = await monitor.affectedRecords(rule.id, 0, 10);
    const length = await detailsOf("string-too-long");
    const named = { errorId: length.id, type: "string-too-long" };
    expect(items.find(({ hubspotId }) => hubspotId === both.hubspot.id)).toMatchObject({ before: [named], after: [] });
    expect(items.find(({ hubspotId }) => hubspotId === other.hubspot.id)).toMatchObject({ before: [], after: [] });
    const [shortened] = (await monitor.affectedRecords(length.id, 0, 10)).items;
    expect(shortened?.after).toEqual([{ errorId: rule.id, type: "custom-validation-rule" }]);

    // Another change makes it be looked at again; the write is the same, so what the trial showed still holds.
    await world.store.db
      .updateTable("tracked_record")
      .set({ due_at: new Date(0) })
      .execute();
    await world.poll();
    expect(await errorsOf(both)).toEqual(["string-too-long", "custom-validation-rule"]);

    // Mended one by one.
    world.play.editHubSpot(both.hubspot, { jobtitle: "Deputy" });
    await look();
    expect(await errorsOf(both)).toEqual(["custom-validation-rule"]);
    world.play.editHubSpot(both.hubspot, { phone: "+47 22 10 20 30" });
    await look();
    expect(await errorsOf(both)).toEqual([]);
  });

  test("a record that fails for sure makes no rolled-back write of its own", async () => {
    await open();
    const [record] = contacts(1);
    if (!record) throw new Error("no contact");
    let writes = 0;
    world.faults.beforeWrite = () => {
      writes += 1;
    };
    world.play.editHubSpot(record.hubspot, { phone: "22 10", jobtitle: "Deputy ".repeat(30) });
    await look();
    expect(await errorsOf(record)).toEqual(["string-too-long"]);
    expect(writes).toBe(0);
  });
});

describe("options that a record can't have", () => {
  test("the record type is named, and looked up once for all records and polls", async () => {
    await open({ settings: { diagnosis: { rolledBackWrites: true, retryAfterMs: 0 } } });
    world.scenarios.make("error/picklists/missing-picklist-option", 3);
    await look();
    const { details, evidence } = await detailsOf("missing-picklist-option");
    expect(details).toMatchObject({ option: "Gold", field: "Customer_Tier__c", recordType: "Partner", reason: "record-type" });
    expect(ENGLISH.render(evidence.statement)).toContain("The record's record type, Partner, doesn't take Gold");
    const parts = await world.store.db.selectFrom("connection_state").select("schema_parts").executeTakeFirstOrThrow();
    const looked = Object.keys(parts.schema_parts).filter((name) => name.startsWith("salesforce:picklists:Contact:"));
    expect(looked).toHaveLength(1);
  });

  test("the controlling field and its value are named, without a call", async () => {
    await open();
    world.scenarios.make("error/picklists/missing-picklist-option/dependent", 2);
    await look();
    const { details, evidence } = await detailsOf("missing-picklist-option");
    expect(details).toMatchObject({
      option: "Dedicated",
      reason: "controlling-field",
      controllingField: "Customer_Tier__c",
      controllingLabel: "Customer Tier",
      controllingValue: "Bronze",
    });
    expect(ENGLISH.render(evidence.statement)).toContain("It depends on Customer Tier, which is Bronze on the record");
    const parts = await world.store.db.selectFrom("connection_state").select("schema_parts").executeTakeFirstOrThrow();
    expect(Object.keys(parts.schema_parts).filter((name) => name.startsWith("salesforce:picklists:"))).toEqual([]);
  });

  test("a country that describe doesn't list is told by Salesforce's own refusal, a code alone where the name stands is in step", async () => {
    await open();
    const [misspelt, short] = world.play.linked("Contact", 2, (_, fields) => fields.MailingCountry === "Norway");
    if (!misspelt || !short) throw new Error("no contacts");
    world.play.editHubSpot(misspelt.hubspot, { country: "Norge" });
    world.play.editHubSpot(short.hubspot, { country: "NO" });
    await look();
    expect(await errorsOf(misspelt)).toEqual(["state-country-mismatch"]);
    expect(ENGLISH.render((await detailsOf("state-country-mismatch")).evidence.statement)).toContain("FIELD_INTEGRITY_EXCEPTION");
    expect(await errorsOf(short)).toEqual([]);
    expect(world.sync.truth().errors.flatMap(({ records }) => records.map(({ hubspotId }) => hubspotId))).toEqual([
      misspelt.hubspot.id,
    ]);
  });

  test("a lookup filter is named with its field", async () => {
    await open();
    world.scenarios.make("error/custom-code/custom-validation-rule/lookup-filter", 2);
    await look();
    const { details, salesforce_field, evidence } = await detailsOf("custom-validation-rule");
    expect(ENGLISH.render(evidence.statement)).toContain("That is the lookup filter of Referred By");
    expect(salesforce_field).toBe("Referred_By__c");
    expect(details).toMatchObject({ filter: "lookup filter", fieldLabel: "Referred By", value: expect.stringMatching(/^003/) });
  });
});
