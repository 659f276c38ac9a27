import { DRIFT, DRIFT_KINDS } from "../../health/drift.ts";
import { type Sentence, sentence } from "../../language/sentence.ts";
import { countFindings, forgetOldFindings, type KindCount, markNew } from "../../store/audit-findings.ts";
import { forgetAuditRecords } from "../../store/audit-records.ts";
import { changeRequest, newestOfKind, type StoredRequest } from "../../store/requests.ts";
import { type FinalState, finishAction } from "../actions/action.ts";
import { announceToSubscribers, noteInThreads, refreshAnnouncements } from "../announcements/announce.ts";
import type { MonitorContext } from "../context.ts";
import { auditParameters, auditProgress } from "./audit-progress.ts";
import { auditSubject } from "./audit-subject.ts";

const AUDITS_LOOKED_AT = 20;

/**
 * Ends an audit: deletes what it has read, tells what of its findings is new, and what came of it. A nightly one that finds
 * nothing new says nothing.
 */
export async function finishAudit(
  context: MonitorContext,
  request: StoredRequest,
  state: FinalState,
  why: Sentence | null,
): Promise<void> {
  const { db, clock } = context;
  const { connection } = request;
  while (await forgetAuditRecords(db, request.id));
  const now = clock.now();
  const before = (await newestOfKind(db, connection, "audit", AUDITS_LOOKED_AT)).find((one) => one.state === "done");
  await db.transaction().execute(async (trx) => {
    if (before !== undefined) await markNew(trx, request.id, before.id);
    await trx.deleteFrom("audit_finding").where("request_id", "=", request.id).where("state", "=", "candidate").execute();
    const found = await countFindings(trx, request.id);
    const hasEarlier = before !== undefined;
    const outcome = why ?? outcomeOf(state, found, hasEarlier);
    const progress = { ...auditProgress(request), pause: null, found: [...found], hasEarlier };
    if (!(await changeRequest(trx, request.id, { state, finished_at: now, outcome, progress }))) return;
    // The one before is kept to tell what is new, and to be read where this one was cancelled.
    await forgetOldFindings(trx, connection, [request.id, ...(before === undefined ? [] : [before.id])]);
    const ended = { action: "audit", target: connection, outcome, at: now, failed: state === "failed" };
    await finishAction(trx, request, ended);
    const subject = auditSubject(request.id);
    await refreshAnnouncements(trx, context, subject);
    const note = { about: "audit-finished", by: request.requested_by, outcome, at: now.toISOString() } as const;
    await noteInThreads(trx, context, subject, note);
    const isNews = hasEarlier ? found.some(({ fresh }) => fresh > 0) : found.length > 0;
    if (auditParameters(request).isNightly && state === "done" && isNews) {
      const content = { kind: "audit", requestId: request.id } as const;
      await announceToSubscribers(trx, context, { connection, subject, content });
    }
  });
}

function outcomeOf(state: FinalState, found: readonly KindCount[], hasEarlier: boolean): Sentence {
  const what = foundSentence(found, hasEarlier);
  if (state === "cancelled") return sentence("Cancelled before all was looked at. {found}", { found: what });
  if (state === "expired") return sentence("Given up before all was looked at: its time was over. {found}", { found: what });
  return what;
}

function foundSentence(found: readonly KindCount[], hasEarlier: boolean): Sentence {
  const times = found.reduce((sum, kind) => sum + kind.found, 0);
  const fresh = found.reduce((sum, kind) => sum + kind.fresh, 0);
  const kinds = kindsSentence(found);
  if (kinds === null) return sentence("No drift was found.");
  if (!hasEarlier) {
    return sentence("{times, plural, one {Drift was found once.} other {Drift was found # times.}} {kinds}.", { times, kinds });
  }
  return sentence(
    "{times, plural, one {Drift was found once} other {Drift was found # times}}, {fresh, plural, =0 {none of it new since the last audit} one {# of it new since the last audit} other {# of it new since the last audit}}. {kinds}.",
    { times, fresh, kinds },
  );
}

/** How often each kind was found; null where none was. */
function kindsSentence(found: readonly KindCount[]): Sentence | null {
  const kinds = DRIFT_KINDS.flatMap((kind) => {
    const count = found.find((one) => one.kind === kind)?.found ?? 0;
    return count === 0 ? [] : [sentence("{kind}: {count, number}", { kind: DRIFT[kind].label, count })];
  });
  return kinds.reduceRight<Sentence | null>(
    (others, one) => (others === null ? one : sentence("{one}; {others}", { one, others })),
    null,
  );
}
