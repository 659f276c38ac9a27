import { ENGLISH } from "../../language/language.ts";
import type { AuditPreview } from "../../monitor/monitor.ts";
import { recordsText } from "./audit-wording.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, section } from "./parts.ts";
import { count, crmText, duration, list } from "./text.ts";

/** What an audit would read, what that costs and how long it takes, with the button that starts it. */
export function auditPreview(preview: AuditPreview): Message {
  const connection = crmText(preview.connection, 100);
  const cost = `about ${count(preview.cost.salesforce)} Salesforce and ${count(preview.cost.hubspot)} HubSpot API calls`;
  const records = recordsText(preview.records);
  const text =
    `An audit of ${connection} compares every record on both sides${records === "" ? "" : ` (${records})`}. ` +
    `It costs ${cost} and about ${duration(preview.seconds * 1000)}; what differs is then looked at once more, which costs more calls the more there is.`;
  const uncounted =
    preview.uncounted.length === 0 ? "" : ` I could not count ${list(preview.uncounted)}: they are not in these figures.`;
  const days = daysFor(preview);
  return composeMessage({
    text,
    head: [section(`${text}${uncounted}`), section(`It changes nothing in either system. ${days}`)],
    tail: actions(
      button(
        "confirm-audit",
        "Start the audit",
        { connection: preview.connection, expected: { ...preview.records } },
        {
          style: "primary",
          confirm: confirmDialog(
            ENGLISH,
            "Start the audit?",
            `It costs ${cost} at least. One message shows its progress.`,
            "Start the audit",
          ),
        },
      ),
      button("dismiss", "Not now", {}),
    ),
  });
}

function daysFor({ cost, salesforceCallsADay }: AuditPreview): string {
  if (salesforceCallsADay === null) return "It waits whenever Salesforce's calls run low or the sync is suspended.";
  const share = `Audits may make ${count(salesforceCallsADay)} Salesforce calls in 24 hours`;
  if (cost.salesforce < salesforceCallsADay) return `${share}; it waits whenever calls run low or the sync is suspended.`;
  const days = Math.ceil(cost.salesforce / Math.max(1, salesforceCallsADay));
  return `${share}, so that this one goes on for about ${count(days)} days.`;
}
