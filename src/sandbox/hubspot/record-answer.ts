import type { AccountRecord, HubSpotAccount } from "./model.ts";
import { CREATED_PROPERTY, DEFAULT_PROPERTIES, MODIFIED_PROPERTY } from "./standard-properties.ts";

/** What of a record a caller wants. */
export interface Wanted {
  readonly properties: readonly string[];
  readonly propertiesWithHistory: readonly string[];
}

export const DEFAULTS_ONLY: Wanted = { properties: [], propertiesWithHistory: [] };

/**
 * A record as HubSpot's `SimplePublicObject`. Asked properties without a value are null, unknown ones left out; id, creation
 * and modification always come.
 */
export function recordAnswer(account: HubSpotAccount, record: AccountRecord, wanted: Wanted): Readonly<Record<string, unknown>> {
  const { object, id } = record;
  const asked = [...wanted.properties, ...wanted.propertiesWithHistory];
  const chosen =
    asked.length === 0
      ? DEFAULT_PROPERTIES[object]
      : [CREATED_PROPERTY[object], "hs_object_id", MODIFIED_PROPERTY[object], ...asked];
  const definitions = account.properties(object);
  const known = [...new Set(chosen)].filter((name) => definitions.has(name)).sort();
  const properties = Object.fromEntries(known.map((name) => [name, record.properties[name] ?? null]));
  const withHistory = [...new Set(wanted.propertiesWithHistory)].filter((name) => definitions.has(name));
  return {
    id,
    properties,
    ...(withHistory.length === 0
      ? {}
      : { propertiesWithHistory: Object.fromEntries(withHistory.map((name) => [name, account.history(object, id, name)])) }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archived,
    ...(record.archivedAt === undefined ? {} : { archivedAt: record.archivedAt }),
  };
}
