import { nameOf } from "../../health/catalogue-entry.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import { instant, type Sentence, sentence } from "../../language/sentence.ts";
import { recordKey } from "../../records/pairing.ts";
import { showsLink } from "../../records/record.ts";
import { plainText } from "../../records/text.ts";
import { heldBack } from "../../store/sync-errors.ts";
import { dueRecords, type StoredTrackedRecord } from "../../store/tracked-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { SeenCause } from "./causes.ts";
import { deletedSinceChange } from "./deleted-in-hubspot.ts";
import type { Examination, OutOfStep, Spell } from "./examination.ts";
import { examine } from "./examine.ts";
import type { SchemaCache } from "./schema.ts";

/** Records examined at once: their values are in memory together. */
const BATCH = 500;
/** Records examined in a poll: more wait for the next one, so that a poll ends. */
const RECORDS_A_POLL = 2_000;
/** Records written and rolled back in a poll. */
const TRIALS_A_POLL = 200;
/** Calls that finding the unproven ones among them may cost. */
const TRIAL_CALLS_A_POLL = 10;

/** Of findings whose reason nobody knows. */
const NO_REASON = "no-reason-found";

/** What a poll has learned of one tracked record. */
export interface Verdict {
  readonly tracked: StoredTrackedRecord;
  readonly examination: Examination;
  readonly findings: readonly Finding[];
}

export interface DueOptions {
  readonly now: Date;
  /** Changes older than this may differ for reasons older than the bot. */
  readonly watchedSince: Date;
  /** From when to when the last suspension stood, until now while one does: meanwhile nothing could sync. */
  readonly suspended: Spell | null;
  readonly syncedToSalesforceAt: Date | null;
  readonly syncedToHubSpotAt: Date | null;
  /** Whether the whole sync seems to stand still: then a record that waits says nothing about itself. */
  readonly standsStill: boolean;
  /** Is told what turns out to refuse every write alike; no further records are examined then. */
  readonly onCause?: (cause: SeenCause) => void;
}

/** Examines the records whose grace period is over or that are to be looked at again, a batch at a time. */
export async function* examineDue(
  context: MonitorContext,
  connection: Connection,
  cache: SchemaCache,
  options: DueOptions,
): AsyncGenerator<readonly Verdict[]> {
  const { name, diagnosis } = connection.settings;
  let trialsLeft = TRIALS_A_POLL;
  let callsLeft = TRIAL_CALLS_A_POLL;
  for (let done = 0; done < RECORDS_A_POLL; done += BATCH) {
    const due = await dueRecords(context.db, name, options.now, BATCH);
    if (due.length === 0) return;
    const retryBefore = options.now.getTime() - diagnosis.retryAfterMs;
    const tried = new Map(
      due.flatMap(({ record_key, tried_version: version, tried_at }) =>
        version !== null && tried_at !== null ? [[record_key, { version, isDue: tried_at.getTime() <= retryBefore }]] : [],
      ),
    );
    const heldToHubSpot = await heldBack(
      context.db,
      name,
      "salesforce-to-hubspot",
      due.map(({ record_key }) => record_key),
    );
    const before = connection.salesforce.callsMade();
    let isRefusedAlike = false;
    const onCause = (cause: SeenCause) => {
      isRefusedAlike = true;
      options.onCause?.(cause);
    };
    const trial = diagnosis.rolledBackWrites && trialsLeft > 0 && callsLeft > 0;
    const examinations = await examine(
      connection,
      cache,
      due.map(referenceOf),
      {
        trial,
        maxTrialCalls: callsLeft,
        maxTrials: trialsLeft,
        tried,
        watchedSince: options.watchedSince,
        suspended: options.suspended,
        onCause,
      },
      options.now,
    );
    trialsLeft -= [...examinations.values()].filter((one) => one.state === "out-of-step" && one.triedVersion !== null).length;
    callsLeft -= Math.max(0, connection.salesforce.callsMade() - before - 2);
    const verdicts = due.flatMap((tracked): Verdict[] => {
      const examination = examinations.get(tracked.record_key);
      if (examination === undefined) return [];
      const held = heldToHubSpot.has(tracked.record_key);
      return [{ tracked, examination, findings: findingsOf(tracked.state, examination, held, connection, options) }];
    });
    yield await withoutDeleted(connection, verdicts, options.standsStill);
    if (due.length < BATCH || isRefusedAlike) return;
  }
}

/**
 * What HubSpot has no record for, without any reason, may have had one that was deleted after the change: nothing waits then. That
 * is found out before anything is said of it, or of a sync that stands still because of it.
 */
async function withoutDeleted(
  connection: Connection,
  verdicts: readonly Verdict[],
  standsStill: boolean,
): Promise<readonly Verdict[]> {
  const suspects = verdicts.flatMap(({ examination, findings }) => {
    if (examination.state !== "out-of-step" || examination.reference.hubspotId !== null) return [];
    const isSuspect = findings.length === 0 ? standsStill : findings.some(({ cause }) => cause === NO_REASON);
    return isSuspect ? examination : [];
  });
  if (suspects.length === 0) return verdicts;
  const deleted = await deletedSinceChange(connection, suspects);
  return verdicts.map((verdict) => {
    const { reference } = verdict.examination;
    if (reference.hubspotId !== null || !deleted.has(reference.salesforceId ?? "")) return verdict;
    const why = sentence("Its HubSpot record was deleted after Salesforce's was changed");
    return { tracked: verdict.tracked, examination: { state: "excluded", reference, why }, findings: [] };
  });
}

function referenceOf(tracked: StoredTrackedRecord): RecordReference {
  return {
    object: tracked.object,
    // What a Salesforce record is linked to may have changed: it is looked up by its own id.
    hubspotId: tracked.record_key.startsWith("salesforce:") ? null : tracked.hubspot_id,
    salesforceObject: tracked.salesforce_object,
    salesforceId: tracked.salesforce_id,
    label: tracked.record_key,
  };
}

/** What an examination means for a record: what was found, or, where the sync has passed it over, that no reason was. */
export function findingsOf(
  state: StoredTrackedRecord["state"],
  examination: Examination,
  isHeldToHubSpot: boolean,
  connection: Connection,
  options: DueOptions,
): readonly Finding[] {
  if (examination.state !== "out-of-step") return [];
  const { changedBySync, changedIn, madeBySync } = examination;
  // What Salesforce fills in where the sync makes a record doesn't travel back. Where it wrote to one that was there, what HubSpot
  // can't take may be a person's from before that write, with which the sync went round it.
  const isLeft = madeBySync && !isHeldToHubSpot;
  const findings = examination.findings.filter(({ direction }) => !(isLeft && direction === "salesforce-to-hubspot"));
  if (findings.length > 0) return findings;
  if (examination.maybeChangedBack || (changedBySync && changedIn === "salesforce")) return [];
  // Nobody can be sure that what shows no link hasn't arrived: only a reason counts.
  if (!showsLink(examination.reference.object)) return [];
  const { rolledBackWrites, retryAfterMs } = connection.settings.diagnosis;
  // A rolled-back write that is still to be made will tell the reason, unless it goes on being put off.
  const isToBeTried = examination.diagnosis === "not-tried" && rolledBackWrites;
  const now = isToBeTried ? new Date(options.now.getTime() - retryAfterMs) : options.now;
  if (state !== "waiting") return [];
  const at = { ...options, now };
  const passedOver = isPassedOver(examination, connection, at);
  return passedOver || isUnexplained(examination, connection, at) ? [withoutReason(examination, passedOver, options)] : [];
}

/**
 * Whether a change in Salesforce has waited for too long without any reason known, while nothing else has been synced either. One
 * in HubSpot has been tried on Salesforce, and what nothing speaks against speaks against the sync.
 */
function isUnexplained(
  { changedAt, changedIn }: OutOfStep,
  { settings }: Connection,
  { now, watchedSince, suspended, standsStill }: DueOptions,
): boolean {
  if (changedIn === "hubspot" || standsStill || changedAt < watchedSince) return false;
  const waitsSince = Math.max(changedAt.getTime(), suspended?.until.getTime() ?? 0);
  return now.getTime() - waitsSince >= settings.graceMs + settings.stallMs;
}

/**
 * What becomes of an examined record. `settled`: in step, gone or excluded. `old`: it differs, but nothing speaks against it and
 * it is no waiting change: it is from before the bot's time (a mapping without backfill), or what Salesforce made of the sync's
 * own write.
 */
export function standingOf(
  state: StoredTrackedRecord["state"],
  examination: Examination,
  findings: readonly Finding[],
  { diagnosis }: Connection["settings"],
  watchedSince: Date,
): "settled" | "in-error" | "waiting" | "old" {
  if (examination.state !== "out-of-step") return "settled";
  if (findings.length > 0 || state === "in-error") return "in-error";
  const isExplored = examination.diagnosis === "complete" || !diagnosis.rolledBackWrites;
  const { changedAt, changedBySync, changedIn, reference } = examination;
  // What shows no link may have arrived without being recognised.
  const isOld = changedAt < watchedSince || (changedBySync && changedIn === "salesforce") || !showsLink(reference.object);
  return isExplored && isOld ? "old" : "waiting";
}

/**
 * Whether the native sync has moved past a change that should have travelled. Only of changes made under the bot's eyes: an
 * older difference may come from before its mapping was made.
 */
export function isPassedOver(
  { changedAt, changedIn }: Pick<OutOfStep, "changedAt" | "changedIn">,
  { settings }: Pick<Connection, "settings">,
  { now, watchedSince, suspended, syncedToHubSpotAt, syncedToSalesforceAt }: DueOptions,
): boolean {
  if (changedAt < watchedSince) return false;
  const waitsSince = Math.max(changedAt.getTime(), suspended?.until.getTime() ?? 0);
  const syncedAt = changedIn === "hubspot" ? syncedToSalesforceAt : syncedToHubSpotAt;
  const hasMovedOn = syncedAt !== null && syncedAt.getTime() > waitsSince + settings.graceMs;
  return hasMovedOn && now.getTime() - waitsSince >= settings.graceMs + settings.stallMs;
}

function withoutReason(
  { reference, changedIn, changedAt, differences }: OutOfStep,
  passedOver: boolean,
  { now }: DueOptions,
): Finding {
  const [first] = differences;
  const inHubSpot = changedIn === "hubspot";
  const [from, to] = inHubSpot ? ["HubSpot", "Salesforce"] : ["Salesforce", "HubSpot"];
  const values = { system: from, changedAt: instant(changedAt), values: bothValues(first, to) };
  return {
    type: "other",
    direction: inHubSpot ? "hubspot-to-salesforce" : "salesforce-to-hubspot",
    record: reference,
    hubspotProperty: first?.mapping.hubspotProperty ?? null,
    salesforceField: first?.mapping.salesforceField ?? null,
    cause: NO_REASON,
    value: first === undefined ? null : inHubSpot ? first.hubspotValue : String(first.salesforceValue ?? ""),
    details: { reason: NO_REASON, ...(first !== undefined && { field: first.mapping.hubspotProperty }) },
    evidence: {
      at: now.toISOString(),
      statement: passedOver
        ? sentence(
            "Changed in {system} at {changedAt} and not synced, though other records have been: {values}. Nothing was found in either system's schema that speaks against it",
            values,
          )
        : sentence(
            "Changed in {system} at {changedAt} and not synced, and no other record has been seen to sync since, so that it may be the sync itself: {values}. Nothing was found in either system's schema that speaks against it",
            values,
          ),
    },
  };
}

function bothValues(difference: OutOfStep["differences"][number] | undefined, to: string): Sentence {
  if (difference === undefined) return sentence("{system} has no such record yet", { system: to });
  const { mapping, hubspotValue, salesforceValue } = difference;
  return sentence(
    'HubSpot\'s {property} has {inHubSpot, select, unnamed {no value} other {"{inHubSpot}"}}, Salesforce\'s {field} {inSalesforce, select, unnamed {no value} other {"{inSalesforce}"}}',
    {
      property: mapping.hubspotProperty,
      field: mapping.salesforceField,
      inHubSpot: nameOf(plainText(hubspotValue ?? "", 80)),
      inSalesforce: nameOf(plainText(String(salesforceValue ?? ""), 80)),
    },
  );
}

/** The key that a record goes by from now on: by its HubSpot record as soon as it has one. */
export function presentKey(examination: Examination): string {
  return recordKey(examination.reference);
}
