import type { Transaction } from "kysely";
import { nameOf } from "../../health/catalogue-entry.ts";
import { groupKey, normaliseCause } from "../../health/cause.ts";
import { causeOfExported, type ExportedCause } from "../../health/import/cause.ts";
import { categoryOf } from "../../health/sync-error-catalogue.ts";
import type { Finding } from "../../health/sync-errors.ts";
import { day, sentence } from "../../language/sentence.ts";
import { PARTNER_OBJECTS } from "../../records/record.ts";
import { addErrorEvent, errorsByGroupKey } from "../../store/error-groups.ts";
import {
  errorsOfRecords,
  type ImportedRecord,
  type KnownError,
  markShown,
  type OpenGroup,
  openGroups,
  trackImported,
} from "../../store/imports.ts";
import type { Database } from "../../store/schema.ts";
import { type FoundRecord, upsertAffected, upsertError } from "../../store/sync-errors.ts";
import type { Connection } from "../context.ts";
import { newErrorId } from "../poll/record-findings.ts";
import type { LocatedLine } from "./locate.ts";

/** What one import is, for the findings that it makes. */
export interface ImportMark {
  readonly importedAt: Date;
  readonly importedBy: string;
  /** When HubSpot made the export, where that is known. */
  readonly exportedAt: Date | null;
  /** When the poll is to look at the next new record. */
  readonly dueAt: (newRecords: number) => Date;
}

export interface Merged {
  readonly new: number;
  readonly confirmed: number;
  readonly repeated: number;
}

interface Claim {
  readonly located: LocatedLine;
  readonly cause: ExportedCause;
}

/** Merges what HubSpot shows with what is known. `newBefore`: how many new records the import has had before. */
export async function mergeLines(
  trx: Transaction<Database>,
  { settings }: Connection,
  lines: readonly LocatedLine[],
  mark: ImportMark,
  newBefore: number,
): Promise<Merged> {
  const known = new Map<string, KnownError[]>();
  for (const error of await errorsOfRecords(trx, settings.name, [...new Set(lines.map(({ key }) => key))])) {
    known.set(error.record_key, [...(known.get(error.record_key) ?? []), error]);
  }
  const shown = new Map<string, { errorId: string; key: string }>();
  const claims = new Map<string, Claim>();
  let repeated = 0;
  for (const located of lines) {
    const { object, salesforceObject } = located.reference;
    const as = { object, salesforceObject: salesforceObject ?? PARTNER_OBJECTS[object][0], mappings: settings.mappings };
    const cause = causeOfExported(located.line, as);
    const same = (known.get(located.key) ?? []).filter((error) => isSameError(error, cause));
    if (same.length > 0) {
      const fresh = same.filter(({ shown_in_hubspot_at: at }) => at === null || at < mark.importedAt);
      const unseen = fresh.filter(({ error_id }) => !shown.has(`${error_id} ${located.key}`));
      if (unseen.length === 0) repeated += 1;
      for (const { error_id } of unseen) shown.set(`${error_id} ${located.key}`, { errorId: error_id, key: located.key });
      continue;
    }
    const claim = JSON.stringify([located.key, cause.type, cause.salesforceField, cause.hubspotProperty]);
    if (claims.has(claim)) repeated += 1;
    else claims.set(claim, { located, cause });
  }
  await markShown(trx, [...shown.values()], mark.importedAt);
  await addClaims(trx, settings.name, [...claims.values()], mark, newBefore);
  return { new: claims.size, confirmed: shown.size, repeated };
}

/** Whether a known error is the one that HubSpot shows: of its type, and on no other field than the one HubSpot names, if any. */
function isSameError(
  error: Pick<KnownError, "type" | "salesforce_field" | "hubspot_property">,
  cause: Pick<ExportedCause, "type" | "salesforceField" | "hubspotProperty">,
): boolean {
  if (error.type !== cause.type) return false;
  const { salesforceField: field, hubspotProperty: property } = cause;
  if (field !== null && error.salesforce_field !== null) return field === error.salesforce_field;
  return property === null || error.hubspot_property === null || property === error.hubspot_property;
}

async function addClaims(
  trx: Transaction<Database>,
  connection: string,
  claims: readonly Claim[],
  mark: ImportMark,
  newBefore: number,
): Promise<void> {
  const open = await openGroups(trx, connection, [...new Set(claims.map(({ cause }) => cause.type))]);
  const found = claims.map(({ located, cause }) => ({
    located,
    finding: { ...cause, record: located.reference, evidence: evidenceOf(located, mark) },
  }));
  const known = new Map(await errorsByGroupKey(trx, connection, [...new Set(found.map(({ finding }) => groupKey(finding)))]));
  const groups = new Map<string, FoundRecord[]>();
  for (const { located, finding } of found) {
    const ownKey = groupKey(finding);
    const own = known.get(ownKey);
    const standing = own?.isOpen === true ? own : onlyFitting(open, finding, located);
    const id = standing?.id ?? own?.id ?? (await newErrorId(trx, connection, ownKey));
    if (standing === null) {
      const { type, direction, hubspotProperty, salesforceField, details, evidence, record } = finding;
      const error = { id, groupKey: ownKey, category: categoryOf(type), type, direction, object: record.object };
      await upsertError(trx, connection, { ...error, hubspotProperty, salesforceField, details, evidence }, mark.importedAt);
      await addErrorEvent(trx, id, own === undefined ? "opened" : "reopened", mark.importedAt);
      known.set(ownKey, { id, isOpen: true });
    }
    const record = { key: located.key, reference: located.reference, value: finding.value, evidence: finding.evidence };
    groups.set(id, [...(groups.get(id) ?? []), record]);
  }
  for (const [id, records] of groups) await upsertAffected(trx, connection, id, records, mark.importedAt);
  const added = [...groups].flatMap(([errorId, records]) => records.map(({ key }) => ({ errorId, key })));
  await markShown(trx, added, mark.importedAt);
  await trackImported(trx, connection, toTrack(claims, mark, newBefore));
}

function toTrack(claims: readonly Claim[], { importedAt, dueAt }: ImportMark, newBefore: number): readonly ImportedRecord[] {
  const records = new Map<string, ImportedRecord>();
  for (const { located, cause } of claims) {
    const { object, hubspotId, salesforceObject, salesforceId } = located.reference;
    if (records.has(located.key)) continue;
    records.set(located.key, {
      key: located.key,
      object,
      hubspot_id: hubspotId,
      salesforce_object: salesforceObject,
      salesforce_id: salesforceId,
      changedIn: cause.direction === "hubspot-to-salesforce" ? "hubspot" : "salesforce",
      changedAt: located.line.seenAt ?? importedAt,
      dueAt: dueAt(newBefore + records.size),
    });
  }
  return [...records.values()];
}

/** The one open group that the finding fits, where HubSpot's words are too few to tell its cause: none where several do. */
function onlyFitting(open: readonly OpenGroup[], finding: Finding, { line }: LocatedLine): OpenGroup | null {
  const fitting = open.filter(
    (group) =>
      group.object === finding.record.object &&
      group.direction === finding.direction &&
      isSameError(group, finding) &&
      (line.message === null || isSameMessage(line.message, group.details, finding.value)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function isSameMessage(message: string, details: OpenGroup["details"], value: string | null): boolean {
  if (details.message === undefined) return false;
  const theirs = normaliseCause(details.message, [value]);
  return theirs.length >= 8 && normaliseCause(message, [value]).includes(theirs);
}

function evidenceOf({ line }: LocatedLine, mark: ImportMark): Finding["evidence"] {
  const of = line.seenAt ?? mark.exportedAt;
  const values = { day: of ? day(of) : nameOf(undefined), message: nameOf(line.message?.replace(/\.\s*$/, "")) };
  return {
    at: mark.importedAt.toISOString(),
    statement: sentence(
      "HubSpot's own export{day, select, unnamed {} other { of {day}}} shows it{message, select, unnamed {} other {: {message}}}",
      values,
    ),
    importedBy: mark.importedBy,
  };
}
