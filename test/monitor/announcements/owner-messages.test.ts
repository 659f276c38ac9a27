import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseOwnerMessages, queueOwnerMessages, tellOwners } from "../../../src/monitor/announcements/owner-messages.ts";
import type { Connection } from "../../../src/monitor/context.ts";
import { wantsOwnerMessages } from "../../../src/store/owners.ts";
import { openStage, type Stage } from "./stage.ts";

const DUE = "2026-11-23T09:00:00.000Z";
let stage: Stage;

/** HubSpot, as far as it is asked: whose each record is. Records end in their number. */
const hubspot = {
  owners: async () => [
    { id: "1", email: "Ola@example.com", archived: false },
    { id: "2", email: "kari@example.com", archived: false },
    { id: "3", email: "gone@example.com", archived: true },
  ],
  async *recordsByIds(_: string, ids: readonly string[]) {
    yield ids.map((id) => ({ id, properties: { hubspot_owner_id: id.at(-1) ?? null } }));
  },
};

beforeEach(async () => {
  stage = await openStage("2026-11-23T08:00:00Z");
  const main = stage.context.connections.get("main");
  const ownerMessages = { kind: "daily", time: "09:00", timeZone: "UTC" } as const;
  const connection = { ...main, settings: { ...main?.settings, ownerMessages }, hubspot } as unknown as Connection;
  Object.assign(stage.context, { connections: new Map([["main", connection]]) });
});
afterEach(() => stage.close());

test("each owner hears of their own records alone, once a day, and of muted ones not at all", async () => {
  // E0001-0 is nobody's, E0001-1 Ola's, E0001-2 Kari's, E0001-3 of somebody who is gone.
  await stage.find({ id: "E0001", records: 4 }, { id: "E0002", records: 2 });
  await stage.store.db.updateTable("sync_error").set({ muted_at: stage.now }).where("id", "=", "E0002").execute();
  stage.now = new Date(DUE);
  stage.jobs.length = 0;
  await queueOwnerMessages(stage.context);
  expect(stage.jobs).toEqual([{ kind: "owners", connection: "main", dueAt: DUE }]);
  await tellOwners(stage.context, "main", stage.now);
  await tellOwners(stage.context, "main", stage.now);
  const rows = await stage.store.db.selectFrom("announcement").select(["channel", "content"]).orderBy("channel").execute();
  expect(rows).toMatchObject([
    { channel: "mailto:kari@example.com", content: { owner: { total: 1, records: [{ record: { hubspotId: "E0001-2" } }] } } },
    { channel: "mailto:ola@example.com", content: { owner: { total: 1, records: [{ record: { hubspotId: "E0001-1" } }] } } },
  ]);
  stage.jobs.length = 0;
  await queueOwnerMessages(stage.context);
  expect(stage.jobs).toEqual([]);
});

test("a person's choice is kept, and everybody hears until they say no", async () => {
  const actor = { userId: "U0VIEWER", channel: null, messageTs: null, allowedAs: null };
  const wants = () => wantsOwnerMessages(stage.store.db, "U0VIEWER");
  expect(await wants()).toBe(true);
  await chooseOwnerMessages(stage.context, false, actor);
  expect(await wants()).toBe(false);
  await chooseOwnerMessages(stage.context, true, actor);
  expect(await wants()).toBe(true);
});
