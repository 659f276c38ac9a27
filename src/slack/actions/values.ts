import { z } from "zod";
import { DRIFT_KINDS } from "../../health/drift.ts";
import { SUSPENSION_KINDS } from "../../health/suspensions.ts";
import { SYNC_ERROR_TYPES_BY_CATEGORY, type SyncErrorCategory } from "../../health/sync-errors.ts";
import { saidSchema } from "../../language/stored.ts";
import { SYNCED_OBJECTS } from "../../records/record.ts";

const id = z.string().min(1).max(100);
const connection = z.string().min(1).max(200);
const offset = z.int().min(0).max(1_000_000);
const categories = Object.keys(SYNC_ERROR_TYPES_BY_CATEGORY) as [SyncErrorCategory, ...SyncErrorCategory[]];

/** What a resync covers, as it travels in a button or a dialog. */
export const resyncSelectionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("error"), errorId: id }),
  z.strictObject({ kind: z.literal("category"), category: z.enum(categories) }),
  z.strictObject({ kind: z.literal("object"), object: z.enum(SYNCED_OBJECTS) }),
  z.strictObject({ kind: z.literal("record"), record: z.string().min(1).max(320) }),
  z.strictObject({
    kind: z.literal("records"),
    records: z.array(id).min(1).max(15).readonly(),
    name: saidSchema,
  }),
  z.strictObject({ kind: z.literal("saved"), name: z.string().min(1).max(60) }),
  z.strictObject({ kind: z.literal("chosen"), errorId: id, choiceId: id }),
  z.strictObject({ kind: z.literal("all") }),
]);

/** What each button carries, by the verb in its action_id (`syncwarden:<verb>`). What comes back is checked against these. */
export const ACTION_VALUES = {
  acknowledge: z.strictObject({ suspensionId: id }),
  backlog: z.strictObject({ connection, offset }),
  /** `kind`: the leading cause that the message showed. */
  clear: z.strictObject({ suspensionId: id, kind: z.enum(SUSPENSION_KINDS).optional() }),
  "cancel-clear": z.strictObject({ suspensionId: id, requestId: id }),
  errors: z.strictObject({
    connection,
    category: z.enum(categories).optional(),
    object: z.enum(SYNCED_OBJECTS).optional(),
    offset,
  }),
  records: z.strictObject({ errorId: id }),
  "hubspot-list": z.strictObject({ errorId: id }),
  mute: z.strictObject({ errorId: id }),
  unmute: z.strictObject({ errorId: id }),
  export: z.strictObject({ errorId: id }),
  details: z.strictObject({ errorId: id, offset }),
  resync: z.strictObject({ connection, selection: resyncSelectionSchema }),
  /** `at`: when the preview was made, ISO 8601. */
  "confirm-resync": z.strictObject({ connection, selection: resyncSelectionSchema, at: z.iso.datetime() }),
  "cancel-resync": z.strictObject({ requestId: id }),
  audit: z.strictObject({ requestId: id, kind: z.enum(DRIFT_KINDS).optional(), offset }),
  "confirm-audit": z.strictObject({ connection, expected: z.record(z.string().max(40), z.int().min(0)) }),
  "cancel-audit": z.strictObject({ requestId: id }),
  check: z.strictObject({ connection, record: id, object: z.enum(SYNCED_OBJECTS), all: z.boolean() }),
  dismiss: z.strictObject({}),
  allocation: z.strictObject({ connection }),
  "set-allocation": z.strictObject({ connection, calls: z.int().min(1).max(1_000_000_000).nullable() }),
  refresh: z.strictObject({ connection }),
  share: z.strictObject({ connection }),
  log: z.strictObject({ connection: connection.nullable(), offset }),
  "log-csv": z.strictObject({ connection: connection.nullable() }),
  fix: z.strictObject({ errorId: id }),
  "cancel-fix": z.strictObject({ requestId: id }),
  undo: z.strictObject({ requestId: id }),
  "owner-messages": z.strictObject({ wants: z.boolean() }),
  "change-subscription": z.strictObject({ subscriptionId: id }),
  "remove-subscription": z.strictObject({ subscriptionId: id }),
} as const;

export type ActionVerb = keyof typeof ACTION_VALUES;
export type ActionValues = { readonly [Verb in ActionVerb]: z.infer<(typeof ACTION_VALUES)[Verb]> };
