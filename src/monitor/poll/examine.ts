import { inSyncOrder } from "../../health/cause-order.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { sentence } from "../../language/sentence.ts";
import type { FieldMapping } from "../../records/mapping.ts";
import { LINK_PROPERTIES, type SalesforceRecord } from "../../records/record.ts";
import { saveConnectionState } from "../../store/connection-state.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { findInHubSpot, type Incoming } from "./diagnose-hubspot.ts";
import {
  creationMappings,
  findInSalesforceSchema,
  type PendingWrite,
  pendingWrite,
  tryInSalesforce,
} from "./diagnose-salesforce.ts";
import type { DatedDifference } from "./difference.ts";
import type { Examination, ExamineOptions, OutOfStep } from "./examination.ts";
import { existingPeople } from "./existing-people.ts";
import { holdersOfEmails } from "./incoming-email.ts";
import { settledBeforeMerge } from "./merged-away.ts";
import { momentOf, STAMP_MS } from "./scan.ts";
import { loadSchemaCache, type SchemaCache } from "./schema.ts";
import { type Situated, type Situation, situationsOf } from "./situation.ts";
import { planTrials, weigh } from "./trial-plan.ts";
import { accountOf } from "./waiting-account.ts";

const MERGED_AWAY = sentence("Its HubSpot contact was merged into another one, and nothing has changed in Salesforce since");

/** The sync sets these by pairing records, not by carrying values. */
const LINKS: ReadonlySet<string> = new Set(Object.values(LINK_PROPERTIES));

/**
 * Looks closely at records as they are in both systems now: in step or not, and if not, why. Answers by the key of the
 * reference asked about (`recordKey`). Rejects with `RefusedError` when a system refuses the reading itself.
 */
export async function examineRecords(
  context: MonitorContext,
  connection: Connection,
  references: readonly RecordReference[],
  options: ExamineOptions,
): Promise<ReadonlyMap<string, Examination>> {
  const cache = await loadSchemaCache(context, connection);
  const examinations = await examine(connection, cache, references, options, context.clock.now());
  await saveConnectionState(context.db, connection.settings.name, { schemaParts: cache.replaced() });
  return examinations;
}

/** The same with a cache at hand. */
export async function examine(
  connection: Connection,
  cache: SchemaCache,
  references: readonly RecordReference[],
  options: ExamineOptions,
  now: Date,
): Promise<ReadonlyMap<string, Examination>> {
  const situated = await situationsOf(connection, cache, references, now, { watchedSince: options.watchedSince });
  return examineSituated(connection, cache, situated, options, now);
}

/** The same of records that have been read already. */
export async function examineSituated(
  connection: Connection,
  cache: SchemaCache,
  situated: ReadonlyMap<string, Situated>,
  options: ExamineOptions,
  now: Date,
): Promise<ReadonlyMap<string, Examination>> {
  const { userId } = await connection.salesforce.identity();
  const pending = new Map<string, PendingWrite>();
  const incoming: Incoming[] = [];
  for (const [key, record] of situated) {
    const write = writeOf(connection, cache, key, record);
    if (write !== null) pending.set(key, write);
    const change = incomingOf(connection, key, record, userId);
    if (change !== null) incoming.push(change);
  }
  const existing = await existingPeople(connection, situated.values());
  for (const [key, { situation }] of situated) {
    if (situation.state === "create-in-salesforce" && existing.has((situation.hubspot.properties.email ?? "").toLowerCase())) {
      pending.delete(key);
    }
  }
  const found = new Map([...pending].map(([key, write]) => [key, findInSalesforceSchema(connection, cache, write, now)]));
  const holders = await holdersOfEmails(connection, incoming);
  const settled = await settledBeforeMerge(connection, incoming, holders, { userId, suspended: options.suspended ?? null });
  const left = incoming.filter((change) => !settled.has(change.key));
  const arriving = await findInHubSpot(connection, cache, left, holders, now);
  const toTry = planTrials(pending.values(), found, options);
  const trials = await tryInSalesforce(connection, cache, toTry, options.maxTrialCalls, now);
  for (const cause of trials.causes) options.onCause?.(cause);

  return new Map(
    [...situated].map(([key, record]) => {
      if (settled.has(key)) return [key, { state: "excluded", reference: record.reference, why: MERGED_AWAY }];
      const write = pending.get(key);
      const tried = trials.findings.get(key);
      const schema = found.get(key) ?? [];
      const earlierStands = tried === undefined && write !== undefined && options.tried?.get(key)?.version === write.version;
      const isTried = tried !== undefined || earlierStands;
      const outgoing = weigh(schema, tried, connection.settings.diagnosis.rolledBackWrites && !isTried);
      const incomingToo = outgoing.length > 0 && isMaybeBack(record.situation, userId) ? [] : (arriving.get(key) ?? []);
      const findings = inSyncOrder([...outgoing, ...incomingToo]);
      const isComplete = write === undefined || isTried || outgoing.length > 0;
      const diagnosis = isComplete ? ("complete" as const) : ("not-tried" as const);
      const triedVersion = tried === undefined ? null : (write?.version ?? null);
      return [key, examinationOf(record, { findings, earlierStands, diagnosis, triedVersion }, userId)];
    }),
  );
}

function examinationOf(
  { reference, situation }: Situated,
  learned: Pick<OutOfStep, "findings" | "earlierStands" | "diagnosis" | "triedVersion">,
  integrationUserId: string,
): Examination {
  if (situation.state === "excluded") return { state: "excluded", reference, why: situation.why };
  if (situation.state === "frozen")
    return { state: "excluded", reference, why: sentence("The contact isn't in the inclusion list") };
  if (situation.state === "partner-gone") {
    return {
      state: "excluded",
      reference,
      why: sentence("Its Salesforce record is gone, and no change in HubSpot waits for it"),
    };
  }
  if (situation.state === "in-step" || situation.state === "gone") return { state: situation.state, reference };
  return {
    state: "out-of-step",
    reference,
    differences: situation.state === "pair" ? situation.differences : [],
    ...learned,
    ...changeOf(situation, integrationUserId),
  };
}

type Waiting = Exclude<Situation, { state: "in-step" | "gone" | "excluded" | "frozen" | "partner-gone" }>;

/** Whether a change is to travel. */
export function isWaiting(situation: Situation): situation is Waiting {
  return !["in-step", "gone", "excluded", "frozen", "partner-gone"].includes(situation.state);
}

/** Where and when the change that waits was made. */
export function changeOf(
  situation: Waiting,
  integrationUserId: string,
): Pick<OutOfStep, "changedIn" | "changedAt" | "changedBySync" | "madeBySync" | "maybeChangedBack"> {
  const isBySync = ({ modifiedById }: SalesforceRecord) => modifiedById === integrationUserId;
  const isMadeBySync = (record: SalesforceRecord) =>
    isBySync(record) && record.modifiedAt.getTime() - record.createdAt.getTime() <= STAMP_MS;
  switch (situation.state) {
    case "pair": {
      const { hubspot, salesforce, differences } = situation;
      const outgoing = differences.filter(isOutgoing);
      const dated = outgoing.length > 0 ? outgoing : differences;
      const newest = dated.map(({ changedAt }) => changedAt.getTime()).reduce((one, other) => Math.max(one, other), 0);
      const changedAt = newest === 0 ? salesforce.modifiedAt : new Date(newest);
      const changedBySync = isBySync(salesforce);
      const syncedAt = momentOf(hubspot.properties.salesforcelastsynctime) ?? new Date(0);
      return {
        changedIn: outgoing.length > 0 ? "hubspot" : "salesforce",
        changedAt,
        changedBySync,
        madeBySync: isMadeBySync(salesforce),
        maybeChangedBack: outgoing.length > 0 && !changedBySync && syncedAt > changedAt && salesforce.modifiedAt > changedAt,
      };
    }
    case "partner-missing":
      return {
        changedIn: "hubspot",
        changedAt: situation.hubspot.updatedAt,
        changedBySync: false,
        madeBySync: false,
        maybeChangedBack: false,
      };
    case "create-in-salesforce":
      return {
        changedIn: "hubspot",
        changedAt: situation.hubspot.createdAt,
        changedBySync: false,
        madeBySync: false,
        maybeChangedBack: false,
      };
    case "create-in-hubspot":
      return {
        changedIn: "salesforce",
        // Its HubSpot record may have been deleted since it was made: the newest edit is what has it made anew.
        changedAt: situation.salesforce.modifiedAt,
        changedBySync: isBySync(situation.salesforce),
        madeBySync: isMadeBySync(situation.salesforce),
        maybeChangedBack: false,
      };
  }
}

function isMaybeBack(situation: Situation, userId: string): boolean {
  return situation.state === "pair" && changeOf(situation, userId).maybeChangedBack;
}

function isOutgoing({ direction }: DatedDifference): boolean {
  return direction === "hubspot-to-salesforce";
}

/** What the native sync would write to Salesforce for a record, if anything. */
export function writeOf(
  connection: Connection,
  cache: SchemaCache,
  key: string,
  { reference, situation }: Situated,
): PendingWrite | null {
  switch (situation.state) {
    case "pair": {
      const { hubspot, salesforce } = situation;
      const mappings = situation.differences.filter(isOutgoing).map(({ mapping }) => mapping);
      if (mappings.length === 0) return null;
      const target = { object: salesforce.object, record: salesforce, id: salesforce.id };
      return pendingWrite(connection, cache, key, reference, hubspot, target, mappings);
    }
    case "partner-missing": {
      const { hubspot, link } = situation;
      const target = { object: link.object, record: null, id: link.id };
      return pendingWrite(connection, cache, key, reference, hubspot, target, creationMappings(connection, cache, link.object));
    }
    case "create-in-salesforce": {
      const { hubspot, as, given } = situation;
      const target = { object: as, record: null, id: null };
      return pendingWrite(connection, cache, key, reference, hubspot, target, creationMappings(connection, cache, as), given);
    }
    default:
      return null;
  }
}

/** What would arrive in HubSpot from Salesforce, if anything. */
function incomingOf({ settings }: Connection, key: string, { reference, situation }: Situated, userId: string): Incoming | null {
  if (situation.state === "pair") {
    // What Salesforce has again may be what keeps it from HubSpot.
    const isBack = isMaybeBack(situation, userId);
    const mappings: FieldMapping[] = situation.differences
      .filter((difference) => !isOutgoing(difference) || (isBack && difference.mapping.rule === "two-way"))
      .map(({ mapping }) => mapping);
    if (mappings.length === 0 && !situation.waitsForAccount) return null;
    const { hubspot, salesforce } = situation;
    const needsAccount = accountOf(salesforce, settings) !== null;
    return { key, reference, salesforce, hubspot, mappings, needsAccount };
  }
  if (situation.state !== "create-in-hubspot") return null;
  const { salesforce } = situation;
  const mappings = settings.mappings.filter(
    ({ salesforceObject, hubspotProperty, rule }) =>
      salesforceObject === salesforce.object && rule !== "none" && !LINKS.has(hubspotProperty),
  );
  return { key, reference, salesforce, hubspot: null, mappings, needsAccount: accountOf(salesforce, settings) !== null };
}
