import { tell } from "../answer.ts";
import { auditFindings, FINDINGS_PER_PAGE } from "../blocks/audit-findings.ts";
import { type Action, inPlace } from "./action.ts";

/** A page of an audit's findings. */
export const auditAction: Action<"audit"> = {
  verb: "audit",
  name: "audit findings",
  role: "viewer",
  target: ({ requestId }) => requestId,
  async run(click, { monitor, t }) {
    const { requestId, kind = null, offset } = click.value;
    const audit = await monitor.audit(requestId);
    if (audit === null) return tell(t.say("This audit is no longer stored."));
    return inPlace(click, auditFindings(t, audit, kind, await monitor.drift(requestId, kind, offset, FINDINGS_PER_PAGE)));
  },
};
