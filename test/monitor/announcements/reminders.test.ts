import { afterEach, beforeEach, expect, test } from "vitest";
import { noteInThreads } from "../../../src/monitor/announcements/announce.ts";
import { remindOfSuspensions } from "../../../src/monitor/announcements/remind.ts";
import { remindersDue } from "../../../src/monitor/announcements/reminder-schedule.ts";
import { insertSuspension } from "../../../src/store/suspensions.ts";
import { openStage, type Stage } from "./stage.ts";

const MINUTE_MS = 60_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage("2026-11-23T12:00:00Z");
  const reminder = { channel: "C0ONCALL", afterMs: 60 * MINUTE_MS };
  await stage.subscribe({ reminder, quietHours: { from: "00:00", to: "23:59", timeZone: "UTC" } });
  await stage.store.db.transaction().execute((trx) =>
    insertSuspension(trx, {
      id: "s1",
      connection: "main",
      state: "open",
      kind: "sf-api-limit-exceeded",
      causes: [],
      sightings: 1,
      at: stage.now,
      waiting: { inHubSpot: 1, inSalesforce: 0 },
    }),
  );
});
afterEach(() => stage.close());

async function after(minutes: number): Promise<readonly string[]> {
  stage.now = new Date(Date.parse("2026-11-23T12:00:00Z") + minutes * MINUTE_MS);
  await remindOfSuspensions(stage.context);
  return stage.told("C0ONCALL");
}

test("a suspension that nobody acknowledges is told in the other channel once, then in its thread, until somebody does", async () => {
  expect(await after(59)).toEqual([]);
  expect(await after(60)).toEqual(["reminder"]);
  expect(await after(61)).toEqual(["reminder"]);
  expect(await after(180)).toEqual(["reminder", "note suspension-unacknowledged"]);
  await stage.store.db.transaction().execute((trx) => {
    const note = { about: "suspension-acknowledged", by: "U0ADMIN", at: stage.now.toISOString() } as const;
    return noteInThreads(trx, stage.context, "suspension:s1", note);
  });
  expect((await after(181)).at(-1)).toBe("note suspension-acknowledged");
  await stage.store.db.updateTable("suspension").set({ acknowledged_by: "U0ADMIN" }).execute();
  expect(await after(5_000)).toHaveLength(3);
});

test("after downtime one line tells of it, not one for each that was missed", async () => {
  await after(60);
  expect(await after(4_000)).toEqual(["reminder", "note suspension-unacknowledged"]);
});

test("reminders come after twice as long each time, at most a day", () => {
  const since = new Date(0);
  const times = (hours: number) => remindersDue(since, 60 * MINUTE_MS, new Date(hours * 60 * MINUTE_MS));
  expect([0.9, 1, 2.9, 3, 7, 15, 31, 54, 55, 79, 103].map(times)).toEqual([0, 1, 1, 2, 3, 4, 5, 5, 6, 7, 8]);
});
