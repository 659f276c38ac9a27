import type { Transaction } from "kysely";
import { type Sentence, sentence } from "../../../language/sentence.ts";
import { changeRequest, countItems, endItems, type StoredRequest } from "../../../store/requests.ts";
import type { Database } from "../../../store/schema.ts";
import { noteInThreads, refreshAnnouncements } from "../../announcements/announce.ts";
import type { MonitorContext } from "../../context.ts";
import { type FinalState, finishAction } from "../action.ts";
import { resyncSubject } from "../resync/progress.ts";
import type { Ending } from "../work.ts";
import { fixParameters } from "./parameters.ts";
import { changeWords } from "./words.ts";

async function figuresOf(trx: Transaction<Database>, request: StoredRequest): Promise<readonly Sentence[]> {
  const { synced = 0, sent = 0, failing = 0, changed = 0, skipped = 0, gone = 0 } = await countItems(trx, request.id);
  const isUndo = fixParameters(request).undoes !== null;
  const left = changed + skipped;
  return [
    isUndo ? sentence("{sent, number} put back", { sent }) : sentence("{synced, number} synced", { synced }),
    ...(!isUndo && sent > 0 ? [sentence("{sent, number} written and not verified", { sent })] : []),
    ...(failing > 0 ? [failingSentence(failing, isUndo)] : []),
    ...(left > 0 ? [sentence("{left, number} left alone", { left })] : []),
    ...(gone > 0 ? [sentence("{gone, number} gone", { gone })] : []),
  ];
}

function failingSentence(failing: number, isUndo: boolean): Sentence {
  return isUndo ? sentence("{failing, number} refused", { failing }) : sentence("{failing, number} still failing", { failing });
}

/** Ends a fix or an undo: what came of it goes into the log, its message and the message's thread. */
export async function finishFix(context: MonitorContext, request: StoredRequest, { ends: state, why }: Ending): Promise<void> {
  const at = context.clock.now();
  const parameters = fixParameters(request);
  const { target, undoes } = parameters;
  await context.db.transaction().execute(async (trx) => {
    const reason = state === "expired" ? sentence("not written in time") : sentence("cancelled");
    await endItems(trx, request.id, "waiting", { state: "skipped", reason, at });
    const outcome = why ?? outcomeSentence(state, await figuresOf(trx, request));
    if (!(await changeRequest(trx, request.id, { state, finished_at: at, outcome }))) return;
    await finishAction(trx, request, {
      action: undoes === null ? "fix" : "undo",
      target,
      outcome: sentence("{change}: {outcome}", { change: changeWords(parameters), outcome }),
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

function outcomeSentence(state: FinalState, figures: readonly Sentence[]): Sentence {
  if (state === "cancelled") return sentence("Cancelled: {figures}.", { figures });
  if (state === "expired") return sentence("Given up, its time being over: {figures}.", { figures });
  return sentence("{figures}.", { figures });
}
