import type { Context, Hono } from "hono";
import { z } from "zod";
import { ApiRefusal, invalidRequest, notFound } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { AccountRecord, HubSpotAccount, ObjectType, Written } from "./model.ts";
import { recordAnswer, type Wanted } from "./record-answer.ts";
import { nextPage, objectType, pageCursor, pageSize, queryFlag, queryList, readBody } from "./request-reading.ts";
import { objectScope } from "./scopes.ts";

export const PropertyValues = z.record(z.string(), z.union([z.string(), z.null()]));
/** Taken and not kept: the sandbox has no associations between records. */
export const Associations = z.array(
  z.strictObject({
    to: z.strictObject({ id: z.string() }),
    types: z.array(z.strictObject({ associationCategory: z.string(), associationTypeId: z.number() })),
  }),
);
const UpdateInput = z.strictObject({ properties: PropertyValues });
const CreateInput = z.strictObject({ properties: PropertyValues, associations: Associations.optional() });

function wantedIn(context: Context): Wanted {
  return {
    properties: queryList(context, "properties"),
    propertiesWithHistory: queryList(context, "propertiesWithHistory"),
  };
}

/** The record that an id in the path or an input means: by record id, or by the value of a unique property. */
export function recordByKey(
  account: HubSpotAccount,
  object: ObjectType,
  key: string,
  idProperty: string | undefined,
): AccountRecord | null {
  if (idProperty === undefined || idProperty === "hs_object_id") return account.get(object, key);
  if (!account.properties(object).get(idProperty)?.hasUniqueValue) {
    throw invalidRequest(`idProperty ${idProperty} of ${object} is not a property with unique values.`);
  }
  return account.find(object, idProperty, key);
}

/** The record of a write, or its refusal as an answer. */
export function acceptedRecord(written: Written): AccountRecord {
  if (!written.ok) throw new ApiRefusal(written.refusal);
  return written.record;
}

/** `/crm/v3/objects/{type}`: list, read, create, update and archive single records. */
export function objectRoutes(app: Hono, account: HubSpotAccount): void {
  app.get("/crm/v3/objects/:objectType", (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "read"));
    const wanted = wantedIn(context);
    const limit = pageSize(context, 10, wanted.propertiesWithHistory.length > 0 ? 50 : 100);
    const page = account.page(object, pageCursor(context), limit + 1, queryFlag(context, "archived"));
    const shown = page.slice(0, limit);
    const last = shown.at(-1);
    return context.json({
      results: shown.map((record) => recordAnswer(account, record, wanted)),
      ...(page.length > limit && last ? { paging: nextPage(context, last.id) } : {}),
    });
  });

  app.get("/crm/v3/objects/:objectType/:id", (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "read"));
    const key = context.req.param("id");
    const record = queryFlag(context, "archived")
      ? account.getArchived(object, key)
      : recordByKey(account, object, key, context.req.query("idProperty"));
    if (!record) throw notFound("resource not found");
    return context.json(recordAnswer(account, record, wantedIn(context)));
  });

  app.post("/crm/v3/objects/:objectType", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "write"));
    const { properties } = await readBody(context, CreateInput);
    const record = acceptedRecord(account.create(object, properties, "INTEGRATION"));
    return context.json(recordAnswer(account, record, { properties: Object.keys(properties), propertiesWithHistory: [] }), 201);
  });

  app.patch("/crm/v3/objects/:objectType/:id", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "write"));
    const { properties } = await readBody(context, UpdateInput);
    const found = recordByKey(account, object, context.req.param("id"), context.req.query("idProperty"));
    if (!found) throw notFound("resource not found");
    const record = acceptedRecord(account.update(object, found.id, properties, "INTEGRATION"));
    return context.json(recordAnswer(account, record, { properties: Object.keys(properties), propertiesWithHistory: [] }));
  });

  app.delete("/crm/v3/objects/:objectType/:id", (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "write"));
    account.archive(object, context.req.param("id"));
    return context.body(null, 204);
  });
}
