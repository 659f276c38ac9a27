import type { SyncedObject } from "../../records/record.ts";
import type { Connection } from "../context.ts";
import { whereAllowed } from "./where-allowed.ts";

/** Why a record can have no more associations of a kind. */
export interface Full {
  readonly limit: number;
  /** HubSpot's own limit, or a lower one that the account's admins have set. */
  readonly setBy: "HubSpot" | "admin";
}

/**
 * Which of some records can have no more records of another object: one call for HubSpot's own limit, one for the one that admins
 * have set, and one for each 1,000 records where they have.
 */
export async function fullRecords(
  { hubspot }: Connection,
  from: SyncedObject,
  to: SyncedObject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Full>> {
  const full = new Map<string, Full>();
  if (ids.length === 0) return full;
  const own = await whereAllowed(() => hubspot.associationLimits(from, to), null);
  for (const id of ids) if (own?.atLimit.has(id)) full.set(id, { limit: own.limit, setBy: "HubSpot" });
  const maximum = await whereAllowed(() => hubspot.associationMaximum(from, to), null);
  if (maximum === null) return full;
  for (const [id, associated] of await hubspot.associatedIds(from, to, ids)) {
    if (associated.length >= maximum) full.set(id, { limit: maximum, setBy: "admin" });
  }
  return full;
}
