import { messageText, normaliseCause } from "./cause.ts";
import type { ConnectionVerdict } from "./connection-refusal.ts";
import type { Diagnosis, RefusedWrite } from "./diagnosis.ts";
import type { Refusal } from "./refusal.ts";
import type { SyncErrorType } from "./sync-errors.ts";

/** HubSpot's codes, as its answers' `category`, `error` or `code`. Source: answers seen; HubSpot documents no list. */
const TYPES: Readonly<Record<string, SyncErrorType>> = {
  CONTACT_EXISTS: "email-already-in-use",
  INVALID_EMAIL: "invalid-email",
  INVALID_OPTION: "options-mismatch",
  INVALID_INTEGER: "invalid-value",
  INVALID_LONG: "invalid-value",
  INVALID_NUMBER: "invalid-value",
  INVALID_DOUBLE: "invalid-value",
  INVALID_DECIMAL: "invalid-value",
  INVALID_DATE: "invalid-value",
  INVALID_DATE_FORMAT: "invalid-value",
  INVALID_DATETIME: "invalid-value",
  INVALID_TIMESTAMP: "invalid-value",
  INVALID_PHONE_NUMBER: "invalid-value",
  INVALID_URL: "invalid-value",
  INVALID_DOMAIN: "invalid-value",
  INVALID_CURRENCY: "invalid-value",
  NUMBER_OUT_OF_RANGE: "invalid-value",
  OUT_OF_RANGE: "invalid-value",
  INVALID_BOOLEAN: "type-mismatch",
  VALUE_TOO_LONG: "string-too-long",
  PROPERTY_VALUE_TOO_LONG: "string-too-long",
  PROPERTY_TOO_LARGE: "string-too-long",
  STRING_TOO_LONG: "string-too-long",
  TOO_MANY_OPTIONS: "option-limit-exceeded",
  OPTION_LIMIT_EXCEEDED: "option-limit-exceeded",
  DUPLICATE_VALUE: "restricted-unique-value",
  CONFLICTING_UNIQUE_VALUE: "restricted-unique-value",
  UNIQUE_VALUE_CONFLICT: "restricted-unique-value",
  REQUIRED_FIELD: "missing-required-value",
  REQUIRED_PROPERTY: "missing-required-value",
  MISSING_REQUIRED_PROPERTY: "missing-required-value",
  REQUIRED_PROPERTIES_MISSING: "missing-required-value",
  REQUIRED_PROPERTY_MISSING: "missing-required-value",
  INVALID_OWNER: "owners-not-synced",
  INVALID_OWNER_ID: "owners-not-synced",
  OWNER_DOES_NOT_EXIST: "owners-not-synced",
  INVALID_PIPELINE_STAGE: "missing-or-invalid-stage",
  INVALID_PIPELINE_STAGE_ID: "missing-or-invalid-stage",
  INVALID_STAGE: "missing-or-invalid-stage",
  ASSOCIATION_LIMIT_EXCEEDED: "association-limit-reached",
  ASSOCIATION_LIMIT_REACHED: "association-limit-reached",
};

/** HubSpot's words, which its API gives in English alone. The first that fits decides. */
const WORDING: readonly (readonly [RegExp, SyncErrorType])[] = [
  [
    /contact already exists|contact with (?:the|this|that) email.{0,80} already exists|email.{0,120} (?:is )?already (?:in use|exists|used|associated)/i,
    "email-already-in-use",
  ],
  [
    /associations? limit|limit (?:of|for|on)\b.{0,40}\bassociation|(?:maximum|max|too many)\b.{0,40}\bassociations?|associations?.{0,60}(?:exceed|maximum|limit)/i,
    "association-limit-reached",
  ],
  [
    /option limit|more than [\d,. ]{1,12}options|(?:maximum|max|too many|limit of)\b.{0,40}\boptions\b|options.{0,40}(?:exceed|limit)/i,
    "option-limit-exceeded",
  ],
  [
    /waiting for (?:the )?(?:salesforce )?account|accounts? (?:that )?(?:has|have|is|are)(?:n.t| not)(?: yet)?(?: been)? synced/i,
    "waiting-for-account",
  ],
  [/default sales process/i, "default-sales-process-unavailable"],
  [/\bstage\b.{0,80}\binactive|\binactive\b.{0,20}\bstage/i, "inactive-opportunity-stage"],
  [
    /\b(?:invalid|missing)\b.{0,30}\bstage\b|\bstage(?: ?id)?\b.{0,80}(?:is not valid|isn.t valid|not a valid|does not exist|doesn.t exist|is invalid|not found|was not one of)|not a valid (?:pipeline )?stage\b/i,
    "missing-or-invalid-stage",
  ],
  [
    /\bowner\b.{0,80}(?:does not exist|doesn.t exist|is not valid|isn.t valid|not found|is invalid|is(?:n.t| not) synced)|(?:invalid|unknown) owner/i,
    "owners-not-synced",
  ],
  [/email address .{0,120} is invalid|invalid email|is not a valid email/i, "invalid-email"],
  [/was not one of the allowed options/i, "options-mismatch"],
  [
    /already has that value|is already used by \d+|must be unique|unique (?:property )?value|duplicate (?:property )?value/i,
    "restricted-unique-value",
  ],
  [
    /required propert(?:y|ies)\b.{0,60}(?:not (?:set|included|provided)|missing|blank|empty)|(?:missing|without) required propert|propert(?:y|ies)\b.{0,60} (?:is|are) required/i,
    "missing-required-value",
  ],
  [
    /(?:is|was|value) too long|exceed(?:s|ed|ing)? .{0,30}characters|exceeds? the (?:maximum )?(?:length|character)|(?:maximum|max) (?:length|of) .{0,20}characters|longer than .{0,20}characters|too many characters/i,
    "string-too-long",
  ],
  [
    /was not a valid (?:long|int(?:eger)?|number|double|decimal|date|time)|is not a valid (?:number|date|integer|phone|url|timestamp)|isn.t at midnight|is not at midnight|(?:above|below|greater than|less than) the (?:maximum|minimum)/i,
    "invalid-value",
  ],
];

/** Properties whose refused option means something of its own. */
const STAGE_PROPERTY = /^(?:dealstage|hs_pipeline_stage)$/;
const OWNER_PROPERTY = /^hubspot_owner_id$/;
const EMAIL_PROPERTY = /^(?:email|hs_additional_emails)$/;

/** A refusal of HubSpot's with the code that stands in its text, and without it where the text begins with it; a given code stands. */
export function readHubSpotRefusal(given: Refusal): Refusal {
  const code = given.code === "" ? knownCode(given.message) : undefined;
  if (code === undefined) return given;
  const rest = given.message.trimStart().startsWith(code) ? given.message.trimStart().slice(code.length) : given.message;
  const message = rest === given.message ? rest : rest.replace(/^[\s:,;–-]+/, "");
  return { ...given, code, message: message === "" ? given.message : message };
}

function knownCode(text: string): string | undefined {
  return text.match(/\b[A-Z]{3,}(?:_[A-Z]+)+\b/g)?.find((code) => Object.hasOwn(TYPES, code));
}

/** The sync error that HubSpot's refusal of one record means: its code, the codes within a validation message, else its words. */
export function classifyHubSpotRefusal(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const text = unescaped(refusal.message);
  const property = refusal.fields[0] ?? namedProperty(text);
  const { code, type } = typeOf(refusal, text, property);
  const holder =
    /Existing ID: (\d+)/i.exec(text)?.[1] ??
    /\b(\d{3,}) already has that value|\balready used by (\d{3,})\b/i.exec(text)?.slice(1).find(Boolean);
  const option = /"?([^"[\]{}:]{1,200}?)"? was not one of the allowed options/i.exec(text)?.[1]?.trim();
  const mapping = write.mappings.find(
    (candidate) => candidate.salesforceObject === write.object && candidate.hubspotProperty === property,
  );
  return {
    type,
    salesforceField: mapping?.salesforceField ?? null,
    cause:
      type !== "other" && property !== null
        ? `${code} ${property}`
        : `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`,
    value: null,
    details: {
      ...(property === null ? {} : { property, ...(write.mappings.length === 0 && { field: property }) }),
      ...(holder === undefined ? {} : { holder }),
      ...(option === undefined ? {} : STAGE_PROPERTY.test(property ?? "") ? { stage: option } : { option }),
    },
  };
}

function typeOf(
  refusal: Refusal,
  text: string,
  property: string | null,
): { readonly code: string; readonly type: SyncErrorType } {
  const own = refusal.code.toUpperCase();
  const known = Object.hasOwn(TYPES, own) ? own : knownCode(text);
  const code = known ?? refusal.code;
  const byCode = known === undefined ? undefined : TYPES[known];
  const words = WORDING.find(([wording]) => wording.test(text))?.[1];
  return {
    code,
    type: narrowed(/Existing ID: \d+/i.test(text) ? "email-already-in-use" : (byCode ?? words ?? "other"), property),
  };
}

/** What a value is refused for depends on whose it is: stages, owners and emails have types of their own. */
function narrowed(type: SyncErrorType, property: string | null): SyncErrorType {
  if (property === null) return type;
  const isValue = type === "options-mismatch" || type === "invalid-value";
  if (isValue && STAGE_PROPERTY.test(property)) return "missing-or-invalid-stage";
  if (isValue && OWNER_PROPERTY.test(property)) return "owners-not-synced";
  if (type === "restricted-unique-value" && EMAIL_PROPERTY.test(property)) return "email-already-in-use";
  return type;
}

/** Answers within answers come with their quotes escaped once or twice. */
function unescaped(message: string): string {
  return messageText(message, 20_000).replaceAll(/\\+"/g, '"');
}

function namedProperty(text: string): string | null {
  return (
    /"name"\s*:\s*"(\w+)"/.exec(text)?.[1] ??
    /\bpropertyName=(\w+)/.exec(text)?.[1] ??
    /"(?:propertyName|properties|invalidPropertyName)"\s*:\s*\[?\s*"(\w+)"/.exec(text)?.[1] ??
    /\bpropert(?:y|ies)(?: named)?:? ["'[]+(\w+)["'\]]/i.exec(text)?.[1] ??
    /\b(hubspot_owner_id|dealstage)\b/.exec(text)?.[1] ??
    null
  );
}

/** The suspension that HubSpot's own answer or screen speaks of; null where it speaks of none. */
export function hubspotSuspension(refusal: Refusal): ConnectionVerdict | null {
  const text = unescaped(refusal.message);
  const isAllocation =
    /allocat(?:ed|ion)\b.{0,80}\b(?:reached|exceeded|used up)|\b(?:reached|exceeded|used up)\b.{0,80}\ballocat/i.test(text);
  if (isAllocation) return { kind: "hubspot-api-limit-exceeded", details: {}, needsRepeat: false };
  const isGone =
    /\bPROPERTY_(?:DOESNT|DOES_NOT)_EXIST\b|\bPROPERTY_NOT_FOUND\b/.test(`${refusal.code} ${text}`) ||
    /\bpropert(?:y|ies)\b[\s"'`\w,[\]-]{0,80} (?:does not|doesn.t|do not|don.t) exist/i.test(text);
  if (!isGone) return null;
  const property = refusal.fields[0] ?? namedProperty(text) ?? /property "?(\w+)"? does/i.exec(text)?.[1];
  return {
    kind: "missing-field-mappings",
    details: { ...(property && { property }), ...(refusal.object && { object: refusal.object }) },
    needsRepeat: false,
  };
}
