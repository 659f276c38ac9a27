import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acknowledge } from "../../../src/monitor/actions/clear/request.ts";
import type { Note } from "../../../src/monitor/announcements/announcement.ts";
import { backlogReport } from "../../../src/monitor/backlog-report.ts";
import { connectionReport, currentSuspensionReport } from "../../../src/monitor/reports.ts";
import type { Store } from "../../../src/store/database.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";
import { emptyStore, openTestStore } from "../../support/store.ts";
import { subscribeChannel } from "../../support/subscription.ts";

const FIELDS = "suspension/sf-field-permissions-missing";
const OBJECTS = "suspension/sf-object-permissions-missing";
const LOCKED = "suspension/sf-org-locked";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let store: Store;
let world: LocalWorld;
let nowMs = 0;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

beforeEach(async () => {
  await emptyStore(store);
  nowMs = Date.parse("2026-03-02T08:00:00Z");
  const settings = { stallMs: 10 * MINUTE_MS, requestsExpireMs: 5 * HOUR_MS };
  world = await openLocalWorld({ store, contacts: 40, now: () => new Date(nowMs), settings });
  await subscribeChannel(store.db);
  await polled();
});
afterEach(() => world.close());

/** A minute later, looked at. */
async function polled(times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    nowMs += MINUTE_MS;
    await world.poll();
  }
}

async function begin(scenario: string, polls = 3): Promise<void> {
  world.scenarios.make(scenario);
  nowMs += 1_000;
  world.sync.look();
  await polled(polls);
}

/** Mended, and the native sync takes up what waits. */
async function end(scenario: string): Promise<void> {
  world.scenarios.mend(scenario);
  nowMs += 1_000;
  world.sync.clear();
  world.sync.look();
  await polled(2);
}

async function suspension() {
  const found = await currentSuspensionReport(world.context, "main");
  if (found === null) throw new Error("The sync was never suspended.");
  return found;
}

async function announcements() {
  const rows = await store.db.selectFrom("announcement").selectAll().orderBy("seq").execute();
  const notes = rows.filter(({ thread_of }) => thread_of !== null);
  return {
    alerts: rows.filter(({ content }) => content.kind === "suspension"),
    notes: notes.map(({ content, thread_of }) => ({ ...(content as { note: Note }).note, under: thread_of })),
  };
}

describe("a sync that is suspended for the same cause time and again", () => {
  test.each([
    ["whose cause is enough by itself", FIELDS],
    ["whose cause comes and goes", LOCKED],
  ])("%s is one matter from the third time within a day on", async (_, scenario) => {
    await begin(scenario);
    const first = await suspension();
    await end(scenario);
    nowMs += HOUR_MS;
    await begin(scenario);
    const second = await suspension();
    expect(second.id).not.toBe(first.id);
    const actor = { userId: "U0BEN", channel: null, messageTs: null, allowedAs: null };
    await acknowledge(world.context, second.id, actor);
    await end(scenario);
    nowMs += HOUR_MS;

    await begin(scenario);
    const third = await suspension();
    expect(third).toMatchObject({ id: second.id, state: "open", acknowledgedBy: "U0BEN", clearedBy: null, closedAt: null });
    expect(third.flapping).toMatchObject({ times: 3, since: first.openedAt });
    expect(third.openedAt.getTime()).toBeGreaterThan(second.openedAt.getTime());
    const { alerts, notes } = await announcements();
    expect(alerts).toHaveLength(2);
    const returned = notes.filter(({ about }) => about === "suspension-returned");
    expect(returned).toMatchObject([{ times: 3, since: first.openedAt.toISOString(), under: alerts[1]?.key }]);
    expect(await store.db.selectFrom("suspension").selectAll().execute()).toHaveLength(2);

    await end(scenario);
    nowMs += HOUR_MS / 2;
    await begin(scenario);
    expect((await suspension()).flapping?.times).toBe(4);
    await end(scenario);
    const sums = async () => (await announcements()).notes.filter(({ about }) => about === "suspension-over");
    expect(await sums()).toHaveLength(2);
    nowMs += HOUR_MS;
    await polled(2);
    expect(await sums()).toHaveLength(3);
    expect((await sums()).at(-1)).toMatchObject({ times: 4, left: 0, under: alerts[1]?.key });
    expect((await announcements()).alerts).toHaveLength(2);
  });

  test("is a new matter for another cause, and again a day later", async () => {
    for (let time = 0; time < 2; time += 1) {
      await begin(FIELDS);
      await end(FIELDS);
      nowMs += HOUR_MS;
    }
    await begin(OBJECTS);
    await end(OBJECTS);
    nowMs += 25 * HOUR_MS;
    await begin(FIELDS);
    expect((await suspension()).flapping).toBeNull();
    expect((await announcements()).alerts).toHaveLength(4);
  });
});

describe("the backlog of a suspension", () => {
  /** The sync carries over what waits only when it is told to, so that some of it can be held back. */
  async function heldBack(): Promise<string> {
    await begin(FIELDS);
    const [waiting] = await store.db.selectFrom("tracked_record").selectAll().where("state", "=", "waiting").execute();
    if (waiting === undefined) throw new Error("Nothing waits.");
    return waiting.record_key;
  }

  test("is listed with who waits, the oldest first, and told with the suspension and the status", async () => {
    await heldBack();
    const backlog = await backlogReport(world.context, "main", 0, 2);
    expect(backlog).toMatchObject({ suspended: true, total: 3, waiting: { hubspot: 3, salesforce: 0 } });
    expect(backlog.records).toHaveLength(2);
    expect(backlog.records[0]?.record.label).toMatch(/@/);
    expect(backlog.records[0]?.changedAt).toEqual(backlog.figures.oldestAt);
    const rest = await backlogReport(world.context, "main", 2, 2);
    expect(rest.records).toHaveLength(1);
    const { oldestAt } = backlog.figures;
    expect((await suspension()).backlog).toEqual({ oldestAt, perHour: null, endsAt: null });
    expect((await connectionReport(world.context, "main")).backlog).toEqual({ oldestAt, perHour: null, endsAt: null });
  });

  test("is followed after the end, with its rate, and summed up once when nothing of it is left", async () => {
    const key = await heldBack();
    // One of the three has to wait longer: it is tracked anew as often as it is found in step.
    const row = await store.db.selectFrom("tracked_record").selectAll().where("record_key", "=", key).executeTakeFirstOrThrow();
    await end(FIELDS);
    const later = new Date(nowMs + 10 * HOUR_MS);
    await store.db
      .insertInto("tracked_record")
      .values({ ...row, due_at: later, record_key: "hubspot:contacts:987654" })
      .execute();
    await store.db.updateTable("suspension").set({ summarised_at: null }).execute();
    await store.db.deleteFrom("announcement").where("thread_of", "is not", null).execute();
    await polled(2);
    const going = await suspension();
    expect(going).toMatchObject({ state: "closed", waiting: { hubspot: 1, salesforce: 0 }, mostWaiting: 3 });
    expect((await announcements()).notes).toEqual([]);
    await store.db.deleteFrom("tracked_record").where("record_key", "=", "hubspot:contacts:987654").execute();
    await polled(3);
    const { notes } = await announcements();
    expect(notes.map(({ about }) => about)).toEqual(["suspension-over"]);
    expect(notes[0]).toMatchObject({ mostWaiting: 3, left: 0, inError: 0, resynced: 0, clearedBy: null, acknowledgedBy: null });
  });

  test("that isn't worked off is summed up when the sync is suspended again, and at last when the time for it is over", async () => {
    await heldBack();
    await end(FIELDS);
    const stuck = { object: "contacts" as const, hubspot_id: "987654", salesforce_object: null, salesforce_id: null };
    const waits = { ...stuck, connection: "main", changed_in: "hubspot" as const, state: "waiting" as const };
    const times = { changed_at: new Date(nowMs - HOUR_MS), due_at: new Date(nowMs + 100 * HOUR_MS) };
    await store.db
      .insertInto("tracked_record")
      .values({ ...waits, ...times, record_key: "hubspot:contacts:987654" })
      .execute();
    const again = async () => {
      await store.db.updateTable("suspension").set({ summarised_at: null }).where("state", "=", "closed").execute();
      await store.db.deleteFrom("announcement").where("thread_of", "is not", null).execute();
    };
    const sums = async () => (await announcements()).notes.filter(({ about }) => about === "suspension-over");
    await again();
    await polled();
    expect(await sums()).toEqual([]);
    nowMs += 5 * HOUR_MS;
    await polled();
    expect(await sums()).toMatchObject([{ left: 1 }]);
  });
});
