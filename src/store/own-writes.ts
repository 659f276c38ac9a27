import { type Kysely, sql } from "kysely";
import { portions } from "./rows.ts";
import type { Database } from "./schema.ts";

/** Which of these Salesforce records Syncwarden itself has written to since a moment: in a resync that writes values, or a fix. */
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
      .where((eb) =>
        eb.or([
          eb.and([eb("r.kind", "=", "resync"), sql<boolean>`r.parameters->>'strategy' = 'write'`]),
          eb.and([eb("r.kind", "=", "fix"), sql<boolean>`r.parameters->>'system' = 'salesforce'`]),
        ]),
      )
      // Of a fix that is being written it isn't known yet whether it has been.
      .where((eb) => eb.or([eb("i.sent_at", ">=", since), eb.and([eb("r.kind", "=", "fix"), eb("i.state", "=", "sending")])]))
      .where("i.salesforce_id", "in", ids)
      .execute();
    for (const { salesforce_id } of rows) if (salesforce_id !== null) written.add(salesforce_id);
  }
  return written;
}
