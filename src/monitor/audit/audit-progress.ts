import { z } from "zod";
import { saidSchema } from "../../language/stored.ts";
import { SALESFORCE_OBJECTS, SYNCED_OBJECTS } from "../../records/record.ts";
import type { StoredRequest } from "../../store/requests.ts";

const salesforceObject = z.enum(SALESFORCE_OBJECTS);
const syncedObject = z.enum(SYNCED_OBJECTS);

const stageSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("read-salesforce"), object: salesforceObject }),
  z.object({ do: z.literal("read-hubspot"), object: syncedObject }),
  z.object({ do: z.literal("read-members"), list: z.string() }),
  z.object({ do: z.literal("weigh") }),
  z.object({ do: z.literal("compare-hubspot"), object: syncedObject }),
  z.object({ do: z.literal("compare-salesforce"), object: salesforceObject }),
  z.object({ do: z.literal("drop-consequences") }),
]);

/** One part of an audit's work, gone through from its cursor on. */
export type Stage = z.infer<typeof stageSchema>;

const parametersSchema = z.object({
  stages: z.array(stageSchema),
  isNightly: z.boolean(),
});

const counts = z.record(z.string(), z.number()).default({});

const progressSchema = z.object({
  /** Which stage is at work, and from where it goes on. */
  stage: z.number().default(0),
  cursor: z.string().nullable().default(null),
  /** Records read, and records that there were the last time anybody counted; by object name of either system. */
  read: counts,
  expected: counts,
  /** Objects that a system refuses to show, with why. */
  unread: z.record(z.string(), saidSchema).default({}),
  /** Candidates there were once all was compared, and how many of them have been looked at again. */
  candidates: z.number().nullable().default(null),
  looked: z.number().default(0),
  /** Differences that are none of the audit's business: kept by their sync rule, explained by an open error, still on their way. */
  byRule: z.number().default(0),
  inError: z.number().default(0),
  waiting: z.number().default(0),
  /** API calls in all, and by hour (`2026-11-22T21`) of the last day. */
  calls: z.object({ salesforce: z.number(), hubspot: z.number() }).default({ salesforce: 0, hubspot: 0 }),
  hours: z.record(z.string(), z.object({ salesforce: z.number(), hubspot: z.number() })).default({}),
  /** Why it waits just now, where it does. */
  pause: saidSchema.nullable().default(null),
  /** Once done: what was found of each kind, and whether an earlier audit was there to compare with. */
  found: z
    .array(z.object({ kind: z.string(), found: z.number(), fresh: z.number() }))
    .nullable()
    .default(null),
  hasEarlier: z.boolean().default(false),
});

export type AuditParameters = z.infer<typeof parametersSchema>;
export type AuditProgress = z.infer<typeof progressSchema>;

export function auditParameters(request: Pick<StoredRequest, "parameters">): AuditParameters {
  return parametersSchema.parse(request.parameters);
}

export function auditProgress(request: Pick<StoredRequest, "progress">): AuditProgress {
  return progressSchema.parse(request.progress);
}
