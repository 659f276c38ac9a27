import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { DRIFT_KINDS, type DriftDetails, type DriftKind } from "../health/drift.ts";
import type { RecordReference } from "../health/sync-errors.ts";
import { portions } from "./rows.ts";
import type { AuditFindingTable, Database } from "./schema.ts";

export type StoredFinding = Selectable<AuditFindingTable>;

/** Something that may be drift, to be looked at once more. */
export interface Candidate {
  readonly kind: DriftKind;
  readonly key: string;
  readonly reference: RecordReference;
}

export async function insertCandidates(
  trx: Transaction<Database>,
  requestId: string,
  candidates: readonly Candidate[],
): Promise<void> {
  for (const portion of portions(candidates)) {
    await trx
      .insertInto("audit_finding")
      .values(
        portion.map(({ kind, key, reference }) => ({
          request_id: requestId,
          kind,
          record_key: key,
          state: "candidate" as const,
          object: reference.object,
          hubspot_id: reference.hubspotId,
          salesforce_object: reference.salesforceObject,
          salesforce_id: reference.salesforceId,
          label: reference.label,
          details: "{}",
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export async function nextCandidates(db: Kysely<Database>, requestId: string, limit: number): Promise<readonly StoredFinding[]> {
  return db
    .selectFrom("audit_finding")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("state", "=", "candidate")
    .orderBy("kind")
    .orderBy("record_key")
    .limit(limit)
    .execute();
}

export async function countCandidates(db: Kysely<Database>, requestId: string): Promise<number> {
  const { total } = await db
    .selectFrom("audit_finding")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("request_id", "=", requestId)
    .where("state", "=", "candidate")
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** What a second look has made of a candidate. */
export type FindingVerdict =
  | { readonly finding: StoredFinding; readonly isDrift: false }
  | { readonly finding: StoredFinding; readonly isDrift: true; readonly label: string; readonly details: DriftDetails };

/** Keeps the candidates that are drift and drops the others. */
export async function settleCandidates(trx: Transaction<Database>, verdicts: readonly FindingVerdict[]): Promise<void> {
  for (const verdict of verdicts) {
    const { request_id, kind, record_key } = verdict.finding;
    if (verdict.isDrift) {
      await trx
        .updateTable("audit_finding")
        .set({ state: "confirmed", label: verdict.label, details: JSON.stringify(verdict.details) })
        .where("request_id", "=", request_id)
        .where("kind", "=", kind)
        .where("record_key", "=", record_key)
        .execute();
      continue;
    }
    await trx
      .deleteFrom("audit_finding")
      .where("request_id", "=", request_id)
      .where("kind", "=", kind)
      .where("record_key", "=", record_key)
      .execute();
  }
}

/** Marks what an earlier audit didn't find. */
export async function markNew(trx: Transaction<Database>, requestId: string, before: string): Promise<void> {
  await sql`
    update audit_finding f set is_new = not exists (
      select 1 from audit_finding b
      where b.request_id = ${before} and b.state = 'confirmed' and b.kind = f.kind and b.record_key = f.record_key)
    where f.request_id = ${requestId} and f.state = 'confirmed'
  `.execute(trx);
}

export interface KindCount {
  readonly kind: DriftKind;
  readonly found: number;
  readonly fresh: number;
}

/** How much was found of each kind, in the order of the kinds. */
export async function countFindings(db: Kysely<Database>, requestId: string): Promise<readonly KindCount[]> {
  const rows = await db
    .selectFrom("audit_finding")
    .select((eb) => [
      "kind",
      eb.fn.countAll<number>().as("found"),
      eb.fn.countAll<number>().filterWhere("is_new", "=", true).as("fresh"),
    ])
    .where("request_id", "=", requestId)
    .where("state", "=", "confirmed")
    .groupBy("kind")
    .execute();
  return DRIFT_KINDS.flatMap((kind) => {
    const row = rows.find((candidate) => candidate.kind === kind);
    return row === undefined ? [] : [{ kind, found: Number(row.found), fresh: Number(row.fresh) }];
  });
}

/** What was found, new findings of a kind first. */
export async function listFindings(
  db: Kysely<Database>,
  requestId: string,
  kind: DriftKind | null,
  offset: number,
  limit: number,
): Promise<{ readonly findings: readonly StoredFinding[]; readonly total: number }> {
  let query = db.selectFrom("audit_finding").where("request_id", "=", requestId).where("state", "=", "confirmed");
  if (kind !== null) query = query.where("kind", "=", kind);
  const findings = await query
    .selectAll()
    .orderBy(sql`array_position(array[${sql.join(DRIFT_KINDS)}]::text[], kind)`)
    .orderBy("is_new", "desc")
    .orderBy("label")
    .orderBy("record_key")
    .offset(offset)
    .limit(limit)
    .execute();
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { findings, total: Number(total) };
}

/** Deletes what audits of a connection found, but for some of them. */
export async function forgetOldFindings(trx: Transaction<Database>, connection: string, kept: readonly string[]): Promise<void> {
  await trx
    .deleteFrom("audit_finding")
    .where("request_id", "not in", kept)
    .where((eb) => eb("request_id", "in", eb.selectFrom("request").select("id").where("connection", "=", connection)))
    .execute();
}
