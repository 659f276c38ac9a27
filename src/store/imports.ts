import { type Kysely, type Selectable, sql } from "kysely";
import type { ImportSummary } from "../health/import/summary.ts";
import type { SyncErrorType } from "../health/sync-errors.ts";
import type { Direction } from "../records/mapping.ts";
import type { SalesforceObject, SyncedObject } from "../records/record.ts";
import { portions } from "./rows.ts";
import type { Database, SyncErrorImportTable } from "./schema.ts";

/** What is brought in of HubSpot's own export of sync errors. */
export type StoredImport = Selectable<SyncErrorImportTable>;

/** An import that hasn't written anything for so long has died with its process. */
const DEAD_AFTER_MS = 120_000;

/**
 * Takes a file for import into a connection. Answers the import that stands where the file has been imported already, or is
 * being imported just now; null where it is this one's to do.
 */
export async function takeImport(
  db: Kysely<Database>,
  file: Pick<StoredImport, "connection" | "digest" | "file_name" | "imported_by" | "started_at">,
): Promise<StoredImport | null> {
  const started = { ...file, alive_at: file.started_at };
  const dead = new Date(file.started_at.getTime() - DEAD_AFTER_MS);
  const taken = await db
    .insertInto("sync_error_import")
    .values(started)
    .onConflict((conflict) =>
      conflict
        .columns(["connection", "digest"])
        .doUpdateSet(started)
        .where("sync_error_import.finished_at", "is", null)
        .where("sync_error_import.alive_at", "<", dead),
    )
    .returning("digest")
    .executeTakeFirst();
  if (taken !== undefined) return null;
  return db
    .selectFrom("sync_error_import")
    .selectAll()
    .where("connection", "=", file.connection)
    .where("digest", "=", file.digest)
    .executeTakeFirstOrThrow();
}

/** Says that an import is at work still. */
export async function keepImport(
  db: Kysely<Database>,
  file: Pick<StoredImport, "connection" | "digest">,
  at: Date,
): Promise<void> {
  await changeImport(db, file, { alive_at: at });
}

export async function finishImport(
  db: Kysely<Database>,
  file: Pick<StoredImport, "connection" | "digest">,
  outcome: ImportSummary,
  at: Date,
): Promise<void> {
  await changeImport(db, file, { alive_at: at, finished_at: at, outcome: JSON.stringify(outcome) });
}

async function changeImport(
  db: Kysely<Database>,
  { connection, digest }: Pick<StoredImport, "connection" | "digest">,
  change: { alive_at: Date; finished_at?: Date; outcome?: string },
): Promise<void> {
  await db
    .updateTable("sync_error_import")
    .set(change)
    .where("connection", "=", connection)
    .where("digest", "=", digest)
    .execute();
}

/** Lets a file that could not be imported be tried again. */
export async function dropImport(
  db: Kysely<Database>,
  { connection, digest }: Pick<StoredImport, "connection" | "digest">,
): Promise<void> {
  await db.deleteFrom("sync_error_import").where("connection", "=", connection).where("digest", "=", digest).execute();
}

/** A record that the store knows, as a line of an export may mean it. */
export interface StoredReference {
  readonly record_key: string;
  readonly object: SyncedObject;
  readonly hubspot_id: string | null;
  readonly salesforce_object: SalesforceObject | null;
  readonly salesforce_id: string | null;
}

/** Records that are tracked and go by one of these ids. */
export async function trackedByIds(
  db: Kysely<Database>,
  connection: string,
  ids: { readonly hubspot: readonly string[]; readonly salesforce: readonly string[] },
): Promise<readonly StoredReference[]> {
  const tracked = db
    .selectFrom("tracked_record")
    .select(["record_key", "object", "hubspot_id", "salesforce_object", "salesforce_id"])
    .where("connection", "=", connection);
  const found: StoredReference[] = [];
  if (ids.hubspot.length > 0) found.push(...(await tracked.where("hubspot_id", "in", ids.hubspot).execute()));
  if (ids.salesforce.length > 0) found.push(...(await tracked.where("salesforce_id", "in", ids.salesforce).execute()));
  return found;
}

/** Records in error that people call by one of these emails (in lower case), by that email. */
export async function affectedByEmail(
  db: Kysely<Database>,
  connection: string,
  emails: readonly string[],
): Promise<ReadonlyMap<string, StoredReference>> {
  if (emails.length === 0) return new Map();
  const rows = await db
    .selectFrom("affected_record")
    .select(["label", "record_key", "object", "hubspot_id", "salesforce_object", "salesforce_id"])
    .where("connection", "=", connection)
    .where("object", "=", "contacts")
    .where((eb) => eb(eb.fn<string>("lower", ["label"]), "in", emails))
    .execute();
  return new Map(rows.map((row) => [row.label.toLowerCase(), row]));
}

/** An error that holds one of the records asked about back. */
export interface KnownError {
  readonly record_key: string;
  readonly error_id: string;
  readonly type: SyncErrorType;
  readonly hubspot_property: string | null;
  readonly salesforce_field: string | null;
  readonly shown_in_hubspot_at: Date | null;
}

export async function errorsOfRecords(
  db: Kysely<Database>,
  connection: string,
  keys: readonly string[],
): Promise<readonly KnownError[]> {
  if (keys.length === 0) return [];
  return db
    .selectFrom("affected_record as r")
    .innerJoin("sync_error as e", "e.id", "r.error_id")
    .select(["r.record_key", "r.error_id", "r.shown_in_hubspot_at", "e.type", "e.hubspot_property", "e.salesforce_field"])
    .where("r.connection", "=", connection)
    .where("r.record_key", "in", keys)
    .execute();
}

/** An open group that a finding of the same cause belongs to. */
export interface OpenGroup {
  readonly id: string;
  readonly type: SyncErrorType;
  readonly object: SyncedObject;
  readonly direction: Direction;
  readonly hubspot_property: string | null;
  readonly salesforce_field: string | null;
  readonly details: Readonly<Record<string, string>>;
}

export async function openGroups(
  db: Kysely<Database>,
  connection: string,
  types: readonly SyncErrorType[],
): Promise<readonly OpenGroup[]> {
  if (types.length === 0) return [];
  return db
    .selectFrom("sync_error")
    .select(["id", "type", "object", "direction", "hubspot_property", "salesforce_field", "details"])
    .where("connection", "=", connection)
    .where("resolved_at", "is", null)
    .where("type", "in", types)
    .orderBy("first_seen_at")
    .execute();
}

/** Notes that HubSpot shows these findings too. */
export async function markShown(
  db: Kysely<Database>,
  findings: readonly { readonly errorId: string; readonly key: string }[],
  at: Date,
): Promise<void> {
  for (const portion of portions(findings)) {
    const pairs = portion.map(({ errorId, key }) => sql`(${errorId}, ${key})`);
    await db
      .updateTable("affected_record")
      .set({ shown_in_hubspot_at: at })
      .where(sql<boolean>`(error_id, record_key) in (${sql.join(pairs)})`)
      .execute();
  }
}

/** A record that HubSpot says is in error. */
export interface ImportedRecord extends Omit<StoredReference, "record_key"> {
  readonly key: string;
  readonly changedIn: "hubspot" | "salesforce";
  readonly changedAt: Date;
  readonly dueAt: Date;
}

/**
 * Tracks records that HubSpot says are in error, so that a poll looks at them. In error rather than waiting: they are no sign
 * that the sync stands still, and where a poll finds them out of step without a reason, HubSpot's stands.
 */
export async function trackImported(db: Kysely<Database>, connection: string, records: readonly ImportedRecord[]): Promise<void> {
  for (const portion of portions(records)) {
    await db
      .insertInto("tracked_record")
      .values(
        portion.map(({ key, changedIn, changedAt, dueAt, ...reference }) => ({
          connection,
          record_key: key,
          ...reference,
          changed_in: changedIn,
          changed_at: changedAt,
          state: "in-error" as const,
          due_at: dueAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["connection", "record_key"]).doUpdateSet({
          state: "in-error",
          due_at: sql`least(tracked_record.due_at, excluded.due_at)`,
          tried_version: null,
          tried_at: null,
        }),
      )
      .execute();
  }
}

/** Findings that were known before an import and that it has not met. */
export async function countAbsent(db: Kysely<Database>, connection: string, importedAt: Date): Promise<number> {
  const row = await db
    .selectFrom("affected_record")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("connection", "=", connection)
    .where((eb) => eb.or([eb("shown_in_hubspot_at", "is", null), eb("shown_in_hubspot_at", "<", importedAt)]))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
