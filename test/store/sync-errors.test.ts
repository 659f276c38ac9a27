import { afterEach, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/database.ts";
import {
  type FoundError,
  keepOnly,
  settleError,
  untoldErrors,
  upsertAffected,
  upsertError,
} from "../../src/store/sync-errors.ts";
import {
  countWaiting,
  dueRecords,
  forgetRecords,
  type SeenRecord,
  trackRecords,
  trackSalesforceRecords,
} from "../../src/store/tracked-records.ts";
import { openTestStore } from "../support/store.ts";

let store: Store | null = null;

afterEach(async () => {
  await store?.close();
  store = null;
});

async function database() {
  store = await openTestStore();
  return store.db;
}

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes));
const evidence = { at: at(0).toISOString(), statement: "Salesforce answered STRING_TOO_LONG" };
const error: FoundError = {
  id: "E12345",
  groupKey: "string-too-long:phone",
  category: "property-values",
  type: "string-too-long",
  direction: "hubspot-to-salesforce",
  object: "contacts",
  hubspotProperty: "phone",
  salesforceField: "Phone",
  details: { limit: "40" },
  evidence,
};
const record = (id: string) => ({
  key: `hubspot:${id}`,
  reference: { object: "contacts" as const, hubspotId: id, salesforceObject: null, salesforceId: null, label: id },
  value: "x",
  evidence,
});
const seen = (id: string, over: Partial<SeenRecord> = {}): SeenRecord => ({
  key: `hubspot:${id}`,
  object: "contacts",
  hubspotId: id,
  salesforceObject: "Contact",
  salesforceId: `003${id}`,
  label: `${id}@example.com`,
  changedIn: "hubspot",
  changedAt: at(0),
  dueAt: at(5),
  ...over,
});

describe("sync errors", () => {
  test("seen again are the same error; what has grown is untold until it is told", async () => {
    const db = await database();
    await upsertError(db, "main", error, at(0));
    await upsertAffected(db, "main", error.id, [record("1"), record("2")], at(0));
    expect(await untoldErrors(db, "main", at(0))).toMatchObject([{ id: error.id, records: 2, told: 0 }]);
    await settleError(db, error.id, 2, at(0));
    await upsertError(db, "main", error, at(1));
    await upsertAffected(db, "main", error.id, [record("2")], at(1));
    expect(await untoldErrors(db, "main", at(1))).toEqual([]);
    await upsertAffected(db, "main", error.id, [record("3")], at(1));
    expect(await untoldErrors(db, "main", at(1))).toMatchObject([{ records: 3, told: 2 }]);
  });

  test("without records are resolved, and open as a new occurrence when they come back", async () => {
    const db = await database();
    await upsertError(db, "main", error, at(0));
    await upsertAffected(db, "main", error.id, [record("1")], at(0));
    await settleError(db, error.id, 1, at(0));
    await keepOnly(db, "main", [{ key: "hubspot:1", errorIds: [] }]);
    expect(await untoldErrors(db, "main", at(1))).toMatchObject([{ records: 0, told: 1 }]);
    await settleError(db, error.id, 0, at(1));
    expect(await untoldErrors(db, "main", at(1))).toEqual([]);
    await upsertError(db, "main", error, at(9));
    await upsertAffected(db, "main", error.id, [record("1")], at(9));
    expect(await untoldErrors(db, "main", at(9))).toMatchObject([{ records: 1, told: 0, openedAt: at(9) }]);
  });
});

describe("tracked records", () => {
  test("keep the time of their first change, and are due at the earlier time", async () => {
    const db = await database();
    await trackRecords(db, "main", [seen("1")]);
    await trackRecords(db, "main", [seen("1", { changedAt: at(4), dueAt: at(9) })]);
    expect(await dueRecords(db, "main", at(4), 10)).toEqual([]);
    expect(await dueRecords(db, "main", at(5), 10)).toMatchObject([{ changed_at: at(0), due_at: at(5) }]);
  });

  test("are one pair whichever side changed", async () => {
    const db = await database();
    await trackRecords(db, "main", [seen("1", { dueAt: at(50) })]);
    const change = seen("1", { key: "salesforce:0031", hubspotId: null, changedIn: "salesforce", dueAt: at(7) });
    await trackSalesforceRecords(db, "main", [change, { ...change, key: "salesforce:0032", salesforceId: "0032" }]);
    expect((await dueRecords(db, "main", at(60), 10)).map(({ record_key }) => record_key)).toEqual([
      "hubspot:1",
      "salesforce:0032",
    ]);
    expect(await countWaiting(db, "main")).toEqual({ inHubSpot: 1, inSalesforce: 1 });
  });

  test("take many rows at once, and are forgotten with what held them back", async () => {
    const db = await database();
    const many = Array.from({ length: 1_700 }, (_, index) => seen(String(index)));
    await trackRecords(db, "main", many);
    await upsertError(db, "main", error, at(0));
    await upsertAffected(db, "main", error.id, [record("1")], at(0));
    await forgetRecords(
      db,
      "main",
      many.map(({ key }) => key),
    );
    expect(await countWaiting(db, "main")).toEqual({ inHubSpot: 0, inSalesforce: 0 });
    expect(await untoldErrors(db, "main", at(1))).toMatchObject([{ records: 0 }]);
  });
});
