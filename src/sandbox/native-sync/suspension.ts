import type { ConnectionRefusal, SaveError } from "../salesforce/model.ts";

/** HubSpot's eleven reasons for suspending the sync. */
export const SUSPENSION_KINDS = [
  "sf-api-limit-exceeded",
  "sf-api-access-disabled",
  "unknown-error",
  "sf-object-permissions-missing",
  "sf-field-permissions-missing",
  "sf-org-locked",
  "sf-storage-limit-exceeded",
  "sf-org-unavailable",
  "sf-server-error",
  "hubspot-api-limit-exceeded",
  "missing-field-mappings",
] as const;
export type SuspensionKind = (typeof SUSPENSION_KINDS)[number];

export interface Suspension {
  readonly kind: SuspensionKind;
  /** ISO 8601. */
  readonly since: string;
}

/** These end by themselves as soon as their cause does; the others wait for Clear Suspension or for the next change that comes along. */
const SELF_RESUMING: ReadonlySet<SuspensionKind> = new Set([
  "sf-api-limit-exceeded",
  "hubspot-api-limit-exceeded",
  "sf-org-unavailable",
  "sf-server-error",
  "sf-org-locked",
  "unknown-error",
]);

export function resumesByItself(kind: SuspensionKind): boolean {
  return SELF_RESUMING.has(kind);
}

const KIND_BY_CODE: Readonly<Record<string, SuspensionKind>> = {
  REQUEST_LIMIT_EXCEEDED: "sf-api-limit-exceeded",
  API_DISABLED_FOR_ORG: "sf-api-access-disabled",
  API_CURRENTLY_DISABLED: "sf-api-access-disabled",
  INVALID_SESSION_ID: "sf-api-access-disabled",
  INVALID_LOGIN: "sf-api-access-disabled",
  INVALID_GRANT: "sf-api-access-disabled",
  INACTIVE_USER: "sf-api-access-disabled",
  ORG_LOCKED: "sf-org-locked",
  STORAGE_LIMIT_EXCEEDED: "sf-storage-limit-exceeded",
  SERVER_UNAVAILABLE: "sf-org-unavailable",
  ORG_IN_MAINTENANCE: "sf-org-unavailable",
  UNKNOWN_EXCEPTION: "sf-server-error",
  INVALID_TYPE: "sf-object-permissions-missing",
};

/** What a refusal of a whole call suspends the sync for. */
export function kindOfRefusal(refusal: ConnectionRefusal): SuspensionKind {
  const known = KIND_BY_CODE[refusal.code.toUpperCase()];
  if (known) return known;
  if (refusal.status === 503) return "sf-org-unavailable";
  if (refusal.status >= 500) return "sf-server-error";
  if (refusal.status === 400 || refusal.status === 401) return "sf-api-access-disabled";
  return "unknown-error";
}

/** What a refusal of one record suspends the whole sync for; null where it is the record's own matter. */
export function kindOfSaveError(error: SaveError): SuspensionKind | null {
  if (error.statusCode === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && /entity type cannot be/i.test(error.message)) {
    return "sf-object-permissions-missing";
  }
  const kind = KIND_BY_CODE[error.statusCode];
  return kind === "sf-storage-limit-exceeded" || kind === "sf-org-locked" ? kind : null;
}
