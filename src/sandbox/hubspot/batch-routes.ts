import type { Context, Hono } from "hono";
import { z } from "zod";
import { ApiRefusal, invalidRequest } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { AccountRefusal, HubSpotAccount, ObjectType } from "./model.ts";
import { Associations, acceptedRecord, PropertyValues, recordByKey } from "./object-routes.ts";
import { recordAnswer } from "./record-answer.ts";
import { objectType, readBody } from "./request-reading.ts";
import { objectScope } from "./scopes.ts";

const MOST_INPUTS = 100;
/** HubSpot's limit where a batch read asks for history. */
const MOST_INPUTS_WITH_HISTORY = 50;
const SINGULAR: Readonly<Record<ObjectType, string>> = {
  contacts: "CONTACT",
  companies: "COMPANY",
  deals: "DEAL",
  tasks: "TASK",
};

const BatchRead = z.strictObject({
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().optional(),
  inputs: z.array(z.strictObject({ id: z.string() })),
});
const BatchUpdate = z.strictObject({
  inputs: z.array(
    z.strictObject({
      id: z.string(),
      properties: PropertyValues,
      idProperty: z.string().optional(),
      objectWriteTraceId: z.string().optional(),
    }),
  ),
});
const BatchCreate = z.strictObject({
  inputs: z.array(
    z.strictObject({
      properties: PropertyValues,
      associations: Associations.optional(),
      objectWriteTraceId: z.string().optional(),
    }),
  ),
});

interface BatchError {
  readonly status: "error";
  readonly category: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly links: Readonly<Record<string, string>>;
  readonly errors: readonly unknown[];
}

function batchError(refusal: Omit<AccountRefusal, "status">, context: Readonly<Record<string, readonly string[]>>): BatchError {
  const { category, message, errors } = refusal;
  return { status: "error", category, message, context: { ...refusal.context, ...context }, links: {}, errors: errors ?? [] };
}

function missing(object: ObjectType, ids: readonly string[]): readonly BatchError[] {
  if (ids.length === 0) return [];
  const message = `Could not get some ${SINGULAR[object]} objects, they may be deleted or not exist. Check that ids are valid.`;
  return [batchError({ category: "OBJECT_NOT_FOUND", message }, { ids })];
}

/** 200 or 201 where all went well, else 207 with the errors; `numErrors` counts the inputs that failed. */
function answer(
  context: Context,
  account: HubSpotAccount,
  done: { readonly startedAt: string; readonly results: readonly unknown[]; readonly status: 200 | 201 },
  errors: readonly BatchError[],
  failed: number,
): Response {
  const { startedAt, results, status } = done;
  const body = { status: "COMPLETE", results, startedAt, completedAt: account.now().toISOString() };
  if (errors.length === 0) return context.json(body, status);
  return context.json({ ...body, numErrors: failed, errors }, 207);
}

function limitInputs(inputs: readonly unknown[], most: number): void {
  if (inputs.length === 0) throw invalidRequest("inputs must not be empty.");
  if (inputs.length <= most) return;
  throw invalidRequest(`The maximum number of inputs supported in a batch request is ${most}, but it had ${inputs.length}.`);
}

function refuseRepeated(ids: readonly string[]): void {
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length === 0) return;
  throw invalidRequest(`Duplicate IDs found in batch input: [${[...new Set(repeated)].join(", ")}]. IDs must be unique`, {
    ids: [...new Set(repeated)],
  });
}

/**
 * `/crm/v3/objects/{type}/batch/…`. Ids that are not there make a 207. One invalid value makes HubSpot refuse the whole batch
 * with 400 (or 409) and write nothing; in a create, inputs that carry an `objectWriteTraceId` fail one by one instead.
 */
export function batchRoutes(app: Hono, account: HubSpotAccount): void {
  app.post("/crm/v3/objects/:objectType/batch/read", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "read"));
    const startedAt = account.now().toISOString();
    const { inputs, idProperty, ...wanted } = await readBody(context, BatchRead);
    limitInputs(inputs, wanted.propertiesWithHistory.length > 0 ? MOST_INPUTS_WITH_HISTORY : MOST_INPUTS);
    const archived = context.req.query("archived") === "true";
    const found = inputs.map(({ id }) =>
      archived ? account.getArchived(object, id) : recordByKey(account, object, id, idProperty),
    );
    const absent = inputs.filter((_, index) => !found[index]).map(({ id }) => id);
    const results = [...new Map(found.flatMap((record) => (record ? [[record.id, record] as const] : []))).values()];
    const answers = results.map((record) => recordAnswer(account, record, wanted));
    return answer(context, account, { startedAt, results: answers, status: 200 }, missing(object, absent), absent.length);
  });

  app.post("/crm/v3/objects/:objectType/batch/update", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "write"));
    const startedAt = account.now().toISOString();
    const { inputs } = await readBody(context, BatchUpdate);
    limitInputs(inputs, MOST_INPUTS);
    refuseRepeated(inputs.map(({ id }) => id));
    const targets = inputs.map((input) => ({ ...input, record: recordByKey(account, object, input.id, input.idProperty) }));
    for (const { record, properties } of targets) {
      const refusal = record && account.check(object, record.id, properties, "INTEGRATION");
      if (refusal) throw new ApiRefusal(refusal);
    }
    refuseSharedUniqueValues(account, object, inputs);
    const results = targets.flatMap(({ record, properties }) => {
      if (!record) return [];
      const updated = acceptedRecord(account.update(object, record.id, properties, "INTEGRATION"));
      return [recordAnswer(account, updated, { properties: Object.keys(properties), propertiesWithHistory: [] })];
    });
    const absent = targets.filter(({ record }) => !record).map(({ id }) => id);
    return answer(context, account, { startedAt, results, status: 200 }, missing(object, absent), absent.length);
  });

  app.post("/crm/v3/objects/:objectType/batch/create", async (context) => {
    const object = objectType(context);
    requireScope(account, objectScope(object, "write"));
    const startedAt = account.now().toISOString();
    const { inputs } = await readBody(context, BatchCreate);
    limitInputs(inputs, MOST_INPUTS);
    const traced = inputs.every(({ objectWriteTraceId }) => objectWriteTraceId !== undefined);
    if (!traced) {
      for (const { properties } of inputs) {
        const refusal = account.check(object, null, properties, "INTEGRATION");
        if (refusal) throw new ApiRefusal(refusal);
      }
      refuseSharedUniqueValues(account, object, inputs);
    }
    const results: unknown[] = [];
    const errors: BatchError[] = [];
    for (const { properties, objectWriteTraceId } of inputs) {
      const written = account.create(object, properties, "INTEGRATION");
      const trace = objectWriteTraceId === undefined ? {} : { objectWriteTraceId };
      if (!written.ok) errors.push(batchError(written.refusal, { objectWriteTraceId: [objectWriteTraceId ?? ""] }));
      else {
        const wanted = { properties: Object.keys(properties), propertiesWithHistory: [] };
        results.push({ ...recordAnswer(account, written.record, wanted), ...trace });
      }
    }
    return answer(context, account, { startedAt, results, status: 201 }, errors, errors.length);
  });
}

/** Two inputs of one batch with the same value of a unique property. */
function refuseSharedUniqueValues(
  account: HubSpotAccount,
  object: ObjectType,
  inputs: readonly { readonly properties: Readonly<Record<string, string | null>> }[],
): void {
  for (const { name, hasUniqueValue } of account.properties(object).values()) {
    if (!hasUniqueValue) continue;
    const values = inputs.flatMap(({ properties }) => properties[name]?.toLowerCase() ?? []);
    const shared = values.find((value, index) => value !== "" && values.indexOf(value) !== index);
    if (shared === undefined) continue;
    throw invalidRequest(`Duplicate values found in batch input for unique property ${name}: ${shared}.`, {
      propertyName: [name],
    });
  }
}
