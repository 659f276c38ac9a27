import { type Said, sentence } from "../../../language/sentence.ts";
import { getSuspension } from "../../../store/reports.ts";
import { changeRequest, type StoredRequest } from "../../../store/requests.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { Note } from "../../announcements/announcement.ts";
import type { MonitorContext } from "../../context.ts";
import { suspensionSubject } from "../../suspension-subject.ts";
import { type FinalState, finishAction } from "../action.ts";
import { type ClearProgress, clearedSuspensionId } from "./progress.ts";

/** How a clear request ends. */
export interface ClearEnd {
  readonly state: FinalState;
  readonly progress: ClearProgress;
  readonly outcome: Said;
  /** Why it failed, without the causes that remain. */
  readonly why?: Said;
}

/** Ends a clear request, once, and says so where it wasn't seen by the suspension's own closing. */
export async function finishClear(context: MonitorContext, request: StoredRequest, end: ClearEnd): Promise<void> {
  const now = context.clock.now();
  const { state, progress, outcome } = end;
  const suspensionId = clearedSuspensionId(request);
  await context.db.transaction().execute(async (trx) => {
    if (!(await changeRequest(trx, request.id, { state, finished_at: now, outcome, progress }))) return;
    if (state !== "done") {
      // Whatever closes it later, it was not this request.
      await trx
        .updateTable("suspension")
        .set({ cleared_by: null })
        .where("id", "=", suspensionId)
        .where("state", "!=", "closed")
        .execute();
    }
    const target = (await getSuspension(trx, suspensionId))?.kind ?? sentence("suspension");
    await finishAction(trx, request, { action: "clear", target, outcome, at: now, failed: state === "failed" });
    await refreshAnnouncements(trx, context, suspensionSubject(suspensionId));
    const note = noteOf(request, end, now.toISOString());
    if (note !== null) await noteInThreads(trx, context, suspensionSubject(suspensionId), note);
  });
}

/** That the sync moves again is said by the suspension's end. */
function noteOf(request: StoredRequest, { state, progress, outcome, why = outcome }: ClearEnd, at: string): Note | null {
  const by = request.requested_by;
  switch (state) {
    case "done":
      return null;
    case "failed":
      return { about: "clear-failed", by, why, remaining: progress.remaining, at };
    case "cancelled":
      return { about: "clear-cancelled", by: request.cancel_requested_by ?? by, at };
    case "expired":
      return { about: "clear-expired", by, why: outcome, at };
  }
}
