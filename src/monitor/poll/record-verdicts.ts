import type { Kysely } from "kysely";
import { sentence } from "../../language/sentence.ts";
import { saidOf, storedText } from "../../language/stored.ts";
import { recordKey } from "../../records/pairing.ts";
import { showsLink } from "../../records/record.ts";
import { endSentItems } from "../../store/resync-verdicts.ts";
import type { Database } from "../../store/schema.ts";
import { renameAffected } from "../../store/sync-errors.ts";
import { forgetRecords, reconsiderRecord, trackRecords } from "../../store/tracked-records.ts";
import type { Connection } from "../context.ts";
import { presentKey, standingOf, type Verdict } from "./due.ts";
import type { OutOfStep } from "./examination.ts";
import { recordFindings } from "./record-findings.ts";

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
  await endRequested(db, settings.name, verdicts, now);
  await forgetRecords(db, settings.name, [...new Set(settled)]);
  for (const { tracked, examination, findings } of verdicts) {
    if (examination.state !== "out-of-step") continue;
    await recordOutOfStep(db, settings, { tracked, examination, findings }, watchedSince, now);
  }
  await recordFindings(db, settings.name, verdicts, now);
}

/** What a resync has sent and what is gone by now, or out of the sync, isn't in step: its request says what it is. */
async function endRequested(db: Kysely<Database>, connection: string, verdicts: readonly Verdict[], now: Date): Promise<void> {
  const gone: string[] = [];
  const excluded = new Map<string, string[]>();
  for (const { tracked, examination } of verdicts) {
    if (examination.state === "gone") gone.push(tracked.record_key);
    if (examination.state === "excluded") {
      const why = storedText(examination.why);
      excluded.set(why, [...(excluded.get(why) ?? []), tracked.record_key]);
    }
  }
  if (gone.length > 0)
    await endSentItems(db, connection, { keys: gone, state: "gone", reason: sentence("it has been deleted since") }, now);
  for (const [why, keys] of excluded) {
    await endSentItems(db, connection, { keys, state: "skipped", reason: saidOf(why) }, now);
  }
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
  const { changedAt, changedIn, triedVersion } = examination;
  const standing = standingOf(tracked.state, examination, findings, settings, watchedSince);
  const isError = standing === "in-error";
  const key = presentKey(examination);
  if (standing === "old") return forgetRecords(db, settings.name, [tracked.record_key, key]);
  const dueAt = nextLook(examination, isError, settings, now);
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

/** How soon a record in error that shows no sync is looked at again: about as often as HubSpot retries it. */
const UNSHOWN_MS = 20 * 60_000;

/**
 * A record in error is looked at again when it changes, a waiting one whenever the grace period has passed again. Where the sync
 * changes nothing of a record that it has carried over, nothing but another look shows that it has.
 */
function nextLook(
  { diagnosis, reference }: OutOfStep,
  isError: boolean,
  { diagnosis: { retryAfterMs, rolledBackWrites }, graceMs }: Connection["settings"],
  now: Date,
): Date {
  const isOverBudget = diagnosis === "not-tried" && rolledBackWrites && !isError;
  if (isOverBudget) return new Date(now.getTime() + 1);
  const inErrorMs = showsLink(reference.object) ? retryAfterMs : Math.min(retryAfterMs, UNSHOWN_MS);
  return new Date(now.getTime() + (isError ? inErrorMs : graceMs));
}

/** A Salesforce record that has got its HubSpot record goes by that one from now on. */
async function renameRecord(
  db: Kysely<Database>,
  connection: string,
  oldKey: string,
  { reference, changedAt, changedIn }: OutOfStep,
  dueAt: Date,
): Promise<void> {
  await renameAffected(db, connection, oldKey, { key: recordKey(reference), hubspotId: reference.hubspotId });
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
      label: reference.label,
    },
  ]);
}
