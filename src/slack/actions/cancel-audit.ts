import { requestedSentence, tell } from "../answer.ts";
import { auditProgress } from "../blocks/audit-progress.ts";
import type { Action } from "./action.ts";

export const cancelAuditAction: Action<"cancel-audit"> = {
  verb: "cancel-audit",
  name: "cancel audit",
  role: "operator",
  target: ({ requestId }) => requestId,
  async run({ value, actor }, { monitor, t }) {
    const audit = await monitor.audit(value.requestId);
    if (audit === null) return tell(t.say("This audit is no longer stored."));
    if (audit.finishedAt !== null)
      return tell([t.say("There is nothing left to cancel."), auditProgress(t, audit).text].join(" "));
    const requested = await monitor.cancelAudit(audit.requestId, actor);
    return tell(requestedSentence(t, requested, t.say("The audit stops after the page that is being read.")));
  },
};
