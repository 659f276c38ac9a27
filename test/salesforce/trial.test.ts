import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RefusedError } from "../../src/health/refusal.ts";
import { TrialKeptError } from "../../src/salesforce/client.ts";
import type { SalesforceWrite, TrialOutcome } from "../../src/salesforce/salesforce.ts";
import { type ServedSalesforce, serveSalesforce } from "./served-salesforce.ts";

let served: ServedSalesforce;
let ids: readonly string[];
beforeEach(async () => {
  served = await serveSalesforce();
  ids = Array.from({ length: 6 }, (_, n) => served.org.seed("Contact", { LastName: `N${n}`, Title: "Before" }).id);
  served.org.addRule({
    kind: "validation",
    rule: {
      name: "No_Bad_Titles",
      object: "Contact",
      errorMessage: "That is no title.",
      errorField: "Title",
      refuses: (record) => String(record.Title).startsWith("Bad"),
    },
  });
});
afterEach(() => served[Symbol.asyncDispose]());

function titles(...values: readonly string[]): readonly SalesforceWrite[] {
  return values.map((Title, n) => ({ object: "Contact", id: ids[n] ?? "", fields: { Title } }));
}
function codes(outcomes: readonly TrialOutcome[]): readonly string[] {
  return outcomes.map((outcome) => (outcome.verdict === "refused" ? (outcome.refusals[0]?.code ?? "") : outcome.verdict));
}
function expectNothingKept(): void {
  expect(served.org.writes()).toEqual([]);
  expect(ids.map((id) => served.org.get("Contact", id)?.fields.Title)).toEqual(ids.map(() => "Before"));
  expect([...served.org.records("Contact")]).toHaveLength(ids.length);
}

const RULE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

describe.each(["every-failure", "first-failure"] as const)("a rolled-back write where Salesforce shows %s", (reading) => {
  beforeEach(() => {
    served.org.state.rolledBackShows = reading;
  });

  test("proves each record that fails and none that does not, and keeps nothing", async () => {
    const outcomes = await served.client.tryWrites(titles("Bad 1", "Fine", "Bad 2", "Fine", "Bad 3", "Fine"), { maxCalls: 10 });
    expect(codes(outcomes)).toEqual([RULE, "unproven", RULE, "unproven", RULE, "unproven"]);
    expect(outcomes[2]).toMatchObject({
      refusals: [{ message: "That is no title.", fields: ["Title"], object: "Contact", recordId: ids[2] }],
    });
    expect(served.client.callsMade()).toBe(reading === "every-failure" ? 2 : 4);
    expectNothingKept();
  });

  test("stays within its calls", async () => {
    const outcomes = await served.client.tryWrites(titles("Bad 1", "Bad 2", "Bad 3"), { maxCalls: 1 });
    expect(served.client.callsMade()).toBe(1);
    expect(codes(outcomes)).toEqual(reading === "every-failure" ? [RULE, RULE, RULE] : [RULE, "untried", "untried"]);
    expectNothingKept();
  });

  test("tries inserts and updates of several objects together", async () => {
    const outcomes = await served.client.tryWrites(
      [
        { object: "Contact", id: null, fields: { LastName: "New", Title: "Bad" } },
        { object: "Account", id: null, fields: { Name: "Fine" } },
        { object: "Contact", id: ids[0] ?? "", fields: { Title: "Bad too" } },
        { object: "Lead", id: null, fields: { LastName: "No company" } },
      ],
      { maxCalls: 10 },
    );
    expect(codes(outcomes)).toEqual([RULE, "unproven", RULE, "REQUIRED_FIELD_MISSING"]);
    expectNothingKept();
    expect([...served.org.records("Account")]).toEqual([]);
    expect([...served.org.records("Lead")]).toEqual([]);
  });

  test("costs one call where nothing fails", async () => {
    const outcomes = await served.client.tryWrites(titles("Fine", "Fine too"), { maxCalls: 10 });
    expect(codes(outcomes)).toEqual(["unproven", "unproven"]);
    expect(served.client.callsMade()).toBe(1);
    expectNothingKept();
  });
});

describe("a rolled-back write", () => {
  test("asks that no assignment rule moves a record, in every part", async () => {
    await served.client.tryWrites(titles("Fine"), { maxCalls: 1 });
    const body = JSON.parse(served.bodies.at(-1) ?? "{}");
    expect(body.allOrNone).toBe(true);
    expect(body.compositeRequest[0].httpHeaders).toEqual({ "Sforce-Auto-Assign": "FALSE" });
  });

  test("narrows down to the record whose field refuses the whole collection", async () => {
    served.intercept(async (context) => {
      const body = await context.req.raw.clone().text();
      if (!body.includes("No_Such_Field__c")) return null;
      return context.json({
        compositeResponse: [
          {
            referenceId: "updates",
            httpStatusCode: 400,
            body: [{ errorCode: "INVALID_FIELD", message: "No such column 'No_Such_Field__c' on sobject of type Contact" }],
          },
          { referenceId: "rollback", httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED", message: "halted" }] },
        ],
      });
    });
    const writes = titles("Fine", "Bad", "Fine", "Fine").map((write, n) =>
      n === 3 ? { ...write, fields: { No_Such_Field__c: 1 } } : write,
    );
    const outcomes = await served.client.tryWrites(writes, { maxCalls: 10 });
    expect(codes(outcomes)).toEqual(["unproven", RULE, "unproven", "INVALID_FIELD"]);
    expect(outcomes[3]).toMatchObject({ refusals: [{ fields: ["No_Such_Field__c"] }] });
  });

  test("tries a locked record once more before it is taken for refused", async () => {
    served.org.state.locked = "rows";
    const outcomes = await served.client.tryWrites(titles("Fine"), { maxCalls: 10 });
    expect(codes(outcomes)).toEqual(["UNABLE_TO_LOCK_ROW"]);
    expect(served.client.callsMade()).toBe(2);
    expect(served.waits).toHaveLength(1);
  });

  test("is loud where Salesforce kept what it was told to undo", async () => {
    served.failNext(1, "/composite", (context) =>
      context.json({
        compositeResponse: [
          { referenceId: "updates", httpStatusCode: 200, body: [{ success: true, id: ids[0], errors: [] }] },
          { referenceId: "rollback", httpStatusCode: 204, body: null },
        ],
      }),
    );
    await expect(served.client.tryWrites(titles("Fine"), { maxCalls: 3 })).rejects.toThrow(TrialKeptError);
  });

  test("rejects where the org refuses the call", async () => {
    served.org.state.apiRequests.used = served.org.state.apiRequests.max;
    await expect(served.client.tryWrites(titles("Fine"), { maxCalls: 3 })).rejects.toThrow(RefusedError);
  });

  test("costs nothing for no records, and takes no more than 200", async () => {
    expect(await served.client.tryWrites([], { maxCalls: 3 })).toEqual([]);
    expect(served.client.callsMade()).toBe(0);
    const many = Array.from({ length: 201 }, () => ({ object: "Contact" as const, id: null, fields: { LastName: "X" } }));
    await expect(served.client.tryWrites(many, { maxCalls: 3 })).rejects.toThrow(RangeError);
  });
});
