import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RefusedError } from "../../src/health/refusal.ts";
import { brokenAnswer } from "../support/served-api.ts";
import { type ServedSalesforce, serveSalesforce } from "./served-salesforce.ts";

let served: ServedSalesforce;
beforeEach(async () => {
  served = await serveSalesforce();
});
afterEach(() => served[Symbol.asyncDispose]());

describe("records by id", () => {
  test("come 2,000 a call, without those that are gone", async () => {
    const ids = Array.from({ length: 2_100 }, (_, n) => served.org.seed("Contact", { LastName: `N${n}` }).id);
    const records = [];
    for await (const page of served.client.recordsByIds("Contact", [...ids, "003000000000000AAA"], ["LastName"]))
      records.push(...page);
    expect(records).toHaveLength(2_100);
    expect(records[0]).toMatchObject({ object: "Contact", id: ids[0], fields: { LastName: "N0" } });
    expect(served.client.callsMade()).toBe(2);
  });
});

describe("lookups", () => {
  test("find records by email, hundreds in one call, quotes and all", async () => {
    const emails = Array.from({ length: 450 }, (_, n) => `o'neil${n}@example.com`);
    for (const Email of emails) served.org.seed("Contact", { LastName: "O'Neil", Email });
    const found = await served.client.recordsByEmail("Contact", emails);
    expect(found.map(({ fields }) => fields.Email).toSorted()).toEqual(emails.toSorted());
    expect(served.client.callsMade()).toBe(1);
    expect(await served.client.recordsByEmail("Lead", [])).toEqual([]);
  });

  test("find users, inactive ones too", async () => {
    const { id } = served.org.addUser({
      username: "gone@example.com",
      name: "Gone Person",
      email: "gone@example.com",
      isActive: false,
      userType: "Standard",
    });
    expect(await served.client.users([id])).toEqual([
      { id, name: "Gone Person", email: "gone@example.com", isActive: false, userType: "Standard" },
    ]);
  });

  test("name the active validation rules", async () => {
    served.org.addRule({
      kind: "validation",
      rule: { name: "Title_Needed", object: "Contact", errorMessage: "A title!", errorField: "Title", refuses: () => false },
    });
    expect(await served.client.validationRules("Contact")).toEqual([
      { name: "Title_Needed", errorMessage: "A title!", field: "Title" },
    ]);
    expect(await served.client.validationRules("Account")).toEqual([]);
    served.failNext(1, "/tooling", (context) => context.json([{ errorCode: "INVALID_TYPE", message: "no" }], 400));
    expect(await served.client.validationRules("Contact")).toEqual([]);
  });
});

describe("schemas", () => {
  test("come together in one call, as the integration user sees them", async () => {
    served.org.setFieldRights("Contact", "Phone", { read: false, edit: false });
    served.org.setFieldRights("Contact", "Title", { read: true, edit: false });
    served.org.setObjectRights("Lead", { read: false, create: false, edit: false });
    const schemas = await served.client.schemas(["Contact", "Lead"]);
    const contact = schemas.get("Contact");
    if (!contact || !("fields" in contact) || Array.isArray(contact.fields)) throw new Error(JSON.stringify(contact));
    expect(contact).toMatchObject({ keyPrefix: "003", fields: { Title: { type: "string", updateable: false } } });
    expect("Phone" in contact.fields).toBe(false);
    expect(schemas.get("Lead")).toMatchObject({ code: "NOT_FOUND", object: "Lead", httpStatus: 404 });
    expect(served.client.callsMade()).toBe(1);
  });

  test("tell a field that is hidden from one that is gone", async () => {
    served.org.setFieldRights("Contact", "Phone", { read: false, edit: false });
    served.org.setFieldRights("Contact", "MailingAddress", { read: false, edit: false });
    const asked = ["Phone", "LastName", "MailingCity", "Gone__c"].map((field) => ({ object: "Contact" as const, field }));
    const found = await served.client.existingFields([...asked, { object: "Opportunity", field: "StageName" }]);
    expect([...found].toSorted()).toEqual(["Contact.LastName", "Contact.MailingCity", "Contact.Phone", "Opportunity.StageName"]);
    expect(served.client.callsMade()).toBe(1);
  });
});

describe("HubSpot's share of the calls", () => {
  test("is counted from the event logs, our own calls apart", async () => {
    served.org.state.eventLogs = true;
    const hour = 3_600_000;
    const since = new Date(served.time.now);
    served.org.addCalls("HubSpot", 7, new Date(served.time.now - hour));
    served.org.addCalls("HubSpot", 1_200, new Date(served.time.now + 60_000));
    served.org.addCalls("Data Loader", 50, new Date(served.time.now + 60_000));
    served.org.addCalls("HubSpot", 30, new Date(served.time.now + hour));
    served.time.now += 2 * hour;
    const share = await served.client.hubspotShare(since);
    expect(share).toEqual({ from: since, to: new Date(served.time.now), hubspotCalls: 1_230 });
    const before = served.client.callsMade();
    await served.client.hubspotShare(since);
    expect(served.client.callsMade() - before).toBeLessThanOrEqual(2);
  });

  test("is unknown where the org has no such logs or hides them", async () => {
    expect(await served.client.hubspotShare(new Date(served.time.now))).toBeNull();
    served.failNext(1, "/composite", (context) =>
      context.json({
        compositeResponse: [{ referenceId: "logs", httpStatusCode: 400, body: [{ errorCode: "INVALID_TYPE", message: "no" }] }],
      }),
    );
    expect(await served.client.hubspotShare(new Date(served.time.now))).toBeNull();
  });

  test("is refused, not unknown, where a log breaks off", async () => {
    served.org.state.eventLogs = true;
    served.org.addCalls("HubSpot", 10, new Date(served.time.now));
    served.failNext(1, "/LogFile", (context) => context.text("gone", 500));
    await expect(served.client.hubspotShare(new Date(served.time.now - 1))).rejects.toThrow(RefusedError);
  });
});

describe("calls", () => {
  test("are tried again after errors of the server, and served then", async () => {
    served.failNext(2, "/composite", (context) => context.text("oops", 500));
    expect((await served.client.schemas(["Contact"])).get("Contact")).toMatchObject({ name: "Contact" });
    expect(served.waits).toHaveLength(2);
    expect(served.client.callsMade()).toBe(3);
  });

  test("say what they ask as, and learn the org's use from every answer", async () => {
    let options: string | undefined;
    served.intercept((context) => {
      options = context.req.header("sforce-call-options") ?? options;
      return null;
    });
    expect(served.client.apiUse()).toBeNull();
    await served.client.schemas(["Contact"]);
    expect(options).toMatch(/^client=syncwarden\/\d/);
    expect(served.client.apiUse()).toEqual({ used: 1, max: 100_000, at: new Date(served.time.now) });
  });

  test("name an answer that makes no sense", async () => {
    served.intercept((context) =>
      context.req.path.includes("/composite") ? new Response("{", { headers: { "content-type": "application/json" } }) : null,
    );
    await expect(served.client.schemas(["Contact"])).rejects.toMatchObject({ refusal: { code: "UNREADABLE" } });
  });

  test("survive a connection that breaks in the middle of an answer", async () => {
    served.failNext(1, "/composite", () => brokenAnswer('{"compositeResponse":['));
    expect((await served.client.schemas(["Contact"])).get("Contact")).toMatchObject({ name: "Contact" });
    served.failNext(9, "/composite", () => brokenAnswer('{"compositeResponse":['));
    await expect(served.client.schemas(["Contact"])).rejects.toMatchObject({ refusal: { code: "UNREACHABLE" } });
  });
});

describe("all records of an object", () => {
  test("come 2,000 a call in the order of their ids, from behind any of them on", async () => {
    for (let n = 0; n < 2_100; n += 1) served.org.seed("Contact", { LastName: `N${n}` });
    const first = await served.client.recordsAfter("Contact", null, ["LastName"]);
    expect(first).toMatchObject({ isLast: false });
    expect(first.records).toHaveLength(2_000);
    const last = first.records.at(-1)?.id ?? null;
    const second = await served.client.recordsAfter("Contact", last, ["LastName"]);
    expect(second).toMatchObject({ isLast: true });
    expect(second.records).toHaveLength(100);
    expect(new Set([...first.records, ...second.records].map(({ id }) => id)).size).toBe(2_100);
    expect(served.client.callsMade()).toBe(2);
  });

  test("are counted in one call; an object that may not be read is left out", async () => {
    for (let n = 0; n < 3; n += 1) served.org.seed("Account", { Name: `A${n}` });
    served.org.setObjectRights("Lead", { read: false, create: false, edit: false });
    const counts = await served.client.recordCounts(["Contact", "Lead", "Account"]);
    expect(Object.fromEntries(counts)).toEqual({ Contact: 0, Account: 3 });
    expect(served.client.callsMade()).toBe(1);
  });
});
