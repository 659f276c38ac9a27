import { expect, test } from "vitest";
import { inSyncOrder } from "../../src/health/cause-order.ts";
import type { Finding, SyncErrorType } from "../../src/health/sync-errors.ts";

function finding(type: SyncErrorType, part: Partial<Finding> = {}): Finding {
  return {
    type,
    direction: "hubspot-to-salesforce",
    record: { object: "contacts", hubspotId: "1", salesforceObject: "Contact", salesforceId: "003", label: "x" },
    hubspotProperty: null,
    salesforceField: null,
    cause: type,
    value: null,
    details: {},
    evidence: { at: "2026-01-01T00:00:00Z", statement: "" },
    ...part,
  };
}

function trigger(event: string): Finding {
  const refusal = {
    system: "salesforce" as const,
    code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    message: `AccountTrigger: execution of ${event}\n\ncaused by: System.NullPointerException`,
    fields: [],
  };
  return finding("salesforce-automation", { cause: event, evidence: { at: "", statement: "", refusal } });
}

test("Salesforce's order of execution decides", () => {
  const expected = [
    "type-mismatch",
    "field-permission",
    "insufficient-access",
    "inactive-owner",
    "string-too-long",
    "custom-validation-rule",
    "salesforce-duplicate-rule",
    "restricted-unique-value",
    "salesforce-flow",
    "other",
  ] as const;
  const shuffled = [...expected].toReversed().map((type) => finding(type));
  expect(inSyncOrder(shuffled).map(({ type }) => type)).toEqual(expected);
});

test("a trigger before the save comes before validation rules, one after it after the duplicate rules", () => {
  const ordered = inSyncOrder([
    trigger("AfterUpdate"),
    finding("salesforce-duplicate-rule"),
    finding("custom-validation-rule"),
    trigger("BeforeUpdate"),
  ]);
  expect(ordered.map(({ cause }) => cause)).toEqual([
    "BeforeUpdate",
    "custom-validation-rule",
    "salesforce-duplicate-rule",
    "AfterUpdate",
  ]);
});

test("what HubSpot sends comes before what it fetches, and an account before all that waits for it", () => {
  const arriving = (type: SyncErrorType) => finding(type, { direction: "salesforce-to-hubspot" });
  const ordered = inSyncOrder([arriving("owners-not-synced"), arriving("waiting-for-account"), finding("other")]);
  expect(ordered.map(({ type }) => type)).toEqual(["other", "waiting-for-account", "owners-not-synced"]);
});

test("errors of one stage keep the order in which Salesforce named them", () => {
  const rules = ["b", "a", "c"].map((cause) => finding("custom-validation-rule", { cause }));
  expect(inSyncOrder(rules).map(({ cause }) => cause)).toEqual(["b", "a", "c"]);
});
