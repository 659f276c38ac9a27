import { afterEach, beforeEach, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { createHubSpotList, listName } from "../../../src/monitor/actions/list.ts";
import type { MonitorContext } from "../../../src/monitor/context.ts";
import { saveConnectionState } from "../../../src/store/connection-state.ts";
import type { Store } from "../../../src/store/database.ts";
import { upsertAffected } from "../../../src/store/sync-errors.ts";
import { type ServedHubSpot, serveHubSpot } from "../../hubspot/served-hubspot.ts";
import { ACTOR, HELD_AT, holdBack, storeContext } from "../../support/held-store.ts";
import { saying } from "../../support/said.ts";
import { openTestStore } from "../../support/store.ts";

let store: Store;
let served: ServedHubSpot;
let context: MonitorContext;

beforeEach(async () => {
  store = await openTestStore();
  served = await serveHubSpot();
  const settings = { name: "acme", poll: { timeZone: "Europe/Oslo" } };
  const connection = { settings, hubspot: served.client };
  context = { ...storeContext(store.db), connections: new Map([["acme", connection]]) } as unknown as MonitorContext;
  await saveConnectionState(store.db, "acme", {
    identity: {
      portalId: 4242,
      uiDomain: "app.hubspot.com",
      organizationName: null,
      instanceUrl: null,
      integrationUserId: null,
      integrationUsername: null,
    },
  });
  await holdBack(store.db, { id: "E00001" }, 0);
});

afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await store.close();
});

/** Contacts of HubSpot's that the error holds back. */
async function hold(...emails: readonly string[]): Promise<readonly string[]> {
  const ids = emails.map((email) => served.seed("contacts", { email }).id);
  await holdIds(...ids);
  return ids;
}

async function holdIds(...ids: readonly (string | null)[]): Promise<void> {
  const records = ids.map((id, index) => ({
    key: id === null ? `salesforce:${index}` : `hubspot:contacts:${id}`,
    reference: { object: "contacts" as const, hubspotId: id, salesforceObject: null, salesforceId: `003${index}`, label: "x" },
    value: null,
    evidence: { at: HELD_AT.toISOString(), statement: "refused" },
  }));
  await upsertAffected(store.db, "acme", "E00001", records, HELD_AT);
}

/** What is declined, as it is said in English. */
async function said(made: ReturnType<typeof createHubSpotList>) {
  const list = await made;
  return list.outcome === "declined" ? { ...list, why: ENGLISH.render(list.why) } : list;
}

const create = () => said(createHubSpotList(context, "e00001", ACTOR));
const lists = () => [...served.account.lists()].map(({ name, addedAt }) => ({ name, members: [...addedAt.keys()] }));
const log = () => store.db.selectFrom("action_log").select(["action", "target", "outcome", "detail"]).orderBy("id").execute();

test("a static list named after the error and the day has the records that are in HubSpot; the others are counted", async () => {
  const ids = await hold("ada@example.com", "bob@example.com");
  await holdIds(null, null, null);
  const list = await create();
  const name = "Sync error E00001: String too long, Phone, 2026-11-22";
  expect(list).toMatchObject({ outcome: "made", name, isNew: true, members: 2, onlyInSalesforce: 3, missing: 0 });
  expect(list).toMatchObject({
    url: expect.stringMatching(/^https:\/\/app.hubspot.com\/contacts\/4242\/objectLists\/\d+\/filters$/),
  });
  expect(lists()).toEqual([{ name, members: ids }]);
  expect(await log()).toEqual([
    {
      action: "create HubSpot list",
      target: saying("error E00001"),
      outcome: "done",
      detail: saying(`${name}: 2 in it, 3 only in Salesforce left out`),
    },
  ]);
});

test("asked for twice, and by two at once, it is one list, with whoever has joined", async () => {
  const first = await hold("ada@example.com");
  await Promise.all([create(), create()]);
  const second = await hold("bob@example.com");
  expect(await create()).toMatchObject({ outcome: "made", isNew: false, members: 2 });
  expect(lists()).toEqual([{ name: expect.any(String), members: [...first, ...second] }]);
});

test("one that was made by a process that died before it was told is found by its name", async () => {
  const ids = await hold("ada@example.com");
  await create();
  await store.db.deleteFrom("hubspot_list").execute();
  expect(await create()).toMatchObject({ outcome: "made", isNew: false, members: 1 });
  expect(lists()).toEqual([{ name: expect.any(String), members: ids }]);
});

test("one that somebody has deleted in HubSpot is made anew", async () => {
  await hold("ada@example.com");
  const list = await create();
  served.account.deleteList("listId" in list ? list.listId : "");
  expect(await create()).toMatchObject({ outcome: "made", isNew: true, members: 1 });
  expect(lists()).toHaveLength(1);
});

test("records that HubSpot doesn't have any more are counted", async () => {
  await hold("ada@example.com");
  await holdIds("999999");
  expect(await create()).toMatchObject({ outcome: "made", members: 1, missing: 1 });
});

test("more than a call takes go in portions, all of them once", async () => {
  const ids = await hold(...Array.from({ length: 1_203 }, (_, n) => `person${n}@example.com`));
  expect(await create()).toMatchObject({ outcome: "made", members: 1_203 });
  expect(new Set(lists()[0]?.members)).toEqual(new Set(ids));
});

test("a missing scope says which and where to add it, and the log has it", async () => {
  await hold("ada@example.com");
  served.account.state.scopes.delete("crm.lists.write");
  expect(await create()).toMatchObject({ outcome: "declined", why: expect.stringContaining("lacks the scope crm.lists.write") });
  expect(await log()).toMatchObject([{ outcome: "failed" }]);
  expect(lists()).toEqual([]);
});

test("a list of another object that has the name is no list of ours: HubSpot's refusal is told", async () => {
  await hold("ada@example.com");
  served.account.createList("Sync error E00001: String too long, Phone, 2026-11-22", "companies");
  expect(await create()).toMatchObject({ outcome: "declined", why: expect.stringContaining("List names must be unique") });
});

test("nothing in HubSpot, an error that is resolved, tasks, or an error that nobody knows make no list", async () => {
  await holdIds(null);
  expect(await create()).toMatchObject({ why: "None of these records is in HubSpot: there is nothing to put into a list." });
  await holdBack(store.db, { id: "E00002", object: "tasks" }, 1);
  expect(await said(createHubSpotList(context, "E00002", ACTOR))).toMatchObject({ why: "HubSpot has no lists of tasks." });
  await store.db.updateTable("sync_error").set({ resolved_at: HELD_AT }).execute();
  expect(await create()).toMatchObject({ why: expect.stringContaining("is resolved") });
  expect(await said(createHubSpotList(context, "E99999", ACTOR))).toMatchObject({ why: "There is no error E99999." });
  expect(lists()).toEqual([]);
});

test("a name is at most 100 characters long, and keeps its day", () => {
  const error = { id: "E00001", type: "string-too-long" as const, hubspot_property: null, salesforce_field: "F".repeat(300) };
  const name = listName(error, HELD_AT, "Asia/Tokyo");
  expect(name).toHaveLength(100);
  expect(name).toMatch(/FFF, 2026-11-22$/);
  expect(listName(error, new Date("2026-11-22T23:30:00Z"), "Asia/Tokyo")).toMatch(/, 2026-11-23$/);
});
