import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { MonitorContext } from "../../src/monitor/context.ts";
import type { Actor } from "../../src/monitor/monitor.ts";
import type { Database } from "../../src/store/schema.ts";
import { type FoundError, upsertError } from "../../src/store/sync-errors.ts";

export const HELD_AT = new Date("2026-11-22T10:00:00Z");

export const ACTOR: Actor = { userId: "U0OPERATOR", channel: "C0REVOPS", messageTs: null, allowedAs: "operator by name" };

/** An open error, as a poll stores it, with so many records held back by it: contacts with even numbers are in Salesforce too. */
export async function holdBack(
  db: Kysely<Database>,
  changes: Partial<FoundError> & Pick<FoundError, "id">,
  records: number,
  connection = "acme",
): Promise<void> {
  const error: FoundError = {
    groupKey: changes.id,
    category: "property-values",
    type: "string-too-long",
    direction: "hubspot-to-salesforce",
    object: "contacts",
    hubspotProperty: "phone",
    salesforceField: "Phone",
    details: { limit: "40" },
    evidence: { at: HELD_AT.toISOString(), statement: "Salesforce answered STRING_TOO_LONG" },
    ...changes,
  };
  await upsertError(db, connection, error, HELD_AT);
  await sql`
    insert into affected_record (connection, error_id, record_key, object, hubspot_id, salesforce_object, salesforce_id, label,
      value, evidence, place, first_seen_at, last_seen_at)
    select ${connection}, ${error.id}, 'hubspot:' || ${error.object}::text || ':' || (100000 + n), ${error.object}, (100000 + n)::text,
      case when n % 2 = 0 then 'Contact' end, case when n % 2 = 0 then '003' || lpad(n::text, 12, '0') || 'AAA' end,
      'person' || n || '@example.com', '+47 22 33 44 55', ${JSON.stringify(error.evidence)}::jsonb, 0, ${HELD_AT}, ${HELD_AT}
    from generate_series(1, ${records}::int) as n
  `.execute(db);
}

/** What the parts of the monitor that read and write the store alone work with. */
export function storeContext(db: Kysely<Database>, connections: readonly string[] = ["acme"]): MonitorContext {
  return {
    db,
    clock: { now: () => HELD_AT },
    connections: new Map(connections.map((name) => [name, null])),
  } as unknown as MonitorContext;
}
