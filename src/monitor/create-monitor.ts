import { sentence } from "../language/sentence.ts";
import { logAction } from "../store/action-log.ts";
import { errorEvents } from "../store/error-groups.ts";
import { wantsOwnerMessages } from "../store/owners.ts";
import { listSelections } from "../store/saved-selections.ts";
import { actionLog, wholeActionLog } from "./action-log.ts";
import { loggedActor } from "./actions/action.ts";
import { acknowledge, cancelClear, requestClear } from "./actions/clear/request.ts";
import { fixForm } from "./actions/fix/form.ts";
import { fixReport } from "./actions/fix/report.ts";
import { cancelFix, checkFix, requestFix, requestUndo } from "./actions/fix/request.ts";
import { createHubSpotList } from "./actions/list.ts";
import { mute, unmute } from "./actions/mute.ts";
import { cancelResync, previewResync, requestResync } from "./actions/resync/request.ts";
import { deleteSelection, saveSelection } from "./actions/saved-selections.ts";
import { allocationReport, setAllocation } from "./allocation.ts";
import { chooseOwnerMessages } from "./announcements/owner-messages.ts";
import { auditReport, driftReports, lastAudit } from "./audit/audit-report.ts";
import { cancelAudit, previewAudit, requestAudit } from "./audit/request-audit.ts";
import { backlogReport } from "./backlog-report.ts";
import { check } from "./check/check.ts";
import type { MonitorContext } from "./context.ts";
import { exportErrors } from "./export.ts";
import { homeReport, homeVersion } from "./home-report.ts";
import { importErrors } from "./import/import-errors.ts";
import type { Monitor } from "./monitor.ts";
import { chooseRecords, recordChoice } from "./record-choice.ts";
import {
  affectedRecordReports,
  apiReport,
  connectionReport,
  currentSuspensionReport,
  errorReport,
  errorReports,
  groupReport,
  resyncReport,
  suspensionReport,
  warningReport,
} from "./reports.ts";
import {
  changeSubscription,
  channelSubscriptions,
  removeSubscription,
  subscribe,
  subscriptionById,
  unsubscribe,
} from "./subscriptions.ts";

const NO_CONNECTION = sentence("This connection is no longer configured. `/sync status` lists those that are.");

/** Everything that people can learn and ask for, on one connection's worth of parts. */
export function createMonitor(context: MonitorContext): Monitor {
  return {
    connectionNames: () => [...context.connections.keys()],
    report: (connection) => connectionReport(context, connection),
    home: () => homeReport(context),
    homeVersion: () => homeVersion(context),
    usage: (connection) => apiReport(context, connection),
    async allocation(name) {
      const connection = context.connections.get(name);
      return connection ? allocationReport(context, connection) : null;
    },
    async setAllocation(name, calls, actor) {
      const connection = context.connections.get(name);
      return connection ? setAllocation(context, connection, calls, actor) : { result: "declined", why: NO_CONNECTION };
    },
    errors: (connection, filter, offset, limit) => errorReports(context, connection, filter, offset, limit),
    error: (errorId) => errorReport(context, errorId),
    errorHistory: (errorId, limit) => errorEvents(context.db, errorId.toUpperCase(), limit),
    affectedRecords: (errorId, offset, limit) => affectedRecordReports(context, errorId, offset, limit),
    recordChoice: (choiceId, errorId) => recordChoice(context, choiceId, errorId),
    chooseRecords: (choiceId, errorId, ticked) => chooseRecords(context, choiceId, errorId, ticked),
    createHubSpotList: (errorId, actor) => createHubSpotList(context, errorId, actor),
    exportErrors: (filter, actor) => exportErrors(context, filter, actor),
    currentSuspension: (connection) => currentSuspensionReport(context, connection),
    suspension: (suspensionId) => suspensionReport(context, suspensionId),
    backlog: (connection, offset, limit) => backlogReport(context, connection, offset, limit),
    warning: (warningId) => warningReport(context, warningId),
    group: (connection, group) => groupReport(context, connection, group),
    resync: (requestId) => resyncReport(context, requestId),
    fix: (requestId) => fixReport(context, requestId),
    audit: (requestId) => auditReport(context, requestId),
    lastAudit: (connection) => lastAudit(context, connection),
    drift: (requestId, kind, offset, limit) => driftReports(context, requestId, kind, offset, limit),

    async check(name, query) {
      const connection = context.connections.get(name);
      return connection ? check(context, connection, query) : { outcome: "declined", why: NO_CONNECTION };
    },

    async requestPoll(connection, actor) {
      if (!context.connections.has(connection)) return { result: "declined", why: NO_CONNECTION };
      await context.jobs.send({ kind: "poll", connection });
      await logAction(context.db, {
        at: context.clock.now(),
        connection,
        ...loggedActor(actor),
        action: "refresh",
        target: connection,
        outcome: "requested",
        detail: null,
      });
      return { result: "accepted", requestId: connection };
    },
    acknowledge: (suspensionId, actor) => acknowledge(context, suspensionId, actor),
    requestClear: (suspensionId, actor) => requestClear(context, suspensionId, actor),
    cancelClear: (requestId, actor) => cancelClear(context, requestId, actor),
    mute: (errorId, wish, actor) => mute(context, errorId, wish, actor),
    unmute: (errorId, actor) => unmute(context, errorId, actor),
    async previewResync(name, selection) {
      const connection = context.connections.get(name);
      return connection ? previewResync(context, connection, selection) : { why: NO_CONNECTION };
    },
    async requestResync(name, selection, asOf, actor) {
      const connection = context.connections.get(name);
      return connection ? requestResync(context, connection, selection, asOf, actor) : { result: "declined", why: NO_CONNECTION };
    },
    cancelResync: (requestId, actor) => cancelResync(context, requestId, actor),
    fixForm: (errorId, recordKey) => fixForm(context, errorId, recordKey),
    checkFix: (wish) => checkFix(context, wish),
    requestFix: (wish, actor) => requestFix(context, wish, actor),
    cancelFix: (requestId, actor) => cancelFix(context, requestId, actor),
    requestUndo: (requestId, actor) => requestUndo(context, requestId, actor),
    savedSelections: (connection) => listSelections(context.db, connection),
    saveSelection: (connection, name, parts, actor) => saveSelection(context, connection, name, parts, actor),
    deleteSelection: (connection, name, actor) => deleteSelection(context, connection, name, actor),
    async importErrors(name, file, actor, listener) {
      const connection = context.connections.get(name);
      return connection ? importErrors(context, connection, file, actor, listener) : { state: "unreadable", why: NO_CONNECTION };
    },
    async previewAudit(name) {
      const connection = context.connections.get(name);
      return connection ? previewAudit(context, connection) : { why: NO_CONNECTION };
    },
    async requestAudit(name, expected, actor) {
      const connection = context.connections.get(name);
      return connection ? requestAudit(context, connection, expected, actor) : { result: "declined", why: NO_CONNECTION };
    },
    cancelAudit: (requestId, actor) => cancelAudit(context, requestId, actor),

    subscriptions: (channel) => channelSubscriptions(context, channel),
    subscription: (id) => subscriptionById(context, id),
    subscribe: (wanted, actor) => subscribe(context, wanted, actor),
    changeSubscription: (id, settings, actor) => changeSubscription(context, id, settings, actor),
    removeSubscription: (id, actor) => removeSubscription(context, id, actor),
    unsubscribe: (channel, connection, actor) => unsubscribe(context, channel, connection, actor),

    wantsOwnerMessages: (userId) => wantsOwnerMessages(context.db, userId),
    chooseOwnerMessages: (wants, actor) => chooseOwnerMessages(context, wants, actor),
    ownerConnections: () =>
      [...context.connections.values()]
        .filter(({ settings }) => settings.ownerMessages !== null)
        .map(({ settings }) => settings.name),

    actionLog: (connection, offset, limit) => actionLog(context, connection, offset, limit),
    wholeActionLog: (connection) => wholeActionLog(context, connection),
    logRefusal: (action, target, detail, actor) =>
      logAction(context.db, {
        at: context.clock.now(),
        connection: null,
        ...loggedActor(actor),
        action,
        target,
        outcome: "refused",
        detail,
      }),
  };
}
