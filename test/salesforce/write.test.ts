import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RefusedError } from "../../src/health/refusal.ts";
import type { SalesforceWrite } from "../../src/salesforce/salesforce.ts";
import { dropConnection } from "../support/served-api.ts";
import { type ServedSalesforce, serveSalesforce } from "./served-salesforce.ts";

let served: ServedSalesforce;
beforeEach(async () => {
  served = await serveSalesforce();
});
afterEach(() => served[Symbol.asyncDispose]());

describe("write", () => {
  test("writes inserts and updates of several objects, outcomes in the order given", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    const outcomes = await served.client.write([
      { object: "Account", id: null, fields: { Name: "Acme" } },
      { object: "Contact", id, fields: { LastName: "New" } },
      { object: "Lead", id: null, fields: { LastName: "No company" } },
      { object: "Contact", id: null, fields: { LastName: "Fresh" } },
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    expect(outcomes[1]).toEqual({ ok: true, id });
    expect(outcomes[2]).toMatchObject({ refusals: [{ code: "REQUIRED_FIELD_MISSING", fields: ["Company"], object: "Lead" }] });
    expect(served.org.get("Contact", id)?.fields.LastName).toBe("New");
    expect([...served.org.records("Account")]).toHaveLength(1);
    expect(served.client.callsMade()).toBe(2);
  });

  test("writes 200 records a call, each once", async () => {
    const writes = Array.from({ length: 450 }, (_, n): SalesforceWrite => {
      const { id } = served.org.seed("Contact", { LastName: `N${n}` });
      return { object: "Contact", id, fields: { Title: `T${n}` } };
    });
    const outcomes = await served.client.write(writes);
    expect(outcomes.map((outcome) => outcome.ok && outcome.id)).toEqual(writes.map(({ id }) => id));
    expect(served.client.callsMade()).toBe(3);
    expect(served.org.writes()).toHaveLength(450);
  });

  test("tries records that others hold a lock on again", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    served.org.state.locked = "rows";
    let calls = 0;
    served.intercept((context) => {
      if (context.req.path.includes("/composite") && ++calls === 2) served.org.state.locked = false;
      return null;
    });
    expect(await served.client.write([{ object: "Contact", id, fields: { LastName: "New" } }])).toEqual([{ ok: true, id }]);
    expect(served.waits).toHaveLength(1);
  });

  test("sends updates again after a dropped connection, but never inserts", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    served.failNext(1, "/composite", dropConnection);
    expect(await served.client.write([{ object: "Contact", id, fields: { LastName: "New" } }])).toEqual([{ ok: true, id }]);
    served.failNext(1, "/composite", dropConnection);
    await expect(served.client.write([{ object: "Account", id: null, fields: { Name: "Acme" } }])).rejects.toThrow(RefusedError);
    expect([...served.org.records("Account")]).toEqual([]);
  });

  test("sends inserts again that were turned away at the door", async () => {
    served.failNext(1, "/composite", (context) => context.json([{ errorCode: "SERVER_UNAVAILABLE", message: "busy" }], 503));
    const outcomes = await served.client.write([{ object: "Account", id: null, fields: { Name: "Acme" } }]);
    expect(outcomes[0]?.ok).toBe(true);
    expect([...served.org.records("Account")]).toHaveLength(1);
  });

  test("gives outcomes for what was written before the org refused", async () => {
    const writes = Array.from(
      { length: 300 },
      (_, n): SalesforceWrite => ({ object: "Account", id: null, fields: { Name: `A${n}` } }),
    );
    let calls = 0;
    served.intercept((context) => {
      if (!context.req.path.includes("/composite") || ++calls === 1) return null;
      return context.json([{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }], 403);
    });
    const outcomes = await served.client.write(writes);
    expect(outcomes.slice(0, 200).every(({ ok }) => ok)).toBe(true);
    expect(outcomes.slice(200).map((one) => !one.ok && one.refusals[0]?.code)).toEqual(
      Array.from({ length: 100 }, () => "REQUEST_LIMIT_EXCEEDED"),
    );
  });

  test("finds the record that refuses a whole collection", async () => {
    served.intercept(async (context) => {
      const body = await context.req.raw.clone().text();
      if (!body.includes("No_Such__c")) return null;
      return context.json(
        [{ errorCode: "INVALID_FIELD", message: "No such column 'No_Such__c' on sobject of type Account" }],
        400,
      );
    });
    const outcomes = await served.client.write(
      ["A", "B", "C", "D", "E"].map((Name) => ({
        object: "Account",
        id: null,
        fields: Name === "D" ? { Name, No_Such__c: 1 } : { Name },
      })),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false, true]);
    expect([...served.org.records("Account")]).toHaveLength(4);
  });
});

describe("a write on a condition", () => {
  test("writes a record that nobody has changed since, in one call", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    const readAt = new Date(String(served.org.get("Contact", id)?.fields.LastModifiedDate));
    const outcome = await served.client.writeIfUnmodified({ object: "Contact", id, fields: { LastName: "New" } }, readAt);
    expect(outcome).toEqual({ ok: true, id });
    expect(served.org.get("Contact", id)?.fields.LastName).toBe("New");
    expect(served.client.callsMade()).toBe(1);
  });

  test("leaves a record alone that somebody has changed since", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    const readAt = new Date(String(served.org.get("Contact", id)?.fields.LastModifiedDate));
    served.time.now += 2_000;
    await served.client.write([{ object: "Contact", id, fields: { LastName: "A person's" } }]);
    expect(await served.client.writeIfUnmodified({ object: "Contact", id, fields: { LastName: "New" } }, readAt)).toBe("changed");
    expect(served.org.get("Contact", id)?.fields.LastName).toBe("A person's");
  });

  test("says what Salesforce has against the record", async () => {
    const { id } = served.org.seed("Contact", { LastName: "Old" });
    const write = { object: "Contact", id, fields: { LastName: null } } as const;
    expect(await served.client.writeIfUnmodified(write, new Date(served.time.now))).toMatchObject({
      ok: false,
      refusals: [{ code: "REQUIRED_FIELD_MISSING", object: "Contact", recordId: id }],
    });
  });
});
