import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { standingWarnings } from "../../../src/store/warnings.ts";
import { type LocalWorld, type LocalWorldOptions, openLocalWorld } from "../../support/local-world.ts";
import { subscribeChannel } from "../../support/subscription.ts";

let world: LocalWorld;

afterEach(() => world.close());

async function open(options: LocalWorldOptions = {}): Promise<void> {
  world = await openLocalWorld(options);
  await subscribeChannel(world.store.db);
  await poll(6);
}

/** Schemas are read one a poll, in turn. */
async function poll(times: number): Promise<void> {
  for (let done = 0; done < times; done++) await world.poll();
}

const standing = () => standingWarnings(world.store.db, "main");

async function told(): Promise<readonly string[]> {
  const rows = await world.store.db.selectFrom("announcement").select("content").orderBy("seq").execute();
  return rows.map(({ content }) => String((content.note as { about?: string } | undefined)?.about ?? content.kind));
}

test("a world in which nothing is about to happen warns of nothing, at two Salesforce calls a poll", async () => {
  await open();
  const before = world.calls().salesforce;
  await poll(6);
  expect(await standing()).toEqual([]);
  expect(world.calls().salesforce - before).toBeLessThanOrEqual(12);
});

test("storage is told once before it is full, and that it is over", async () => {
  await open();
  world.scenarios.make("warning/storage-nearly-full");
  await poll(3);
  expect(await standing()).toMatchObject([{ kind: "storage-nearly-full", details: { storage: "data" } }]);
  expect(await told()).toEqual(["warning"]);
  world.scenarios.mend("warning/storage-nearly-full");
  await poll(2);
  expect(await standing()).toEqual([]);
  expect(await told()).toEqual(["warning", "warning-over"]);
});

test("HubSpot's allocation is told of before it is used up", async () => {
  await open();
  world.scenarios.make("warning/allocation-nearly-used");
  await world.store.db
    .updateTable("connection_state")
    .set({ schema_parts: JSON.stringify({}) })
    .execute();
  await poll(1);
  expect(await standing()).toMatchObject([{ kind: "allocation-nearly-used", details: { allocation: "60000" } }]);
});

test("an option that HubSpot still offers and Salesforce no longer takes is told before a record has it", async () => {
  await open();
  world.scenarios.make("warning/picklist-option");
  await poll(6);
  expect(await standing()).toMatchObject([
    {
      kind: "field-about-to-fail",
      details: { problem: "options", field: "Customer_Tier__c", property: "customer_tier", options: "Bronze" },
    },
  ]);
  world.scenarios.mend("warning/picklist-option");
  await poll(6);
  expect(await standing()).toEqual([]);
});

test("a new validation rule is tried on existing records, and told of where it would refuse them; it leaves nothing behind", async () => {
  await open();
  const before = JSON.stringify([...world.world.org.records("Contact")]);
  world.scenarios.make("warning/validation-rule");
  await setTimeout(world.settings.stallMs);
  await poll(2);
  expect(await standing()).toMatchObject([
    { details: { problem: "rule", rule: "Department_Required", object: "Contact", tried: "20", refused: "20" } },
  ]);
  expect(JSON.stringify([...world.world.org.records("Contact")])).toBe(before);
  world.scenarios.mend("warning/validation-rule");
  await setTimeout(world.settings.stallMs);
  await poll(2);
  expect(await standing()).toEqual([]);
});

test("a rule that all existing records satisfy is no warning", async () => {
  await open();
  world.world.org.addRule({
    kind: "validation",
    rule: {
      name: "Name_Required",
      object: "Contact",
      errorMessage: "Enter the contact's last name.",
      errorField: "LastName",
      refuses: (record) => !record.LastName,
    },
  });
  await setTimeout(world.settings.stallMs);
  await poll(2);
  expect(await standing()).toEqual([]);
});

test("credentials whose day is near are told of", async () => {
  await open();
  await world.close();
  const soon = new Date(Date.now() + 5 * 86_400_000);
  await open({ settings: { warnings: { ...world.settings.warnings } } });
  Object.assign(world.settings.hubspot, { tokenExpires: soon });
  await poll(1);
  expect(await standing()).toMatchObject([{ key: "credentials-expiring:hubspot" }]);
});
