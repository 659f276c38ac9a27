import { afterEach, describe, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";
import { subscribeChannel } from "../../support/subscription.ts";

let open: LocalWorld | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function localWorld(options?: Parameters<typeof openLocalWorld>[0]): Promise<LocalWorld> {
  open = await openLocalWorld(options);
  return open;
}

async function openErrors({ store }: LocalWorld) {
  const rows = await store.db
    .selectFrom("sync_error as e")
    .innerJoin("affected_record as r", "r.error_id", "e.id")
    .select([
      "e.type",
      "e.direction",
      "e.object",
      "e.salesforce_field",
      "r.hubspot_id",
      "r.salesforce_id",
      "r.salesforce_object",
      "e.evidence",
      "e.details",
    ])
    .where("e.resolved_at", "is", null)
    .execute();
  return rows;
}

const outcome = async ({ store }: LocalWorld) =>
  (await store.db.selectFrom("connection_state").selectAll().executeTakeFirstOrThrow()).poll_outcome;

describe("a healthy world", () => {
  test("raises nothing in many polls, and an idle poll costs two Salesforce and four HubSpot calls", async () => {
    const world = await localWorld({ contacts: 150, settings: { stallMs: 3_600_000 } });
    await world.poll();
    expect(await outcome(world)).toMatchObject({ state: "ok" });
    expect(await openErrors(world)).toEqual([]);
    for (let round = 0; round < 5; round++) {
      const before = world.calls();
      await world.poll();
      const after = world.calls();
      expect(after.salesforce - before.salesforce).toBeLessThanOrEqual(2);
      expect(after.hubspot - before.hubspot).toBeLessThanOrEqual(4);
    }
    expect(await openErrors(world)).toEqual([]);
    expect(await world.store.db.selectFrom("suspension").selectAll().execute()).toEqual([]);
    expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
  });
});

async function announcements({ store }: LocalWorld) {
  const rows = await store.db.selectFrom("announcement").selectAll().orderBy("seq").execute();
  return rows.map(({ content }) => content as { kind: string; problem?: { about: string }; note?: { about: string } });
}

/** What a resync by touching does: a mapped property changes on the side that the record is on. */
function touch({ world, play }: LocalWorld, hubspotId: string | null, salesforceId: string | null, object: string | null): void {
  const stamp = new Date().toISOString();
  for (const type of ["contacts", "companies", "deals", "tasks"] as const) {
    const record = hubspotId === null ? null : world.account.get(type, hubspotId);
    if (record) play.editHubSpot(record, { syncwarden_resync: stamp });
  }
  if (hubspotId === null && salesforceId !== null)
    play.editSalesforce(object as "Contact", salesforceId, { Syncwarden_Resync__c: stamp });
}

describe("a record that Salesforce doesn't let a write point to", () => {
  test("is named, with what became of it", async () => {
    const world = await localWorld({ contacts: 60 });
    await world.poll();
    const { org } = world.world;
    const [deleted, merged, master] = world.play.linked("Contact", 3);
    const [one, other] = world.play.linked("Contact", 2, (_, fields) => !fields.Referred_By__c);
    if (!deleted || !merged || !master || !one || !other) throw new Error("too few contacts");
    const person = { userId: world.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" };
    for (const { hubspot } of [deleted, merged]) world.world.account.archive("contacts", hubspot.id);
    for (const { salesforceId } of [deleted, merged]) org.remove(person, "Contact", salesforceId);
    const binned = org.deletedSince("Contact", new Date(0)).find(({ id }) => id === merged.salesforceId);
    org.data.put({
      ...(binned as NonNullable<typeof binned>),
      fields: { ...binned?.fields, MasterRecordId: master.salesforceId },
    });
    world.play.editHubSpot(one.hubspot, { referred_by: deleted.salesforceId });
    world.play.editHubSpot(other.hubspot, { referred_by: merged.salesforceId });
    world.sync.look();
    world.pass(1_100);
    await world.poll();
    const { rows } = { rows: await world.store.db.selectFrom("affected_record").select(["hubspot_id", "evidence"]).execute() };
    const statementOf = (id: string) =>
      ENGLISH.render(rows.find(({ hubspot_id }) => hubspot_id === id)?.evidence.statement ?? "");
    expect(statementOf(one.hubspot.id)).toMatch(/ENTITY_IS_DELETED.*Contact .+ \(003\w{15}\) is in Salesforce's Recycle Bin/);
    expect(statementOf(other.hubspot.id)).toContain(`was merged into ${master.salesforceId}`);
    expect((await openErrors(world)).map(({ type }) => type)).toEqual(Array(2).fill("insufficient-access-or-missing-record"));
  });
});

const SUSPENSIONS = [
  "sf-api-limit-exceeded",
  "sf-api-access-disabled",
  "sf-object-permissions-missing",
  "sf-field-permissions-missing",
  "sf-org-unavailable",
  "sf-server-error",
  "hubspot-api-limit-exceeded",
  "missing-field-mappings",
  "unknown-error",
];

describe("suspensions", () => {
  test.each(SUSPENSIONS)("%s opens, and closes once mended", async (kind) => {
    const world = await localWorld({ contacts: 40, settings: { stallMs: 300 } });
    await world.poll();
    world.scenarios.make(`suspension/${kind}`);
    world.sync.look();
    for (let round = 0; round < 8; round++) {
      world.pass(60);
      await world.poll();
    }
    const [suspension] = await world.store.db.selectFrom("suspension").selectAll().where("state", "=", "open").execute();
    expect(suspension).toMatchObject({ kind, state: "open" });
    world.scenarios.mend(`suspension/${kind}`);
    world.sync.clear();
    for (let round = 0; round < 8; round++) {
      world.pass(60);
      world.sync.look();
      await world.poll();
    }
    const rows = await world.store.db.selectFrom("suspension").select(["kind", "state", "close_reason"]).execute();
    expect(rows.filter(({ state }) => state !== "closed")).toEqual([]);
    expect(rows).toContainEqual({ kind, state: "closed", close_reason: "healed" });
  });
});

describe("a write that is refused for what isn't its record's matter", () => {
  const REFUSALS = {
    UNABLE_TO_LOCK_ROW: ["sf-org-locked", ({ world }: LocalWorld, on: boolean) => (world.org.state.locked = on ? "rows" : false)],
    ORG_LOCKED: ["sf-org-locked", ({ world }: LocalWorld, on: boolean) => (world.org.state.locked = on ? "org" : false)],
    STORAGE_LIMIT_EXCEEDED: [
      "sf-storage-limit-exceeded",
      ({ world }: LocalWorld, on: boolean) => (world.org.state.dataStorageMb.remaining = on ? 0 : 1_000),
    ],
  } as const;

  test.each(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[])(
    "%s is a suspension's cause, never a sync error",
    async (code) => {
      const world = await localWorld({ contacts: 30, settings: { stallMs: 300 } });
      await world.poll();
      const [kind, set] = REFUSALS[code];
      // The probe of the first poll has found the org healthy.
      world.faults.beforeWrite = () => set(world, true);
      const owner = world.world.salesPeople[0]?.ownerId ?? null;
      for (const number of [1, 2, 3]) {
        const properties = { email: `guest.${number}@visitors.example`, lastname: "Guest", company: "Visitors Ltd" };
        world.world.account.create("contacts", { ...properties, hubspot_owner_id: owner }, "CRM_UI");
      }
      for (let round = 0; round < 3; round++) {
        world.pass(60);
        await world.poll();
        expect(await openErrors(world)).toEqual([]);
      }
      const open = await world.store.db.selectFrom("suspension").selectAll().where("state", "=", "open").execute();
      expect(open).toMatchObject([{ kind }]);
      expect(JSON.stringify(open[0]?.causes)).toContain(code === "STORAGE_LIMIT_EXCEEDED" ? "torage" : code);

      world.faults.beforeWrite = null;
      set(world, false);
      world.sync.look();
      world.pass(1_100);
      for (let round = 0; round < 3; round++) await world.poll();
      expect(await world.store.db.selectFrom("suspension").selectAll().where("state", "!=", "closed").execute()).toEqual([]);
      expect(await openErrors(world)).toEqual([]);
      expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
    },
  );

  test("a single locked record is tried again, and no error", async () => {
    const world = await localWorld({ contacts: 30, settings: { stallMs: 60_000 } });
    await world.poll();
    world.world.org.state.locked = "rows";
    const [record] = world.play.linked("Contact", 1);
    if (record) world.play.editHubSpot(record.hubspot, { jobtitle: "Adviser in waiting" });
    world.pass(1_100);
    await world.poll();
    expect(await openErrors(world)).toEqual([]);
    expect(await world.store.db.selectFrom("suspension").selectAll().execute()).toEqual([]);
    const tracked = await world.store.db.selectFrom("tracked_record").selectAll().executeTakeFirstOrThrow();
    expect(tracked).toMatchObject({ state: "waiting", tried_version: null });
    expect(tracked.due_at.getTime()).toBeLessThan(world.now().getTime());
    world.world.org.state.locked = false;
    world.sync.look();
    world.pass(1_100);
    await world.poll();
    expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
  });
});

describe("a refusal that has no type", () => {
  test("is listed as Other with its code and message in full, and forgotten once its record has been synced", async () => {
    const world = await localWorld({ contacts: 60 });
    await world.poll();
    world.scenarios.make("error/other/converted-lead", 1);
    world.sync.look();
    world.pass(1_100);
    await world.poll();
    const [found] = await openErrors(world);
    expect(found).toMatchObject({
      type: "other",
      salesforce_object: "Lead",
      evidence: { refusal: { code: "CANNOT_UPDATE_CONVERTED_LEAD", message: "cannot reference converted lead" } },
    });
    expect(ENGLISH.render(found?.evidence.statement ?? "")).toContain(
      "CANNOT_UPDATE_CONVERTED_LEAD to the integration user: cannot reference converted lead",
    );
    world.scenarios.mend("error/other/converted-lead");
    touch(world, found?.hubspot_id ?? null, null, null);
    world.sync.look();
    world.pass(1_100);
    await world.poll();
    expect(await openErrors(world)).toEqual([]);
    expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
  });
});

describe("a system that is out of reach", () => {
  test("is told of once, and once when it is back; nothing is lost meanwhile", async () => {
    const world = await localWorld({ contacts: 30 });
    await subscribeChannel(world.store.db);
    await world.poll();
    world.faults.hubspot = 401;
    world.scenarios.make("error/custom-code/custom-validation-rule");
    await world.poll();
    await world.poll();
    expect(await outcome(world)).toMatchObject({
      state: "failed",
      evidence: { statement: { english: expect.stringContaining("HubSpot answered"), values: { code: expect.anything() } } },
    });
    expect((await announcements(world)).map(({ problem }) => problem?.about)).toEqual(["hubspot-unreachable"]);
    expect(await world.store.db.selectFrom("suspension").selectAll().execute()).toEqual([]);
    world.faults.hubspot = null;
    await world.poll();
    await world.poll();
    expect((await announcements(world)).map(({ kind, problem }) => problem?.about ?? kind)).toEqual([
      "hubspot-unreachable",
      "sync-error",
      "hubspot-recovered",
    ]);
  });
});

describe("a first poll", () => {
  test("finds what was wrong before, and announces none of it", async () => {
    const world = await localWorld({ contacts: 40 });
    await subscribeChannel(world.store.db);
    world.scenarios.make("error/property-values/string-too-long");
    world.sync.look();
    world.pass(1_100);
    await world.poll();
    expect((await openErrors(world)).map(({ type }) => type)).toEqual(expect.arrayContaining(["string-too-long"]));
    expect(await announcements(world)).toEqual([]);
    await world.poll();
    expect(await announcements(world)).toEqual([]);
  });
});

describe("few calls left", () => {
  test("pause the scan but not the look at the limits", async () => {
    const world = await localWorld({ contacts: 30 });
    await world.poll();
    const { apiRequests } = world.world.org.state;
    apiRequests.used = apiRequests.max * 0.95;
    await world.poll();
    expect(await outcome(world)).toMatchObject({ state: "paused", reason: { english: expect.stringContaining("left") } });
    apiRequests.used = 10;
    await world.poll();
    expect(await outcome(world)).toMatchObject({ state: "ok" });
  });
});
