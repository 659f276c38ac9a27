import { validate as isCron } from "node-cron";
import { z } from "zod";
import { LANGUAGE_TAGS } from "../language/tags.ts";
import { SYNC_RULES } from "../records/mapping.ts";
import { SALESFORCE_OBJECTS, SYNCED_OBJECTS } from "../records/record.ts";
import { parseDuration } from "./duration.ts";
import { isTimeZone } from "./time-words.ts";

const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds === null) context.addIssue({ code: "custom", message: "a duration such as 30s, 15m, 6h or 1d", input: text });
  return milliseconds ?? 0;
});
const timeZone = z.string().refine(isTimeZone, { error: "the name of a time zone, such as Europe/Oslo" });
const cron = z.string().refine(isCron, { error: "a cron expression, such as */5 * * * *" });
const slackId = (prefix: string, what: string) =>
  z.string().refine((id) => new RegExp(`^[${prefix}][A-Z0-9]+$`).test(id), {
    error: `the id of a Slack ${what}, which starts with ${[...prefix].join(" or ")}`,
  });
const url = z.url({ protocol: /^https?$/, error: "a URL that starts with https://" });
const share = z.number().gt(0).max(1);
const day = z.iso
  .date({ error: "a day such as 2027-01-31" })
  .transform((text) => new Date(text))
  .nullable()
  .default(null);

const mappingSchema = z.strictObject({
  object: z.enum(SYNCED_OBJECTS),
  salesforceObject: z.enum(SALESFORCE_OBJECTS),
  hubspotProperty: z.string().min(1),
  salesforceField: z.string().min(1),
  rule: z.enum(SYNC_RULES),
});

const roleSchema = z.strictObject({
  users: z.array(slackId("UW", "user")).default([]),
  groups: z.array(slackId("S", "user group")).default([]),
});

const connectionSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, { error: "a short name of lower-case letters, digits and dashes" }),
  hubspot: z
    .strictObject({
      apiUrl: url.optional(),
      inclusionList: z.union([z.string(), z.number()]).transform(String).optional(),
      tokenExpires: day,
    })
    .prefault({}),
  salesforce: z.strictObject({ loginUrl: url.optional(), loginExpires: day }).prefault({}),
  objects: z
    .array(z.enum(SYNCED_OBJECTS))
    .min(1)
    .default([...SYNCED_OBJECTS]),
  createContactsAs: z.enum(["Contact", "Lead", "nothing"]).default("Lead"),
  mappings: z
    .union([
      z.literal("default"),
      z.string().endsWith(".csv", { error: "the path of a .csv file" }),
      z.array(mappingSchema).min(1),
    ])
    .default("default"),
  poll: z.strictObject({ cron: cron.default("*/5 * * * *"), timeZone: timeZone.default("UTC") }).prefault({}),
  grace: duration.prefault("30m"),
  stall: duration.prefault("45m"),
  requestsExpire: duration.prefault("24h"),
  resync: z
    .strictObject({
      strategy: z.enum(["touch", "write"]).default("write"),
      touchProperties: z.partialRecord(z.enum(SYNCED_OBJECTS), z.string().min(1)).default({}),
    })
    .prefault({}),
  diagnosis: z.strictObject({ rolledBackWrites: z.boolean().default(true), retryAfter: duration.prefault("6h") }).prefault({}),
  audit: z
    .strictObject({
      cron: cron.nullable().default("0 2 * * *"),
      timeZone: timeZone.default("UTC"),
      shareOfDailyLimit: share.nullable().default(null),
    })
    .prefault({}),
  budget: z.strictObject({ shareOfDailyLimit: share.default(0.02), pauseBelow: share.default(0.1) }).prefault({}),
  warnings: z
    .strictObject({
      callsWithin: duration.prefault("1h"),
      rateOver: duration.prefault("10m"),
      storageAbove: share.default(0.95),
      allocationAbove: share.default(0.8),
      credentialsWithin: duration.prefault("14d"),
    })
    .prefault({}),
  ownerMessages: z.string().nullable().default(null),
  allocation: z.number().int().positive().nullable().default(null),
});

const channelSchema = z.strictObject({
  channel: slackId("CG", "channel"),
  connection: z.string().nullable().default(null),
  notify: z.string(),
  timeZone: timeZone.default("UTC"),
  categories: z.array(z.string()).nullable().default(null),
  objects: z.array(z.enum(SYNCED_OBJECTS)).min(1).nullable().default(null),
  atLeast: z.number().int().min(1).default(1),
  quietWhenHealthy: z.boolean().default(false),
  quietHours: z.string().nullable().default(null),
  changes: z.enum(["thread", "channel"]).default("thread"),
  language: z.enum(LANGUAGE_TAGS).nullable().default(null),
  reminder: z
    .strictObject({ channel: slackId("CG", "channel"), after: duration.prefault("1h") })
    .nullable()
    .default(null),
});

/** syncwarden.yaml. Every key may be left out; an unknown one is a mistake. */
export const fileSchema = z.strictObject({
  connections: z
    .array(connectionSchema)
    .min(1)
    .prefault([{ name: "default" }]),
  roles: z
    .strictObject({ operators: roleSchema.prefault({}), admins: roleSchema.prefault({}) })
    .nullable()
    .default(null),
  channels: z.array(channelSchema).default([]),
  language: z.enum(LANGUAGE_TAGS).default("en"),
  logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
  operationsPort: z.number().int().min(0).max(65_535).nullable().default(null),
});

export type ConfigurationFile = z.output<typeof fileSchema>;
export type ConnectionInFile = ConfigurationFile["connections"][number];
