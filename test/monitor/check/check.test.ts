import { afterEach, describe, expect, test } from "vitest";
import { check } from "../../../src/monitor/check/check.ts";
import type { CheckOutcome, CheckReport } from "../../../src/monitor/check/check-report.ts";
import { readRecordQuery } from "../../../src/records/record-query.ts";
import { type LocalWorld, openLocalWorld } from "../../support/local-world.ts";

/** Stands for the account's portal id in a link. */
const PORTAL = "99999999";

let open: LocalWorld | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function localWorld(options?: Parameters<typeof openLocalWorld>[0]): Promise<LocalWorld> {
  open = await openLocalWorld({ contacts: 60, ...options });
  await open.poll();
  return open;
}

function outcomeOf({ context }: LocalWorld, text: string): Promise<CheckOutcome> {
  const query = readRecordQuery(text);
  if (query.kind === "unreadable") throw new Error(query.why.english);
  const connection = context.connections.get("main");
  if (connection === undefined) throw new Error("There is no connection");
  return check(context, connection, query);
}

async function checked(world: LocalWorld, text: string): Promise<CheckReport> {
  const outcome = await outcomeOf(world, text);
  if (outcome.outcome !== "checked") throw new Error(`Not checked: ${JSON.stringify(outcome)}`);
  return outcome.report;
}

const field = ({ fields }: CheckReport, property: string) => fields.find(({ hubspotProperty }) => hubspotProperty === property);
const writes = ({ world }: LocalWorld) => JSON.stringify([...world.account.records("contacts")]);

/** As the sync links a contact; nothing takes the link away. */
function relink({ world }: LocalWorld, hubspotId: string, salesforceId: string): void {
  const written = world.account.update("contacts", hubspotId, { salesforcecontactid: salesforceId }, "SALESFORCE");
  if (!written.ok) throw new Error(written.refusal.message);
}

/** A linked contact with a two-way title, not too long to change. */
function pair({ play }: LocalWorld) {
  const [record] = play.linked("Contact", 1, ({ hubspot }) => Boolean(hubspot.properties.email));
  if (!record) throw new Error("No contact");
  return { ...record, email: String(record.hubspot.properties.email) };
}

describe("a record in step", () => {
  test.each([
    ["its email", (of: ReturnType<typeof pair>) => of.email.toUpperCase()],
    [
      "its HubSpot id",
      (of: ReturnType<typeof pair>) => `https://app.hubspot.com/contacts/${PORTAL}/record/0-1/${of.hubspot.id}/view/1`,
    ],
    ["its Salesforce id", (of: ReturnType<typeof pair>) => of.salesforceId],
    ["15 characters of it", (of: ReturnType<typeof pair>) => of.salesforceId.slice(0, 15)],
    ["a link", (of: ReturnType<typeof pair>) => `https://acme.lightning.force.com/lightning/r/Contact/${of.salesforceId}/view`],
  ])("is found by %s and says so with all its fields, changing nothing", async (_, named) => {
    const world = await localWorld();
    const record = pair(world);
    const before = writes(world);
    const report = await checked(world, named(record).replace(PORTAL, String(world.world.account.portalId)));
    expect(report.verdict).toEqual({ state: "in-step" });
    expect(report.record).toMatchObject({ hubspotId: record.hubspot.id, salesforceId: record.salesforceId });
    expect(report.pairing).toMatchObject({
      state: "linked",
      property: "salesforcecontactid",
      id: record.salesforceId,
      concerns: [],
    });
    expect(report.inclusion).toMatchObject({ isMember: true });
    expect(report.fields.length).toBeGreaterThan(10);
    expect(report.fields.filter(({ verdict }) => verdict.verdict === "travels")).toEqual([]);
    expect(report.reasons).toEqual([]);
    expect(report.lastSync.stampedAt).toBeInstanceOf(Date);
    expect(writes(world)).toBe(before);
  });
});

describe("a change that is to travel", () => {
  test("to Salesforce: since when, with what, and Salesforce refuses nothing", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.play.editHubSpot(record.hubspot, { jobtitle: "Countess of Lovelace" });
    world.pass(1_100);
    const report = await checked(world, record.email);
    expect(report.verdict).toMatchObject({ state: "waiting", direction: "hubspot-to-salesforce", isDue: true });
    expect(report.fields[0]).toMatchObject({
      hubspotProperty: "jobtitle",
      hubspotValue: "Countess of Lovelace",
      verdict: { verdict: "travels", direction: "hubspot-to-salesforce" },
      changed: { source: "CRM_UI" },
    });
    expect(report.trial).toEqual({ state: "nothing-refused" });
    expect(world.world.org.get("Contact", record.salesforceId)?.fields.Title).not.toBe("Countess of Lovelace");
  });

  test("to HubSpot", async () => {
    const world = await localWorld({ settings: { stallMs: 600_000 } });
    const record = pair(world);
    world.play.editSalesforce("Contact", record.salesforceId, { Title: "Countess" });
    world.pass(1_100);
    const report = await checked(world, record.salesforceId);
    expect(report.verdict).toMatchObject({ state: "waiting", direction: "salesforce-to-hubspot" });
    expect(field(report, "jobtitle")).toMatchObject({
      salesforceValue: "Countess",
      verdict: { verdict: "travels", direction: "salesforce-to-hubspot" },
    });
    expect(report.trial).toEqual({ state: "not-needed" });
  });

  test("is given its time first, and not tried in Salesforce before that", async () => {
    const world = await localWorld({ settings: { graceMs: 600_000 } });
    const record = pair(world);
    world.play.editHubSpot(record.hubspot, { jobtitle: "Countess of Lovelace" });
    const report = await checked(world, record.hubspot.id);
    expect(report.verdict).toMatchObject({ state: "waiting", isDue: false });
    expect(report.trial).toEqual({ state: "not-tried", because: "grace" });
  });

  test("is left where the sync rule leaves it", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.play.editHubSpot(record.hubspot, { firstname: "Augusta" });
    world.pass(1_100);
    const report = await checked(world, record.email);
    expect(report.verdict).toEqual({ state: "in-step" });
    expect(report.fields[0]).toMatchObject({
      hubspotProperty: "firstname",
      hubspotValue: "Augusta",
      verdict: { verdict: "left", because: "rule" },
    });
  });

  test("switched off, rolled-back writes are not made", async () => {
    const world = await localWorld({ settings: { diagnosis: { rolledBackWrites: false, retryAfterMs: 60_000 } } });
    const record = pair(world);
    world.scenarios.make("error/custom-code/custom-validation-rule");
    world.play.editHubSpot(record.hubspot, { jobtitle: "Countess of Lovelace" });
    world.pass(1_100);
    const writesSeen: boolean[] = [];
    world.faults.beforeWrite = () => writesSeen.push(true);
    expect(await checked(world, record.email)).toMatchObject({ verdict: { state: "waiting" } });
    expect(writesSeen).toEqual([]);
  });
});

describe("a record in error", () => {
  test.each([
    "error/custom-code/custom-validation-rule",
    "error/duplicates/salesforce-duplicate-rule",
    "error/duplicates/email-already-in-use",
    "error/associations/waiting-for-account",
    "error/picklists/restricted-picklist-value",
    "error/property-values/string-too-long",
    "error/other/converted-lead",
  ])("%s: the check says what the poll says, before and after it", async (id) => {
    const world = await localWorld();
    world.scenarios.make(id);
    world.sync.look();
    world.pass(1_100);
    const expected = world.sync.truth().errors.flatMap(({ type, records }) => records.map((record) => ({ type, ...record })));
    const [first] = expected;
    if (!first) throw new Error("Nothing is in error");
    const named = first.salesforceId ?? first.hubspotId ?? "";
    const before = await checked(world, named);
    expect(before.verdict).toEqual({ state: "in-error" });
    expect(before.reasons.map(({ finding }) => finding.type)).toContain(first.type);
    expect(before.reasons.map(({ open }) => open)).not.toContainEqual(expect.anything());
    await world.poll();
    const after = await checked(world, named);
    expect(after.verdict).toEqual({ state: "in-error" });
    expect(after.reasons.map(({ finding }) => finding.type)).toEqual(before.reasons.map(({ finding }) => finding.type));
    const stored = await world.store.db
      .selectFrom("affected_record")
      .select("error_id")
      .where((eb) => eb.or([eb("hubspot_id", "=", after.record.hubspotId), eb("salesforce_id", "=", after.record.salesforceId)]))
      .execute();
    expect(after.reasons.map(({ open }) => open?.id).toSorted()).toEqual(stored.map(({ error_id }) => error_id).toSorted());
  });
});

describe("pairing and inclusion", () => {
  test("outside the inclusion list nothing of HubSpot travels", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.world.account.removeFromList(world.world.inclusionList, [record.hubspot.id]);
    world.play.editHubSpot(record.hubspot, { jobtitle: "Countess of Lovelace" });
    const report = await checked(world, record.email);
    expect(report.verdict).toMatchObject({ state: "excluded", why: { english: expect.stringContaining("inclusion list") } });
    expect(report.inclusion).toMatchObject({ isMember: false });
  });

  test("a contact outside the list is told to be out of it though nothing differs", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.world.account.removeFromList(world.world.inclusionList, [record.hubspot.id]);
    const report = await checked(world, record.email);
    expect(report).toMatchObject({ verdict: { state: "excluded" }, inclusion: { isMember: false } });
  });

  test("a Salesforce record that was deleted under its contact is refused when tried", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.world.org.remove(
      { userId: world.world.salesPeople[0]?.user.id ?? "", app: "Salesforce" },
      "Contact",
      record.salesforceId,
    );
    world.pass(1_100);
    const report = await checked(world, record.email);
    expect(report.pairing).toMatchObject({ state: "partner-missing", id: record.salesforceId });
    expect(report.fields.every(({ verdict }) => verdict.verdict === "unreadable")).toBe(true);
  });

  test("two contacts linked to one Salesforce record", async () => {
    const world = await localWorld();
    const [record, other] = [pair(world), pair(world)];
    relink(world, other.hubspot.id, record.salesforceId);
    const report = await checked(world, record.email);
    expect(report.pairing.concerns).toContainEqual({
      kind: "shared",
      records: [expect.objectContaining({ hubspotId: other.hubspot.id })],
    });
  });

  test("a contact linked to another person's record", async () => {
    const world = await localWorld();
    const [record, other] = [pair(world), pair(world)];
    relink(world, record.hubspot.id, other.salesforceId);
    const report = await checked(world, record.hubspot.id);
    expect(report.pairing.concerns).toContainEqual(
      expect.objectContaining({ kind: "other-email", hubspot: record.email, salesforce: other.email }),
    );
    expect(report.pairing.concerns).toContainEqual({
      kind: "same-email",
      records: [expect.objectContaining({ salesforceId: record.salesforceId })],
    });
  });

  test("an unlinked contact is to be made, or to be linked by email where Salesforce knows it", async () => {
    const world = await localWorld();
    const record = pair(world);
    relink(world, record.hubspot.id, "");
    const known = await checked(world, record.email);
    expect(known.pairing).toMatchObject({ state: "by-email", object: "Contact", id: record.salesforceId });
    const made = world.world.account.create("contacts", { email: "new@person.example", lastname: "New" }, "CRM_UI");
    if (!made.ok) throw new Error("HubSpot refused it");
    world.world.account.addToList(world.world.inclusionList, [made.record.id]);
    const report = await checked(world, "new@person.example");
    expect(report.pairing).toMatchObject({ state: "to-be-created-in-salesforce", object: "Lead" });
    expect(field(report, "lastname")).toMatchObject({ hubspotValue: "New", verdict: { verdict: "new" } });
  });

  test("an additional email finds the contact too, among several", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.world.account.update(
      "contacts",
      record.hubspot.id,
      { hs_additional_emails: "one@more.example;two@more.example" },
      "SALESFORCE",
    );
    expect((await checked(world, "two@more.example")).record.hubspotId).toBe(record.hubspot.id);
  });

  test("one HubSpot id of a contact and of a company asks which", async () => {
    const world = await localWorld();
    const contacts = new Set([...world.world.account.records("contacts")].map(({ id }) => id));
    const [company] = [...world.world.account.records("companies")];
    if (!company) throw new Error("No company");
    const outcome = await outcomeOf(world, company.id);
    expect(outcome.outcome).toBe(contacts.has(company.id) ? "several" : "checked");
  });
});

describe("what can't be looked at", () => {
  test("nobody has that email", async () => {
    const world = await localWorld();
    expect(await outcomeOf(world, "nobody@nowhere.example")).toEqual({ outcome: "not-found", looked: ["hubspot", "salesforce"] });
    expect(await outcomeOf(world, "987654321987")).toEqual({ outcome: "not-found", looked: ["hubspot"] });
  });

  test("another account's link is told from the connection's own", async () => {
    const world = await localWorld();
    expect(await outcomeOf(world, "https://app.hubspot.com/contacts/1/record/0-1/101")).toMatchObject({
      outcome: "declined",
      why: { values: { asked: "1", connection: "main" } },
    });
  });

  test("where Salesforce refuses, HubSpot's side and the known errors are shown", async () => {
    const world = await localWorld();
    const record = pair(world);
    world.world.org.state.apiRequests.used = world.world.org.state.apiRequests.max;
    const report = await checked(world, record.email);
    expect(report.verdict).toMatchObject({
      state: "not-known",
      why: { values: { code: "REQUEST_LIMIT_EXCEEDED" } },
    });
    expect(field(report, "email")).toMatchObject({
      hubspotValue: record.email,
      verdict: { verdict: "unreadable", side: "salesforce" },
    });
  });

  test("with few calls left no Salesforce call is made", async () => {
    const world = await localWorld();
    const record = pair(world);
    const { apiRequests } = world.world.org.state;
    apiRequests.used = apiRequests.max * 0.95;
    await world.poll();
    const before = world.calls();
    const report = await checked(world, record.salesforceId);
    expect(report.verdict).toMatchObject({ state: "not-known", why: { english: expect.stringContaining("left") } });
    expect(world.calls().salesforce).toBe(before.salesforce);
  });
});
