import { type Kysely, type RawBuilder, sql } from "kysely";
import { DETAILS_KEPT, type DriftKind } from "../health/drift.ts";
import type { SalesforceObject, SyncedObject } from "../records/record.ts";
import type { Database } from "./schema.ts";

/** A stretch of an audit's records of one object: those behind `after` up to `last`. */
export interface Stretch<Object extends string> {
  readonly requestId: string;
  readonly object: Object;
  readonly after: string | null;
  readonly last: string;
}

/** Salesforce objects whose partners can't be judged because they could not be read. */
type Unread = readonly SalesforceObject[];

const inStretch = (alias: string, system: "hubspot" | "salesforce", { requestId, object, after, last }: Stretch<string>) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`${column("request_id")} = ${requestId} and ${column("system")} = ${system} and ${column("object")} = ${object}
    and ${column("id")} > ${after ?? ""} and ${column("id")} <= ${last}`;
};

const COLUMNS = sql`(request_id, kind, record_key, state, object, hubspot_id, salesforce_object, salesforce_id, label, details)`;
const hubspotColumns = (kind: DriftKind) =>
  sql`h.request_id, ${sql.lit(kind)}, 'hubspot:' || h.object || ':' || h.id, 'candidate', h.object, h.id, h.link_object, h.link_id, h.label`;
const salesforceColumns = (kind: DriftKind, object: SyncedObject) =>
  sql`s.request_id, ${sql.lit(kind)}, 'salesforce:' || s.id, 'candidate', ${sql.lit(object)}, null, s.object, s.id, s.label`;

/** The Salesforce record that HubSpot's `h` is linked to, as `s`. */
const LINKED = sql`s.request_id = h.request_id and s.system = 'salesforce' and s.object = h.link_object and s.id = h.link_id`;
const keysOf = (key: string, record: string) =>
  sql`${sql.ref(`${key}.request_id`)} = ${sql.ref(`${record}.request_id`)} and ${sql.ref(`${key}.system`)} = ${sql.ref(`${record}.system`)}
    and ${sql.ref(`${key}.object`)} = ${sql.ref(`${record}.object`)} and ${sql.ref(`${key}.id`)} = ${sql.ref(`${record}.id`)}`;

/** Records of the other system that have a key of `record` in common, as `k` with their rows as `o`. */
const sharing = (record: "h" | "s") => sql`
  audit_key own join audit_key k on k.request_id = own.request_id and k.key = own.key and k.system <> own.system
  join audit_record o on ${keysOf("k", "o")} and not o.is_out
  where ${keysOf("own", record)}`;

const others = (source: RawBuilder<unknown>) => sql`(
  select jsonb_agg(jsonb_build_object('system', f.system, 'object', f.object, 'id', f.id))
  from (select * from (${source}) every order by object, id limit ${sql.lit(DETAILS_KEPT)}) f)`;

/** Finds what is wrong with HubSpot's records of a stretch, by their links and what they share with others. */
export async function compareHubSpot(
  db: Kysely<Database>,
  stretch: Stretch<SyncedObject>,
  options: { readonly unread: Unread; readonly hasInclusionList: boolean },
): Promise<void> {
  const here = inStretch("h", "hubspot", stretch);
  const { unread, hasInclusionList } = options;
  const isRead = unread.length === 0 ? sql`true` : sql`h.link_object <> all(array[${sql.join(unread)}]::text[])`;
  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("missing-partner")}, '{}'::jsonb from audit_record h
    where ${here} and h.link_id is not null and not h.is_out and ${isRead}
      and not exists (select 1 from audit_record s where ${LINKED})
    on conflict do nothing`.execute(db);

  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("wrong-partner")}, '{"reason": "converted"}'::jsonb
    from audit_record h join audit_record s on ${LINKED}
    where ${here} and s.is_out and not h.is_out
    on conflict do nothing`.execute(db);

  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("wrong-partner")}, jsonb_build_object(
      'reason', 'another-matches', 'match', better.key, 'otherCount', 1,
      'others', jsonb_build_array(jsonb_build_object('system', 'salesforce', 'object', better.object, 'id', better.id)))
    from audit_record h join audit_record s on ${LINKED} and not s.is_out
    cross join lateral (select k.key, o.object, o.id from ${sharing("h")} order by o.object, o.id limit 1) better
    where ${here} and not h.is_out and not exists (
      select 1 from audit_key hk join audit_key sk on sk.key = hk.key where ${keysOf("hk", "h")} and ${keysOf("sk", "s")})
    on conflict do nothing`.execute(db);

  if (stretch.object === "contacts") await compareContacts(db, stretch, hasInclusionList);
  const isIncluded = stretch.object === "contacts" && hasInclusionList ? sql`h.is_member` : sql`true`;
  // Where Salesforce has its match unlinked, the match is what is told.
  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("missing-in-salesforce")}, '{}'::jsonb from audit_record h
    where ${here} and h.is_expected and h.link_id is null and ${isIncluded}
      and not exists (select 1 from ${sharing("h")})
    on conflict do nothing`.execute(db);
}

async function compareContacts(db: Kysely<Database>, stretch: Stretch<SyncedObject>, hasInclusionList: boolean): Promise<void> {
  const here = inStretch("h", "hubspot", stretch);
  const doubles = sql`select distinct o.system, o.object, o.id from ${sharing("h")}`;
  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("duplicate-emails")},
      jsonb_build_object('otherCount', found.records, 'others', ${others(doubles)}, 'match', found.match)
    from audit_record h
    cross join lateral (select count(distinct o.id) as records, min(k.key) as match from ${sharing("h")}) found
    where ${here} and found.records > 1
    on conflict do nothing`.execute(db);
  if (!hasInclusionList) return;
  await sql`insert into audit_finding ${COLUMNS}
    select ${hubspotColumns("frozen")}, '{}'::jsonb
    from audit_record h join audit_record s on ${LINKED} and not s.is_out
    where ${here} and not h.is_member and not h.is_out
    on conflict do nothing`.execute(db);
}

/** Finds what is wrong with Salesforce's records of a stretch: linked to several times, or not at all. */
export async function compareSalesforce(
  db: Kysely<Database>,
  stretch: Stretch<SalesforceObject>,
  object: SyncedObject,
): Promise<void> {
  const here = inStretch("s", "salesforce", stretch);
  const linked = sql`audit_record h where h.request_id = s.request_id and h.link_id = s.id and h.link_object = s.object
    and h.system = 'hubspot'`;
  const sharers = sql`select h.system, h.object, h.id from ${linked} and not h.is_out`;
  await sql`insert into audit_finding ${COLUMNS}
    select ${salesforceColumns("shared-partner", object)},
      jsonb_build_object('otherCount', found.records, 'others', ${others(sharers)})
    from audit_record s
    cross join lateral (select count(*) as records from ${linked} and not h.is_out) found
    where ${here} and found.records > 1
    on conflict do nothing`.execute(db);

  // HubSpot has one contact an email: linked to another record, it is a matter of duplicates.
  const unlinked = sql`select o.system, o.object, o.id from ${sharing("s")} and o.link_id is null`;
  await sql`insert into audit_finding ${COLUMNS}
    select ${salesforceColumns("missing-in-hubspot", object)},
      jsonb_strip_nulls(jsonb_build_object('others', ${others(unlinked)}))
    from audit_record s
    where ${here} and s.is_expected and not exists (select 1 from ${linked})
      and not exists (select 1 from ${sharing("s")} and o.link_id is not null)
    on conflict do nothing`.execute(db);
}

/** Drops differing values that follow from what else is wrong with the record. */
export async function dropConsequences(db: Kysely<Database>, requestId: string): Promise<void> {
  await sql`analyze audit_finding`.execute(db);
  const differing = sql`delete from audit_finding d where d.request_id = ${requestId} and d.kind = 'differing-values'`;
  await sql`${differing} and exists (
    select 1 from audit_finding c where c.request_id = d.request_id and c.record_key = d.record_key
      and c.kind in ('wrong-partner', 'frozen', 'missing-partner'))`.execute(db);
  await sql`${differing} and exists (
    select 1 from audit_finding c where c.request_id = d.request_id and c.kind = 'shared-partner'
      and c.record_key = 'salesforce:' || d.salesforce_id)`.execute(db);
}
