import { messageText, normaliseCause } from "./cause.ts";
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
  INVALID_DATE: "invalid-value",
  INVALID_PHONE_NUMBER: "invalid-value",
  INVALID_BOOLEAN: "type-mismatch",
  VALUE_TOO_LONG: "string-too-long",
  PROPERTY_VALUE_TOO_LONG: "string-too-long",
  TOO_MANY_OPTIONS: "option-limit-exceeded",
  DUPLICATE_VALUE: "restricted-unique-value",
  CONFLICTING_UNIQUE_VALUE: "restricted-unique-value",
  REQUIRED_FIELD: "missing-required-value",
  MISSING_REQUIRED_PROPERTY: "missing-required-value",
  INVALID_OWNER_ID: "owners-not-synced",
};

/** The sync error that HubSpot's refusal of one record means: its code, or the codes within a validation message. */
export function classifyHubSpotRefusal(refusal: Refusal, write: RefusedWrite): Diagnosis {
  const text = messageText(refusal.message);
  const code = [refusal.code, ...[...text.matchAll(/"(?:error|code)"\s*:\s*"([A-Z_]+)"/g)].map((match) => match[1] ?? "")].find(
    (candidate) => candidate in TYPES,
  );
  const holder = /Existing ID: (\d+)/.exec(text)?.[1];
  const known = code === undefined ? undefined : TYPES[code];
  const type = holder === undefined ? known : "email-already-in-use";
  const property = refusal.fields[0] ?? /"name"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? null;
  const mapping = write.mappings.find(
    (candidate) => candidate.salesforceObject === write.object && candidate.hubspotProperty === property,
  );
  return {
    type: type ?? "other",
    salesforceField: mapping?.salesforceField ?? null,
    cause:
      type && property
        ? `${code} ${property}`
        : `${refusal.code} ${normaliseCause(refusal.message, Object.values(write.fields))}`,
    value: null,
    details: { ...(property === null ? {} : { property }), ...(holder === undefined ? {} : { holder }) },
  };
}
