import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digestChanges } from "../../../src/health/digest-changes.ts";
import type { DigestReport } from "../../../src/health/report.ts";
import { makeDigest, queueDueDigests } from "../../../src/monitor/announcements/digest.ts";
import { openStage, type Stage } from "./stage.ts";

const HOUR_MS = 3_600_000;
let stage: Stage;

afterEach(() => stage.close());

/** The minute's tick, and the jobs that it queued. */
async function tick(at: string | number): Promise<void> {
  stage.now = new Date(at);
  stage.jobs.length = 0;
  await queueDueDigests(stage.context);
  for (const job of stage.jobs)
    if (job.kind === "digest") await makeDigest(stage.context, job.subscriptionId, new Date(job.dueAt));
}

/** As if it had been told until now. */
async function told(): Promise<void> {
  await stage.store.db.updateTable("subscription").set({ digested_until: stage.now, told_until: stage.now }).execute();
}

async function digests(): Promise<readonly DigestReport[]> {
  const rows = await stage.store.db.selectFrom("announcement").select("content").orderBy("seq").execute();
  return rows.flatMap(({ content }) => (content.kind === "digest" ? [content.digest as DigestReport] : []));
}

describe("digests on the store, by a clock that is driven", () => {
  beforeEach(async () => {
    stage = await openStage("2026-03-27T12:00:00Z");
  });

  test("are one a day in each of several zones across a change of the clocks, whatever else ticks", async () => {
    const zones = ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut"];
    for (const [index, timeZone] of zones.entries()) {
      await stage.subscribe({ cadence: { kind: "daily", time: "02:30", timeZone } }, `C0ZONE${index}`);
    }
    await told();
    const from = stage.now.getTime();
    for (let hour = 0; hour < 96; hour += 0.5) await tick(from + hour * HOUR_MS);
    const rows = await stage.store.db.selectFrom("announcement").select(["channel", "created_at"]).orderBy("seq").execute();
    const byChannel = Map.groupBy(rows, ({ channel }) => channel);
    for (const index of zones.keys()) expect(byChannel.get(`C0ZONE${index}`)).toHaveLength(4);
    expect(byChannel.get("C0ZONE0")?.map(({ created_at: at }) => at.toISOString())).toEqual([
      "2026-03-28T01:30:00.000Z",
      "2026-03-29T01:30:00.000Z",
      "2026-03-30T00:30:00.000Z",
      "2026-03-31T00:30:00.000Z",
    ]);
  });

  test("after downtime are one, and tell what changed since the last one that was told, skipped ones included", async () => {
    await stage.subscribe({ cadence: { kind: "daily", time: "09:00", timeZone: "UTC" } });
    await told();
    stage.now = new Date("2026-03-28T10:00:00Z");
    await stage.find({ id: "E0001", records: 3 });
    // Up again 13 hours after the digest of the 29th, which is skipped: that of the 28th was missed too.
    await tick("2026-03-29T22:00:00Z");
    expect(await digests()).toEqual([]);
    await tick("2026-03-30T09:00:00Z");
    await tick("2026-03-30T09:01:00Z");
    expect(await digests()).toMatchObject([
      { from: "2026-03-27T12:00:00.000Z", to: "2026-03-30T09:00:00.000Z", appeared: { total: 1, first: [{ id: "E0001" }] } },
    ]);
  });

  test("tell what is new, grown and gone for what the channel hears of, and count what is muted or small", async () => {
    await stage.subscribe({ cadence: { kind: "daily", time: "09:00", timeZone: "UTC" }, objects: ["contacts"], atLeast: 5 });
    await told();
    stage.now = new Date("2026-03-27T13:00:00Z");
    await stage.find(
      { id: "E0001", records: 6 },
      { id: "E0002", records: 9 },
      { id: "E0003", records: 2 },
      { id: "E0004", records: 50, object: "deals" },
      { id: "E0005", records: 30 },
    );
    await stage.store.db.updateTable("sync_error").set({ muted_at: stage.now }).where("id", "=", "E0005").execute();
    await tick("2026-03-28T09:00:00Z");
    stage.now = new Date("2026-03-28T12:00:00Z");
    await stage.find(
      { id: "E0001", records: 0 },
      { id: "E0002", records: 12 },
      { id: "E0003", records: 7 },
      { id: "E0006", records: 8 },
    );
    await tick("2026-03-29T09:00:00Z");
    const [first, second] = await digests();
    expect(first).toMatchObject({
      appeared: { total: 2 },
      grown: { total: 0 },
      top: [{ id: "E0002" }, { id: "E0001" }],
      totalErrors: 4,
      totalAffectedRecords: 47,
      muted: { errors: 1, affectedRecords: 30 },
      small: { errors: 1, affectedRecords: 2, atLeast: 5 },
      filter: { categories: null, objects: ["contacts"] },
    });
    expect(second).toMatchObject({
      appeared: { total: 1, first: [{ id: "E0006" }] },
      grown: { total: 2, by: 8 },
      resolved: { total: 1, first: [{ id: "E0001" }] },
      small: { errors: 0 },
    });
  });

  test("are silent where there is nothing to report and the channel chose so, and wait for the end of quiet hours", async () => {
    const cadence = { kind: "daily", time: "06:00", timeZone: "UTC" } as const;
    await stage.subscribe({ cadence, quietWhenHealthy: true, quietHours: { from: "22:00", to: "07:00", timeZone: "UTC" } });
    await told();
    await stage.store.db
      .insertInto("connection_state")
      .values({
        connection: "main",
        watched_since: stage.now,
        polled_at: stage.now,
        poll_outcome: JSON.stringify({ state: "ok", salesforceCalls: 0, hubspotCalls: 0 }),
        watermarks: "{}",
        synced_to_salesforce_at: null,
        synced_to_hubspot_at: null,
        schema_parts: "{}",
        identity: null,
      })
      .execute();
    await tick("2026-03-28T06:00:00Z");
    expect(await stage.told()).toEqual([]);
    await stage.find({ id: "E0001", records: 3 });
    await tick("2026-03-29T06:00:00Z");
    expect(await stage.told()).toEqual(["digest held until 2026-03-29T07:00:00.000Z"]);
  });

  test("by new times count from when these were chosen", async () => {
    const id = await stage.subscribe({ cadence: { kind: "daily", time: "09:00", timeZone: "UTC" } });
    await told();
    await tick("2026-03-28T09:00:00Z");
    stage.now = new Date("2026-03-28T13:00:00Z");
    expect(await stage.subscribe({ cadence: { kind: "daily", time: "12:00", timeZone: "UTC" } })).toBe(id);
    await tick("2026-03-28T13:01:00Z");
    expect(await digests()).toHaveLength(1);
    await tick("2026-03-29T12:00:00Z");
    expect(await digests()).toHaveLength(2);
  });
});

test("nothing is new in the first digest, and an error that came back is", () => {
  stage = { close: async () => {} } as Stage;
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 27, hour));
  const open = [{ id: "E0001", openedAt: at(9), isMuted: false, records: 4 }];
  expect(digestChanges(open, {}, null, 1)).toMatchObject({ listed: ["E0001"], appeared: [], grown: [] });
  expect(digestChanges(open, { E0001: 9 }, at(8), 1)).toMatchObject({ appeared: ["E0001"], grown: [] });
  expect(digestChanges(open, { E0001: 1 }, at(10), 1)).toMatchObject({ appeared: [], grown: ["E0001"], grownBy: 3 });
});
