import type { Transaction } from "kysely";
import { changeRequest, countItems, endItems, type StoredRequest } from "../../../store/requests.ts";
import type { Database } from "../../../store/schema.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { MonitorContext } from "../../context.ts";
import { type FinalState, finishAction } from "../action.ts";
import { resyncSubject } from "../resync/progress.ts";
import type { Ending } from "../work.ts";
import { fixParameters } from "./parameters.ts";
import { changeWords } from "./words.ts";

async function outcomeOf(trx: Transaction<Database>, request: StoredRequest): Promise<string> {
  const counts = await countItems(trx, request.id);
  const { undoes } = fixParameters(request);
  const left = (counts.changed ?? 0) + (counts.skipped ?? 0);
  const parts = [
    undoes === null ? `${counts.synced ?? 0} synced` : `${counts.sent ?? 0} put back`,
    ...(undoes === null && counts.sent ? [`${counts.sent} written and not verified`] : []),
    ...(counts.failing ? [`${counts.failing} ${undoes === null ? "still failing" : "refused"}`] : []),
    ...(left ? [`${left} left alone`] : []),
    ...(counts.gone ? [`${counts.gone} gone`] : []),
  ];
  return `${parts.join(", ")}.`;
}

/** Ends a fix or an undo: what came of it goes into the log, its message and the message's thread. */
export async function finishFix(context: MonitorContext, request: StoredRequest, { ends: state, why }: Ending): Promise<void> {
  const at = context.clock.now();
  const parameters = fixParameters(request);
  const { target, undoes } = parameters;
  await context.db.transaction().execute(async (trx) => {
    const reason = state === "expired" ? "not written in time" : "cancelled";
    await endItems(trx, request.id, "waiting", { state: "skipped", reason, at });
    const outcome = why ?? `${beginning(state)}${await outcomeOf(trx, request)}`;
    if (!(await changeRequest(trx, request.id, { state, finished_at: at, outcome }))) return;
    await finishAction(trx, request, {
      action: undoes === null ? "fix" : "undo",
      target,
      outcome: `${changeWords(parameters)}: ${outcome}`,
      at,
      failed: state === "failed",
    });
    await refreshAnnouncements(trx, context, resyncSubject(request));
    if (undoes !== null) await refreshAnnouncements(trx, context, resyncSubject({ id: undoes }));
    const about = { about: "fix-finished", isUndo: undoes !== null } as const;
    const note = { ...about, by: request.requested_by, outcome, at: at.toISOString() };
    await noteInThreads(trx, context, resyncSubject(request), note);
  });
}

function beginning(state: FinalState): string {
  if (state === "cancelled") return "Cancelled: ";
  return state === "expired" ? "Given up, its time being over: " : "";
}
