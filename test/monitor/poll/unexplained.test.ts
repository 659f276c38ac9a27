import { afterEach, expect, test } from "vitest";
import { ENGLISH } from "../../../src/language/language.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

let open: LocalWorld | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function localWorld(stallMs: number): Promise<LocalWorld> {
  open = await openLocalWorld({ contacts: 40, settings: { stallMs } });
  return open;
}

const suspensions = ({ store }: LocalWorld) => store.db.selectFrom("suspension").select(["kind", "state"]).execute();
const errors = ({ store }: LocalWorld) =>
  store.db.selectFrom("sync_error").select(["type", "direction", "evidence"]).where("resolved_at", "is", null).execute();

/** Somebody edits titles in Salesforce, and the sync is never seen to look. */
function editTitles({ play }: LocalWorld, count: number): void {
  for (const { salesforceId } of play.linked("Contact", count)) {
    play.editSalesforce("Contact", salesforceId, { Title: "Chief of Something New" });
  }
}

test("a change in Salesforce that nothing explains is an error of its own in a quiet world, with both values, and no stall", async () => {
  const world = await localWorld(300);
  await world.poll();
  editTitles(world, 2);
  for (let round = 0; round < 6; round++) {
    world.pass(400);
    await world.poll();
  }
  expect(await suspensions(world)).toEqual([]);
  const found = await errors(world);
  expect(found).toMatchObject([{ type: "other", direction: "salesforce-to-hubspot" }]);
  const statement = ENGLISH.render(found[0]?.evidence.statement ?? "");
  expect(statement).toMatch(/HubSpot's jobtitle has ".+", Salesforce's Title "Chief of Something New"/);
  expect(statement).toContain("no other record has been seen to sync since");
});

test("once a change waits in HubSpot that Salesforce takes, it is the sync that stands still, and the errors are withdrawn", async () => {
  const world = await localWorld(300);
  await world.poll();
  editTitles(world, 1);
  for (let round = 0; round < 5; round++) {
    world.pass(400);
    await world.poll();
  }
  expect(await errors(world)).toMatchObject([{ type: "other" }]);
  world.scenarios.make("suspension/unknown-error", 1);
  for (let round = 0; round < 6; round++) {
    world.pass(400);
    await world.poll();
  }
  expect(await suspensions(world)).toEqual([{ kind: "unknown-error", state: "open" }]);
  expect(await errors(world)).toEqual([]);
});

test("a contact without an owner whose lead the sync has made is in step", async () => {
  const world = await localWorld(60_000);
  await world.poll();
  const { account, org } = world.world;
  const email = "walk.in@visitors.example";
  account.create("contacts", { email, lastname: "Walk-in", company: "Visitors Ltd" }, "CRM_UI");
  world.sync.look();
  const leadId = account.find("contacts", "email", email)?.properties.salesforceleadid ?? "";
  expect(org.get("Lead", leadId)?.fields.OwnerId).toBe(org.integrationUser.id);
  world.play.editSalesforce("Lead", leadId, { Title: "Visitor" });
  world.sync.look();
  world.pass(1_100);
  for (let round = 0; round < 2; round++) await world.poll();
  expect(world.sync.truth().errors).toEqual([]);
  expect(await errors(world)).toEqual([]);
  expect(await world.store.db.selectFrom("tracked_record").selectAll().execute()).toEqual([]);
});

test("a suspension made just before the first look stays open until the sync is seen to move", async () => {
  const world = await localWorld(60_000);
  world.scenarios.make("suspension/sf-field-permissions-missing", 2);
  world.sync.look();
  world.pass(1_100);
  await world.poll();
  expect(await suspensions(world)).toMatchObject([{ state: "open" }]);
  world.scenarios.mend("suspension/sf-field-permissions-missing");
  for (let round = 0; round < 3; round++) {
    world.pass(100);
    await world.poll();
  }
  expect(world.sync.truth().suspension?.kind).toBe("sf-field-permissions-missing");
  expect(await suspensions(world)).toMatchObject([{ state: "open" }]);
  world.pass(1_100);
  world.sync.clear();
  await world.poll();
  await world.poll();
  expect(await suspensions(world)).toMatchObject([{ state: "closed" }]);
});
