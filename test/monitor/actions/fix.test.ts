import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SyncErrorType } from "../../../src/health/sync-errors.ts";
import { ENGLISH } from "../../../src/language/language.ts";
import { actionLog } from "../../../src/monitor/action-log.ts";
import { fixForm } from "../../../src/monitor/actions/fix/form.ts";
import { fixReport } from "../../../src/monitor/actions/fix/report.ts";
import { cancelFix, checkFix, requestFix, requestUndo } from "../../../src/monitor/actions/fix/request.ts";
import { runFix } from "../../../src/monitor/actions/fix/run.ts";
import type { Actor, FixForm, FixWish } from "../../../src/monitor/monitor.ts";
import { errorReports } from "../../../src/monitor/reports.ts";
import { changedBetween, valuesOfBothCrms } from "../../support/both-crms.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";
import { saying } from "../../support/said.ts";

const ACTOR: Actor = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: "operator by name" };
const never = new AbortController().signal;

/** What is wrong in the world that all tests share, and what the bot calls it. Each test takes records of its own. */
const WRONG = [
  ["error/picklists/restricted-picklist-value", 5, "restricted-picklist-value", "hubspot-to-salesforce"],
  ["error/property-values/string-too-long", 2, "string-too-long", "hubspot-to-salesforce"],
  ["error/picklists/inactive-owner", 2, "inactive-owner", "hubspot-to-salesforce"],
  ["error/property-values/missing-required-country", 2, "missing-required-country", "hubspot-to-salesforce"],
  ["error/property-values/missing-required-value", 4, "missing-required-value", "hubspot-to-salesforce"],
  ["error/picklists/options-mismatch", 4, "options-mismatch", "salesforce-to-hubspot"],
  ["error/property-values/invalid-email/salesforce-to-hubspot", 1, "invalid-email", "salesforce-to-hubspot"],
] as const;

let world: LocalWorld;

beforeAll(async () => {
  world = await openLocalWorld({
    contacts: 90,
    settings: { graceMs: 200 },
    times: { reactionMs: 20, lookEveryMs: 100, retryEveryMs: 100, retries: 10_000 },
  });
  await world.poll();
  for (const [scenario, count] of WRONG) world.scenarios.make(scenario, count);
  world.sync.look();
  await eventually("the bot knows of all errors", async () => {
    await world.poll();
    const known = await Promise.all(WRONG.map(([, count, type, direction]) => isKnown(type, direction, count)));
    return known.every((one) => one);
  });
}, 60_000);

afterAll(() => world.close());

async function eventually(what: string, look: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    if (await look()) return;
    await sleep(100);
  }
  throw new Error(`It never came to be: ${what}`);
}

async function errorsOf(type: SyncErrorType, direction: string) {
  const { items } = await errorReports(world.context, "main", {}, 0, 50);
  return items.filter((one) => one.type === type && one.direction === direction);
}

async function isKnown(type: SyncErrorType, direction: string, count: number): Promise<boolean> {
  const errors = await errorsOf(type, direction);
  return errors.reduce((sum, { affectedRecords }) => sum + affectedRecords, 0) >= count;
}

/** The dialog of the first record that no test has taken yet. */
const taken = new Set<string>();
async function freeForm(type: SyncErrorType, direction = "hubspot-to-salesforce"): Promise<FixForm> {
  for (const { id } of await errorsOf(type, direction)) {
    const first = await formOf(id, null);
    for (const { key } of first.records) {
      if (taken.has(key)) continue;
      taken.add(key);
      return formOf(id, key);
    }
  }
  throw new Error(`No record with ${type} is left.`);
}

async function formOf(errorId: string, recordKey: string | null): Promise<FixForm> {
  const form = await fixForm(world.context, errorId, recordKey);
  if (!("input" in form)) throw new Error(ENGLISH.render(form.why));
  return form;
}

function optionsOf({ input }: FixForm): readonly string[] {
  return input.kind === "choice" ? input.options.map(({ value }) => value) : [];
}

function wish({ errorId, recordKey, seen }: FixForm, entered: string, all = false): FixWish {
  return { errorId, recordKey, seen, entered, all };
}

async function accepted(wanted: FixWish): Promise<string> {
  const requested = await requestFix(world.context, wanted, ACTOR);
  if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
  return requested.requestId;
}

async function undone(requestId: string) {
  const requested = await requestUndo(world.context, requestId, ACTOR);
  if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
  await runFix(world.context, requested.requestId, never);
  return reportOf(requested.requestId);
}

async function reportOf(requestId: string) {
  const report = await fixReport(world.context, requestId);
  if (report === null) throw new Error("There is no such fix.");
  return report;
}

/** Writes, and ends the fix before its verification: the native sync doesn't run in most tests. */
async function written(wanted: FixWish) {
  const requestId = await accepted(wanted);
  await runFix(world.context, requestId, never);
  await cancelFix(world.context, requestId, ACTOR);
  await runFix(world.context, requestId, never);
  return reportOf(requestId);
}

function hubspotIdOf({ recordKey }: FixForm): string {
  return recordKey.split(":")[2] ?? "";
}

function contact(form: FixForm) {
  const found = [...world.world.account.records("contacts")].find(({ id }) => id === hubspotIdOf(form));
  if (found === undefined) throw new Error(`There is no contact ${form.recordKey}.`);
  return found;
}

async function salesforceIdOf(form: FixForm): Promise<string> {
  const { salesforce_id } = await world.store.db
    .selectFrom("affected_record")
    .select("salesforce_id")
    .where("error_id", "=", form.errorId)
    .where("record_key", "=", form.recordKey)
    .executeTakeFirstOrThrow();
  return salesforce_id ?? "";
}

function everything() {
  return valuesOfBothCrms(world.world);
}

test("a restricted picklist: the options that both systems take, and no other field of no other record is written", async () => {
  const form = await freeForm("restricted-picklist-value");
  expect(form).toMatchObject({ system: "hubspot", label: "Customer tier", before: "Platinum", total: 5, sameValue: 5 });
  expect(optionsOf(form).toSorted()).toEqual(["Bronze", "Gold", "Silver"]);
  const before = everything();
  const report = await written(wish(form, "Gold"));
  expect(report).toMatchObject({ written: 1, total: 1, before: "Platinum", after: "Gold" });
  const id = hubspotIdOf(form);
  expect(changedBetween(before, everything())).toEqual([`hubspot contacts ${id} customer_tier`]);
  const back = await undone(report.requestId);
  expect(back).toMatchObject({ state: "done", written: 1, left: 0, isUndo: true });
  expect(changedBetween(before, everything())).toEqual([]);
});

test("a group: all records with the same value, but for those that somebody has changed since", async () => {
  const form = await freeForm("restricted-picklist-value");
  const other = await freeForm("restricted-picklist-value");
  const before = everything();
  expect(await checkFix(world.context, wish(form, "Silver", true))).toMatchObject({
    records: 5,
    before: "Platinum",
    after: "Silver",
  });
  const requestId = await accepted(wish(form, "Silver", true));
  world.play.editHubSpot(contact(other), { customer_tier: "Bronze" });
  await runFix(world.context, requestId, never);
  const report = await reportOf(requestId);
  expect(report).toMatchObject({ total: 5, written: 4, left: 1, state: "verifying" });
  expect(ENGLISH.render(report.reasons[0]?.reason ?? "")).toMatch(
    /changed by somebody since: HubSpot has “Bronze” now, since \d+ \p{L}+ \d{4}, \d\d:\d\d UTC/u,
  );
  expect(contact(other).properties.customer_tier).toBe("Bronze");
  const changed = changedBetween(before, everything());
  expect(changed).toHaveLength(5);
  expect(changed.every((name) => name.endsWith(" customer_tier"))).toBe(true);

  expect(await requestUndo(world.context, requestId, ACTOR)).toMatchObject({ result: "declined", why: saying(/still at work/) });
  await cancelFix(world.context, requestId, ACTOR);
  await runFix(world.context, requestId, never);
  world.play.editHubSpot(contact(form), { customer_tier: "Gold" });
  const back = await undone(requestId);
  expect(back).toMatchObject({ written: 3, left: 1 });
  expect(contact(form).properties.customer_tier).toBe("Gold");
  // What was left alone can't be put back later either, as long as it has moved on.
  expect(await reportOf(requestId)).toMatchObject({ standing: 1, undone: 3, undoneBy: "U0ADMIN" });
  world.play.editHubSpot(contact(form), { customer_tier: "Platinum" });
  world.play.editHubSpot(contact(other), { customer_tier: "Platinum" });
});

test("a value that somebody has changed since the dialog was opened is not touched, and the person is told", async () => {
  const form = await freeForm("inactive-owner");
  const [owner] = optionsOf(form);
  expect(form.input).toMatchObject({
    kind: "choice",
    options: expect.arrayContaining([expect.objectContaining({ label: expect.stringContaining("@") })]),
  });
  const active = world.world.salesPeople.filter(({ user }) => user.isActive);
  const mine = active.at(0);
  world.play.editHubSpot(contact(form), { hubspot_owner_id: mine?.ownerId ?? null });
  expect(await requestFix(world.context, wish(form, owner ?? ""), ACTOR)).toMatchObject({
    result: "declined",
    why: saying(/Somebody has changed it meanwhile/),
  });
  expect(contact(form).properties.hubspot_owner_id).toBe(mine?.ownerId);
});

test("an inactive owner: another person who is active in both systems", async () => {
  const form = await freeForm("inactive-owner");
  const leaver = world.world.salesPeople.find(({ user }) => !user.isActive);
  expect(form.before).toBe(leaver?.user.name);
  expect(optionsOf(form)).not.toContain(leaver?.ownerId);
  const [owner = ""] = optionsOf(form);
  expect(await written(wish(form, owner))).toMatchObject({ written: 1 });
  expect(contact(form).properties.hubspot_owner_id).toBe(owner);
});

test("a text that is too long: the cut is proposed, a longer one refused", async () => {
  const form = await freeForm("string-too-long");
  expect(form.input).toMatchObject({ kind: "text", maxLength: 128 });
  expect(form.proposal?.length).toBeLessThanOrEqual(128);
  expect(form.before?.startsWith(form.proposal ?? "?")).toBe(true);
  expect(await checkFix(world.context, wish(form, "x".repeat(129)))).toMatchObject({ problem: saying("128") });
  expect(await checkFix(world.context, wish(form, "  "))).toMatchObject({ problem: saying("A value is needed.") });
  expect(await written(wish(form, "Deputy Director"))).toMatchObject({ written: 1 });
  expect(contact(form).properties.jobtitle).toBe("Deputy Director");
});

test("a missing country: the countries that have the state", async () => {
  const form = await freeForm("missing-required-country");
  expect(form).toMatchObject({ before: null, label: expect.stringContaining("Country") });
  const { state } = contact(form).properties;
  expect(optionsOf(form).length).toBeGreaterThan(0);
  expect(form.proposal).not.toBeNull();
  expect(await written(wish(form, form.proposal ?? ""))).toMatchObject({ written: 1 });
  expect(contact(form).properties).toMatchObject({ state, country: form.proposal });
});

test("a missing value is written where the value comes from, and undoing it empties the property again", async () => {
  const form = await freeForm("missing-required-value");
  expect(form).toMatchObject({ system: "hubspot", before: null, input: { kind: "text", maxLength: 60 } });
  const report = await written(wish(form, "Nordics"));
  expect(contact(form).properties.sales_region).toBe("Nordics");
  expect(await undone(report.requestId)).toMatchObject({ written: 1 });
  expect(contact(form).properties.sales_region ?? "").toBe("");
});

test("what Salesforce holds is written there, on the condition that nobody has changed it", async () => {
  const form = await freeForm("options-mismatch", "salesforce-to-hubspot");
  expect(form).toMatchObject({ system: "salesforce", before: "Platform" });
  expect(optionsOf(form).toSorted()).toEqual(["Enterprise", "Starter", "Team"]);
  const id = await salesforceIdOf(form);
  const before = everything();
  const report = await written(wish(form, "Team"));
  expect(report).toMatchObject({ written: 1 });
  expect(changedBetween(before, everything())).toEqual([`salesforce Contact ${id} Product_Interest__c`]);
  // The sync passes over what its own user writes.
  const resyncs = await world.store.db.selectFrom("request").select("parameters").where("kind", "=", "resync").execute();
  expect(resyncs).toMatchObject([
    { parameters: { target: saying(`what the fix of error ${form.errorId} wrote in Salesforce`) } },
  ]);
  expect(await undone(report.requestId)).toMatchObject({ written: 1 });
  expect(changedBetween(before, everything())).toEqual([]);
});

test("an edit between reading and writing is never overwritten in Salesforce; one of another field doesn't matter", async () => {
  const { org } = world.world;
  const form = await freeForm("options-mismatch", "salesforce-to-hubspot");
  const id = await salesforceIdOf(form);
  const requestId = await accepted(wish(form, "Team"));
  let edits = 0;
  world.faults.beforeRecordWrite = () => {
    edits += 1;
    // Salesforce's condition knows whole seconds.
    if (edits === 1) world.play.editSalesforce("Contact", id, { Product_Interest__c: "Starter" });
  };
  await sleep(1_000);
  await runFix(world.context, requestId, never);
  const report = await reportOf(requestId);
  expect(report).toMatchObject({ state: "done", written: 0, left: 1 });
  expect(ENGLISH.render(report.reasons[0]?.reason ?? "")).toContain("Salesforce has “Starter” now");
  expect(org.get("Contact", id)?.fields.Product_Interest__c).toBe("Starter");

  const another = await freeForm("options-mismatch", "salesforce-to-hubspot");
  const anotherId = await salesforceIdOf(another);
  const second = await accepted(wish(another, "Team"));
  world.faults.beforeRecordWrite = () => {
    edits += 1;
    if (edits === 2) world.play.editSalesforce("Contact", anotherId, { Department: "Sales" });
  };
  await sleep(1_000);
  edits = 1;
  await runFix(world.context, second, never);
  world.faults.beforeRecordWrite = null;
  expect(await reportOf(second)).toMatchObject({ written: 1, left: 0 });
  expect(org.get("Contact", anotherId)?.fields).toMatchObject({ Product_Interest__c: "Team", Department: "Sales" });
  await cancelFix(world.context, second, ACTOR);
  await runFix(world.context, second, never);
});

test("a process that dies between writing and saying so: the value counts as written and is not written again", async () => {
  const form = await freeForm("string-too-long");
  const requestId = await accepted(wish(form, "Deputy"));
  const { db } = world.context;
  await db.updateTable("request").set({ state: "running" }).where("id", "=", requestId).execute();
  await db.updateTable("request_item").set({ state: "sending" }).where("request_id", "=", requestId).execute();
  await world.context.connections
    .get("main")
    ?.hubspot.update("contacts", [{ id: hubspotIdOf(form), properties: { jobtitle: "Deputy" } }]);
  const writes = world.world.account.writes().length;
  await runFix(world.context, requestId, never);
  expect(world.world.account.writes()).toHaveLength(writes);
  expect(await reportOf(requestId)).toMatchObject({ written: 1, state: "verifying", left: 0 });
  await cancelFix(world.context, requestId, ACTOR);
  await runFix(world.context, requestId, never);
  expect(await undone(requestId)).toMatchObject({ written: 1 });
  expect(contact(form).properties.jobtitle).toBe(form.before);
});

test("what no schema shows is found out before anything is written: Salesforce refuses it in a write that is undone", async () => {
  const form = await freeForm("missing-required-value");
  const before = everything();
  const field = world.world.org.fieldsOf("Contact").get("Sales_Region__c");
  if (field) Object.assign(field, { unique: true });
  const holder = [...world.world.org.records("Contact")].find(({ fields }) => fields.Sales_Region__c === "British Isles");
  expect(holder).toBeDefined();
  expect(await checkFix(world.context, wish(form, "British Isles"))).toMatchObject({ records: 1 });
  expect(await requestFix(world.context, wish(form, "British Isles"), ACTOR)).toMatchObject({
    result: "declined",
    why: saying(/It would fail again: Salesforce answered DUPLICATE_VALUE.* Nothing was written\./),
  });
  if (field) Object.assign(field, { unique: false });
  expect(changedBetween(before, everything())).toEqual([]);
  taken.delete(form.recordKey);
});

test("the same wish twice at once is one request; so is the same undo", async () => {
  const form = await freeForm("missing-required-value");
  const asked = await Promise.all([1, 2, 3].map(() => requestFix(world.context, wish(form, "Nordics"), ACTOR)));
  expect(asked.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined", "joined"]);
  const requestId = asked.flatMap((one) => (one.result === "accepted" ? one.requestId : []))[0] ?? "";
  await runFix(world.context, requestId, never);
  await cancelFix(world.context, requestId, ACTOR);
  await runFix(world.context, requestId, never);
  const pressed = await Promise.all([1, 2].map(() => requestUndo(world.context, requestId, ACTOR)));
  expect(pressed.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined"]);
  const undo = pressed.flatMap((one) => (one.result === "accepted" ? one.requestId : []))[0] ?? "";
  await runFix(world.context, undo, never);
  expect(await requestUndo(world.context, requestId, ACTOR)).toMatchObject({
    result: "declined",
    why: saying("undone already"),
  });
  expect(await requestUndo(world.context, undo, ACTOR)).toMatchObject({ result: "declined" });
  const { items } = await actionLog(world.context, "main", 0, 50);
  const line = items.find((one) => one.action === "fix" && one.fix?.requestId === requestId);
  expect(line).toMatchObject({ fix: { standing: 0, undone: 1, undoneBy: "U0ADMIN" }, allowedAs: "operator by name" });
  expect(ENGLISH.render(line?.detail ?? "")).toContain("Sales region: no value → “Nordics” in HubSpot");
});

test("a system that can't be reached is named, and nothing is written", async () => {
  const form = await freeForm("missing-required-value");
  world.faults.hubspot = 401;
  const asked = await Promise.all([
    fixForm(world.context, form.errorId, form.recordKey),
    requestFix(world.context, wish(form, "Nordics"), ACTOR),
  ]);
  world.faults.hubspot = null;
  expect(asked).toMatchObject([
    { why: saying("HubSpot answered INVALID_AUTHENTICATION") },
    { result: "declined", why: saying("HubSpot answered INVALID_AUTHENTICATION") },
  ]);
  taken.delete(form.recordKey);
});

test("a system that refuses everything makes the fix wait and say so; then it goes on, and nothing is written twice", async () => {
  const form = await freeForm("missing-required-value");
  const requestId = await accepted(wish(form, "Nordics"));
  world.faults.hubspot = 401;
  await runFix(world.context, requestId, never);
  expect(await reportOf(requestId)).toMatchObject({
    state: "running",
    written: 0,
    pause: saying("INVALID_AUTHENTICATION"),
  });
  world.faults.hubspot = null;
  const writes = world.world.account.writes().length;
  await runFix(world.context, requestId, never);
  expect(await reportOf(requestId)).toMatchObject({ state: "verifying", written: 1, pause: null });
  expect(world.world.account.writes()).toHaveLength(writes + 1);
  await cancelFix(world.context, requestId, ACTOR);
  await runFix(world.context, requestId, never);
});

test("a request that ran out of time writes nothing more", async () => {
  const form = await freeForm("missing-required-country");
  const before = everything();
  const requestId = await accepted(wish(form, form.proposal ?? ""));
  await world.context.db
    .updateTable("request")
    .set({ expires_at: new Date(0) })
    .where("id", "=", requestId)
    .execute();
  await runFix(world.context, requestId, never);
  expect(await reportOf(requestId)).toMatchObject({ state: "expired", written: 0, left: 1 });
  expect(changedBetween(before, everything())).toEqual([]);
});

test("the native sync takes up what was fixed, and the polls tell so of each record", async () => {
  const form = await freeForm("restricted-picklist-value");
  const email = await freeForm("invalid-email", "salesforce-to-hubspot");
  expect(email.before).toMatch(/\.e$/);
  expect(await checkFix(world.context, wish(email, "no address"))).toMatchObject({ problem: saying("an email") });
  world.sync.start();
  for (const wanted of [wish(form, "Gold", true), wish(email, "mended@example.com")]) {
    const requestId = await accepted(wanted);
    await eventually("the fix is done", async () => {
      await runFix(world.context, requestId, never);
      await world.poll();
      return (await reportOf(requestId)).finishedAt !== null;
    });
    const report = await reportOf(requestId);
    expect(report).toMatchObject({ state: "done", failing: 0 });
    expect(report.synced).toBe(report.written);
    expect(report.synced).toBeGreaterThan(0);
  }
}, 40_000);
