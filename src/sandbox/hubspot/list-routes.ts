import type { Hono } from "hono";
import { z } from "zod";
import { notFound } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { ContactList, HubSpotAccount } from "./model.ts";
import { nextPage, objectType, pageCursor, pageSize, queryList, readBody } from "./request-reading.ts";

const LISTS_SCOPE = ["crm.lists.read"];
const CONTACT_TYPE_ID = "0-1";
const LIST_VERSION = 1;

const MembershipsRead = z.strictObject({
  inputs: z
    .array(z.strictObject({ objectTypeId: z.string(), recordId: z.string() }))
    .min(1)
    .max(100),
});

/** A list as HubSpot's `PublicObjectList`, without the filters that a manual list does not have. */
function listAnswer(list: ContactList): Readonly<Record<string, unknown>> {
  return {
    listId: list.id,
    listVersion: LIST_VERSION,
    name: list.name,
    objectTypeId: CONTACT_TYPE_ID,
    processingType: "MANUAL",
    processingStatus: "COMPLETE",
    createdAt: list.createdAt,
    updatedAt: list.updatedAt,
    size: list.addedAt.size,
  };
}

function memberships(account: HubSpotAccount, contactId: string): readonly Readonly<Record<string, unknown>>[] {
  return [...account.lists()].flatMap((list) => {
    const addedAt = list.addedAt.get(contactId);
    if (addedAt === undefined) return [];
    return [{ listId: list.id, listVersion: LIST_VERSION, firstAddedTimestamp: addedAt, lastAddedTimestamp: addedAt }];
  });
}

/** `/crm/v3/lists`: lists of contacts and who is in them. */
export function listRoutes(app: Hono, account: HubSpotAccount): void {
  function existing(listId: string): ContactList {
    const list = account.getList(listId);
    if (!list) throw notFound(`List does not exist with ID ${listId}.`);
    return list;
  }

  app.get("/crm/v3/lists", (context) => {
    requireScope(account, LISTS_SCOPE);
    const lists = queryList(context, "listIds").flatMap((id) => account.getList(id) ?? []);
    return context.json({ lists: lists.map(listAnswer) });
  });

  app.get("/crm/v3/lists/:listId", (context) => {
    requireScope(account, LISTS_SCOPE);
    return context.json({ list: listAnswer(existing(context.req.param("listId"))) });
  });

  // In the order of record ids; a cursor is the last id of the page before.
  app.get("/crm/v3/lists/:listId/memberships", (context) => {
    requireScope(account, LISTS_SCOPE);
    const list = existing(context.req.param("listId"));
    const limit = pageSize(context, 100, 250);
    const after = Number(pageCursor(context) ?? 0);
    const members = [...list.addedAt]
      .filter(([recordId]) => Number(recordId) > after)
      .sort(([left], [right]) => Number(left) - Number(right));
    const shown = members.slice(0, limit);
    const last = shown.at(-1);
    return context.json({
      results: shown.map(([recordId, membershipTimestamp]) => ({ recordId, membershipTimestamp })),
      total: list.addedAt.size,
      ...(members.length > limit && last ? { paging: nextPage(context, last[0]) } : {}),
    });
  });

  app.get("/crm/v3/lists/records/:objectTypeId/:recordId/memberships", (context) => {
    requireScope(account, LISTS_SCOPE);
    const object = objectType(context, "objectTypeId");
    const results = object === "contacts" ? memberships(account, context.req.param("recordId")) : [];
    return context.json({ results, total: results.length });
  });

  app.post("/crm/v3/lists/records/memberships/batch/read", async (context) => {
    requireScope(account, LISTS_SCOPE);
    const startedAt = account.now().toISOString();
    const { inputs } = await readBody(context, MembershipsRead);
    const results = inputs.map(({ objectTypeId, recordId }) => ({
      objectTypeId,
      recordId,
      recordListMemberships: objectTypeId === CONTACT_TYPE_ID ? memberships(account, recordId) : [],
    }));
    return context.json({ status: "COMPLETE", results, startedAt, completedAt: account.now().toISOString() });
  });
}
