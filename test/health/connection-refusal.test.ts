import { describe, expect, test } from "vitest";
import { commonRefusals, isOwnLoginProblem, suspensionOf } from "../../src/health/connection-refusal.ts";
import type { Refusal } from "../../src/health/refusal.ts";
import type { SuspensionKind } from "../../src/health/suspensions.ts";

function refusal(code: string, message = "", part: Partial<Refusal> = {}): Refusal {
  return { system: "salesforce", code, message, fields: [], ...part };
}

describe("a refusal of the whole connection names its suspension", () => {
  test.each<[Refusal, SuspensionKind, boolean, Record<string, string>]>([
    [refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), "sf-api-limit-exceeded", false, {}],
    [
      refusal("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
      "sf-api-limit-exceeded",
      true,
      { limit: "concurrent API requests" },
    ],
    [
      refusal("API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization."),
      "sf-api-access-disabled",
      false,
      { reason: "api-off-for-org" },
    ],
    [
      refusal("API_CURRENTLY_DISABLED", "API is disabled for this User"),
      "sf-api-access-disabled",
      false,
      { reason: "api-off-for-user" },
    ],
    [refusal("invalid_grant", "inactive user"), "sf-api-access-disabled", false, { reason: "user-inactive" }],
    [refusal("inactive_org", "organization is inactive"), "sf-api-access-disabled", false, { reason: "org-inactive" }],
    [refusal("invalid_grant", "authentication failure"), "sf-api-access-disabled", false, { reason: "credentials-refused" }],
    [
      refusal("invalid_grant", "expired access/refresh token"),
      "sf-api-access-disabled",
      false,
      { reason: "credentials-refused" },
    ],
    [
      refusal("sf:INVALID_LOGIN", "INVALID_LOGIN: Invalid username, password, security token; or user locked out."),
      "sf-api-access-disabled",
      false,
      { reason: "credentials-refused" },
    ],
    [refusal("INVALID_SESSION_ID", "Session expired or invalid"), "sf-api-access-disabled", false, { reason: "session-refused" }],
    [refusal("ORG_LOCKED", "org is locked"), "sf-org-locked", true, {}],
    [refusal("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"), "sf-org-locked", true, {}],
    [refusal("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded"), "sf-storage-limit-exceeded", false, {}],
    [refusal("SERVER_UNAVAILABLE", "Try again later", { httpStatus: 503 }), "sf-org-unavailable", true, {}],
    [refusal("UNREACHABLE", "connect ECONNREFUSED"), "sf-org-unavailable", true, {}],
    [refusal("MAINTENANCE_PAGE", "<html>", { httpStatus: 503 }), "sf-org-unavailable", true, {}],
    [refusal("", "<html><body>Scheduled maintenance", { httpStatus: 500 }), "sf-org-unavailable", true, {}],
    [refusal("UNKNOWN_EXCEPTION", "An unexpected error occurred. ErrorId: 12-34"), "sf-server-error", true, {}],
    [refusal("", "Bad Gateway", { httpStatus: 502 }), "sf-server-error", true, {}],
    [refusal("UNREADABLE", "", { httpStatus: 200 }), "sf-server-error", true, {}],
    [
      refusal("INVALID_TYPE", "sObject type 'Lead' is not supported."),
      "sf-object-permissions-missing",
      false,
      { object: "Lead" },
    ],
    [
      refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be inserted: Contact"),
      "sf-object-permissions-missing",
      false,
      { object: "Contact" },
    ],
    [
      refusal("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object", { object: "Account" }),
      "sf-object-permissions-missing",
      false,
      { object: "Account" },
    ],
    [
      refusal("INVALID_FIELD", "SELECT Foo__c FROM Contact\n ^\nNo such column 'Foo__c' on entity 'Contact'."),
      "sf-field-permissions-missing",
      false,
      { field: "Foo__c", object: "Contact", right: "read" },
    ],
  ])("%#: %j", (answer, kind, needsRepeat, details) => {
    const verdict = suspensionOf(answer);
    expect(verdict).toMatchObject({ kind, needsRepeat });
    expect(verdict?.details).toMatchObject(details);
  });
});

test.each<Refusal>([
  refusal("invalid_grant", "user hasn't approved this consumer"),
  refusal("invalid_grant", "ip restricted"),
  refusal("invalid_client_id", "client identifier invalid"),
  refusal("invalid_grant", "no client credentials user enabled"),
])("a mistake in the bot's own login is no suspension: %j", (answer) => {
  expect(suspensionOf(answer)).toBeNull();
  expect(isOwnLoginProblem(answer)).toBe(true);
});

test.each<Refusal>([
  { ...refusal("REQUEST_LIMIT_EXCEEDED"), system: "hubspot" },
  refusal("MALFORMED_QUERY", "unexpected token"),
  refusal("INSUFFICIENT_ACCESS_OR_READONLY", "", { object: "Contact", recordId: "0035g00000ABCDEAA5" }),
  refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "ContactTrigger: execution of BeforeInsert"),
  refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "no", { httpStatus: 400 }),
])("an answer about something else is no suspension: %j", (answer) => {
  expect(suspensionOf(answer)).toBeNull();
});

describe("refusals of records that were written together", () => {
  const codes = (refused: readonly (readonly Refusal[])[], tried: number) =>
    commonRefusals(refused, tried).ofConnection.map(({ code }) => code);
  const locked = [refusal("UNABLE_TO_LOCK_ROW")];
  const failed = [refusal("UNKNOWN_EXCEPTION")];

  test("are the connection's where the code speaks of the org, even on one record of many", () => {
    for (const code of ["ORG_LOCKED", "STORAGE_LIMIT_EXCEEDED", "REQUEST_LIMIT_EXCEEDED"]) {
      expect(codes([[refusal(code)]], 100)).toEqual([code]);
      expect(commonRefusals([[refusal(code)]], 100).isUndecided(refusal(code))).toBe(true);
    }
  });

  test("are the connection's where most records meet the same lock or internal error", () => {
    expect(codes([locked, locked], 3)).toEqual(["UNABLE_TO_LOCK_ROW"]);
    expect(codes([failed, failed], 3)).toEqual(["UNKNOWN_EXCEPTION"]);
    expect(codes([locked, locked], 4)).toEqual([]);
    expect(codes([locked], 1)).toEqual([]);
  });

  test("decide nothing about a record that was locked, and all about one with a refusal of its own", () => {
    const { isUndecided } = commonRefusals([locked, failed, [refusal("TRANSFER_REQUIRES_READ")]], 10);
    expect(isUndecided(refusal("UNABLE_TO_LOCK_ROW"))).toBe(true);
    expect(isUndecided(refusal("UNKNOWN_EXCEPTION"))).toBe(false);
    expect(isUndecided(refusal("TRANSFER_REQUIRES_READ"))).toBe(false);
  });
});
