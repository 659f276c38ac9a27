import { afterEach, beforeEach, expect, test } from "vitest";
import { selectRecords } from "../../src/monitor/actions/resync/selection.ts";
import type { Connection, MonitorContext } from "../../src/monitor/context.ts";
import { chooseRecords, recordChoice } from "../../src/monitor/record-choice.ts";
import type { Store } from "../../src/store/database.ts";
import { HELD_AT, holdBack, storeContext } from "../support/held-store.ts";
import { saying } from "../support/said.ts";
import { openTestStore } from "../support/store.ts";

let store: Store;
let context: MonitorContext;

beforeEach(async () => {
  store = await openTestStore();
  context = storeContext(store.db);
  await holdBack(store.db, { id: "E00001" }, 30);
  await holdBack(store.db, { id: "E00002" }, 5);
});

afterEach(() => store.close());

const key = (n: number) => `hubspot:contacts:${100_000 + n}`;
const keys = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => key(from + index));

/** A page of ten with some ticked. */
const page = (from: number, ...ticked: readonly number[]) => ({
  ticked: ticked.map(key),
  unticked: keys(from, from + 9).filter((one) => !ticked.map(key).includes(one)),
});

async function selected(choiceId: string) {
  const connection = { settings: { name: "acme" } } as unknown as Connection;
  return selectRecords(context, connection, { kind: "chosen", errorId: "e00001", choiceId });
}

test("nothing ticked is nothing", async () => {
  expect(await recordChoice(context, "V1", "E00001")).toMatchObject({ records: 0 });
  expect(await selected("V1")).toMatchObject({ why: saying("no longer stored") });
});

test("pages add up, what is unticked goes, and the error's own records alone are meant", async () => {
  await chooseRecords(context, "V1", "E00001", page(1, 2, 3));
  await chooseRecords(context, "V1", "E00001", page(11, 15));
  await chooseRecords(context, "V1", "E00001", page(1, 2));
  const choice = await recordChoice(context, "V1", "E00001");
  expect(choice.records).toBe(2);
  expect([1, 2, 3, 15].map((n) => choice.isTicked(key(n)))).toEqual([false, true, false, true]);
  expect(await selected("V1")).toMatchObject({
    target: saying("2 selected records of error E00001"),
    counts: new Map([["contacts", 2]]),
  });
  expect(await recordChoice(context, "V1", "E00002")).toMatchObject({ records: 0 });
});

test("all is all, but for what is unticked; ticked again it is back; none is none", async () => {
  await chooseRecords(context, "V1", "E00001", "all");
  await chooseRecords(context, "V1", "E00001", page(1, 1, 2, 3, 4, 5, 6, 7, 8));
  expect((await recordChoice(context, "V1", "E00001")).records).toBe(28);
  await chooseRecords(context, "V1", "E00001", page(1, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  const choice = await recordChoice(context, "V1", "E00001");
  expect(choice.records).toBe(29);
  expect([choice.isTicked(key(10)), choice.isTicked(key(25))]).toEqual([false, true]);
  await chooseRecords(context, "V1", "E00001", "none");
  expect((await recordChoice(context, "V1", "E00001")).records).toBe(0);
});

test("pages turned quickly lose nothing of each other", async () => {
  await Promise.all([1, 11, 21].map((from) => chooseRecords(context, "V1", "E00001", page(from, from, from + 1))));
  expect((await recordChoice(context, "V1", "E00001")).records).toBe(6);
});

test("the same records ticked in two dialogs are one request, other records another", async () => {
  const identity = async (id: string) => {
    const found = await selected(id);
    return "why" in found ? found.why : found.identity;
  };
  await chooseRecords(context, "V1", "E00001", page(1, 1, 2));
  await chooseRecords(context, "V2", "E00001", page(1, 2));
  expect(await identity("V2")).not.toBe(await identity("V1"));
  await chooseRecords(context, "V2", "E00001", page(1, 2, 1));
  expect(await identity("V2")).toBe(await identity("V1"));
});

test("records that are no longer held back don't count, and choices of yesterday are forgotten", async () => {
  await chooseRecords(context, "V1", "E00001", page(1, 1, 2));
  await store.db.deleteFrom("affected_record").where("record_key", "=", key(1)).execute();
  expect((await recordChoice(context, "V1", "E00001")).records).toBe(1);
  const tomorrow = { now: () => new Date(HELD_AT.getTime() + 90_000_000) };
  await chooseRecords({ ...context, clock: tomorrow }, "V2", "E00001", page(1, 1));
  expect((await recordChoice(context, "V1", "E00001")).records).toBe(0);
});

test("all but some of 100,000 are counted in the time of a click", async () => {
  await holdBack(store.db, { id: "E00003" }, 100_000);
  await chooseRecords(context, "V1", "E00003", "all");
  await chooseRecords(context, "V1", "E00003", { ticked: [], unticked: keys(1, 3_000) });
  const before = performance.now();
  expect((await recordChoice(context, "V1", "E00003")).records).toBe(97_000);
  expect(performance.now() - before).toBeLessThan(5_000);
}, 60_000);
