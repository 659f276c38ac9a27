import { expect, test } from "vitest";
import { openLocalWorld } from "../../support/local-world.ts";

test("a new deal that Salesforce refuses is an error: the inclusion list is about contacts alone", async () => {
  let nowMs = Date.parse("2026-03-02T08:00:00Z");
  const world = await openLocalWorld({ contacts: 30, now: () => new Date(nowMs) });
  try {
    await world.poll();
    const { account, salesPeople } = world.world;
    const leaver = salesPeople.at(-1);
    const pipeline = account.pipelines().find(({ label }) => label.startsWith("Salesforce - "));
    if (leaver === undefined || pipeline === undefined) throw new Error("The world has no sales people or no pipeline");
    leaver.user.isActive = false;
    const properties = { dealname: "New deal", pipeline: pipeline.id, dealstage: pipeline.stages[0]?.id ?? null };
    const closedate = new Date(nowMs).toISOString();
    account.create("deals", { ...properties, closedate, hubspot_owner_id: leaver.ownerId }, "CRM_UI");
    world.sync.look();
    nowMs += 60_000;
    await world.poll();
    const errors = await world.store.db.selectFrom("sync_error").select(["type", "object"]).execute();
    expect(errors).toEqual([{ type: "inactive-owner", object: "deals" }]);
  } finally {
    await world.close();
  }
});
