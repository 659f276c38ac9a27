import { groupKey } from "../../health/cause.ts";
import type { ConnectionLinks, SyncErrorReport } from "../../health/report.ts";
import type { Finding, RecordReference } from "../../health/sync-errors.ts";
import { recordKey } from "../../records/pairing.ts";
import type { StoredConnectionState } from "../../store/connection-state.ts";
import { errorsByGroupKey } from "../../store/error-groups.ts";
import { openErrorsOfRecord } from "../../store/reports.ts";
import { type SuspensionRow, unfinishedSuspension } from "../../store/suspensions.ts";
import { type StoredTrackedRecord, trackedRecord } from "../../store/tracked-records.ts";
import type { Connection, MonitorContext } from "../context.ts";
import { errorReport, syncErrorReport } from "../reports.ts";
import type { CheckReason, CheckReport } from "./check-report.ts";

/** What of a record's state the polls have stored. */
export interface Stored {
  readonly state: StoredConnectionState | null;
  readonly tracked: StoredTrackedRecord | null;
  readonly open: readonly SyncErrorReport[];
  readonly suspension: SuspensionRow | null;
}

export async function readStored(
  { db, clock }: MonitorContext,
  { settings }: Pick<Connection, "settings">,
  { object, hubspotId, salesforceId }: RecordReference,
  state: StoredConnectionState | null,
  links: ConnectionLinks,
): Promise<Stored> {
  const keys = [
    ...(hubspotId === null ? [] : [recordKey({ object, hubspotId, salesforceId: null })]),
    ...(salesforceId === null ? [] : [recordKey({ object, hubspotId: null, salesforceId })]),
  ];
  const [tracked, errors, suspension] = await Promise.all([
    trackedRecord(db, settings.name, keys),
    openErrorsOfRecord(db, settings.name, keys),
    unfinishedSuspension(db, settings.name),
  ]);
  return { state, tracked, open: errors.map((error) => syncErrorReport(error, links, clock.now())), suspension };
}

export function suspensionOf({ suspension }: Stored): CheckReport["suspension"] {
  if (suspension?.state !== "open") return null;
  return { kind: suspension.kind, openedAt: suspension.opened_at ?? suspension.first_seen_at };
}

/** What was found now; what polls had found before where nothing new was tried since. */
export async function reasonsOf(
  context: MonitorContext,
  { settings }: Connection,
  { findings, earlierStands }: { readonly findings: readonly Finding[]; readonly earlierStands: boolean },
  { open }: Stored,
  record: RecordReference,
): Promise<readonly CheckReason[]> {
  const byKey = new Map(findings.toReversed().map((finding) => [groupKey(finding), finding]));
  const known = await errorsByGroupKey(context.db, settings.name, [...byKey.keys()]);
  const reasons: CheckReason[] = [];
  for (const [key, finding] of [...byKey].toReversed()) {
    const error = known.get(key);
    reasons.push({ finding, open: error?.isOpen ? await errorReport(context, error.id) : null });
  }
  const shown = new Set(reasons.map((reason) => reason.open?.id));
  const earlier = earlierStands ? open.filter(({ id }) => !shown.has(id)) : [];
  return [...reasons, ...earlier.map((error) => ({ finding: findingOf(error, record), open: error }))];
}

/** A sync error as the finding that made it of one record. */
function findingOf(
  { type, direction, hubspotProperty, salesforceField, details, evidence }: SyncErrorReport,
  record: RecordReference,
): Finding {
  return { type, direction, record, hubspotProperty, salesforceField, cause: "", value: null, details, evidence };
}
