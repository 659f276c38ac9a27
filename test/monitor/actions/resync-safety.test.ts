import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { requestResync } from "../../../src/monitor/actions/resync/request.ts";
import { runResync } from "../../../src/monitor/actions/resync/run.ts";
import type { Actor, ResyncSelection } from "../../../src/monitor/monitor.ts";
import { resyncReport } from "../../../src/monitor/reports.ts";
import { changedBetween, valuesOfBothCrms } from "../../support/both-crms.ts";
import { type LocalWorld, type LocalWorldOptions, openLocalWorld } from "../../support/local-world.ts";

// What a resync leaves alone, and what it does once alone.

const RULE = "error/custom-code/custom-validation-rule";
const ACTOR: Actor = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: "admin by name" };
const TOUCH = { strategy: "touch", touchProperties: { contacts: "syncwarden_resync" } } as const;
const WRITE = { strategy: "write", touchProperties: {} } as const;
const never = new AbortController().signal;

let local: LocalWorld | null = null;
afterEach(async () => {
  await local?.close();
  local = null;
});

type Opened = Awaited<ReturnType<typeof opened>>;

/** A world in which four contacts are held back by a validation rule, and the bot knows. */
async function opened(settings: LocalWorldOptions["settings"]) {
  local = await openLocalWorld({ contacts: 40, settings: { graceMs: 200, ...settings } });
  await local.poll();
  local.scenarios.make(RULE, 4);
  local.sync.look();
  await affectedAre(local, 4);
  const connection = local.context.connections.get("main");
  if (!connection) throw new Error("There is no connection.");
  return { ...local, connection };
}

async function affectedAre({ store, poll }: LocalWorld, count: number): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    if ((await store.db.selectFrom("affected_record").select("record_key").execute()).length === count) return;
    await sleep(100);
    await poll();
  }
  throw new Error(`There never were ${count} records in error.`);
}

async function request(
  world: Opened,
  { asOf = new Date(), selection = { kind: "all" } as ResyncSelection } = {},
): Promise<string> {
  const requested = await requestResync(world.context, world.connection, selection, asOf, ACTOR);
  if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
  return requested.requestId;
}

async function finish({ context, poll }: LocalWorld, requestId: string) {
  for (let round = 0; round < 100; round += 1) {
    await runResync(context, requestId, never);
    const report = await resyncReport(context, requestId);
    if (report?.finishedAt) return report;
    await sleep(100);
    await poll();
  }
  throw new Error("The resync did not end.");
}

function items({ store }: LocalWorld) {
  return store.db.selectFrom("request_item").selectAll().orderBy("position").execute();
}

test("what a person has changed in Salesforce since the preview is left as it is, and said", async () => {
  const world = await opened({ resync: WRITE });
  world.scenarios.mend(RULE);
  const asOf = new Date();
  await sleep(20);
  const [first, second] = await world.store.db.selectFrom("affected_record").selectAll().orderBy("record_key").execute();
  // One record elsewhere than where the resync would write, one in the very field.
  world.play.editSalesforce("Contact", first?.salesforce_id ?? "", { Title: "Head of Everything" });
  world.play.editSalesforce("Contact", second?.salesforce_id ?? "", { Phone: "+47 99 99 99 99" });
  const report = await finish(world, await request(world, { asOf }));
  expect(report).toMatchObject({ state: "done", total: 4, synced: 3, changed: 1 });
  expect(ENGLISH.render(report.reasons[0]?.reason ?? "")).toMatch(/changed in Salesforce at .* after the resync was asked for/);
  expect(world.world.org.get("Contact", second?.salesforce_id ?? "")?.fields.Phone).toBe("+47 99 99 99 99");
  const ours = world.world.org.writes().filter(({ app }) => app === "Syncwarden");
  expect(ours).toHaveLength(2);
  expect(ours.map(({ id }) => id)).not.toContain(first?.salesforce_id);
  expect(ours.map(({ id }) => id)).not.toContain(second?.salesforce_id);
});

test("neither system has anything changed but the mapped fields of the records that were chosen", async () => {
  const world = await opened({ resync: WRITE });
  world.scenarios.mend(RULE);
  const [chosen, ...others] = await world.store.db.selectFrom("affected_record").selectAll().orderBy("record_key").execute();
  const before = valuesOfBothCrms(world.world);
  const selection = { kind: "records", records: [chosen?.record_key ?? ""], name: "one record" } as const;
  expect(await finish(world, await request(world, { selection }))).toMatchObject({ total: 1, synced: 1 });
  const changed = changedBetween(before, valuesOfBothCrms(world.world));
  expect(changed).toEqual([`salesforce Contact ${chosen?.salesforce_id} Phone`]);
  expect(others).toHaveLength(3);
});

test("touching changes nothing but the configured property of the records that were chosen", async () => {
  const world = await opened({ resync: TOUCH });
  const [chosen, other] = await world.store.db.selectFrom("affected_record").selectAll().orderBy("record_key").execute();
  const before = valuesOfBothCrms(world.world);
  const records = [chosen?.record_key ?? "", other?.record_key ?? ""];
  await runResync(world.context, await request(world, { selection: { kind: "records", records, name: "two records" } }), never);
  expect(changedBetween(before, valuesOfBothCrms(world.world))).toEqual(
    [chosen, other].map((record) => `hubspot contacts ${record?.hubspot_id} syncwarden_resync`).toSorted(),
  );
});

test("a touch that has arrived although no answer came is not repeated", async () => {
  const world = await opened({ resync: TOUCH });
  world.scenarios.mend(RULE);
  world.sync.start();
  const requestId = await request(world);
  const stored = await world.store.db.selectFrom("request").selectAll().where("id", "=", requestId).executeTakeFirstOrThrow();
  const [first, second] = await items(world);
  // As a process that was killed leaves them: both marked before they left, one of them arrived.
  await world.connection.hubspot.update("contacts", [
    { id: first?.hubspot_id ?? "", properties: { syncwarden_resync: stored.requested_at.toISOString() } },
  ]);
  await world.store.db
    .updateTable("request_item")
    .set({ state: "sending" })
    .where("record_key", "in", [first?.record_key ?? "", second?.record_key ?? ""])
    .execute();
  expect(await finish(world, requestId)).toMatchObject({ state: "done", total: 4, synced: 4 });
  const touches = world.world.account
    .writes()
    .filter(({ properties, source }) => source !== "SALESFORCE" && "syncwarden_resync" in properties);
  expect(touches.map(({ id }) => id).toSorted()).toEqual((await items(world)).map(({ hubspot_id }) => hubspot_id).toSorted());
});

test("what left a moment ago without an answer may be on its way yet: nothing is sent before that is settled", async () => {
  const world = await opened({ resync: TOUCH });
  const requestId = await request(world);
  await world.store.db.updateTable("request_item").set({ state: "sending", sent_at: new Date() }).execute();
  await runResync(world.context, requestId, never);
  expect((await items(world)).map(({ state }) => state)).toEqual(["sending", "sending", "sending", "sending"]);
  const ours = world.world.account.writes().filter(({ properties }) => "syncwarden_resync" in properties);
  expect(ours).toEqual([]);
});

test("records that are in step by the time of their turn are not sent", async () => {
  const world = await opened({ resync: TOUCH });
  const requestId = await request(world);
  world.scenarios.mend(RULE);
  world.sync.start();
  await affectedAre(world, 0);
  expect(await finish(world, requestId)).toMatchObject({ state: "done", total: 4, sent: 0, synced: 4 });
  const ours = world.world.account.writes().filter(({ properties }) => "syncwarden_resync" in properties);
  expect(ours).toEqual([]);
});

test("a record that is deleted after it was sent is told as gone, not as synced", async () => {
  const world = await opened({ resync: TOUCH });
  const requestId = await request(world);
  await runResync(world.context, requestId, never);
  const [first] = await items(world);
  world.world.account.archive("contacts", first?.hubspot_id ?? "");
  const person = world.world.salesPeople[0]?.user.id ?? "";
  world.world.org.remove({ userId: person, app: "Salesforce" }, "Contact", first?.salesforce_id ?? "");
  expect(await finish(world, requestId)).toMatchObject({ state: "done", gone: 1, failing: 3 });
});

test("a request that isn't through in its time is given up, with what came of each record", async () => {
  const world = await opened({ resync: TOUCH, requestsExpireMs: 1 });
  const requestId = await request(world);
  await sleep(5);
  const report = await finish(world, requestId);
  expect(report).toMatchObject({ state: "expired", sent: 0, skipped: 4 });
  expect(ENGLISH.render(report.outcome ?? "")).toContain("Given up before all were sent");
});

/** A request whose records have been sent and mended, and whose time to wait for their verdicts is over. */
async function sentLongAgo(): Promise<{ readonly world: Opened; readonly requestId: string }> {
  const world = await opened({ resync: WRITE });
  world.scenarios.mend(RULE);
  const requestId = await request(world);
  await runResync(world.context, requestId, never);
  expect(await resyncReport(world.context, requestId)).toMatchObject({ state: "verifying", sent: 4 });
  const { progress } = await world.store.db
    .selectFrom("request")
    .select("progress")
    .where("id", "=", requestId)
    .executeTakeFirstOrThrow();
  const over = { ...Object(progress), verifyUntil: new Date(Date.now() - 1).toISOString() };
  await world.store.db.updateTable("request").set({ progress: over }).where("id", "=", requestId).execute();
  return { world, requestId };
}

test("verdicts that a poll stores while others are taken count: nothing is given up for it", async () => {
  const { world, requestId } = await sentLongAgo();
  await sleep(1_100);
  const { db } = world.context;
  const transaction = db.transaction.bind(db);
  const taken = vi.spyOn(db, "transaction").mockImplementationOnce(() => {
    const taking = transaction();
    const execute = taking.execute.bind(taking);
    return Object.assign(taking, {
      async execute(work: Parameters<typeof execute>[0]) {
        const answer = await execute(work);
        await world.poll();
        return answer;
      },
    });
  });
  await runResync(world.context, requestId, never);
  expect(taken).toHaveBeenCalled();
  expect(await finish(world, requestId)).toMatchObject({ state: "done", synced: 4, failing: 0 });
});

test("a poll that had more to look at than it could leaves the others to the next one, and they aren't given up", async () => {
  const { world, requestId } = await sentLongAgo();
  const at = new Date();
  await world.store.db
    .updateTable("tracked_record")
    .set({ due_at: new Date(at.getTime() - 1_000) })
    .execute();
  await world.store.db.updateTable("connection_state").set({ polled_at: at }).execute();
  await runResync(world.context, requestId, never);
  expect(await finish(world, requestId)).toMatchObject({ state: "done", synced: 4, failing: 0 });
});

test("cancelled while a batch is about to leave, nothing of it leaves", async () => {
  const world = await opened({ resync: WRITE });
  world.scenarios.mend(RULE);
  const requestId = await request(world);
  let isCancelled = false;
  world.faults.beforeWrite = null;
  const write = world.connection.salesforce.recordsByIds;
  // Between the look and the write.
  world.connection.salesforce.recordsByIds = (...given) => {
    if (!isCancelled) {
      isCancelled = true;
      void world.store.db.updateTable("request").set({ cancel_requested_by: "U0OTHER" }).where("id", "=", requestId).execute();
    }
    return write(...given);
  };
  expect(await finish(world, requestId)).toMatchObject({ state: "cancelled", sent: 0, skipped: 4 });
  expect(world.world.org.writes().filter(({ app }) => app === "Syncwarden")).toEqual([]);
});

test("five people and processes at once make one request, and its records are sent once", async () => {
  const world = await opened({ resync: WRITE });
  world.scenarios.mend(RULE);
  const asked = await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      requestResync(world.context, world.connection, { kind: "all" }, new Date(), { ...ACTOR, userId: `U${number}` }),
    ),
  );
  expect(asked.filter(({ result }) => result === "accepted")).toHaveLength(1);
  expect(asked.filter(({ result }) => result === "joined")).toHaveLength(4);
  const [accepted] = asked.filter((one) => one.result === "accepted");
  expect(await finish(world, accepted?.result === "accepted" ? accepted.requestId : "")).toMatchObject({ synced: 4 });
  const ours = world.world.org.writes().filter(({ app }) => app === "Syncwarden");
  expect(ours).toHaveLength(4);
});

const LEAD_RULE = {
  kind: "validation",
  rule: {
    name: "Lead_Phone_With_Country_Code",
    object: "Lead",
    errorMessage: "Phone must start with a country code, such as +47.",
    errorField: "Phone",
    refuses: (record: Readonly<Record<string, unknown>>) => typeof record.Phone === "string" && !record.Phone.startsWith("+"),
  },
} as const;

/** A HubSpot contact that Salesforce has refused to take, and takes from now on. */
async function refusedContact(world: Opened, email: string) {
  const { account, org, inclusionList } = world.world;
  org.addRule(LEAD_RULE);
  const written = account.create(
    "contacts",
    { email, firstname: "Ada", lastname: "New", company: "Nowhere", phone: "22 11 22 33" },
    "CRM_UI",
  );
  if (!written.ok) throw new Error(JSON.stringify(written));
  account.addToList(inclusionList, [written.record.id]);
  world.sync.look();
  await affectedAre(world, 5);
  org.removeRule("Lead_Phone_With_Country_Code");
  return written.record.id;
}

test("a contact that Salesforce lacks is made there once, and the native sync ties the two together", async () => {
  const world = await opened({ resync: { ...TOUCH, strategy: "write" } });
  const id = await refusedContact(world, "ada.new@example.com");
  const selection = { kind: "records", records: [`hubspot:contacts:${id}`], name: "one contact" } as const;
  const requestId = await request(world, { selection });
  world.sync.start();
  expect(await finish(world, requestId)).toMatchObject({ total: 1, synced: 1 });
  const leads = [...world.world.org.records("Lead")].filter(({ fields }) => fields.Email === "ada.new@example.com");
  expect(leads).toHaveLength(1);
  const contact = [...world.world.account.records("contacts")].find((one) => one.id === id);
  expect(contact?.properties.salesforceleadid).toBe(leads[0]?.id);
});

test("a contact whose email Salesforce has by then is not made a second time", async () => {
  const world = await opened({ resync: { ...TOUCH, strategy: "write" } });
  const id = await refusedContact(world, "ada.new@example.com");
  world.play.createInSalesforce("Lead", {
    FirstName: "Ada",
    LastName: "New",
    Company: "Nowhere",
    Phone: "22 11 22 33",
    Email: "Ada.New@example.com",
  });
  const selection = { kind: "records", records: [`hubspot:contacts:${id}`], name: "one contact" } as const;
  const requestId = await request(world, { selection });
  world.sync.start();
  expect(await finish(world, requestId)).toMatchObject({ total: 1, sent: 1, skipped: 0 });
  const leads = [...world.world.org.records("Lead")].filter(({ fields }) =>
    /^ada\.new@example\.com$/i.test(String(fields.Email)),
  );
  expect(leads).toHaveLength(1);
  expect(world.world.org.writes().filter(({ app }) => app === "Syncwarden")).toEqual([]);
});
