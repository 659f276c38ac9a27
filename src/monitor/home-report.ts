import type { ConnectionReport, RequestState } from "../health/report.ts";
import { newestActionId } from "../store/action-log.ts";
import { pollTimes } from "../store/connection-state.ts";
import { newestRequestEnd, unfinishedRequests } from "../store/requests.ts";
import { actionLog } from "./action-log.ts";
import type { MonitorContext } from "./context.ts";
import type { ActionLogEntry, Subscription } from "./monitor.ts";
import { connectionReport } from "./reports.ts";
import { channelSubscriptions } from "./subscriptions.ts";

/** Something that was asked for and is at work. */
export interface OpenRequest {
  readonly connection: string;
  readonly kind: "resync" | "clear" | "audit" | "fix";
  readonly state: RequestState;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

/** What everybody's Home is made from: the same for all, each sees their own part of it. */
export interface HomeReport {
  readonly connections: readonly ConnectionReport[];
  readonly requests: readonly OpenRequest[];
  readonly subscriptions: readonly Subscription[];
  /** Newest first. */
  readonly actions: readonly ActionLogEntry[];
}

const ACTIONS_SHOWN = 5;

export async function homeReport(context: MonitorContext): Promise<HomeReport> {
  const names = [...context.connections.keys()];
  const [connections, requests, subscriptions, { items: actions }] = await Promise.all([
    Promise.all(names.map((name) => connectionReport(context, name))),
    unfinishedRequests(context.db),
    channelSubscriptions(context, null),
    actionLog(context, null, 0, ACTIONS_SHOWN),
  ]);
  return {
    connections,
    requests: requests.map((row) => ({
      connection: row.connection,
      kind: row.kind,
      state: row.state,
      requestedBy: row.requested_by,
      requestedAt: row.requested_at,
    })),
    subscriptions,
    actions,
  };
}

/**
 * Another text whenever `homeReport` may say something else: after a poll, when somebody has done something, when a request has
 * got on. Three small queries, so that it can be asked every few seconds.
 */
export async function homeVersion({ db }: Pick<MonitorContext, "db">): Promise<string> {
  const [polls, action, requests, ended] = await Promise.all([
    pollTimes(db),
    newestActionId(db),
    unfinishedRequests(db),
    newestRequestEnd(db),
  ]);
  return JSON.stringify([polls, action, requests.map(({ id, state }) => [id, state]), ended]);
}
