import { z } from "zod";
import type { Refusal } from "../health/refusal.ts";
import type { SalesforceObject } from "../records/record.ts";
import type { SalesforceField, SalesforceObjectSchema } from "../records/schema.ts";
import type { SalesforceCalls } from "./calls.ts";
import { composite, refusalIn, type Subrequest, type Subresponse } from "./composite.ts";
import { unreadable } from "./refusal.ts";
import { API_PATH } from "./version.ts";

const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  createable: z.boolean(),
  updateable: z.boolean(),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  calculated: z.boolean(),
  unique: z.boolean(),
  restrictedPicklist: z.boolean(),
  picklistValues: z
    .array(z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean(), validFor: z.string().nullish() }))
    .nullish(),
  controllerName: z.string().nullish(),
  referenceTo: z.array(z.string()).nullish(),
});

const recordTypeSchema = z.object({
  recordTypeId: z.string(),
  name: z.string(),
  master: z.boolean(),
  active: z.boolean(),
  available: z.boolean(),
  defaultRecordTypeMapping: z.boolean(),
});

const describeSchema = z.object({
  name: z.string(),
  label: z.string(),
  keyPrefix: z.string().nullish(),
  createable: z.boolean(),
  updateable: z.boolean(),
  queryable: z.boolean(),
  fields: z.array(fieldSchema),
  recordTypeInfos: z.array(recordTypeSchema).nullish(),
});

/** A describe as part of a composite; it does not count among the five queries. */
export function describe(referenceId: string, object: SalesforceObject): Subrequest {
  return { method: "GET", url: `${API_PATH}/sobjects/${object}/describe`, referenceId };
}

/** The schema in one answer of a composite, or why there is none. */
export function schemaIn(answer: Subresponse | undefined, object: SalesforceObject): SalesforceObjectSchema | Refusal {
  const refusal = refusalIn(answer, object);
  if (refusal) return refusal;
  const described = describeSchema.safeParse(answer?.body);
  if (!described.success) return unreadable(`a describe of ${object} without its parts`, { object });
  const { fields, keyPrefix, recordTypeInfos, ...rest } = described.data;
  return {
    ...rest,
    keyPrefix: keyPrefix ?? "",
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldOf(field)])),
    recordTypes: (recordTypeInfos ?? []).map(({ recordTypeId, name, master, active, available, defaultRecordTypeMapping }) => ({
      id: recordTypeId,
      name,
      master,
      active,
      isDefault: available && defaultRecordTypeMapping,
    })),
  };
}

/** Several schemas in one API call. Rejects with `RefusedError` where the call as a whole is refused. */
export async function schemas(
  calls: SalesforceCalls,
  objects: readonly SalesforceObject[],
): Promise<ReadonlyMap<SalesforceObject, SalesforceObjectSchema | Refusal>> {
  if (objects.length === 0) return new Map();
  const answers = await composite(
    calls,
    objects.map((object) => describe(`describe${object}`, object)),
  );
  return new Map(objects.map((object) => [object, schemaIn(answers.get(`describe${object}`), object)]));
}

function fieldOf({ controllerName, ...sent }: z.infer<typeof fieldSchema>): SalesforceField {
  return {
    ...sent,
    ...(controllerName ? { controllerName } : {}),
    picklistValues: (sent.picklistValues ?? []).map(({ value, label, active, validFor }) => ({
      value,
      label: label ?? value,
      active,
      ...(controllerName && validFor ? { validFor } : {}),
    })),
    referenceTo: sent.referenceTo ?? [],
  };
}
