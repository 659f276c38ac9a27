import { DRIFT_KINDS, type DriftKind } from "../../health/drift.ts";
import type { AuditReport, DriftReport } from "../../health/report.ts";
import { saidOf } from "../../language/stored.ts";
import { countFindings, listFindings, type StoredFinding } from "../../store/audit-findings.ts";
import { getConnectionState } from "../../store/connection-state.ts";
import { getRequest, newestOfKind, type StoredRequest } from "../../store/requests.ts";
import type { MonitorContext } from "../context.ts";
import { connectionLinks } from "../links.ts";
import type { Page } from "../monitor.ts";
import { type AuditProgress, auditParameters, auditProgress } from "./audit-progress.ts";

type Parts = Pick<MonitorContext, "db">;

const EXAMPLES_OF_A_KIND = 3;
const AUDITS_LOOKED_AT = 20;

/** How far an audit is, or what came of it. */
export async function auditReport(parts: Parts, requestId: string): Promise<AuditReport | null> {
  const request = await getRequest(parts.db, requestId);
  return request?.kind === "audit" ? reportOf(parts, request) : null;
}

/** The newest audit that ended with a result, and the one at work where there is one. */
export async function lastAudit(
  parts: Parts,
  connection: string,
): Promise<{ readonly done: AuditReport | null; readonly running: AuditReport | null }> {
  const requests = await newestOfKind(parts.db, connection, "audit", AUDITS_LOOKED_AT);
  const done = requests.find(({ state }) => state === "done");
  const running = requests.find(({ finished_at }) => finished_at === null);
  return {
    done: done === undefined ? null : await reportOf(parts, done),
    running: running === undefined ? null : await reportOf(parts, running),
  };
}

/** What an audit found, of one kind or all. Empty once a later audit has taken its place. */
export async function driftReports(
  { db }: Parts,
  requestId: string,
  kind: DriftKind | null,
  offset: number,
  limit: number,
): Promise<Page<DriftReport>> {
  const { findings, total } = await listFindings(db, requestId, kind, offset, limit);
  return { items: findings.map(driftReport), total, offset };
}

async function reportOf({ db }: Parts, request: StoredRequest): Promise<AuditReport> {
  const progress = auditProgress(request);
  const { stages } = auditParameters(request);
  const state = await getConnectionState(db, request.connection);
  const found = progress.found ?? (request.state === "verifying" ? await countFindings(db, request.id) : []);
  return {
    requestId: request.id,
    connection: request.connection,
    requestedBy: request.requested_by,
    requestedAt: request.requested_at,
    state: request.state,
    at: atOf(request, progress),
    read: stages.flatMap((stage) => {
      if (stage.do !== "read-salesforce" && stage.do !== "read-hubspot") return [];
      const { object } = stage;
      const system = stage.do === "read-salesforce" ? ("salesforce" as const) : ("hubspot" as const);
      return [{ system, object, records: progress.read[object] ?? 0, expected: progress.expected[object] ?? null }];
    }),
    unread: Object.entries(progress.unread).map(([object, why]) => ({ object, why })),
    calls: progress.calls,
    found: found.flatMap(({ kind, ...counts }) =>
      DRIFT_KINDS.filter((one) => one === kind).map((one) => ({ kind: one, ...counts })),
    ),
    hasEarlier: progress.hasEarlier,
    examples: request.finished_at === null ? [] : await examplesOf(db, request.id),
    left: { byRule: progress.byRule, inError: progress.inError, waiting: progress.waiting },
    pause: progress.pause,
    finishedAt: request.finished_at,
    outcome: request.outcome === null ? null : saidOf(request.outcome),
    links: connectionLinks(state?.identity ?? null),
  };
}

function atOf(request: StoredRequest, { stage, looked, candidates }: AuditProgress): AuditReport["at"] {
  if (request.state === "verifying") return { doing: "verifying", looked, candidates: candidates ?? looked };
  if (request.state !== "running") return null;
  const at = auditParameters(request).stages[stage];
  switch (at?.do) {
    case "read-salesforce":
      return { doing: "reading", system: "salesforce", object: at.object };
    case "read-hubspot":
      return { doing: "reading", system: "hubspot", object: at.object };
    case "read-members":
      return { doing: "reading-members" };
    default:
      return { doing: "comparing" };
  }
}

async function examplesOf(db: Parts["db"], requestId: string): Promise<readonly DriftReport[]> {
  const examples: DriftReport[] = [];
  for (const { kind } of await countFindings(db, requestId)) {
    const { findings } = await listFindings(db, requestId, kind, 0, EXAMPLES_OF_A_KIND);
    examples.push(...findings.map(driftReport));
  }
  return examples;
}

function driftReport(finding: StoredFinding): DriftReport {
  return {
    kind: finding.kind,
    record: {
      object: finding.object,
      hubspotId: finding.hubspot_id,
      salesforceObject: finding.salesforce_object,
      salesforceId: finding.salesforce_id,
      label: finding.label,
    },
    details: finding.details,
    isNew: finding.is_new,
  };
}
