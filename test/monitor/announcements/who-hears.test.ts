import { afterEach, beforeEach, expect, test } from "vitest";
import { queueWhatIsOwed } from "../../../src/jobs/handlers.ts";
import { announceToSubscribers } from "../../../src/monitor/announcements/announce.ts";
import { createOutbox } from "../../../src/monitor/announcements/outbox.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage("2026-11-23T12:00:00Z");
});
afterEach(() => stage.close());

const due = async () => (await createOutbox(stage.context).due("C0REVOPS", 50)).map(({ key }) => key);
const later = (minutes: number) => {
  stage.now = new Date(stage.now.getTime() + minutes * 60_000);
};
const many = (from: number, to: number, records = 2) =>
  Array.from({ length: to - from }, (_, index) => ({ id: `E${String(from + index).padStart(4, "0")}`, records }));

test("a few new errors are a message each", async () => {
  await stage.subscribe({});
  await stage.find({ id: "E0001", records: 1 }, { id: "E0002", records: 4 });
  expect(await stage.told()).toEqual(["sync-error E0001", "sync-error E0002"]);
});

test("fifty new errors at once are one message, which those of the next minutes join, and which is shown anew as they change", async () => {
  await stage.subscribe({});
  await stage.find(...many(0, 50));
  expect(await stage.told()).toEqual([
    `group ${many(0, 50)
      .map(({ id }) => id)
      .join("+")}`,
  ]);
  later(10);
  await stage.find({ id: "E0100", records: 1 });
  expect(await stage.told()).toHaveLength(1);
  expect((await stage.told())[0]).toMatch(/E0049\+E0100$/);
  const revision = async () =>
    (await stage.store.db.selectFrom("announcement").select("revision").executeTakeFirstOrThrow()).revision;
  const before = await revision();
  await stage.find({ id: "E0007", records: 9 });
  await stage.find({ id: "E0007", records: 0 }, { id: "E0008", records: 0 });
  expect(await revision()).toBeGreaterThan(before);
  // No line in its thread for each that is resolved, and none is told twice.
  expect(await stage.told()).toHaveLength(1);
  later(16);
  await stage.find({ id: "E0101", records: 1 });
  expect(await stage.told()).toEqual([expect.stringMatching(/^group /), "sync-error E0101"]);
});

test("errors that trickle in one by one are one message in the end", async () => {
  await stage.subscribe({});
  for (const error of many(0, 14)) {
    await stage.find(error);
    later(1);
  }
  expect(await stage.told()).toEqual([...many(0, 10).map(({ id }) => `sync-error ${id}`), "group E0010+E0011+E0012+E0013"]);
});

test("a channel hears of its categories and objects alone", async () => {
  await stage.subscribe({ categories: ["picklists"], objects: ["deals"] });
  await stage.find(
    { id: "E0001", records: 1, object: "deals" },
    { id: "E0002", records: 1 },
    { id: "E0003", records: 1, object: "deals", category: "duplicates" },
  );
  expect(await stage.told()).toEqual(["sync-error E0001"]);
});

test("an error is told once it holds back as many records as were asked for, and once only", async () => {
  await stage.subscribe({ atLeast: 10 });
  await stage.subscribe({}, "C0SALES");
  await stage.find({ id: "E0001", records: 3 });
  expect([await stage.told(), await stage.told("C0SALES")]).toEqual([[], ["sync-error E0001"]]);
  await stage.find({ id: "E0001", records: 12 });
  await stage.find({ id: "E0001", records: 4 });
  await stage.find({ id: "E0001", records: 40 });
  expect([await stage.told(), await stage.told("C0SALES")]).toEqual([["sync-error E0001"], ["sync-error E0001"]]);
});

test("in quiet hours nothing but suspensions is posted; what was held is told once after", async () => {
  const quietHours = { from: "22:00", to: "07:00", timeZone: "Europe/Oslo" };
  await stage.subscribe({ quietHours });
  await stage.find({ id: "E0001", records: 1 });
  expect(await due()).toHaveLength(1);
  stage.now = new Date("2026-11-23T22:30:00Z");
  stage.jobs.length = 0;
  await stage.find({ id: "E0002", records: 1 });
  await stage.find({ id: "E0001", records: 0 }, { id: "E0003", records: 5 });
  await stage.store.db.transaction().execute(async (trx) => {
    const warning = { connection: "main", subject: "warning:w1", content: { kind: "warning", warningId: "w1" } as const };
    await announceToSubscribers(trx, stage.context, warning);
    const suspension = {
      connection: "main",
      subject: "suspension:s1",
      content: { kind: "suspension", suspensionId: "s1" } as const,
    };
    await announceToSubscribers(trx, stage.context, suspension);
  });
  const until = "held until 2026-11-24T06:00:00.000Z";
  expect(await stage.told()).toEqual([
    "sync-error E0001",
    `group E0002+E0003 ${until}`,
    `note error-resolved ${until}`,
    "suspension",
  ]);
  expect(await due()).toEqual(["sync-error:main:E0001:2026-11-23T12:00:00.000Z:C0REVOPS", "suspension:s1:C0REVOPS"]);
  // A held message's job would keep those of its channel out of the queue: the minute's tick finds it instead.
  expect(stage.jobs).toEqual([
    { kind: "announce", channel: "C0REVOPS" },
    { kind: "announce", channel: "C0REVOPS" },
  ]);
  stage.jobs.length = 0;
  stage.now = new Date("2026-11-24T06:00:00Z");
  expect(await due()).toHaveLength(3);
  await queueWhatIsOwed(stage.context);
  expect(stage.jobs).toEqual([{ kind: "announce", channel: "C0REVOPS" }]);
});

test("changes are told in the thread, and in the channel too where it chose so", async () => {
  await stage.subscribe({ changes: "channel", language: "de" });
  await stage.find({ id: "E0001", records: 1 });
  await stage.find({ id: "E0001", records: 0 });
  const rows = await stage.store.db.selectFrom("announcement").selectAll().orderBy("seq").execute();
  expect(rows.map(({ thread_of: of, is_broadcast: is }) => [of !== null, is])).toEqual([
    [false, false],
    [true, true],
  ]);
  const [first] = await createOutbox(stage.context).due("C0REVOPS", 5);
  expect(first).toMatchObject({ isBroadcast: false, language: "de" });
});

test("a muted error is not announced, and its growing tenfold is, among others too", async () => {
  await stage.subscribe({});
  await stage.find(...many(0, 5));
  await stage.store.db
    .updateTable("sync_error")
    .set({ muted_at: stage.now, muted_by: "U0ADMIN", muted_records: 2 })
    .where("id", "=", "E0003")
    .execute();
  await stage.find({ id: "E0003", records: 19 });
  expect(await stage.told()).toHaveLength(1);
  await stage.find({ id: "E0003", records: 20 });
  expect(await stage.told()).toEqual([expect.stringMatching(/^group/), "note error-speaks-again"]);
});
