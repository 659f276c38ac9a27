import type { Kysely } from "kysely";
import type { Finding } from "../../health/sync-errors.ts";
import { recordKey } from "../../records/pairing.ts";
import type { Database } from "../../store/schema.ts";
import { type FoundRecord, keepOnly, upsertAffected, upsertError } from "../../store/sync-errors.ts";
import { forgetRecords, reconsiderRecord, trackRecords } from "../../store/tracked-records.ts";
import type { Connection } from "../context.ts";
import { categoryOf, groupOf, presentKey, type Verdict } from "./due.ts";
import type { OutOfStep } from "./examination.ts";

/** Saves what was learned of examined records. Told to nobody yet: that is done once for all of a poll. */
export async function recordVerdicts(
  db: Kysely<Database>,
  { settings }: Connection,
  verdicts: readonly Verdict[],
  watchedSince: Date,
  now: Date,
): Promise<void> {
  const settled = verdicts.flatMap(({ tracked, examination }) =>
    examination.state === "out-of-step" ? [] : [tracked.record_key, ...keysOf(examination.reference)],
  );
  await forgetRecords(db, settings.name, [...new Set(settled)]);
  for (const { tracked, examination, findings } of verdicts) {
    if (examination.state !== "out-of-step") continue;
    await recordOutOfStep(db, settings, { tracked, examination, findings }, watchedSince, now);
  }
  await saveFindings(db, settings.name, verdicts, now);
}

/** A record may have gone by its Salesforce id before it had one in HubSpot. */
function keysOf(reference: OutOfStep["reference"]): string[] {
  const { object, hubspotId, salesforceId } = reference;
  return [
    ...(hubspotId === null ? [] : [recordKey({ object, hubspotId, salesforceId: null })]),
    ...(salesforceId === null ? [] : [recordKey({ object, hubspotId: null, salesforceId })]),
  ];
}

async function recordOutOfStep(
  db: Kysely<Database>,
  settings: Connection["settings"],
  { tracked, examination, findings }: Verdict & { examination: OutOfStep },
  watchedSince: Date,
  now: Date,
): Promise<void> {
  const { changedAt, changedBySync, changedIn, triedVersion, diagnosis } = examination;
  const isError = findings.length > 0 || tracked.state === "in-error";
  const key = presentKey(examination);
  const isExplored = diagnosis === "complete" || !settings.diagnosis.rolledBackWrites;
  if (!isError && isExplored && (changedAt < watchedSince || changedBySync)) {
    // Nothing speaks against it, and it isn't a waiting change: it is from before the bot's time (a mapping without backfill),
    // or what Salesforce made of the sync's own write.
    return forgetRecords(db, settings.name, [tracked.record_key, key]);
  }
  const dueAt = nextLook(isError, diagnosis, settings, now);
  if (key !== tracked.record_key) await renameRecord(db, settings.name, tracked.record_key, examination, dueAt);
  await reconsiderRecord(db, settings.name, {
    key,
    dueAt,
    state: isError ? "in-error" : "waiting",
    changedIn,
    changedAt,
    ...(triedVersion !== null && { tried: { version: triedVersion, at: now } }),
  });
}

/** A record in error is looked at again when it changes, a waiting one whenever the grace period has passed again. */
function nextLook(
  isError: boolean,
  diagnosis: OutOfStep["diagnosis"],
  { diagnosis: { retryAfterMs, rolledBackWrites }, graceMs }: Connection["settings"],
  now: Date,
): Date {
  const isOverBudget = diagnosis === "not-tried" && rolledBackWrites && !isError;
  if (isOverBudget) return new Date(now.getTime() + 1);
  return new Date(now.getTime() + (isError ? retryAfterMs : graceMs));
}

/** A Salesforce record that has got its HubSpot record goes by that one from now on. */
async function renameRecord(
  db: Kysely<Database>,
  connection: string,
  oldKey: string,
  { reference, changedAt, changedIn }: OutOfStep,
  dueAt: Date,
): Promise<void> {
  await forgetRecords(db, connection, [oldKey]);
  await trackRecords(db, connection, [
    {
      key: recordKey(reference),
      object: reference.object,
      hubspotId: reference.hubspotId,
      salesforceObject: reference.salesforceObject,
      salesforceId: reference.salesforceId,
      changedIn,
      changedAt,
      dueAt,
    },
  ]);
}

async function saveFindings(db: Kysely<Database>, connection: string, verdicts: readonly Verdict[], now: Date): Promise<void> {
  const groups = new Map<string, { finding: Finding; key: string; records: Map<string, FoundRecord> }>();
  const held: { key: string; errorIds: string[] }[] = [];
  for (const { examination, findings } of verdicts) {
    if (examination.state !== "out-of-step" || findings.length === 0) continue;
    const key = presentKey(examination);
    const errorIds = new Set<string>();
    for (const finding of findings) {
      const group = groupOf(connection, finding);
      errorIds.add(group.id);
      const entry = groups.get(group.id) ?? { finding, key: group.key, records: new Map() };
      entry.records.set(key, { key, reference: examination.reference, value: finding.value, evidence: finding.evidence });
      groups.set(group.id, entry);
    }
    held.push({ key, errorIds: [...errorIds] });
  }
  for (const [id, { finding, key, records }] of groups) {
    const { type, direction, record, hubspotProperty, salesforceField, details, evidence } = finding;
    const error = { id, groupKey: key, category: categoryOf(type), type, direction, object: record.object };
    await upsertError(db, connection, { ...error, hubspotProperty, salesforceField, details, evidence }, now);
    await upsertAffected(db, connection, id, [...records.values()], now);
  }
  await keepOnly(db, connection, held);
}
