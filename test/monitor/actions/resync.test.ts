import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { cancelResync, previewResync, requestResync } from "../../../src/monitor/actions/resync/request.ts";
import { runResync } from "../../../src/monitor/actions/resync/run.ts";
import { deleteSelection, saveSelection } from "../../../src/monitor/actions/saved-selections.ts";
import { createMonitor } from "../../../src/monitor/create-monitor.ts";
import type { Actor } from "../../../src/monitor/monitor.ts";
import { resyncReport } from "../../../src/monitor/reports.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";
import { saying } from "../../support/said.ts";

const RULE = "error/custom-code/custom-validation-rule";
const ACTOR: Actor = { userId: "U0ADMIN", channel: "C0REVOPS", messageTs: null, allowedAs: "operator by name" };
const never = new AbortController().signal;

let local: LocalWorld | null = null;
afterEach(async () => {
  await local?.close();
  local = null;
});

/** A world in which five contacts are held back by a validation rule, and the bot knows. */
async function worldInError(resync: { strategy: "touch" | "write"; touchProperties: Record<string, string> }) {
  local = await openLocalWorld({ contacts: 40, settings: { resync, graceMs: 200 } });
  await local.poll();
  local.scenarios.make(RULE, 5);
  local.sync.look();
  for (let round = 0; round < 40 && (await affected(local)) < 5; round += 1) {
    await sleep(100);
    await local.poll();
  }
  const connection = local.context.connections.get("main");
  if (!connection) throw new Error("There is no connection.");
  return { ...local, connection };
}

async function affected({ store }: LocalWorld): Promise<number> {
  return (await store.db.selectFrom("affected_record").select("record_key").execute()).length;
}

/** Goes on with a request, polling as the jobs would, until it has ended. */
async function finish({ context, poll }: LocalWorld, requestId: string) {
  for (let round = 0; round < 80; round += 1) {
    await runResync(context, requestId, never);
    const report = await resyncReport(context, requestId);
    if (report?.finishedAt) return report;
    await sleep(100);
    await poll();
  }
  throw new Error("The resync did not end.");
}

async function accepted(world: Awaited<ReturnType<typeof worldInError>>, selection = { kind: "all" } as const): Promise<string> {
  const requested = await requestResync(world.context, world.connection, selection, new Date(), ACTOR);
  if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
  return requested.requestId;
}

const TOUCH = { strategy: "touch", touchProperties: { contacts: "syncwarden_resync" } } as const;
const WRITE = { strategy: "write", touchProperties: {} } as const;

describe("a resync by touching", () => {
  test("writes the request's time once into each record, and each is verified", async () => {
    const world = await worldInError(TOUCH);
    world.scenarios.mend(RULE);
    world.sync.start();
    const requestId = await accepted(world);
    const report = await finish(world, requestId);
    expect(report).toMatchObject({ state: "done", total: 5, synced: 5, failing: 0 });
    const touches = world.world.account
      .writes()
      .filter(({ properties, source }) => source !== "SALESFORCE" && "syncwarden_resync" in properties);
    expect(touches.map(({ id }) => id).toSorted()).toEqual([...new Set(touches.map(({ id }) => id))].toSorted());
    expect(new Set(touches.map(({ properties }) => properties.syncwarden_resync)).size).toBe(1);
    expect(touches).toHaveLength(5);
  });

  test("that finds the cause standing says so of each record, with the reason", async () => {
    const world = await worldInError(TOUCH);
    world.sync.start();
    const report = await finish(world, await accepted(world));
    expect(report).toMatchObject({ state: "done", synced: 0, failing: 5 });
    expect(report.reasons[0]).toMatchObject({ records: 5, reason: saying("FIELD_CUSTOM_VALIDATION_EXCEPTION") });
  });

  test("asked for twice at once is one request", async () => {
    const world = await worldInError(TOUCH);
    const asked = await Promise.all(
      [1, 2, 3].map(() => requestResync(world.context, world.connection, { kind: "all" }, new Date(), ACTOR)),
    );
    expect(asked.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined", "joined"]);
  });

  test("can be cancelled before its first batch: nothing is written", async () => {
    const world = await worldInError(TOUCH);
    const before = world.world.account.writes().length;
    const requestId = await accepted(world);
    expect(await cancelResync(world.context, requestId, ACTOR)).toMatchObject({ result: "accepted" });
    const report = await finish(world, requestId);
    expect(report).toMatchObject({ state: "cancelled", skipped: 5, sent: 0 });
    expect(world.world.account.writes().length).toBe(before);
    expect(await cancelResync(world.context, requestId, ACTOR)).toMatchObject({ result: "declined" });
  });

  test("waits while HubSpot refuses, says so, and goes on by itself", async () => {
    const world = await worldInError(TOUCH);
    world.scenarios.mend(RULE);
    const requestId = await accepted(world);
    world.faults.hubspot = 401;
    await runResync(world.context, requestId, never);
    expect(await resyncReport(world.context, requestId)).toMatchObject({ pause: saying("INVALID_AUTHENTICATION") });
    world.faults.hubspot = null;
    world.sync.start();
    expect(await finish(world, requestId)).toMatchObject({ state: "done", synced: 5, pause: null });
  });
});

describe("a resync by writing", () => {
  test("writes only the values that differ, once, and each record is in step without the native sync", async () => {
    const world = await worldInError(WRITE);
    world.scenarios.mend(RULE);
    const report = await finish(world, await accepted(world));
    expect(report).toMatchObject({ state: "done", strategy: "write", total: 5, synced: 5, failing: 0 });
    const ours = world.world.org.writes().filter(({ app }) => app === "Syncwarden");
    expect(ours).toHaveLength(5);
    for (const { object, fields } of ours) {
      expect(object).toBe("Contact");
      expect(Object.keys(fields).filter((name) => name !== "Id")).toEqual(["Phone"]);
    }
  });

  test("sends with the calls that its preview tells, besides the look at the outcome", async () => {
    const world = await worldInError(WRITE);
    world.scenarios.mend(RULE);
    expect(world.connection.settings.hubspot.inclusionList).not.toBeNull();
    const preview = await previewResync(world.context, world.connection, { kind: "all" });
    if ("why" in preview) throw new Error(JSON.stringify(preview.why));
    const requestId = await accepted(world);
    const before = world.calls();
    await runResync(world.context, requestId, never);
    const after = world.calls();
    expect(after.hubspot - before.hubspot).toBe(preview.cost.hubspot - 1);
    expect(after.salesforce - before.salesforce).toBe(preview.cost.salesforce - 1);
  });
});

test("a preview tells records, strategy and cost, and what there is nothing of", async () => {
  const world = await worldInError(TOUCH);
  expect(await previewResync(world.context, world.connection, { kind: "all" })).toMatchObject({
    records: 5,
    strategy: "touch",
    cost: { hubspot: 2, salesforce: 1 },
    pause: null,
  });
  const none = await previewResync(world.context, world.connection, { kind: "category", category: "picklists" });
  expect(none).toMatchObject({ why: saying("picklists") });
  const unknown = await previewResync(world.context, world.connection, { kind: "record", record: "nobody@nowhere.example" });
  expect(unknown).toMatchObject({ why: saying("nobody@nowhere.example") });
});

test("a saved selection means what is in error of it when it is resynced; an object is one too", async () => {
  const world = await worldInError(TOUCH);
  const { context, connection } = world;
  const parts = [{ kind: "category", category: "custom-code" } as const, { kind: "object", object: "deals" } as const];
  expect(await saveSelection(context, "main", "Key-Accounts", parts, ACTOR)).toMatchObject({ result: "accepted" });
  const saved = { kind: "saved", name: "key-accounts" } as const;
  expect(await previewResync(context, connection, saved)).toMatchObject({ records: 5, target: saying("selection key-accounts") });
  expect(await previewResync(context, connection, { kind: "object", object: "contacts" })).toMatchObject({ records: 5 });
  expect(await previewResync(context, connection, { kind: "object", object: "deals" })).toMatchObject({
    why: saying("No deals are in error"),
  });
  expect(await deleteSelection(context, "main", "KEY-accounts", ACTOR)).toMatchObject({ result: "accepted" });
  expect(await deleteSelection(context, "main", "key-accounts", ACTOR)).toMatchObject({ result: "declined" });
  expect(await previewResync(context, connection, saved)).toMatchObject({ why: saying("/sync selections") });
  const { items } = await createMonitor(context).actionLog("main", 0, 10);
  expect(items.map(({ action, target, allowedAs }) => [action, target, allowedAs])).toEqual([
    ["forget selection", "key-accounts", "operator by name"],
    ["save selection", "key-accounts", "operator by name"],
  ]);
});
