import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type LocalWorld, openLocalWorld } from "../support/local-world.ts";

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

const ERRORS = [
  "error/custom-code/custom-validation-rule",
  "error/custom-code/salesforce-automation",
  "error/duplicates/salesforce-duplicate-rule",
  "error/duplicates/email-already-in-use",
  "error/associations/waiting-for-account",
  "error/permissions/field-permission",
  "error/picklists/restricted-picklist-value",
  "error/picklists/inactive-owner",
  "error/picklists/missing-or-invalid-stage",
  "error/property-values/string-too-long",
  "error/property-values/missing-required-value",
];

describe("sync errors", () => {
  test.each(ERRORS)("%s is found with its type and records, and resolved once mended", async (id) => {
    const world = await localWorld({ contacts: 60 });
    await world.poll();
    world.scenarios.make(id);
    world.sync.look();
    const truth = world.sync.truth();
    expect(truth.errors.length).toBeGreaterThan(0);
    // Salesforce's times are in whole seconds and may lie ahead by one.
    await sleep(1_100);
    await world.poll();
    const found = await openErrors(world);
    const expected = truth.errors.flatMap(({ type, records }) =>
      records.map((record) => `${type} ${record.hubspotId ?? record.salesforceId}`),
    );
    expect(found.map(({ type, hubspot_id, salesforce_id }) => `${type} ${hubspot_id ?? salesforce_id}`).toSorted()).toEqual(
      expected.toSorted(),
    );
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
      await sleep(60);
      await world.poll();
    }
    const [suspension] = await world.store.db.selectFrom("suspension").selectAll().where("state", "=", "open").execute();
    expect(suspension).toMatchObject({ kind, state: "open" });
    world.scenarios.mend(`suspension/${kind}`);
    world.sync.clear();
    for (let round = 0; round < 8; round++) {
      await sleep(60);
      world.sync.look();
      await world.poll();
    }
    const rows = await world.store.db.selectFrom("suspension").select(["kind", "state", "close_reason"]).execute();
    expect(rows.filter(({ state }) => state !== "closed")).toEqual([]);
    expect(rows).toContainEqual({ kind, state: "closed", close_reason: "healed" });
  });
});
