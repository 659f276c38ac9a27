import type {
  AuditReport,
  BacklogReport,
  ConnectionReport,
  DriftReport,
  FixReport,
  ResyncReport,
  SuspensionReport,
  SyncErrorReport,
  WarningReport,
} from "../../src/health/report.ts";
import type { CheckOutcome } from "../../src/monitor/check/check-report.ts";
import type { HomeReport, OpenRequest } from "../../src/monitor/home-report.ts";
import type {
  ActionLogEntry,
  Actor,
  AllocationReport,
  AuditPreview,
  ExportedLine,
  FixForm,
  FixPreview,
  ListOutcome,
  Monitor,
  Page,
  Requested,
  ResyncPreview,
  ResyncSelection,
  SavedSelection,
  Subscription,
} from "../../src/monitor/monitor.ts";
import {
  affectedRecord,
  backlogReport,
  checkReport,
  connectionReport,
  LINKS,
  NOW,
  resyncPreviewOf,
  subscription,
  suspension,
  syncError,
} from "./reports.ts";

/** Something that was asked of the monitor. */
export interface Asked {
  readonly what:
    | "poll"
    | "acknowledge"
    | "import"
    | "clear"
    | "resync"
    | "save selection"
    | "forget selection"
    | "audit"
    | "export"
    | "allocation"
    | "list"
    | "fix"
    | "undo"
    | "cancel"
    | "mute"
    | "unmute"
    | "subscribe"
    | "unsubscribe"
    | "owner messages"
    | "refusal";
  readonly target: unknown;
  readonly actor: Actor;
}

/** What people can learn, held in memory, and a record of what they asked for. */
export interface FakeMonitor extends Monitor {
  names: readonly string[];
  reports: Map<string, ConnectionReport>;
  requests: OpenRequest[];
  /** Stands for what Home is made from. */
  version: string;
  /** How often Home was made. */
  homesMade: number;
  suspensions: SuspensionReport[];
  syncErrors: SyncErrorReport[];
  warnings: WarningReport[];
  selections: SavedSelection[];
  resyncs: ResyncReport[];
  /** What differs from the usual backlog. */
  waiting: Partial<BacklogReport>;
  /** What comes of asking for a list in HubSpot. */
  list: ListOutcome;
  allocated: AllocationReport;
  /** What is ticked, by dialog. */
  choices: Map<string, { readonly isAll: boolean; readonly keys: Set<string> }>;
  /** The records of an export, and whether the store fails behind them. */
  exported: Omit<ExportedLine, "error">[];
  exportFails: boolean;
  stored: Subscription[];
  log: ActionLogEntry[];
  preview: ResyncPreview | { readonly why: string };
  audits: AuditReport[];
  fixes: FixReport[];
  /** What the dialog of a fix is made of, and what a look at a wish says. */
  form: FixForm | { readonly why: string };
  looked: FixPreview;
  drifted: DriftReport[];
  audited: AuditPreview | { readonly why: string };
  /** What a look at a record finds, and how long it takes. */
  checked: CheckOutcome;
  checkTakesMs: number;
  /** What the next request gets. */
  answer: Requested;
  readonly asked: Asked[];
  /** Who wants no messages about their own records. */
  readonly unwilling: Set<string>;
}

export function createFakeMonitor(): FakeMonitor {
  const asked: Asked[] = [];
  function ask(what: Asked["what"], target: unknown, actor: Actor): Requested {
    asked.push({ what, target, actor });
    return monitor.answer;
  }
  const monitor: FakeMonitor = {
    unwilling: new Set<string>(),
    names: ["acme"],
    reports: new Map(),
    requests: [],
    version: "1",
    homesMade: 0,
    suspensions: [suspension()],
    syncErrors: [syncError()],
    warnings: [],
    resyncs: [],
    waiting: {},
    exported: [],
    allocated: {
      connection: "acme",
      calls: 60_000,
      set: null,
      configured: 60_000,
      hubspotCalls: 1_200,
      max: 100_000,
      links: LINKS,
    },
    list: {
      outcome: "made",
      listId: "7",
      name: "Sync error E7K3Q: Restricted picklist value, Industry, 2026-11-22",
      url: "https://app.hubspot.com/contacts/4242/objectLists/7/filters",
      object: "contacts",
      isNew: true,
      members: 10,
      onlyInSalesforce: 2,
      missing: 0,
    },
    choices: new Map(),
    exportFails: false,
    stored: [],
    log: [],
    preview: resyncPreviewOf(),
    selections: [],
    audits: [],
    fixes: [],
    form: { why: "This monitor fixes nothing." },
    looked: { why: "This monitor fixes nothing." },
    drifted: [],
    audited: {
      connection: "acme",
      records: { contacts: 1_200, Contact: 900, Lead: 300 },
      uncounted: [],
      cost: { salesforce: 2, hubspot: 17 },
      seconds: 4,
      salesforceCallsADay: 1_000,
      running: null,
    },
    checked: { outcome: "checked", report: checkReport() },
    checkTakesMs: 0,
    answer: { result: "accepted", requestId: "R-1" },
    asked,
    connectionNames: () => monitor.names,
    report: async (connection) => monitor.reports.get(connection) ?? connectionReport({ connection }),
    usage: async (connection) => (monitor.reports.get(connection) ?? connectionReport({ connection })).api,
    errors: async (connection, filter, offset, limit) => ({
      ...page(
        monitor.syncErrors.filter(
          (error) =>
            (filter.category === undefined || error.category === filter.category) &&
            (filter.object === undefined || error.object === filter.object),
        ),
        offset,
        limit,
      ),
      asOf: (await monitor.report(connection)).asOf,
    }),
    error: async (errorId) => monitor.syncErrors.find((error) => error.id === errorId.toUpperCase()) ?? null,
    errorHistory: async () => [],
    affectedRecords: async (errorId, offset, limit) => {
      const error = monitor.syncErrors.find((candidate) => candidate.id === errorId);
      const records = Array.from({ length: error?.affectedRecords ?? 0 }, (_, index) =>
        affectedRecord({ hubspotId: String(101 + index), label: `person${index + 1}@example.com` }),
      );
      return page(records, offset, limit);
    },
    recordChoice: async (choiceId, errorId) => {
      const choice = monitor.choices.get(choiceId);
      const error = monitor.syncErrors.find(({ id }) => id === errorId);
      if (choice === undefined || error === undefined) return { records: 0, isTicked: () => false };
      const { isAll, keys } = choice;
      return {
        records: isAll ? error.affectedRecords - keys.size : keys.size,
        isTicked: (key) => isAll !== keys.has(key),
      };
    },
    chooseRecords: async (choiceId, _errorId, ticked) => {
      if (typeof ticked === "string") return void monitor.choices.set(choiceId, { isAll: ticked === "all", keys: new Set() });
      const { isAll, keys } = monitor.choices.get(choiceId) ?? { isAll: false, keys: new Set<string>() };
      const [named, others] = isAll ? [ticked.unticked, ticked.ticked] : [ticked.ticked, ticked.unticked];
      for (const key of named) keys.add(key);
      for (const key of others) keys.delete(key);
      monitor.choices.set(choiceId, { isAll, keys });
    },
    createHubSpotList: async (errorId, actor) => {
      ask("list", errorId, actor);
      return monitor.list;
    },
    allocation: async (connection) => (monitor.names.includes(connection) ? { ...monitor.allocated, connection } : null),
    setAllocation: async (connection, calls, actor) => {
      const answer = ask("allocation", { connection, calls }, actor);
      const set = calls === null ? null : { by: actor.userId, at: NOW };
      if (answer.result === "accepted")
        monitor.allocated = { ...monitor.allocated, calls: calls ?? monitor.allocated.configured, set };
      return answer;
    },
    exportErrors: async (filter, actor) => {
      const errors = monitor.syncErrors.filter(({ id }) => filter.errorId === undefined || id === filter.errorId);
      const lines = errors.flatMap((error) => monitor.exported.map((line) => ({ ...line, error })));
      return {
        errors: errors.length,
        lines: lines.length,
        content: (async function* () {
          yield* lines;
          if (monitor.exportFails) throw new Error("the store is gone");
        })(),
        log: async (outcome, detail) => void ask("export", { filter, outcome, detail }, actor),
      };
    },
    home: async (): Promise<HomeReport> => {
      monitor.homesMade += 1;
      return {
        connections: await Promise.all(monitor.names.map((name) => monitor.report(name))),
        requests: monitor.requests,
        subscriptions: monitor.stored,
        actions: monitor.log,
      };
    },
    homeVersion: async () => monitor.version,
    currentSuspension: async (connection) => monitor.suspensions.find((one) => one.connection === connection) ?? null,
    suspension: async (id) => monitor.suspensions.find((one) => one.id === id) ?? null,
    backlog: async (connection, offset, limit) => {
      const all = backlogReport({ connection, ...monitor.waiting });
      return { ...all, offset, records: all.records.slice(0, Math.max(0, Math.min(limit, all.total - offset))) };
    },
    warning: async (id) => monitor.warnings.find((one) => one.id === id) ?? null,
    group: async (connection, { errorIds, warningIds, quiet }) => ({
      connection,
      errors: monitor.syncErrors.filter(({ id }) => errorIds.includes(id)),
      warnings: monitor.warnings.filter(({ id }) => warningIds.includes(id)),
      quiet: quiet && { from: new Date(quiet.from), to: new Date(quiet.to) },
    }),
    resync: async (id) => monitor.resyncs.find((one) => one.requestId === id) ?? null,
    fix: async (id) => monitor.fixes.find((one) => one.requestId === id) ?? null,
    audit: async (id) => monitor.audits.find((one) => one.requestId === id) ?? null,
    lastAudit: async () => ({
      done: monitor.audits.find(({ state }) => state === "done") ?? null,
      running: monitor.audits.find(({ finishedAt }) => finishedAt === null) ?? null,
    }),
    drift: async (_, kind, offset, limit) =>
      page(
        monitor.drifted.filter((one) => kind === null || one.kind === kind),
        offset,
        limit,
      ),
    check: async () => {
      await new Promise((resolve) => setTimeout(resolve, monitor.checkTakesMs));
      return monitor.checked;
    },
    requestPoll: async (connection, actor) => ask("poll", connection, actor),
    acknowledge: async (id, actor) => ask("acknowledge", id, actor),
    requestClear: async (id, actor) => ask("clear", id, actor),
    cancelClear: async (id, actor) => ask("cancel", id, actor),
    mute: async (errorId, { until, reason }, actor) => ask("mute", { errorId, until, reason }, actor),
    unmute: async (errorId, actor) => ask("unmute", errorId, actor),
    previewResync: async () => monitor.preview,
    requestResync: async (_connection: string, selection: ResyncSelection, _asOf: Date, actor) => ask("resync", selection, actor),
    savedSelections: async () => monitor.selections,
    saveSelection: async (_connection, name, parts, actor) => ask("save selection", { name, parts }, actor),
    deleteSelection: async (_connection, name, actor) => ask("forget selection", name, actor),
    cancelResync: async (id, actor) => ask("cancel", id, actor),
    fixForm: async () => monitor.form,
    checkFix: async () => monitor.looked,
    requestFix: async (wish, actor) => ask("fix", wish, actor),
    cancelFix: async (id, actor) => ask("cancel", id, actor),
    requestUndo: async (id, actor) => ask("undo", id, actor),
    importErrors: async (_connection, { name }, actor) => {
      ask("import", name, actor);
      return { state: "unreadable", why: "This monitor imports nothing." };
    },
    previewAudit: async () => monitor.audited,
    requestAudit: async (connection, expected, actor) => ask("audit", { connection, expected }, actor),
    cancelAudit: async (id, actor) => ask("cancel", id, actor),
    subscriptions: async (channel) => monitor.stored.filter((one) => channel === null || one.channel === channel),
    subscribe: async (wish, actor) => {
      ask("subscribe", wish, actor);
      const made = subscription({ ...wish, id: `sub-${monitor.stored.length + 1}`, createdBy: actor.userId });
      monitor.stored.push(made);
      return made;
    },
    subscription: async (id) => monitor.stored.find((one) => one.id === id) ?? null,
    changeSubscription: async (id, settings, actor) => {
      monitor.stored = monitor.stored.map((one) => (one.id === id ? { ...one, ...settings } : one));
      return ask("subscribe", { id, ...settings }, actor);
    },
    removeSubscription: async (id, actor) => {
      monitor.stored = monitor.stored.filter((one) => one.id !== id);
      return ask("unsubscribe", id, actor);
    },
    unsubscribe: async (channel, connection, actor) => {
      ask("unsubscribe", { channel, connection }, actor);
      const removed = monitor.stored.filter(
        (one) => one.channel === channel && (connection === null || one.connection === connection),
      );
      monitor.stored = monitor.stored.filter((one) => !removed.includes(one));
      return removed;
    },
    wantsOwnerMessages: async (userId) => !monitor.unwilling.has(userId),
    chooseOwnerMessages: async (wants, actor) => {
      ask("owner messages", wants, actor);
      if (wants) monitor.unwilling.delete(actor.userId);
      else monitor.unwilling.add(actor.userId);
    },
    ownerConnections: () => monitor.names,
    wholeActionLog: async function* () {
      yield* monitor.log;
    },
    actionLog: async (_, offset, limit) => page(monitor.log, offset, limit),
    logRefusal: async (action, target, detail, actor) => {
      asked.push({ what: "refusal", target, actor });
      monitor.log.unshift({
        at: NOW,
        connection: null,
        userId: actor.userId,
        action,
        target,
        outcome: "refused",
        detail,
        allowedAs: null,
        fix: null,
      });
    },
  };
  return monitor;
}

function page<Item>(items: readonly Item[], offset: number, limit: number): Page<Item> {
  return { items: items.slice(offset, offset + limit), total: items.length, offset };
}
