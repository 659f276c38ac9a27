import { type Kysely, type Selectable, sql } from "kysely";
import type { ConnectionIdentity, ConnectionStateTable, Database, PollOutcome, Watermark } from "./schema.ts";

export type StoredConnectionState = Selectable<ConnectionStateTable>;

/** What is kept of a connection between polls; null before the first poll. */
export async function getConnectionState(db: Kysely<Database>, connection: string): Promise<StoredConnectionState | null> {
  const row = await db.selectFrom("connection_state").selectAll().where("connection", "=", connection).executeTakeFirst();
  return row ?? null;
}

export interface ConnectionStateChange {
  readonly watchedSince?: Date;
  readonly polledAt?: Date;
  readonly outcome?: PollOutcome;
  readonly watermarks?: Readonly<Record<string, Watermark>>;
  readonly syncedToSalesforceAt?: Date | null;
  readonly syncedToHubSpotAt?: Date | null;
  /** Parts to add or replace; the others stay. */
  readonly schemaParts?: Readonly<Record<string, { readonly at: string; readonly value: unknown }>>;
  readonly identity?: ConnectionIdentity;
}

/** Saves what has changed of a connection's state. */
export async function saveConnectionState(
  db: Kysely<Database>,
  connection: string,
  change: ConnectionStateChange,
): Promise<void> {
  const values = {
    ...(change.watchedSince !== undefined && { watched_since: change.watchedSince }),
    ...(change.polledAt !== undefined && { polled_at: change.polledAt }),
    ...(change.outcome !== undefined && { poll_outcome: JSON.stringify(change.outcome) }),
    ...(change.watermarks !== undefined && { watermarks: JSON.stringify(change.watermarks) }),
    ...(change.syncedToSalesforceAt !== undefined && { synced_to_salesforce_at: change.syncedToSalesforceAt }),
    ...(change.syncedToHubSpotAt !== undefined && { synced_to_hubspot_at: change.syncedToHubSpotAt }),
    ...(change.identity !== undefined && { identity: JSON.stringify(change.identity) }),
  };
  const parts = JSON.stringify(change.schemaParts ?? {});
  await db
    .insertInto("connection_state")
    .values({ connection, watermarks: "{}", ...values, schema_parts: parts })
    .onConflict((conflict) =>
      conflict.column("connection").doUpdateSet({
        ...values,
        schema_parts: sql<string>`connection_state.schema_parts || excluded.schema_parts`,
      }),
    )
    .execute();
}

/** Has a part of the schema read anew by the next poll; until then it stays as it was known. */
export async function outdateSchemaPart(db: Kysely<Database>, connection: string, name: string): Promise<void> {
  const longAgo = JSON.stringify(new Date(0).toISOString());
  await sql`
    update connection_state set schema_parts = jsonb_set(schema_parts, array[${name}, 'at']::text[], ${longAgo}::jsonb, false)
    where connection = ${connection}
  `.execute(db);
}

/** When each connection was looked at last, by name. */
export async function pollTimes(
  db: Kysely<Database>,
): Promise<readonly Pick<StoredConnectionState, "connection" | "polled_at">[]> {
  return db.selectFrom("connection_state").select(["connection", "polled_at"]).orderBy("connection").execute();
}
