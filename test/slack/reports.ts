import type {
  AffectedRecordReport,
  AuditReport,
  BacklogReport,
  ClearReport,
  ConnectionLinks,
  ConnectionReport,
  DigestReport,
  DriftReport,
  FixReport,
  ResyncReport,
  SuspensionReport,
  SyncErrorReport,
} from "../../src/health/report.ts";
import type { CheckReport, FieldReport } from "../../src/monitor/check/check-report.ts";
import type { ActionLogEntry, FixForm, ResyncPreview, Subscription } from "../../src/monitor/monitor.ts";

export const NOW = new Date("2026-11-22T10:00:00Z");

export function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

export const LINKS: ConnectionLinks = {
  syncHealth: "https://app.hubspot.com/integrations-settings/4242/installed/salesforce/sync-health",
  hubspotBase: "https://app.hubspot.com/contacts/4242",
  salesforceBase: "https://acme.my.salesforce.com",
};

export function suspension(changes: Partial<SuspensionReport> = {}): SuspensionReport {
  return {
    id: "S-1",
    connection: "acme",
    kind: "sf-api-limit-exceeded",
    state: "open",
    causes: [
      {
        kind: "sf-api-limit-exceeded",
        evidence: {
          at: minutesAgo(2).toISOString(),
          statement: "Salesforce answered REQUEST_LIMIT_EXCEEDED to the integration user",
        },
        details: { limit: "15000", used: "15000" },
      },
    ],
    openedAt: minutesAgo(60),
    causeGoneAt: null,
    lastSeenAt: minutesAgo(2),
    closedAt: null,
    closeReason: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    clearedBy: null,
    waiting: { hubspot: 312, salesforce: 4 },
    backlog: { oldestAt: minutesAgo(58), perHour: null, endsAt: null },
    mostWaiting: 316,
    flapping: null,
    clearing: null,
    links: LINKS,
    ...changes,
  };
}

export function clearing(changes: Partial<ClearReport> = {}): ClearReport {
  return {
    requestId: "R-1",
    requestedBy: "U0ADMIN",
    expiresAt: new Date(NOW.getTime() + 86_400_000),
    state: "running",
    steps: [
      { step: "retest", state: "done", note: "the cause is gone" },
      { step: "nudge", state: "running", note: null },
      { step: "watch", state: "waiting", note: null },
      { step: "backlog", state: "waiting", note: null },
    ],
    asksHubSpot: false,
    remaining: [],
    cancelledBy: null,
    outcome: null,
    ...changes,
  };
}

export function backlogReport(changes: Partial<BacklogReport> = {}): BacklogReport {
  const records = Array.from({ length: 10 }, (_, index) => ({
    record: {
      object: "contacts" as const,
      hubspotId: String(101 + index),
      salesforceObject: "Contact" as const,
      salesforceId: "003000000000001AAA",
      label: `person${index + 1}@example.com`,
    },
    changedIn: "hubspot" as const,
    changedAt: minutesAgo(58 - index),
  }));
  return {
    connection: "acme",
    asOf: minutesAgo(3),
    suspended: false,
    waiting: { hubspot: 10, salesforce: 2 },
    figures: { oldestAt: minutesAgo(58), perHour: 120, endsAt: minutesAgo(-6) },
    records,
    total: 12,
    offset: 0,
    links: LINKS,
    ...changes,
  };
}

export function syncError(changes: Partial<SyncErrorReport> = {}): SyncErrorReport {
  return {
    id: "E7K3Q",
    connection: "acme",
    category: "picklists",
    type: "restricted-picklist-value",
    direction: "hubspot-to-salesforce",
    object: "contacts",
    hubspotProperty: "industry",
    salesforceField: "Industry",
    details: { option: "Space travel", field: "Industry" },
    evidence: {
      at: minutesAgo(5).toISOString(),
      statement:
        "Salesforce answered INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: bad value for restricted picklist field: Space travel",
    },
    affectedRecords: 12,
    firstSeenAt: minutesAgo(600),
    lastSeenAt: minutesAgo(5),
    resolvedAt: null,
    openedAt: minutesAgo(600),
    occurrences: 1,
    mute: null,
    links: LINKS,
    ...changes,
  };
}

export function affectedRecord(changes: Partial<AffectedRecordReport> = {}): AffectedRecordReport {
  return {
    key: `hubspot:contacts:${changes.hubspotId ?? "101"}`,
    object: "contacts",
    hubspotId: "101",
    salesforceObject: "Contact",
    salesforceId: "003000000000001AAA",
    label: "ada@example.com",
    value: "Space travel",
    before: [],
    after: [],
    firstSeenAt: minutesAgo(600),
    evidence: { at: minutesAgo(5).toISOString(), statement: "Salesforce refused it" },
    ...changes,
  };
}

export function connectionReport(changes: Partial<ConnectionReport> = {}): ConnectionReport {
  return {
    connection: "acme",
    state: "errors",
    asOf: minutesAgo(3),
    problem: null,
    suspension: null,
    warnings: [],
    categories: [{ category: "picklists", errors: 1, affectedRecords: 12 }],
    api: {
      used: 1204,
      max: 15_000,
      asOf: minutesAgo(3),
      hubspotCalls: null,
      allocation: null,
      exhaustedAt: null,
      perHour: 50,
      samples: [
        { at: minutesAgo(3000), used: 900 },
        { at: minutesAgo(3), used: 1204 },
      ],
    },
    syncedToSalesforceAt: minutesAgo(4),
    syncedToHubSpotAt: null,
    waiting: { hubspot: 0, salesforce: 0 },
    backlog: { oldestAt: minutesAgo(58), perHour: null, endsAt: null },
    links: LINKS,
    ...changes,
  };
}

export function digest(changes: Partial<DigestReport> = {}): DigestReport {
  const error = syncError();
  return {
    report: connectionReport(),
    from: minutesAgo(1440),
    to: NOW,
    isFirst: false,
    filter: null,
    appeared: { total: 1, first: [error] },
    resolved: { total: 0, first: [] },
    grown: { total: 0, first: [], by: 0 },
    muted: { errors: 0, affectedRecords: 0 },
    small: { errors: 0, affectedRecords: 0, atLeast: 1 },
    top: [error],
    totalErrors: 1,
    totalAffectedRecords: 12,
    suspensions: [],
    trend: ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"].map(
      (day, index) => ({
        day,
        affectedRecords: index * 2,
        errors: index === 0 ? 0 : 1,
      }),
    ),
    ...changes,
  };
}

export function resyncPreviewOf(changes: Partial<ResyncPreview> = {}): ResyncPreview {
  return {
    connection: "acme",
    target: "error E7K3Q",
    records: 12,
    strategy: "touch",
    cost: { salesforce: 1, hubspot: 2 },
    seconds: 1,
    salesforceLeft: 80_000,
    runsShort: false,
    pause: null,
    at: new Date(),
    ...changes,
  };
}

export function resyncReport(changes: Partial<ResyncReport> = {}): ResyncReport {
  return {
    requestId: "R-1",
    connection: "acme",
    requestedBy: "U0OPERATOR",
    requestedAt: minutesAgo(5),
    target: "error E7K3Q",
    strategy: "touch",
    state: "running",
    total: 1000,
    sent: 300,
    synced: 0,
    failing: 0,
    changed: 0,
    skipped: 0,
    gone: 0,
    reasons: [],
    pause: null,
    finishedAt: null,
    outcome: null,
    ...changes,
  };
}

/** An audit that is done and has found one record whose phone differs. */
export function fixReport(changes: Partial<FixReport> = {}): FixReport {
  return {
    requestId: "F-1",
    connection: "acme",
    requestedBy: "U0OPERATOR",
    requestedAt: minutesAgo(2),
    target: "error E7K3Q",
    isUndo: false,
    system: "hubspot",
    label: "Customer tier",
    before: "Platinum",
    after: "Gold",
    state: "running",
    total: 14,
    written: 3,
    synced: 0,
    failing: 0,
    left: 0,
    gone: 0,
    reasons: [],
    pause: null,
    finishedAt: null,
    outcome: null,
    standing: 3,
    undone: 0,
    undoneBy: null,
    ...changes,
  };
}

export function fixForm(changes: Partial<FixForm> = {}): FixForm {
  const option = (value: string) => ({ key: value, value, label: value });
  return {
    connection: "acme",
    errorId: "E7K3Q",
    type: "restricted-picklist-value",
    direction: "hubspot-to-salesforce",
    object: "contacts",
    records: [
      { key: "hubspot:contacts:1", label: "ada@example.com" },
      { key: "hubspot:contacts:2", label: "bob@example.com" },
    ],
    total: 2,
    recordKey: "hubspot:contacts:1",
    record: "ada@example.com",
    system: "hubspot",
    label: "Customer tier",
    before: "Platinum",
    seen: "platinum",
    input: { kind: "choice", options: [option("Bronze"), option("Gold")] },
    part: null,
    proposal: null,
    sameValue: 2,
    why: 'Salesforce\'s Customer Tier has no active option "Platinum"',
    ...changes,
  };
}

export function auditReport(changes: Partial<AuditReport> = {}): AuditReport {
  return {
    requestId: "A-1",
    connection: "acme",
    requestedBy: "U0OPERATOR",
    requestedAt: minutesAgo(10),
    state: "done",
    at: null,
    read: [
      { system: "salesforce", object: "Contact", records: 900, expected: 900 },
      { system: "hubspot", object: "contacts", records: 1_200, expected: 1_200 },
    ],
    unread: [],
    calls: { salesforce: 5, hubspot: 19 },
    found: [{ kind: "differing-values", found: 12, fresh: 2 }],
    hasEarlier: true,
    examples: [driftReport()],
    left: { byRule: 3, inError: 0, waiting: 1 },
    pause: null,
    finishedAt: minutesAgo(4),
    outcome: "Drift was found 12 times, 2 of it new since the last audit. Values that differ without an error: 12.",
    links: LINKS,
    ...changes,
  };
}

export function driftReport(changes: Partial<DriftReport> = {}): DriftReport {
  return {
    kind: "differing-values",
    record: {
      object: "contacts",
      hubspotId: "101",
      salesforceObject: "Contact",
      salesforceId: "003000000000001AAA",
      label: "ada@example.com",
    },
    details: {
      differing: 1,
      values: [
        {
          hubspotProperty: "phone",
          salesforceField: "Phone",
          direction: "hubspot-to-salesforce",
          hubspotValue: "+47 1",
          salesforceValue: null,
        },
      ],
    },
    isNew: true,
    ...changes,
  };
}

export function fieldReport(changes: Partial<FieldReport> = {}): FieldReport {
  return {
    hubspotProperty: "phone",
    salesforceField: "Phone",
    rule: "two-way",
    hubspotValue: "+47 22 00 00 00",
    salesforceValue: "+47 22 00 00 00",
    verdict: { verdict: "same" },
    changed: { at: minutesAgo(90), source: "CRM_UI" },
    ...changes,
  };
}

/** A contact in step, unless changed. */
export function checkReport(changes: Partial<CheckReport> = {}): CheckReport {
  return {
    connection: "acme",
    at: NOW,
    record: {
      object: "contacts",
      hubspotId: "101",
      salesforceObject: "Contact",
      salesforceId: "003000000000001AAA",
      label: "ada@example.com",
    },
    verdict: { state: "in-step" },
    pairing: {
      state: "linked",
      property: "salesforcecontactid",
      object: "Contact",
      id: "003000000000001AAA",
      concerns: [],
    },
    inclusion: { list: "77", isMember: true },
    fields: [fieldReport(), fieldReport({ hubspotProperty: "jobtitle", salesforceField: "Title" })],
    reasons: [],
    lastSync: { stampedAt: minutesAgo(80), toHubSpotAt: minutesAgo(85), toSalesforceAt: minutesAgo(80) },
    trial: { state: "not-needed" },
    suspension: null,
    links: LINKS,
    ...changes,
  };
}

export function logEntry(changes: Partial<ActionLogEntry> = {}): ActionLogEntry {
  return {
    at: NOW,
    connection: "acme",
    userId: "U0OPERATOR",
    action: "resync",
    target: "E7K3Q",
    outcome: "done",
    detail: null,
    allowedAs: null,
    fix: null,
    ...changes,
  };
}

export function subscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: "S-1",
    connection: "acme",
    channel: "C0REVOPS",
    cadence: { kind: "immediate" },
    categories: null,
    objects: null,
    atLeast: 1,
    quietWhenHealthy: false,
    quietHours: null,
    changes: "thread",
    language: null,
    reminder: null,
    createdBy: "U0ADMIN",
    ...changes,
  };
}
