import type { Context, Hono } from "hono";
import { z } from "zod";
import { invalidRequest, notFound } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount, ObjectType, RecordList } from "./model.ts";
import { nextPage, objectType, objectTypeNamed, pageCursor, pageSize, queryList, readBody } from "./request-reading.ts";

const READ_SCOPES = ["crm.lists.read"];
const WRITE_SCOPES = ["crm.lists.write"];
const LIST_VERSION = 1;
/** HubSpot names no figure; a name that is longer than any of its text fields is refused here. */
const LONGEST_NAME = 255;
/** Records a call. HubSpot names no figure for adding; its calls that take another list stop at as many. */
const MOST_ADDED = 100_000;

const OBJECT_TYPE_IDS = {
  contacts: "0-1",
  companies: "0-2",
  deals: "0-3",
  tasks: "0-27",
} as const satisfies Record<ObjectType, string>;

const MembershipsRead = z.strictObject({
  inputs: z
    .array(z.strictObject({ objectTypeId: z.string(), recordId: z.string() }))
    .min(1)
    .max(100),
});

const ListCreate = z.strictObject({
  name: z.string(),
  objectTypeId: z.string(),
  processingType: z.enum(["MANUAL", "DYNAMIC", "SNAPSHOT"]),
  listFolderId: z.int().optional(),
  customProperties: z.record(z.string(), z.string()).optional(),
});

const RecordIds = z.array(z.string().regex(/^\d+$/)).max(MOST_ADDED);

/** A list as HubSpot's `PublicObjectList`, without the filters that a manual list does not have. */
function listAnswer(list: RecordList): Readonly<Record<string, unknown>> {
  return {
    listId: list.id,
    listVersion: LIST_VERSION,
    name: list.name,
    objectTypeId: OBJECT_TYPE_IDS[list.object],
    processingType: "MANUAL",
    processingStatus: "COMPLETE",
    createdAt: list.createdAt,
    updatedAt: list.updatedAt,
    size: list.addedAt.size,
  };
}

function memberships(
  account: HubSpotAccount,
  object: ObjectType,
  recordId: string,
): readonly Readonly<Record<string, unknown>>[] {
  return [...account.lists()].flatMap((list) => {
    const addedAt = list.object === object ? list.addedAt.get(recordId) : undefined;
    if (addedAt === undefined) return [];
    return [{ listId: list.id, listVersion: LIST_VERSION, firstAddedTimestamp: addedAt, lastAddedTimestamp: addedAt }];
  });
}

/** `/crm/v3/lists`: lists of records and who is in them. */
export function listRoutes(app: Hono, account: HubSpotAccount): void {
  function existing(listId: string): RecordList {
    const list = account.getList(listId);
    if (!list) throw notFound(`List does not exist with ID ${listId}.`);
    return list;
  }

  async function create(context: Context) {
    requireScope(account, WRITE_SCOPES);
    const { name, objectTypeId, processingType } = await readBody(context, ListCreate);
    const object = objectTypeNamed(objectTypeId);
    if (object === null || !objectTypeId.includes("-")) throw invalidRequest(`Unable to infer object type from: ${objectTypeId}`);
    if (object === "tasks") throw invalidRequest(`Lists are not supported for object type ${objectTypeId}.`);
    if (processingType !== "MANUAL") throw invalidRequest(`A ${processingType} list needs a filterBranch.`);
    if (name.trim() === "") throw invalidRequest("List name must not be blank.");
    if (name.length > LONGEST_NAME) throw invalidRequest(`List name must not be longer than ${LONGEST_NAME} characters.`);
    if (named(name) !== undefined)
      throw invalidRequest(`A list already exists with the name '${name}'. List names must be unique.`);
    return context.json({ list: listAnswer(existing(account.createList(name, object))) });
  }

  /** Names are unique among all lists of an account, whatever their object. */
  function named(name: string): RecordList | undefined {
    return [...account.lists()].find((list) => list.name.toLowerCase() === name.toLowerCase());
  }

  app.post("/crm/v3/lists", create);
  app.post("/crm/v3/lists/", create);

  app.get("/crm/v3/lists", (context) => {
    requireScope(account, READ_SCOPES);
    const lists = queryList(context, "listIds").flatMap((id) => account.getList(id) ?? []);
    return context.json({ lists: lists.map(listAnswer) });
  });

  app.get("/crm/v3/lists/object-type-id/:objectTypeId/name/:name", (context) => {
    requireScope(account, READ_SCOPES);
    const object = objectType(context, "objectTypeId");
    const name = context.req.param("name");
    const list = named(name);
    if (list?.object !== object)
      throw notFound(`List does not exist with name ${name} and object type ID ${OBJECT_TYPE_IDS[object]}.`);
    return context.json({ list: listAnswer(list) });
  });

  app.get("/crm/v3/lists/:listId", (context) => {
    requireScope(account, READ_SCOPES);
    return context.json({ list: listAnswer(existing(context.req.param("listId"))) });
  });

  // Records that don't exist are named and left out, as are those that are members already.
  app.put("/crm/v3/lists/:listId/memberships/add", async (context) => {
    requireScope(account, WRITE_SCOPES);
    const list = existing(context.req.param("listId"));
    const ids = await readBody(context, RecordIds);
    const isKnown = (id: string) => account.get(list.object, id) !== null;
    const added = ids.filter((id) => isKnown(id) && !list.addedAt.has(id));
    account.addToList(list.id, added);
    return context.json({
      recordsIdsAdded: added,
      recordIdsMissing: ids.filter((id) => !isKnown(id)),
      recordIdsRemoved: [],
    });
  });

  // In the order of record ids; a cursor is the last id of the page before.
  app.get("/crm/v3/lists/:listId/memberships", (context) => {
    requireScope(account, READ_SCOPES);
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
    requireScope(account, READ_SCOPES);
    const results = memberships(account, objectType(context, "objectTypeId"), context.req.param("recordId"));
    return context.json({ results, total: results.length });
  });

  app.post("/crm/v3/lists/records/memberships/batch/read", async (context) => {
    requireScope(account, READ_SCOPES);
    const startedAt = account.now().toISOString();
    const { inputs } = await readBody(context, MembershipsRead);
    const results = inputs.map(({ objectTypeId, recordId }) => {
      const object = objectTypeNamed(objectTypeId);
      const recordListMemberships = object === null ? [] : memberships(account, object, recordId);
      return { objectTypeId, recordId, recordListMemberships };
    });
    return context.json({ status: "COMPLETE", results, startedAt, completedAt: account.now().toISOString() });
  });
}
