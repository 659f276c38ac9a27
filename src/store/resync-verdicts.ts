import { type Kysely, sql, type Transaction } from "kysely";
import { type Said, sentence } from "../language/sentence.ts";
import { storedText } from "../language/stored.ts";
import type { Database, RequestItemState } from "./schema.ts";

/** Items of a request by their positions, so that one statement doesn't keep the database for long. */
export interface SentPortion {
  readonly requestId: string;
  readonly connection: string;
  readonly from: number;
  readonly to: number;
}

const sentItems = ({ requestId, from, to }: SentPortion) =>
  sql`i.request_id = ${requestId} and i.state = 'sent' and i.position between ${from} and ${to}`;

/** Those that no poll holds for out of step any more. A record that has got its HubSpot record goes by that one from then on. */
export async function settleSynced(trx: Transaction<Database>, portion: SentPortion, now: Date): Promise<void> {
  const { connection } = portion;
  const isFree = (table: string) => sql`
    not exists (select 1 from ${sql.table(table)} k where k.connection = ${connection} and k.record_key = i.record_key)
    and (i.record_key not like 'salesforce:%' or not exists (
      select 1 from ${sql.table(table)} k where k.connection = ${connection} and k.salesforce_id = i.salesforce_id))`;
  await sql`
    update request_item i set state = 'synced', settled_at = ${now}
    where ${sentItems(portion)} and ${isFree("tracked_record")} and ${isFree("affected_record")}
  `.execute(trx);
}

/** What was seen of a record, as `storedText` has it: what looks like a sentence and is somebody's text becomes a value of one. */
const STATEMENT = sql`case
  when jsonb_typeof(a.evidence->'statement') = 'string' and a.evidence->>'statement' like '{%'
  then jsonb_build_object('english', '{text}', 'values', jsonb_build_object('text', a.evidence->>'statement'))::text
  else a.evidence->>'statement' end`;

/** Those that a look since has found held back still or again, with the reason that the native sync meets first. */
export async function settleFailing(trx: Transaction<Database>, portion: SentPortion, now: Date): Promise<void> {
  await sql`
    update request_item i set state = 'failing', settled_at = ${now}, reason = (
      select ${STATEMENT} from affected_record a
      where a.connection = ${portion.connection} and a.record_key = i.record_key order by a.place, a.last_seen_at desc limit 1)
    where ${sentItems(portion)}
      and exists (select 1 from affected_record a
        where a.connection = ${portion.connection} and a.record_key = i.record_key and a.last_seen_at > i.sent_at)
      and exists (select 1 from tracked_record t
        where t.connection = ${portion.connection} and t.record_key = i.record_key and t.due_at > ${now})
  `.execute(trx);
}

const UNEXPLAINED = storedText(sentence("still not in step, and no reason found"));
const CHANGED_AGAIN = storedText(sentence("changed again after it was sent: that change waits for the sync"));

/** Whether one of those sent was to be looked at by then and hasn't been: a poll looks at so many and leaves the others for the next. */
export async function isSentOneDue(
  db: Kysely<Database>,
  { requestId, connection }: Pick<SentPortion, "requestId" | "connection">,
  by: Date,
): Promise<boolean> {
  const one = await db
    .selectFrom("request_item as i")
    .innerJoin("tracked_record as t", (join) =>
      join.onRef("t.record_key", "=", "i.record_key").on("t.connection", "=", connection),
    )
    .select("i.record_key")
    .where("i.request_id", "=", requestId)
    .where("i.state", "=", "sent")
    .where("t.due_at", "<=", by)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/** Those that no look has decided in time. A reason from before they were sent is none any more. */
export async function settleUndecided(trx: Transaction<Database>, portion: SentPortion, now: Date): Promise<void> {
  await sql`
    update request_item i set settled_at = ${now},
      state = case when seen.statement is null and seen.changed_at > i.sent_at then 'changed' else 'failing' end,
      reason = coalesce(seen.statement, case when seen.changed_at > i.sent_at then ${CHANGED_AGAIN} else ${UNEXPLAINED} end)
    from request_item o left join lateral (
      select t.changed_at, (
        select ${STATEMENT} from affected_record a
        where a.connection = t.connection and a.record_key = t.record_key and a.last_seen_at > o.sent_at
        order by a.place limit 1) as statement
      from tracked_record t where t.connection = ${portion.connection} and t.record_key = o.record_key
    ) seen on true
    where ${sentItems(portion)} and o.request_id = i.request_id and o.record_key = i.record_key
  `.execute(trx);
}

/** What a look has found out about records that leaves nothing to be synced: they are gone, or out of the sync. */
export async function endSentItems(
  db: Kysely<Database>,
  connection: string,
  { keys, state, reason }: { readonly keys: readonly string[]; readonly state: RequestItemState; readonly reason: Said },
  now: Date,
): Promise<void> {
  await db
    .updateTable("request_item")
    .set({ state, reason: storedText(reason), settled_at: now })
    .where("state", "=", "sent")
    .where("record_key", "in", keys)
    .where("request_id", "in", (eb) =>
      eb
        .selectFrom("request")
        .select("id")
        .where("connection", "=", connection)
        .where("kind", "in", ["resync", "fix"])
        .where("finished_at", "is", null),
    )
    .execute();
}
