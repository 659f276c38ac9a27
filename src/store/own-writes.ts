import { type Kysely, sql } from "kysely";
import { portions } from "./rows.ts";
import type { Database } from "./schema.ts";

/** Which of these Salesforce records Syncwarden itself has written to since a moment, in a resync that writes values. */
export async function writtenByUs(
  db: Kysely<Database>,
  connection: string,
  salesforceIds: readonly string[],
  since: Date,
): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  for (const ids of portions(salesforceIds)) {
    const rows = await db
      .selectFrom("request_item as i")
      .innerJoin("request as r", "r.id", "i.request_id")
      .select("i.salesforce_id")
      .distinct()
      .where("r.connection", "=", connection)
      .where("r.kind", "=", "resync")
      .where(sql<boolean>`r.parameters->>'strategy' = 'write'`)
      .where("i.sent_at", ">=", since)
      .where("i.salesforce_id", "in", ids)
      .execute();
    for (const { salesforce_id } of rows) if (salesforce_id !== null) written.add(salesforce_id);
  }
  return written;
}
