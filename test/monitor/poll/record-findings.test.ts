import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Refusal } from "../../../src/health/refusal.ts";
import type { Finding } from "../../../src/health/sync-errors.ts";
import { mute } from "../../../src/monitor/actions/mute.ts";
import type { MonitorContext } from "../../../src/monitor/context.ts";
import type { Verdict } from "../../../src/monitor/poll/due.ts";
import { tellErrors } from "../../../src/monitor/poll/record-errors.ts";
import { recordFindings } from "../../../src/monitor/poll/record-findings.ts";
import type { Store } from "../../../src/store/database.ts";
import { errorEvents } from "../../../src/store/error-groups.ts";
import { listAffectedRecords, listOpenErrors } from "../../../src/store/reports.ts";
import { keepOnly } from "../../../src/store/sync-errors.ts";
import { openTestStore } from "../../support/store.ts";
import { subscribeChannel } from "../../support/subscription.ts";

let store: Store;
let context: MonitorContext;
let now: Date;

beforeEach(async () => {
  store = await openTestStore();
  now = new Date("2026-03-01T09:00:00Z");
  context = {
    db: store.db,
    jobs: { send: async () => {} },
    clock: { now: () => now },
    logger: pino({ level: "silent" }),
    connections: new Map(),
    newId: randomUUID,
  };
  await subscribeChannel(store.db);
});

afterEach(() => store.close());

const at = (hours: number) => new Date(Date.UTC(2026, 2, 1, 9 + hours));

function refused(id: string, cause: string, message: string, details: Record<string, string> = {}): Verdict {
  const record = {
    object: "contacts" as const,
    hubspotId: id,
    salesforceObject: "Contact" as const,
    salesforceId: `003${id}`,
    label: id,
  };
  const refusal: Refusal = { system: "salesforce", code: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message, fields: ["Phone"] };
  const finding: Finding = {
    type: "custom-validation-rule",
    direction: "hubspot-to-salesforce",
    record,
    hubspotProperty: "phone",
    salesforceField: "Phone",
    cause,
    value: null,
    details,
    evidence: { at: now.toISOString(), statement: message, refusal },
  };
  return {
    tracked: {} as Verdict["tracked"],
    examination: { state: "out-of-step", reference: record } as Verdict["examination"],
    findings: [finding],
  };
}

const unnamed = (id: string) => refused(id, "Contact: Enter the country code", "Enter the country code");
const named = (id: string, rule: string) => refused(id, `Contact: rule ${rule}`, "Enter the country code", { rule });

async function look(hour: number, ...verdicts: Verdict[]): Promise<void> {
  now = at(hour);
  await recordFindings(store.db, "main", verdicts, now);
  await store.db.transaction().execute((trx) => tellErrors(trx, context, "main", false, now));
}

async function mend(hour: number, ...ids: string[]): Promise<void> {
  now = at(hour);
  await keepOnly(
    store.db,
    "main",
    ids.map((id) => ({ key: `hubspot:contacts:${id}`, errorIds: [] })),
  );
  await store.db.transaction().execute((trx) => tellErrors(trx, context, "main", false, now));
}

const open = async () => (await listOpenErrors(store.db, "main", {}, 0, 10)).errors;
const posts = async () =>
  store.db.selectFrom("announcement").select(["subject", "content"]).where("thread_of", "is", null).execute();

test("a cause that gets its name later is the same error, with its id, first-seen time and mute", async () => {
  await look(0, unnamed("1"), unnamed("2"));
  const [before] = await open();
  await mute(
    context,
    before?.id ?? "",
    { until: at(100), reason: "known" },
    { userId: "U1", channel: null, messageTs: null, allowedAs: null },
  );
  await look(5, named("1", "Phone_Format"), named("2", "Phone_Format"));
  expect(await open()).toMatchObject([
    {
      id: before?.id,
      details: { rule: "Phone_Format" },
      first_seen_at: at(0),
      affected_records: 2,
      muted_by: "U1",
      occurrences: 1,
    },
  ]);
  expect((await listAffectedRecords(store.db, before?.id ?? "", 0, 9)).records.map((record) => record.first_seen_at)).toEqual([
    at(0),
    at(0),
  ]);
  expect(await posts()).toHaveLength(1);
});

test("one that proves to be two is split without forgetting since when", async () => {
  await look(0, unnamed("1"), unnamed("2"), unnamed("3"));
  const [before] = await open();
  await look(5, named("1", "Phone_Format"), named("2", "Phone_Format"), named("3", "Phone_Prefix"));
  const [larger, smaller] = await open();
  expect(larger).toMatchObject({ id: before?.id, affected_records: 2, first_seen_at: at(0) });
  expect(smaller).toMatchObject({ affected_records: 1, first_seen_at: at(0), opened_at: at(5) });
  expect(await errorEvents(store.db, smaller?.id ?? "", 9)).toMatchObject([
    { kind: "continues", otherId: before?.id },
    { kind: "opened", otherId: null },
  ]);
});

test("two that prove to be one are merged, and the one that is left names the other", async () => {
  await look(0, unnamed("1"));
  await look(1, refused("2", "Contact: other words", "Other words"), refused("3", "Contact: other words", "Other words"));
  const [larger, smaller] = await open();
  await look(
    5,
    named("1", "Phone_Format"),
    refused("2", "Contact: rule Phone_Format", "Other words", { rule: "Phone_Format" }),
    refused("3", "Contact: rule Phone_Format", "Other words", { rule: "Phone_Format" }),
  );
  expect(await open()).toMatchObject([{ id: larger?.id, affected_records: 3, first_seen_at: at(0) }]);
  expect((await errorEvents(store.db, smaller?.id ?? "", 9)).map(({ kind }) => kind)).toEqual([
    "resolved",
    "continued-as",
    "opened",
  ]);
});

test("another rule's refusal of the same record is another error", async () => {
  await look(0, named("1", "Phone_Format"));
  await look(5, refused("1", "Contact: rule Phone_Length", "Too short", { rule: "Phone_Length" }));
  expect(await open()).toMatchObject([{ first_seen_at: at(5), details: { rule: "Phone_Length" } }]);
});

test("a resolved error that comes back is the same one, opened again and told again", async () => {
  await look(0, named("1", "Phone_Format"));
  const [before] = await open();
  await mend(2, "1");
  expect(await open()).toEqual([]);
  await look(4, named("1", "Phone_Format"));
  expect(await open()).toMatchObject([{ id: before?.id, first_seen_at: at(0), opened_at: at(4), occurrences: 2 }]);
  expect((await errorEvents(store.db, before?.id ?? "", 9)).map(({ kind }) => kind)).toEqual(["reopened", "resolved", "opened"]);
  expect(await posts()).toHaveLength(2);
});

test("a mute until fixed ends when it is fixed; one with an end lasts", async () => {
  const actor = { userId: "U1", channel: null, messageTs: null, allowedAs: null };
  await look(0, named("1", "Phone_Format"), named("2", "Phone_Prefix"));
  for (const { id, details } of await open()) {
    await mute(
      context,
      id,
      details.rule === "Phone_Prefix" ? { until: at(100), reason: null } : { until: null, reason: null },
      actor,
    );
  }
  await mend(2, "1", "2");
  await look(4, named("1", "Phone_Format"), named("2", "Phone_Prefix"));
  const mutes = new Map((await open()).map(({ details, muted_at }) => [details.rule, muted_at !== null]));
  expect(mutes).toEqual(
    new Map([
      ["Phone_Format", false],
      ["Phone_Prefix", true],
    ]),
  );
  expect(await posts()).toHaveLength(3);
});

test("a muted error that grows tenfold speaks again", async () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => named(String(index + 1), "Phone_Format"));
  await look(0, ...ids(2));
  const [before] = await open();
  await mute(
    context,
    before?.id ?? "",
    { until: null, reason: "known" },
    { userId: "U1", channel: null, messageTs: null, allowedAs: null },
  );
  await look(1, ...ids(19));
  expect(await open()).toMatchObject([{ muted_by: "U1" }]);
  await look(2, ...ids(20));
  expect(await open()).toMatchObject([{ muted_at: null, affected_records: 20 }]);
  const notes = await store.db
    .selectFrom("announcement")
    .select("content")
    .where("thread_of", "is not", null)
    .orderBy("seq")
    .execute();
  expect(notes.map(({ content }) => content.note)).toMatchObject([
    { about: "error-muted", by: "U1", until: null, reason: "known" },
    { about: "error-speaks-again", mutedBy: "U1", before: 2, records: 20 },
  ]);
});
