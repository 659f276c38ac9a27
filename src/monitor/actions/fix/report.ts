import type { FixReport } from "../../../health/report.ts";
import { countItems, failureReasons, getRequest } from "../../../store/requests.ts";
import { countChanges } from "../../../store/value-changes.ts";
import type { MonitorContext } from "../../context.ts";
import { outcomeOf } from "../action.ts";
import { resyncProgress } from "../resync/progress.ts";
import { fixParameters } from "./parameters.ts";

const REASONS_SHOWN = 5;

/** The state of a fix or an undo, counted from its records. */
export async function fixReport({ db }: Pick<MonitorContext, "db">, requestId: string): Promise<FixReport | null> {
  const request = await getRequest(db, requestId);
  if (request?.kind !== "fix") return null;
  const counts = await countItems(db, requestId);
  const of = (...states: (keyof typeof counts)[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const { target, undoes, system, label, before, after } = fixParameters(request);
  const changes = (await countChanges(db, [requestId])).get(requestId);
  return {
    requestId,
    connection: request.connection,
    requestedBy: request.requested_by,
    requestedAt: request.requested_at,
    target,
    isUndo: undoes !== null,
    system,
    label,
    before,
    after,
    state: request.state,
    total: of("waiting", "sending", "sent", "synced", "failing", "changed", "skipped", "gone"),
    written: (changes?.standing ?? 0) + (changes?.undone ?? 0),
    synced: of("synced"),
    failing: of("failing"),
    left: of("changed", "skipped"),
    gone: of("gone"),
    reasons: await failureReasons(db, requestId, REASONS_SHOWN),
    pause: resyncProgress(request).pause,
    finishedAt: request.finished_at,
    outcome: outcomeOf(request),
    standing: changes?.standing ?? 0,
    undone: changes?.undone ?? 0,
    undoneBy: changes?.undoneBy ?? null,
  };
}
