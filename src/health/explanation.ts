import { ENGLISH } from "../language/language.ts";
import type { Direction } from "../records/mapping.ts";
import { isTriggerMessage } from "./automation-message.ts";
import type { Responsible } from "./catalogue-entry.ts";
import { messageText } from "./cause.ts";
import { type ConnectionVerdict, isOfConnection, suspensionOf } from "./connection-refusal.ts";
import type { RefusedWrite } from "./diagnosis.ts";
import { hubspotSuspension, readHubSpotRefusal } from "./hubspot-refusal.ts";
import { canonicalName, nameIndex } from "./names/language.ts";
import { SUSPENSION_NAMES } from "./names/suspension-names.ts";
import { TYPE_NAMES } from "./names/sync-error-names.ts";
import { classifyRecordRefusal } from "./record-refusal.ts";
import type { Refusal } from "./refusal.ts";
import { readRefusal } from "./refusal-text.ts";
import { codeOfWording } from "./refusal-wording.ts";
import { refusedFields } from "./refused-field.ts";
import { isSalesforceCode } from "./salesforce-codes.ts";
import { SUSPENSION_CATALOGUE } from "./suspension-catalogue.ts";
import type { SuspensionKind } from "./suspensions.ts";
import { SYNC_ERROR_CATALOGUE } from "./sync-error-catalogue.ts";
import type { SyncErrorCategory, SyncErrorType } from "./sync-errors.ts";

/** A refusal as somebody has seen it: in a log, on a screen, in an answer of the API. */
export interface SeenRefusal {
  readonly system: Refusal["system"];
  readonly direction?: Direction | undefined;
  readonly httpStatus?: number | undefined;
  readonly code?: string | undefined;
  readonly message: string;
  readonly fields?: readonly string[] | undefined;
  readonly object?: string | undefined;
  /** Whether it answered one record's write or a call that concerns them all; where nobody says, the answer itself decides. */
  readonly scope?: "record" | "connection" | undefined;
}

/** What a refusal means, in the catalogue's English words. */
export interface Explanation {
  readonly kind: "sync-error" | "suspension";
  /** Null for suspensions. */
  readonly category: SyncErrorCategory | null;
  readonly type: SyncErrorType | SuspensionKind;
  /** HubSpot's own English name. */
  readonly label: string;
  readonly meaning: string;
  readonly advice: readonly string[];
  readonly who: Responsible;
  /** The code it was recognised by; empty where the words or the lack of an answer decided. */
  readonly code: string;
  /** What it names, as in the catalogue. */
  readonly details: Readonly<Record<string, string>>;
}

/** Explains a refusal by the same rules as the poll, with no more than the refusal itself. Never throws. */
export function explain(seen: SeenRefusal): Explanation {
  const named = catalogueName(seen);
  if (named !== null) return named;
  const refusal = readSeen(seen);
  const verdict = refusal.system === "hubspot" ? hubspotSuspension(refusal) : salesforceSuspension(refusal, seen.scope);
  return verdict === null ? ofRecord(refusal) : ofSuspension(verdict, refusal.code);
}

function readSeen(seen: SeenRefusal): Refusal {
  const given: Refusal = {
    system: seen.system,
    code: seen.code ?? "",
    message: seen.message,
    fields: seen.fields ?? [],
    ...(seen.object && { object: seen.object }),
    ...(seen.httpStatus !== undefined && { httpStatus: seen.httpStatus }),
  };
  if (seen.system === "salesforce") return readRefusal(given);
  // HubSpot's screen and logs quote Salesforce's answers.
  const quoted = readRefusal({ ...given, system: "salesforce" });
  const isQuoted = isSalesforceCode(quoted.code) && !SHARED_CODES.has(quoted.code) && namesCode(given, quoted.code);
  return isQuoted ? quoted : readHubSpotRefusal(given);
}

function namesCode(given: Refusal, code: string): boolean {
  return `${given.code} ${given.message}`.includes(code);
}

/** Codes that HubSpot gives too. */
const SHARED_CODES: ReadonlySet<string> = new Set([
  "ACCESS_DENIED",
  "BAD_REQUEST",
  "DUPLICATE_VALUE",
  "INVALID_DATE_FORMAT",
  "INVALID_INPUT",
  "INVALID_OPERATION",
  "INVALID_OWNER",
  "INVALID_SCOPE",
  "INVALID_STATUS",
  "INVALID_TYPE",
  "INVALID_URL",
  "LIMIT_EXCEEDED",
  "METHOD_NOT_ALLOWED",
  "MISSING_ARGUMENT",
  "NOT_FOUND",
  "PRECONDITION_FAILED",
  "QUOTA_EXCEEDED",
  "RESOURCE_NOT_FOUND",
  "STRING_TOO_LONG",
  "UNSUPPORTED_MEDIA_TYPE",
]);

const NO_WRITE: RefusedWrite = { object: "", schema: null, fields: {}, validationRules: [], mappings: [], users: {} };

function salesforceSuspension(refusal: Refusal, scope: SeenRefusal["scope"]): ConnectionVerdict | null {
  const verdict = suspensionOf(
    {
      ...refusal,
      fields: refusedFields(refusal, NO_WRITE),
      // Who says that it is about the connection means all objects where none is named.
      ...(scope === "connection" && refusal.object === undefined && { object: "" }),
    },
    "native-sync",
  );
  if (verdict === null || scope === "connection" || isOfConnection(refusal)) return verdict;
  // The HTTP status alone says nothing against a code that names its reason.
  const isByStatus = verdict.details.reason?.startsWith("HTTP ") === true;
  return scope === undefined && !isByStatus && speaksOfAll(refusal) ? verdict : null;
}

/** Refusals that are worded for every record: internal errors, objects that aren't there for the user, failed queries. */
function speaksOfAll({ code, message }: Refusal): boolean {
  if (code === "UNKNOWN_EXCEPTION")
    return !isTriggerMessage(message) && codeOfWording(messageText(message)) !== "CANNOT_EXECUTE_FLOW_TRIGGER";
  if (code === "INVALID_TYPE" || code === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY") return true;
  return code === "INVALID_FIELD" && /ERROR at Row:|\bSELECT\b.+\bFROM\b/is.test(message);
}

function ofSuspension({ kind, details }: ConnectionVerdict, code: string): Explanation {
  const { label, meaning, advice, who } = SUSPENSION_CATALOGUE[kind];
  return {
    kind: "suspension",
    category: null,
    type: kind,
    label,
    meaning: ENGLISH.render(meaning),
    advice: advice(details).map(ENGLISH.render),
    who,
    code,
    details,
  };
}

function ofRecord(refusal: Refusal): Explanation {
  const { type, details } = classifyRecordRefusal(refusal, { ...NO_WRITE, object: refusal.object ?? "" });
  return { ...ofType(type, details), code: refusal.code };
}

function ofType(type: SyncErrorType, details: Readonly<Record<string, string>>): Explanation {
  const { category, label, meaning, advice, who } = SYNC_ERROR_CATALOGUE[type];
  return {
    kind: "sync-error",
    category,
    type,
    label,
    meaning: ENGLISH.render(meaning),
    advice: advice(details).map(ENGLISH.render),
    who,
    code: "",
    details,
  };
}

const TYPES = nameIndex(TYPE_NAMES);
const SUSPENSIONS = nameIndex(SUSPENSION_NAMES);

/** A message that is the name of a suspension or a type, as HubSpot's screen shows it in its languages. */
function catalogueName({ system, code, message }: SeenRefusal): Explanation | null {
  if (code !== undefined && code !== "") return null;
  const name = canonicalName(message);
  const suspension = SUSPENSIONS.get(name);
  // Clients have "Unknown error" for what they don't understand.
  if (suspension !== undefined && (suspension !== "unknown-error" || system === "hubspot")) {
    return ofSuspension({ kind: suspension, details: {}, needsRepeat: false }, "");
  }
  const type = TYPES.get(name);
  return type === undefined ? null : ofType(type, {});
}
