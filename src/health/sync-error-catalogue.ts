import { AUTOMATION_ENTRIES } from "./catalogue/automation.ts";
import { PICKLIST_ENTRIES } from "./catalogue/picklists.ts";
import { RECORD_ENTRIES } from "./catalogue/records.ts";
import { VALUE_ENTRIES } from "./catalogue/values.ts";
import type { TypeEntry } from "./catalogue-entry.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory, type SyncErrorType } from "./sync-errors.ts";

export interface SyncErrorEntry extends TypeEntry {
  readonly id: SyncErrorType;
  readonly category: SyncErrorCategory;
}

const ENTRIES: Readonly<Record<SyncErrorType, TypeEntry>> = {
  ...RECORD_ENTRIES,
  ...AUTOMATION_ENTRIES,
  ...PICKLIST_ENTRIES,
  ...VALUE_ENTRIES,
};

const CATEGORIES = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as readonly SyncErrorCategory[];

/** HubSpot's types of sync errors, in its categories and order. Labels are HubSpot's own. */
export const SYNC_ERROR_CATALOGUE = Object.fromEntries(
  CATEGORIES.flatMap((category) =>
    SYNC_ERROR_TYPES_BY_CATEGORY[category].map((id) => [id, { id, category, ...ENTRIES[id] }] as const),
  ),
) as unknown as Readonly<Record<SyncErrorType, SyncErrorEntry>>;

/** HubSpot's names of its categories. */
export const CATEGORY_LABELS: Readonly<Record<SyncErrorCategory, string>> = {
  associations: "Associations",
  "custom-code": "Custom code",
  duplicates: "Duplicates",
  permissions: "Permissions",
  picklists: "Picklists",
  "property-mappings": "Property mappings",
  "property-values": "Property values",
  other: "Other",
};

export function categoryOf(type: SyncErrorType): SyncErrorCategory {
  return SYNC_ERROR_CATALOGUE[type].category;
}
