import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ENGLISH } from "../../src/language/language.ts";
import { exportErrors } from "../../src/monitor/export.ts";
import type { ExportFilter } from "../../src/monitor/monitor.ts";
import { errorsCsv } from "../../src/slack/csv/errors.ts";
import { saveConnectionState } from "../../src/store/connection-state.ts";
import type { Store } from "../../src/store/database.ts";
import { setMute } from "../../src/store/error-groups.ts";
import { readCsv, written } from "../slack/csv/reading.ts";
import { ACTOR, HELD_AT, holdBack, storeContext } from "../support/held-store.ts";
import { saying } from "../support/said.ts";
import { openTestStore } from "../support/store.ts";

let store: Store;

beforeEach(async () => {
  store = await openTestStore();
});

afterEach(() => store.close());

const ALL: ExportFilter = { connection: null };

async function rows(filter: ExportFilter, connections?: readonly string[]): Promise<readonly Readonly<Record<string, string>>[]> {
  const { content } = await exportErrors(storeContext(store.db, connections), filter, ACTOR);
  const [head = [], ...lines] = readCsv(await written(errorsCsv(ENGLISH, content)));
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ""])));
}

test("a line has all that is known of a record and its error, and times that spreadsheets take for times", async () => {
  await saveConnectionState(store.db, "acme", {
    identity: {
      portalId: 4242,
      uiDomain: "app.hubspot.com",
      organizationName: "Acme",
      instanceUrl: "https://acme.my.salesforce.com",
      integrationUserId: null,
      integrationUsername: null,
    },
  });
  await holdBack(store.db, { id: "E00001" }, 2);
  const [first, second, ...others] = await rows(ALL);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    connection: "acme",
    "error id": "E00001",
    category: "Property values",
    type: "String too long",
    direction: "HubSpot to Salesforce",
    object: "Contacts",
    "HubSpot property": "phone",
    "Salesforce field": "Phone",
    record: "person1@example.com",
    value: "+47 22 33 44 55",
    "refused with": "Salesforce answered STRING_TOO_LONG",
    "HubSpot id": "100001",
    "HubSpot link": "https://app.hubspot.com/contacts/4242/record/0-1/100001",
    "Salesforce link": "",
    "record first seen (UTC)": "2026-11-22 10:00:00",
    "muted until (UTC)": "",
  });
  expect(first?.["what to do"]).toMatch(/\w+/);
  expect(second).toMatchObject({
    "Salesforce object": "Contact",
    "Salesforce link": "https://acme.my.salesforce.com/003000000000002AAA",
  });
});

test("a category, an object, an error or a connection narrows it; resolved errors are left out", async () => {
  await holdBack(store.db, { id: "E00001" }, 3);
  await holdBack(store.db, { id: "E00002", category: "picklists", type: "restricted-picklist-value" }, 2);
  await holdBack(store.db, { id: "E00003", object: "deals" }, 1);
  await holdBack(store.db, { id: "E00004" }, 4, "other");
  await holdBack(store.db, { id: "E00005" }, 5);
  await store.db.updateTable("sync_error").set({ resolved_at: HELD_AT }).where("id", "=", "E00005").execute();
  const ids = async (filter: ExportFilter) => (await rows(filter, ["acme", "other"])).map((row) => row["error id"]);
  expect(new Set(await ids(ALL))).toEqual(new Set(["E00001", "E00002", "E00003", "E00004"]));
  expect(await ids({ connection: "other" })).toEqual(Array(4).fill("E00004"));
  expect(await ids({ connection: null, category: "picklists" })).toEqual(["E00002", "E00002"]);
  expect(await ids({ connection: null, object: "deals" })).toEqual(["E00003"]);
  expect(await ids({ connection: "acme", errorId: "E00001" })).toEqual(Array(3).fill("E00001"));
  const { errors, lines } = await exportErrors(storeContext(store.db, ["acme", "other"]), ALL, ACTOR);
  expect({ errors, lines }).toEqual({ errors: 4, lines: 10 });
});

test("a mute shows until when", async () => {
  await holdBack(store.db, { id: "E00001" }, 1);
  await setMute(store.db, "E00001", { at: HELD_AT, until: null, by: "U0ADMIN", records: 1 });
  expect((await rows(ALL))[0]?.["muted until (UTC)"]).toBe("it is fixed");
  await setMute(store.db, "E00001", { at: HELD_AT, until: new Date("2026-12-01T00:00:00Z"), by: "U0ADMIN", records: 1 });
  expect((await rows(ALL))[0]?.["muted until (UTC)"]).toBe("2026-12-01 00:00:00");
});

test("what came of it is in the action log", async () => {
  await holdBack(store.db, { id: "E00001" }, 1);
  const { log } = await exportErrors(storeContext(store.db), { connection: null, category: "property-values" }, ACTOR);
  await log("done", "1 sync error");
  const entry = await store.db.selectFrom("action_log").selectAll().executeTakeFirstOrThrow();
  expect(entry).toMatchObject({
    user_id: "U0OPERATOR",
    action: "export",
    target: saying("category property-values"),
    outcome: "done",
    allowed_as: "operator by name",
  });
});

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

test("100,000 records come a portion at a time, every one of them once, in memory that doesn't grow", async () => {
  for (let error = 0; error < 4; error++) await holdBack(store.db, { id: `E0000${error}` }, 25_000);
  const { content, lines } = await exportErrors(storeContext(store.db), ALL, ACTOR);
  expect(lines).toBe(100_000);
  const heap: number[] = [];
  let seen = 0;
  let last = "";
  for await (const line of content) {
    const key = `${line.error.id}:${line.record.hubspotId}`;
    expect(key > last).toBe(true);
    last = key;
    seen += 1;
    if (seen % 10_000 === 0) {
      collectGarbage();
      heap.push(process.memoryUsage().heapUsed / 1_048_576);
    }
  }
  expect(seen).toBe(100_000);
  // 100,000 such lines held at once would be over 100 MB.
  expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(30);
}, 60_000);
