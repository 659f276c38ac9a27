import type { Hono } from "hono";
import { z } from "zod";
import { invalidRequest } from "./api-refusal.ts";
import { requireScope } from "./gateway.ts";
import type { HubSpotAccount, ObjectType } from "./model.ts";
import { objectType, readBody } from "./request-reading.ts";
import { objectScope } from "./scopes.ts";

const MOST_INPUTS = 1_000;
const SINGULAR: Readonly<Record<ObjectType, string>> = {
  contacts: "contact",
  companies: "company",
  deals: "deal",
  tasks: "task",
};
/** HubSpot's own types of associations without a label. Source: HubSpot's list of association type ids. */
const TYPE_IDS: Readonly<Record<string, number>> = {
  "tasks:contacts": 204,
  "tasks:companies": 192,
  "tasks:deals": 216,
  "contacts:companies": 279,
  "companies:contacts": 280,
  "deals:companies": 341,
  "companies:deals": 342,
  "deals:contacts": 3,
  "contacts:deals": 4,
};

const BatchRead = z.strictObject({ inputs: z.array(z.strictObject({ id: z.string(), after: z.string().optional() })) });

/**
 * `/crm/v4/associations/{from}/{to}/batch/read`, where a record without associations is an error in a 207, as in HubSpot; and
 * `/crm/v4/associations/definitions/configurations/{from}/{to}`, the limits that admins have set.
 */
export function associationRoutes(app: Hono, account: HubSpotAccount): void {
  app.get("/crm/v4/associations/definitions/configurations/:fromObjectType/:toObjectType", (context) => {
    const from = objectType(context, "fromObjectType");
    const to = objectType(context, "toObjectType");
    requireScope(account, objectScope(from, "read"));
    requireScope(account, objectScope(to, "read"));
    const most = account.associations.maximum(from, to);
    const set = { category: "HUBSPOT_DEFINED", typeId: typeIdOf(from, to), userEnforcedMaxToObjectIds: most };
    return context.json({ results: most === null ? [] : [set] });
  });

  app.post("/crm/v4/associations/:fromObjectType/:toObjectType/batch/read", async (context) => {
    const from = objectType(context, "fromObjectType");
    const to = objectType(context, "toObjectType");
    requireScope(account, objectScope(from, "read"));
    requireScope(account, objectScope(to, "read"));
    const startedAt = account.now().toISOString();
    const { inputs } = await readBody(context, BatchRead);
    if (inputs.length === 0) throw invalidRequest("inputs must not be empty.");
    if (inputs.length > MOST_INPUTS) {
      throw invalidRequest(
        `The maximum number of inputs supported in a batch request is ${MOST_INPUTS}, but it had ${inputs.length}.`,
      );
    }
    const answers = inputs.map(({ id }) => ({ id, ids: [...account.associations.of({ object: from, id }, to)] }));
    const results = answers.flatMap(({ id, ids }) =>
      ids.length === 0 ? [] : [{ from: { id }, to: ids.map((one) => associated(one, typeIdOf(from, to))) }],
    );
    const errors = answers.flatMap(({ id, ids }) => (ids.length === 0 ? [notAssociated(id, from, to)] : []));
    const body = { status: "COMPLETE", results, startedAt, completedAt: account.now().toISOString() };
    return errors.length === 0 ? context.json(body) : context.json({ ...body, numErrors: errors.length, errors }, 207);
  });
}

function typeIdOf(from: ObjectType, to: ObjectType): number {
  return TYPE_IDS[`${from}:${to}`] ?? 0;
}

function associated(toObjectId: string, typeId: number): unknown {
  return { toObjectId, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId }] };
}

function notAssociated(id: string, from: ObjectType, to: ObjectType): unknown {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${SINGULAR[to]} is associated with ${SINGULAR[from]} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [SINGULAR[from]], toObjectType: [SINGULAR[to]] },
    links: {},
    errors: [],
  };
}
