import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { acknowledge, cancelClear, requestClear } from "../../../src/monitor/actions/clear/request.ts";
import { runClear } from "../../../src/monitor/actions/clear/run.ts";
import type { Note } from "../../../src/monitor/announcements/announcement.ts";
import type { Actor } from "../../../src/monitor/monitor.ts";
import { currentSuspensionReport, suspensionReport } from "../../../src/monitor/reports.ts";
import type { Store } from "../../../src/store/database.ts";
import { changedBetween, valuesOfBothCrms } from "../../support/both-crms.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";
import { saying } from "../../support/said.ts";
import { emptyStore, openTestStore } from "../../support/store.ts";
import { subscribeChannel } from "../../support/subscription.ts";

const ANNA: Actor = { userId: "U0ANNA", channel: "C0REVOPS", messageTs: "1.1", allowedAs: "operator by name" };
const BEN: Actor = { ...ANNA, userId: "U0BEN" };
const FIELDS = "suspension/sf-field-permissions-missing";
const ALLOCATION = "suspension/hubspot-api-limit-exceeded";
const STORAGE = "suspension/sf-storage-limit-exceeded";
const UNKNOWN = "suspension/unknown-error";
const MINUTE_MS = 60_000;

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
  world = await openLocalWorld({
    store,
    contacts: 30,
    now: () => new Date(nowMs),
    settings: {
      stallMs: 10 * MINUTE_MS,
      requestsExpireMs: 4 * 60 * MINUTE_MS,
      resync: { strategy: "touch", touchProperties: { contacts: "syncwarden_resync" } },
    },
  });
  await subscribeChannel(store.db);
  await polled();
});
afterEach(() => world.close());

/** A minute later, looked at. */
async function polled(): Promise<void> {
  nowMs += MINUTE_MS;
  await world.poll();
}

async function current() {
  const suspension = await currentSuspensionReport(world.context, "main");
  if (suspension === null) throw new Error("The sync was never suspended.");
  return suspension;
}

/** Suspended for a reason, and known to be. */
async function suspendedBy(...scenarios: readonly string[]): Promise<string> {
  for (const scenario of scenarios) world.scenarios.make(scenario);
  nowMs += MINUTE_MS;
  world.sync.look();
  for (let round = 0; round < 20; round += 1) {
    await polled();
    const found = await currentSuspensionReport(world.context, "main");
    if (found?.state === "open") return found.id;
  }
  throw new Error("The sync was not suspended.");
}

async function asked(suspensionId: string, actor = ANNA): Promise<string> {
  nowMs += 1_000;
  const requested = await requestClear(world.context, suspensionId, actor);
  if (requested.result !== "accepted") throw new Error(JSON.stringify(requested));
  return requested.requestId;
}

/** Goes on with a request, polling as the jobs do, until its state satisfies. */
async function until(
  requestId: string,
  isThere: (clearing: NonNullable<Awaited<ReturnType<typeof current>>["clearing"]>) => boolean,
) {
  for (let round = 0; round < 40; round += 1) {
    await runClear(world.context, requestId);
    const { clearing } = await current();
    if (clearing !== null && isThere(clearing)) return clearing;
    await polled();
  }
  throw new Error(`In vain: ${JSON.stringify((await current()).clearing)}`);
}

const over = ({ state }: { readonly state: string }) => state !== "running";

async function notes(): Promise<readonly Note[]> {
  const rows = await store.db
    .selectFrom("announcement")
    .select("content")
    .where("thread_of", "is not", null)
    .orderBy("seq")
    .execute();
  return rows.map(({ content }) => (content as { note: Note }).note);
}

async function logged(): Promise<readonly (readonly [string, string, string])[]> {
  const rows = await store.db.selectFrom("action_log").selectAll().orderBy("id").execute();
  return rows.map(({ user_id, action, outcome }) => [user_id, action, outcome] as const);
}

function nudges() {
  return world.world.account
    .writes()
    .filter(({ properties, source }) => source !== "SALESFORCE" && "syncwarden_resync" in properties);
}

/** The native sync takes up every change in HubSpot from now on, as it does as long as it runs. */
function syncMoves(): void {
  nowMs += 1_000;
  world.sync.clear();
  world.sync.look();
}

describe("a clear of a cause that still stands", () => {
  test("names every cause that remains, with its field or limit and where it is put right, and changes nothing", async () => {
    const id = await suspendedBy(FIELDS, STORAGE);
    const clearing = await until(await asked(id), over);
    expect(clearing.state).toBe("failed");
    const remaining = clearing.remaining.map(({ kind, statement, url }) => `${kind}: ${ENGLISH.render(statement)} (${url})`);
    expect(remaining).toEqual([
      expect.stringMatching(/^sf-storage-limit-exceeded: .*storage.*\/lightning\/setup\/CompanyResourceDisk\/home\)$/i),
      expect.stringMatching(
        /^sf-field-permissions-missing: .*Contact\.Phone.*\/lightning\/setup\/ObjectManager\/Contact\/FieldsAndRelationships\/view\)$/,
      ),
    ]);
    expect(nudges()).toEqual([]);
    expect(await current()).toMatchObject({ state: "open", clearedBy: null });
    expect((await notes()).map(({ about }) => about)).toEqual(["clear-started", "clear-failed"]);
    expect(await logged()).toEqual([
      ["U0ANNA", "clear", "requested"],
      ["U0ANNA", "clear", "failed"],
    ]);
  });
});

describe("a clear once the cause is gone", () => {
  test("nudges one record once, sees the sync move and the backlog worked off, and the matter is summed up", async () => {
    const id = await suspendedBy(FIELDS);
    await acknowledge(world.context, id, BEN);
    world.scenarios.mend(FIELDS);
    const before = valuesOfBothCrms(world.world);
    const requestId = await asked(id);
    await until(requestId, ({ steps }) => steps.some(({ step, state }) => step === "watch" && state === "running"));
    expect(nudges()).toHaveLength(1);
    expect(changedBetween(before, valuesOfBothCrms(world.world))).toEqual(
      nudges().map(({ id: record }) => `hubspot contacts ${record} syncwarden_resync`),
    );
    syncMoves();
    const clearing = await until(requestId, over);
    expect(clearing.state).toBe("done");
    expect(clearing.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      "retest done",
      "nudge done",
      "watch done",
      "backlog done",
    ]);
    expect(await current()).toMatchObject({ state: "closed", closeReason: "cleared", clearedBy: "U0ANNA" });
    await polled();
    await polled();
    const summaries = (await notes()).filter((note) => note.about === "suspension-over");
    expect(summaries).toEqual([
      expect.objectContaining({
        kind: "sf-field-permissions-missing",
        acknowledgedBy: "U0BEN",
        clearedBy: "U0ANNA",
        mostWaiting: 3,
        left: 0,
        times: 1,
      }),
    ]);
    expect(nudges()).toHaveLength(1);
  });

  test("goes on after a crash between choosing the record and touching it: the same record, the same value", async () => {
    const id = await suspendedBy(FIELDS);
    world.scenarios.mend(FIELDS);
    const requestId = await asked(id);
    await runClear(world.context, requestId);
    await polled();
    await runClear(world.context, requestId);
    expect(nudges()).toHaveLength(1);
    // As a process that died after the write and before it was stored.
    await store.db.updateTable("request").set({ state: "running" }).where("id", "=", requestId).execute();
    await runClear(world.context, requestId);
    expect(new Set(nudges().map(({ id: record, properties }) => `${record} ${properties.syncwarden_resync}`)).size).toBe(1);
  });

  test("believes no count of HubSpot's calls that a poll under way had read before", async () => {
    const id = await suspendedBy(ALLOCATION);
    const kept = await store.db.selectFrom("connection_state").select("schema_parts").executeTakeFirstOrThrow();
    world.scenarios.mend(ALLOCATION);
    const requestId = await asked(id);
    const schema_parts = JSON.stringify(kept.schema_parts);
    await store.db.updateTable("connection_state").set({ schema_parts }).execute();
    const clearing = await until(requestId, ({ state, steps }) => state !== "running" || steps[0]?.state === "done");
    expect(clearing).toMatchObject({ state: "running" });
  });

  test("asks for HubSpot's own button where nothing moves, goes on watching, joins a second press, and closes by itself", async () => {
    const id = await suspendedBy(UNKNOWN);
    const requestId = await asked(id);
    const waiting = await until(requestId, ({ asksHubSpot }) => asksHubSpot);
    expect(waiting.state).toBe("running");
    expect(await requestClear(world.context, id, BEN)).toEqual({ result: "joined", requestId, requestedBy: "U0ANNA" });
    const polls = () => world.jobs.filter(({ kind }) => kind === "poll").length;
    const before = polls();
    await until(requestId, () => true);
    expect(polls()).toBe(before);
    expect((await notes()).filter(({ about }) => about === "clear-asks-hubspot")).toMatchObject([
      { by: "U0ANNA", url: expect.stringContaining("/integrations-settings/") },
    ]);
    world.scenarios.mend(UNKNOWN);
    syncMoves();
    const clearing = await until(requestId, over);
    expect(clearing).toMatchObject({ state: "done", asksHubSpot: false });
    expect(await current()).toMatchObject({ state: "closed", closeReason: "cleared", clearedBy: "U0ANNA" });
  });

  test("fails where the cause comes back while it watches", async () => {
    const id = await suspendedBy(FIELDS);
    world.scenarios.mend(FIELDS);
    const requestId = await asked(id);
    await until(requestId, ({ steps }) => steps.some(({ step, state }) => step === "watch" && state === "running"));
    world.scenarios.make(FIELDS);
    const clearing = await until(requestId, over);
    expect(clearing).toMatchObject({ state: "failed", outcome: saying("the cause is back: ") });
    expect(clearing.remaining).toMatchObject([{ kind: "sf-field-permissions-missing" }]);
  });

  test.each([
    ["the same cause", FIELDS],
    ["another cause", STORAGE],
  ])(
    "says that the sync ran and is suspended anew, for %s, where that comes before the backlog is worked off",
    async (cause, anew) => {
      const id = await suspendedBy(FIELDS);
      world.scenarios.mend(FIELDS);
      const requestId = await asked(id);
      await until(requestId, ({ steps }) => steps.some(({ step, state }) => step === "watch" && state === "running"));
      syncMoves();
      await polled();
      expect(await current()).toMatchObject({ id, state: "closed" });
      expect(await suspendedBy(anew)).not.toBe(id);
      // As a poll leaves it that still counts changes from before.
      await store.db.updateTable("suspension").set({ waiting_in_hubspot: 2 }).where("id", "=", id).execute();
      await runClear(world.context, requestId);
      expect((await suspensionReport(world.context, id))?.clearing).toMatchObject({
        state: "failed",
        outcome: saying(`the sync ran again and is suspended anew, for ${cause}`),
      });
    },
  );
});

describe("a clear that ends before it is done", () => {
  test("is cancelled by the first of two people, once, and the matter then closes without it", async () => {
    const id = await suspendedBy(UNKNOWN);
    const requestId = await asked(id);
    await until(requestId, ({ asksHubSpot }) => asksHubSpot);
    const both = await Promise.all([cancelClear(world.context, requestId, ANNA), cancelClear(world.context, requestId, BEN)]);
    expect(both.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined"]);
    const clearing = await until(requestId, over);
    expect(clearing).toMatchObject({ state: "cancelled", asksHubSpot: false });
    expect(await cancelClear(world.context, requestId, BEN)).toMatchObject({
      result: "declined",
      why: saying("This clear is over already: Cancelled"),
    });
    expect((await notes()).filter(({ about }) => about === "clear-cancelled")).toHaveLength(1);
    world.scenarios.mend(UNKNOWN);
    syncMoves();
    await polled();
    expect(await current()).toMatchObject({ state: "closed", closeReason: "healed", clearedBy: null });
    expect(await requestClear(world.context, id, BEN)).toMatchObject({
      result: "declined",
      why: saying("This suspension has ended by itself already: the sync moves again."),
    });
  });

  test("expires with a sentence, in the thread too, and a new one can be asked for", async () => {
    const id = await suspendedBy(UNKNOWN);
    const requestId = await asked(id);
    await until(requestId, ({ asksHubSpot }) => asksHubSpot);
    nowMs += 4 * 60 * MINUTE_MS;
    const clearing = await until(requestId, over);
    expect(clearing).toMatchObject({ state: "expired", outcome: saying("the request's time is over") });
    expect((await notes()).at(-1)).toMatchObject({ about: "clear-expired", by: "U0ANNA" });
    expect((await requestClear(world.context, id, BEN)).result).toBe("accepted");
  });

  test("two people who press at once make one request", async () => {
    const id = await suspendedBy(FIELDS);
    const both = await Promise.all([requestClear(world.context, id, ANNA), requestClear(world.context, id, BEN)]);
    expect(both.map(({ result }) => result).toSorted()).toEqual(["accepted", "joined"]);
    expect(await store.db.selectFrom("request").select("id").execute()).toHaveLength(1);
    expect((await notes()).map(({ about }) => about)).toEqual(["clear-started"]);
  });

  test("one whose suspension or connection nobody knows is declined", async () => {
    expect(await requestClear(world.context, "none", ANNA)).toMatchObject({ result: "declined" });
    const id = await suspendedBy(FIELDS);
    const elsewhere = { ...world.context, connections: new Map() };
    expect(await requestClear(elsewhere, id, ANNA)).toMatchObject({
      result: "declined",
      why: saying("no longer configured"),
    });
    expect(await suspensionReport(world.context, id)).toMatchObject({ state: "open", clearing: null });
  });
});
