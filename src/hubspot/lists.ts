import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import { chunks } from "../records/chunks.ts";
import { HUBSPOT_TYPE_IDS, type SyncedObject } from "../records/record.ts";
import type { HubSpotApis } from "./apis.ts";
import type { HubSpotCalls } from "./calls.ts";
import type { HubSpotList } from "./hubspot.ts";
import { refusedBy, refusesEverything, unreadable } from "./refusal.ts";

const CONTACTS_PER_CALL = 100;
const MEMBERS_PER_CALL = 250;
/** HubSpot names no limit for adding to a list; its older API took as many. */
const ADDED_PER_CALL = 500;

const answerSchema = z.object({
  results: z.array(
    z.object({ recordId: z.coerce.string(), recordListMemberships: z.array(z.object({ listId: z.coerce.string() })).nullish() }),
  ),
});

const pageSchema = z.object({
  results: z.array(z.object({ recordId: z.coerce.string() })),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

/** A page of a list: 250 contacts a call. Source: HubSpot's guide to lists. */
export async function membersAfter(
  calls: HubSpotCalls,
  listId: string,
  after: string | null,
): Promise<{ readonly contactIds: readonly string[]; readonly next: string | null }> {
  const cursor = after === null ? "" : `&after=${encodeURIComponent(after)}`;
  const path = `/crm/v3/lists/${encodeURIComponent(listId)}/memberships?limit=${MEMBERS_PER_CALL}${cursor}`;
  const answer = pageSchema.safeParse(await calls.json("GET", path));
  if (!answer.success) throw new RefusedError(unreadable("a list's memberships without their parts"));
  return {
    contactIds: answer.data.results.map(({ recordId }) => recordId),
    next: answer.data.paging?.next?.after ?? null,
  };
}

/**
 * Which of these contacts are in a list: their memberships, 100 contacts a call, rather than the whole list. The path is
 * in the client's generated code but not among what it exports.
 */
export async function members(calls: HubSpotCalls, listId: string, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunks([...new Set(contactIds)], CONTACTS_PER_CALL)) {
    const inputs = some.map((recordId) => ({ objectTypeId: HUBSPOT_TYPE_IDS.contacts, recordId }));
    const answer = answerSchema.safeParse(await calls.json("POST", "/crm/v3/lists/records/memberships/batch/read", { inputs }));
    if (!answer.success) throw new RefusedError(unreadable("list memberships without their parts"));
    for (const { recordId, recordListMemberships } of answer.data.results) {
      if (recordListMemberships?.some((membership) => membership.listId === listId)) found.add(recordId);
    }
  }
  return found;
}

/**
 * Makes a static list of one object's records; where one of that name is there already, that one is it: names are unique in an
 * account, and a call whose answer was lost may have made it. Source: HubSpot's API reference, *Create list*, *Fetch list by name*.
 */
export async function createList(apis: HubSpotApis, object: SyncedObject, name: string): Promise<HubSpotList> {
  const objectTypeId = HUBSPOT_TYPE_IDS[object];
  try {
    const { list } = await apis.lists.create({ name, objectTypeId, processingType: "MANUAL" });
    return { id: list.listId, isNew: true };
  } catch (error) {
    const refused = refusedBy(error);
    const known = refusesEverything(refused.refusal) ? null : await listNamed(apis, objectTypeId, name);
    if (known === null) throw refused;
    return { id: known, isNew: false };
  }
}

/** A list that takes records by hand; null where there is none of that name. */
async function listNamed(apis: HubSpotApis, objectTypeId: string, name: string): Promise<string | null> {
  try {
    const { list } = await apis.lists.getByName(name, objectTypeId);
    return list.processingType === "DYNAMIC" ? null : list.listId;
  } catch (error) {
    const { refusal } = refusedBy(error);
    if (refusesEverything(refusal)) throw error;
    return null;
  }
}

/** Adds records to a static list, 500 a call; those that are in it already stay. Answers how many HubSpot doesn't know any more. */
export async function addToList(
  apis: HubSpotApis,
  listId: string,
  ids: readonly string[],
): Promise<{ readonly missing: number }> {
  let missing = 0;
  for (const some of chunks([...new Set(ids)], ADDED_PER_CALL)) {
    try {
      const answer = await apis.memberships.add(listId, some);
      missing += answer.recordIdsMissing?.length ?? 0;
    } catch (error) {
      throw refusedBy(error);
    }
  }
  return { missing };
}
