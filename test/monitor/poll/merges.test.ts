import { afterEach, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import type { SalesforceObjectName } from "../../../src/sandbox/native-sync/mapping.ts";
import type { LinkedRecord } from "../../../src/sandbox/scenarios/play.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

const MINUTE_MS = 60_000;
let world: LocalWorld | null = null;
afterEach(() => world?.close());

/** A world that was polled an hour after it was made; time passes by hand, and each poll is some minutes after the last. */
async function watched() {
  let nowMs = Date.parse("2026-03-02T08:00:00Z");
  const opened = await openLocalWorld({ now: () => new Date(nowMs) });
  world = opened;
  const pass = (minutes: number) => {
    nowMs += minutes * MINUTE_MS;
  };
  const pollAfter = async (minutes: number) => {
    pass(minutes);
    await opened.poll();
    const { db } = opened.store;
    return db
      .selectFrom("sync_error as e")
      .innerJoin("affected_record as r", "r.error_id", "e.id")
      .select(["e.id", "e.type", "e.direction", "r.hubspot_id as hubspotId", "r.salesforce_id as salesforceId", "r.evidence"])
      .where("e.resolved_at", "is", null)
      .execute();
  };
  pass(60);
  await pollAfter(1);
  return { ...opened, pass, pollAfter };
}

function two({ play }: Pick<LocalWorld, "play">, object: SalesforceObjectName): readonly [LinkedRecord, LinkedRecord] {
  const [one, other] = play.linked(object, 2);
  if (one === undefined || other === undefined) throw new Error("The world is too small");
  return [one, other];
}

test("a HubSpot record whose partner was merged away is in error once it is edited, and its evidence names the kept record", async () => {
  const { play, sync, pollAfter, ...rest } = await watched();
  const [kept, lost] = two({ play }, "Contact");
  play.mergeInSalesforce("Contact", kept.salesforceId, lost.salesforceId);
  sync.look();
  expect(await pollAfter(5)).toEqual([]);
  play.editHubSpot(lost.hubspot, { jobtitle: "Left behind" });
  sync.react();
  const [told, ...others] = await pollAfter(5);
  expect(others).toEqual([]);
  expect(told).toMatchObject({ type: "insufficient-access-or-missing-record", hubspotId: lost.hubspot.id });
  expect(ENGLISH.render(told?.evidence.statement ?? "")).toContain(`was merged into ${kept.salesforceId}`);
  expect(sync.truth().errors).toMatchObject([{ type: told?.type, records: [{ hubspotId: lost.hubspot.id }] }]);
  expect(rest.world.org.get("Contact", kept.salesforceId)).not.toBeNull();
});

test("a task that has moved to the kept record has arrived", async () => {
  const { play, sync, pollAfter, pass, world: inner } = await watched();
  const [kept, lost] = two({ play }, "Contact");
  const task = play.createTask(lost.hubspot, { hs_task_subject: "Call them" });
  sync.react();
  pass(5);
  play.mergeInSalesforce("Contact", kept.salesforceId, lost.salesforceId);
  const [moved] = [...inner.org.records("Task")].filter(({ fields }) => fields.Subject === "Call them");
  expect(moved?.fields.WhoId).toBe(kept.salesforceId);
  play.editHubSpot(task, { hs_task_body: "Twice" });
  sync.react();
  expect(sync.truth().errors).toEqual([]);
  expect(await pollAfter(30)).toEqual([]);
});

test("an error of a contact that was merged goes on with the merged contact, once", async () => {
  const { play, sync, pollAfter, world: inner } = await watched();
  const [primary, secondary] = two({ play }, "Contact");
  inner.org.addRule({
    kind: "validation",
    rule: {
      name: "No_Advisers",
      object: "Contact",
      errorMessage: "Advisers aren't allowed",
      errorField: "Title",
      refuses: ({ Title }) => Title === "Adviser",
    },
  });
  for (const one of [primary, secondary]) play.editHubSpot(one.hubspot, { jobtitle: "Adviser" });
  sync.react();
  const before = await pollAfter(5);
  expect(before).toMatchObject([{ type: "custom-validation-rule" }, { type: "custom-validation-rule" }]);
  const merged = play.mergeInHubSpot(primary.hubspot, secondary.hubspot);
  sync.react();
  const after = await pollAfter(30);
  expect(after).toMatchObject([{ id: before[0]?.id, hubspotId: merged.id, salesforceId: primary.salesforceId }]);
  expect(sync.truth().errors).toMatchObject([{ records: [{ hubspotId: merged.id }] }]);
});

test("the Salesforce record that a merge in HubSpot leaves without a contact waits for nothing until it is edited", async () => {
  const { play, sync, pollAfter, pass } = await watched();
  const [primary, secondary] = two({ play }, "Lead");
  // A change that isn't mapped: the sync looks at it and has nothing to do.
  play.editSalesforce("Lead", secondary.salesforceId, { Description: "Seen" });
  sync.look();
  pass(20);
  play.mergeInHubSpot(primary.hubspot, secondary.hubspot);
  sync.react();
  expect(await pollAfter(30)).toEqual([]);
  play.editSalesforce("Lead", secondary.salesforceId, { Title: "Buyer" });
  sync.look();
  const told = await pollAfter(30);
  expect(told).toMatchObject([{ type: "email-already-in-use", salesforceId: secondary.salesforceId }]);
  expect(sync.truth().errors).toMatchObject([{ type: "email-already-in-use" }]);
});

test("a Salesforce record whose HubSpot contact was deleted after its change isn't called passed over", async () => {
  const { play, sync, pollAfter, pass, world: inner } = await watched();
  const [one, other] = two({ play }, "Contact");
  play.editSalesforce("Contact", one.salesforceId, { Department: "Sales" });
  play.editSalesforce("Contact", other.salesforceId, { Title: "Buyer" });
  sync.look();
  pass(20);
  inner.account.archive("contacts", one.hubspot.id);
  // The sync sees nothing of this one.
  play.editSalesforce("Contact", other.salesforceId, { Title: "Owner" });
  expect(await pollAfter(60)).toMatchObject([{ type: "other", salesforceId: other.salesforceId }]);
});
