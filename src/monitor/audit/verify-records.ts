import { DETAILS_KEPT, type DifferingValue, type DriftDetails } from "../../health/drift.ts";
import type { RecordReference } from "../../health/sync-errors.ts";
import { recordKey } from "../../records/pairing.ts";
import type { SalesforceObject, SalesforceRecord, SalesforceValue } from "../../records/record.ts";
import type { StoredFinding } from "../../store/audit-findings.ts";
import { standingOf } from "../../store/recheck.ts";
import type { Connection, MonitorContext } from "../context.ts";
import type { DatedDifference } from "../poll/difference.ts";
import type { SchemaCache } from "../poll/schema.ts";
import { type Situated, type Situation, situationsOf } from "../poll/situation.ts";
import { settledBefore } from "./settled.ts";

/** What a second look says of a candidate. Only `drift` is reported; the others but `nothing` are counted. */
export type SecondLook =
  | { readonly says: "drift"; readonly label: string; readonly details: DriftDetails }
  | { readonly says: "nothing" | "by-rule" | "in-error" | "waiting" };

/** Partners that are in the recycle bin, modified when they got there. Opportunities can't be merged. */
type Fates = ReadonlyMap<string, SalesforceRecord>;

const NOTHING: SecondLook = { says: "nothing" };
const VALUE_CHARACTERS = 200;

/**
 * Reads the records of candidates again, as both systems hold them now, with the poll's own eyes. What an open error explains,
 * what its sync rule leaves and what is still on its way is no drift.
 */
export async function lookAgain(
  context: MonitorContext,
  connection: Connection,
  cache: SchemaCache,
  findings: readonly StoredFinding[],
): Promise<readonly { readonly finding: StoredFinding; readonly look: SecondLook }[]> {
  const now = context.clock.now();
  const situated = await situationsOf(connection, cache, findings.map(referenceOf), now);
  const isSettled = await settledBefore(context, connection);
  const inError = await recordsInError(context, connection, situated);
  const { userId } = await connection.salesforce.identity();
  const fates = await fatesOfMissing(connection, situated);
  return findings.map((finding) => {
    const one = situated.get(recordKey(referenceOf(finding)));
    if (one === undefined) return { finding, look: NOTHING };
    const details = detailsOf(finding, one.situation, fates);
    if (details === null) return { finding, look: byRule(one.situation) };
    if (isInError(one.reference, inError)) return { finding, look: { says: "in-error" } };
    if (isMadeBySync(one.situation, userId)) return { finding, look: { says: "by-rule" } };
    if (!isSettled(changedAt(one.situation, fates))) return { finding, look: { says: "waiting" } };
    return { finding, look: { says: "drift", label: one.reference.label, details } };
  });
}

export function referenceOf(finding: StoredFinding): RecordReference {
  return {
    object: finding.object,
    hubspotId: finding.hubspot_id,
    salesforceObject: finding.salesforce_object,
    salesforceId: finding.salesforce_id,
    label: finding.label,
  };
}

/** What there is to tell where the situation is still the one that the finding is about; else null. */
function detailsOf(finding: StoredFinding, situation: Situation, fates: Fates): DriftDetails | null {
  switch (situation.state) {
    case "pair": {
      if (finding.kind !== "differing-values") return null;
      const values = situation.differences.map(differingValue);
      if (situation.waitsForAccount) values.push(accountValue(situation));
      return { values: values.slice(0, DETAILS_KEPT), differing: values.length };
    }
    case "frozen": {
      if (finding.kind !== "frozen") return null;
      const values = situation.differences.map(differingValue);
      return { values: values.slice(0, DETAILS_KEPT), differing: values.length };
    }
    case "partner-gone":
    case "partner-missing": {
      if (finding.kind !== "missing-partner") return null;
      const fate = fates.get(situation.link.id);
      if (fate === undefined) return { fate: "not-found" };
      const { MasterRecordId: master } = fate.fields;
      return typeof master === "string" ? { fate: "merged", mergedInto: master } : { fate: "deleted" };
    }
    case "create-in-hubspot":
      return finding.kind === "missing-in-hubspot" ? finding.details : null;
    case "create-in-salesforce":
      return finding.kind === "missing-in-salesforce" ? finding.details : null;
    default:
      return null;
  }
}

function byRule(situation: Situation): SecondLook {
  return situation.state === "in-step" && situation.leftByRule ? { says: "by-rule" } : NOTHING;
}

/** Salesforce's newest change is the sync's own: what Salesforce made of it (a default, a formula) doesn't travel back. */
function isMadeBySync(situation: Situation, userId: string): boolean {
  return (
    situation.state === "pair" &&
    situation.salesforce.modifiedById === userId &&
    situation.differences.every(({ direction }) => direction === "salesforce-to-hubspot")
  );
}

/** When what the finding is about came to be, at the latest. */
function changedAt(situation: Situation, fates: Fates): Date {
  switch (situation.state) {
    case "pair": {
      const { differences, salesforce } = situation;
      const times = differences.map((difference) => difference.changedAt.getTime());
      return times.length === 0 ? salesforce.modifiedAt : new Date(times.reduce((one, other) => Math.max(one, other)));
    }
    case "partner-gone":
    case "partner-missing":
      return fates.get(situation.link.id)?.modifiedAt ?? new Date(0);
    case "create-in-hubspot":
      return situation.salesforce.modifiedAt;
    case "create-in-salesforce":
      return situation.hubspot.updatedAt;
    // That a contact isn't in the list needs no time to become true.
    default:
      return new Date(0);
  }
}

function differingValue({ mapping, direction, hubspotValue, salesforceValue }: DatedDifference): DifferingValue {
  const { hubspotProperty, salesforceField } = mapping;
  return { hubspotProperty, salesforceField, direction, hubspotValue: cut(hubspotValue), salesforceValue: cut(salesforceValue) };
}

function accountValue({ hubspot, salesforce }: Extract<Situation, { state: "pair" }>): DifferingValue {
  return {
    hubspotProperty: "salesforceaccountid",
    salesforceField: "AccountId",
    direction: "salesforce-to-hubspot",
    hubspotValue: cut(hubspot.properties.salesforceaccountid ?? null),
    salesforceValue: cut(salesforce.fields.AccountId ?? null),
  };
}

function cut(value: SalesforceValue): string | null {
  return value === null ? null : String(value).slice(0, VALUE_CHARACTERS);
}

function keysOf({ object, hubspotId, salesforceId }: RecordReference): readonly string[] {
  return [
    ...(hubspotId === null ? [] : [recordKey({ object, hubspotId, salesforceId: null })]),
    ...(salesforceId === null ? [] : [recordKey({ object, hubspotId: null, salesforceId })]),
  ];
}

/** The keys of records that open errors hold back. */
async function recordsInError(
  { db }: MonitorContext,
  { settings }: Connection,
  situated: ReadonlyMap<string, Situated>,
): Promise<ReadonlySet<string>> {
  const keys = [...situated.values()].flatMap(({ reference }) => keysOf(reference));
  const standing = await standingOf(db, settings.name, [...new Set(keys)]);
  return new Set([...standing].flatMap(([key, { error }]) => (error === null ? [] : [key])));
}

function isInError(reference: RecordReference, inError: ReadonlySet<string>): boolean {
  return keysOf(reference).some((key) => inError.has(key));
}

async function fatesOfMissing({ salesforce }: Connection, situated: ReadonlyMap<string, Situated>): Promise<Fates> {
  const missing = new Map<SalesforceObject, string[]>();
  for (const { situation } of situated.values()) {
    if (situation.state !== "partner-missing" && situation.state !== "partner-gone") continue;
    const { object, id } = situation.link;
    missing.set(object, [...(missing.get(object) ?? []), id]);
  }
  const fates = new Map<string, SalesforceRecord>();
  for (const [object, ids] of missing) {
    const deleted = await salesforce.deletedRecords(object, ids, object === "Opportunity" ? [] : ["MasterRecordId"]);
    for (const record of deleted) fates.set(record.id, record);
  }
  return fates;
}
