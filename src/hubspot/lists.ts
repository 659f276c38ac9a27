import { z } from "zod";
import { RefusedError } from "../health/refusal.ts";
import { chunks } from "../records/chunks.ts";
import type { HubSpotCalls } from "./calls.ts";
import { unreadable } from "./refusal.ts";

const CONTACTS_PER_CALL = 100;
const MEMBERS_PER_CALL = 250;
/** HubSpot's id of the type *contact*. */
const CONTACT_TYPE = "0-1";

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
    const inputs = some.map((recordId) => ({ objectTypeId: CONTACT_TYPE, recordId }));
    const answer = answerSchema.safeParse(await calls.json("POST", "/crm/v3/lists/records/memberships/batch/read", { inputs }));
    if (!answer.success) throw new RefusedError(unreadable("list memberships without their parts"));
    for (const { recordId, recordListMemberships } of answer.data.results) {
      if (recordListMemberships?.some((membership) => membership.listId === listId)) found.add(recordId);
    }
  }
  return found;
}
