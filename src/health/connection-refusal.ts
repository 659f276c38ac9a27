import { plainText } from "../records/text.ts";
import { isEntityMessage } from "./automation-message.ts";
import type { Refusal } from "./refusal.ts";
import { statedValue } from "./refused-field.ts";
import { comesAndGoes, type SuspensionKind } from "./suspensions.ts";

/** What a refusal of a whole call says about the connection. */
export interface ConnectionVerdict {
  readonly kind: SuspensionKind;
  readonly details: Readonly<Record<string, string>>;
  /** The cause comes and goes: only the same answer on two probes in a row counts. */
  readonly needsRepeat: boolean;
}

/** Why the integration user has no access; `details.reason` of `sf-api-access-disabled`. */
export const ACCESS_REASONS = [
  "api-off-for-org",
  "api-off-for-user",
  "user-inactive",
  "org-inactive",
  "credentials-refused",
  "password-expired",
  "login-hours",
  "session-refused",
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

/** OAuth's descriptions are English whatever the user's language. Source: Salesforce's "OAuth 2.0 error codes". */
const LOGIN_REASONS: readonly (readonly [RegExp, AccessReason])[] = [
  [/inactive.?user/i, "user-inactive"],
  [/inactive.?org|org.*(?:inactive|suspended|expired)|trial.?expired/i, "org-inactive"],
  [/api.*(?:disabled|not enabled)/i, "api-off-for-user"],
  [/password.*expired|expired.*password/i, "password-expired"],
  [/login.*(?:hours|restricted.?time)|restricted_time/i, "login-hours"],
];

/** Refusals of the bot's own login that say nothing about HubSpot's: its app, its address, its key. */
const OWN_LOGIN =
  /hasn.t approved this consumer|invalid.?assertion|audience|no client credentials user|invalid.?client|client identifier|unsupported_grant|request not supported on this domain|ip restricted|restricted_domain|security_token|login.?rate|rate.?limit|app.?(?:blocked|must be installed|access)|login.?challenge|client.?not.?accessible|expired authorization code/i;

/** Whose call was refused: the bot's own, whose login may fail for reasons of its own, or one of the native sync's. */
export type Caller = "bot" | "native-sync";

/**
 * The suspension that a refusal of a whole Salesforce call means, or null where it means none (a HubSpot refusal, a mistake in
 * the bot's own login, an answer about something else). Codes as in Salesforce's API documentation, in any letter case.
 */
export function suspensionOf(refusal: Refusal, caller: Caller = "bot"): ConnectionVerdict | null {
  if (refusal.system !== "salesforce") return null;
  const code = refusal.code.toUpperCase().replace(/^SF:/, "");
  if (LOGIN_CODES.has(code)) return caller === "bot" && isOwnLoginProblem(refusal) ? null : ofLogin(code, refusal);
  return byCode(code, refusal) ?? byStatus(code, refusal);
}

/** Codes with which a login, or what it has given, is refused. */
const LOGIN_CODES: ReadonlySet<string> = new Set([
  "INVALID_GRANT",
  "INVALID_LOGIN",
  "INACTIVE_USER",
  "INACTIVE_ORG",
  "TRIAL_EXPIRED",
  "PASSWORD_LOCKOUT",
  "PASSWORD_EXPIRED",
  "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
  "LOGIN_DURING_RESTRICTED_TIME",
  "LOGIN_DURING_RESTRICTED_DOMAIN",
  "LOGIN_MUST_USE_SECURITY_TOKEN",
  "LOGIN_CHALLENGE_ISSUED",
  "LOGIN_CHALLENGE_PENDING",
  "CLIENT_NOT_ACCESSIBLE_FOR_USER",
  "OAUTH_APP_BLOCKED",
  "OAUTH_APP_ACCESS_DENIED",
  "INVALID_APP_ACCESS",
  "INVALID_SESSION_ID",
  "SESSION_EXPIRED",
  "INVALID_AUTH_HEADER",
  "BAD_OAUTH_TOKEN",
]);
const SESSION_CODES: readonly string[] = ["INVALID_SESSION_ID", "SESSION_EXPIRED", "INVALID_AUTH_HEADER", "BAD_OAUTH_TOKEN"];

/** Codes of answers that never came, and ours for what came instead. */
const NO_ANSWER: readonly string[] = ["UNREACHABLE", "TIMED_OUT", "MAINTENANCE_PAGE", "UNREADABLE"];

/** Whether a refusal speaks of the whole connection even where it answers the write of a single record. */
export function isOfConnection({ code: sent }: Refusal): boolean {
  const code = sent.toUpperCase();
  return code === "" || CODES_OF_ALL.has(code) || LOGIN_CODES.has(code) || NO_ANSWER.includes(code);
}

/** Codes with which one record's write is refused for what holds for all of them. Source: Salesforce's list of status codes. */
const CODES_OF_ALL: ReadonlySet<string> = new Set([
  "ORG_LOCKED",
  "STORAGE_LIMIT_EXCEEDED",
  "REQUEST_LIMIT_EXCEEDED",
  "API_DISABLED_FOR_ORG",
  "API_CURRENTLY_DISABLED",
  "SERVER_UNAVAILABLE",
  "ORG_IN_MAINTENANCE",
  "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
]);

/** Codes that concern one record where one is refused with them, and the whole org where most are. */
const CODES_OF_MOST: ReadonlySet<string> = new Set(["UNABLE_TO_LOCK_ROW", "UNKNOWN_EXCEPTION"]);

/** A lock that somebody else holds for a moment says nothing of the record. */
const PASSING_CODES: ReadonlySet<string> = new Set(["UNABLE_TO_LOCK_ROW"]);

/** Fewer than so many records make no "most". */
const FEWEST_FOR_MOST = 2;

/** What the refusals of single records, written together, say beyond those records. */
export interface CommonRefusals {
  /** One of each code that concerns the whole connection. */
  readonly ofConnection: readonly Refusal[];
  /** Whether a refusal tells nothing about its record: it is the connection's, or over in a moment. */
  readonly isUndecided: (refusal: Refusal) => boolean;
}

/** Tells the connection's refusals from those of single records. `refused`: each refused record's refusals, of `tried` records. */
export function commonRefusals(refused: readonly (readonly Refusal[])[], tried: number): CommonRefusals {
  const first = new Map<string, Refusal>();
  const records = new Map<string, number>();
  for (const refusals of refused) {
    for (const refusal of refusals) if (!first.has(refusal.code)) first.set(refusal.code, refusal);
    for (const code of new Set(refusals.map((refusal) => refusal.code))) records.set(code, (records.get(code) ?? 0) + 1);
  }
  const isCommon = ({ code }: Refusal) => {
    const count = records.get(code) ?? 0;
    return CODES_OF_ALL.has(code) || (CODES_OF_MOST.has(code) && count >= FEWEST_FOR_MOST && count * 2 > tried);
  };
  return {
    ofConnection: [...first.values()].filter(isCommon),
    isUndecided: (refusal) => PASSING_CODES.has(refusal.code) || isCommon(refusal),
  };
}

/** Whether a refusal is about the bot's own login rather than the connection's health. */
export function isOwnLoginProblem(refusal: Refusal): boolean {
  return refusal.system === "salesforce" && OWN_LOGIN.test(`${refusal.code} ${refusal.message}`);
}

function verdict(
  kind: SuspensionKind,
  details: Record<string, string> = {},
  needsRepeat = comesAndGoes(kind),
): ConnectionVerdict {
  return { kind, details, needsRepeat };
}

function noAccess(reason: AccessReason): ConnectionVerdict {
  return verdict("sf-api-access-disabled", { reason });
}

function byCode(code: string, refusal: Refusal): ConnectionVerdict | null {
  const { message } = refusal;
  switch (code) {
    case "REQUEST_LIMIT_EXCEEDED":
      // The limit of long calls at one time has the same code as the daily one, and is over in a moment.
      return /^Concurrent/i.test(message)
        ? verdict("sf-api-limit-exceeded", { limit: "concurrent API requests" }, true)
        : verdict("sf-api-limit-exceeded", { limit: "daily API requests" });
    case "API_DISABLED_FOR_ORG":
      return noAccess(/this user/i.test(message) ? "api-off-for-user" : "api-off-for-org");
    case "API_CURRENTLY_DISABLED":
      return noAccess(/organization/i.test(message) ? "api-off-for-org" : "api-off-for-user");
    case "ORG_LOCKED":
      return verdict("sf-org-locked", { reason: "organization" });
    case "UNABLE_TO_LOCK_ROW":
      return verdict("sf-org-locked", { reason: "rows" });
    case "STORAGE_LIMIT_EXCEEDED":
      return verdict("sf-storage-limit-exceeded", { limit: "storage" });
    case "SERVER_UNAVAILABLE":
    case "ORG_IN_MAINTENANCE":
    case "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE":
    case "UNREACHABLE":
    case "TIMED_OUT":
    case "MAINTENANCE_PAGE":
      return verdict("sf-org-unavailable", { reason: code });
    case "UNKNOWN_EXCEPTION":
    case "UNREADABLE":
      return verdict("sf-server-error", { reason: code });
    case "INVALID_TYPE":
    case "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY":
      return ofObject(code, refusal);
    case "INVALID_FIELD":
    case "INVALID_FIELD_FOR_INSERT_UPDATE":
      return ofField(refusal);
    default:
      return code.startsWith("INSUFFICIENT_ACCESS") ? ofObject(code, refusal) : null;
  }
}

function ofLogin(code: string, refusal: Refusal): ConnectionVerdict {
  const text = `${code} ${refusal.message}`;
  const reason = LOGIN_REASONS.find(([pattern]) => pattern.test(text))?.[1];
  if (reason !== undefined) return noAccess(reason);
  return noAccess(SESSION_CODES.includes(code) ? "session-refused" : "credentials-refused");
}

/** About a whole object, not one record: an object that the integration user may not see or write. */
function ofObject(code: string, refusal: Refusal): ConnectionVerdict | null {
  const isEntity = code === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && isEntityMessage(refusal.message);
  if (code === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && !isEntity) return null;
  const named =
    /sObject[^'"„“«]{0,20}['"„“«]\s?(\w+)/i.exec(refusal.message)?.[1] ??
    (isEntity ? (statedValue(refusal.message) ?? undefined) : undefined);
  const object = refusal.object ?? named;
  if (object === undefined && code === "INVALID_TYPE") return verdict("sf-object-permissions-missing", { right: "read" });
  if (object === undefined || (refusal.recordId !== undefined && code.startsWith("INSUFFICIENT_ACCESS"))) return null;
  const right = isEntity ? "write" : code === "INVALID_TYPE" ? "read" : "access";
  return verdict("sf-object-permissions-missing", { object: plainText(object, 100), right });
}

function ofField(refusal: Refusal): ConnectionVerdict | null {
  const column = /No such column '([\w.]+)' on (?:entity|sobject of type) '?(\w+)'?/i.exec(refusal.message);
  const field = refusal.fields[0] ?? column?.[1];
  const object = refusal.object ?? column?.[2];
  const right = refusal.code === "INVALID_FIELD" ? "read" : "edit";
  if (field === undefined) return right === "edit" ? verdict("sf-field-permissions-missing", { right }) : null;
  return verdict("sf-field-permissions-missing", { field, ...(object === undefined ? {} : { object }), right });
}

function byStatus(code: string, { httpStatus = 0, message }: Refusal): ConnectionVerdict | null {
  if (httpStatus === 503) return verdict("sf-org-unavailable", { reason: "HTTP 503" });
  if (httpStatus >= 500) {
    return /<html[\s>].*maintenance/is.test(message.slice(0, 20_000))
      ? verdict("sf-org-unavailable", { reason: "MAINTENANCE_PAGE" })
      : verdict("sf-server-error", { reason: `HTTP ${httpStatus}` });
  }
  // Without a code of Salesforce's: the token is refused. With one, it is about something else.
  return httpStatus === 401 && (code === "" || code === "UNAUTHORIZED") ? noAccess("session-refused") : null;
}
