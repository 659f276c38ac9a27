import type { ResyncPreview, ResyncSelection } from "../../monitor/monitor.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, section } from "./parts.ts";
import { count, crmText, list, plural } from "./text.ts";

/** A resync of more records than this is asked about once more. */
export const CONFIRM_OVER = 10;

/** How many records, how, and what it will cost, in one sentence. Plain text that is safe in mrkdwn. */
export function previewSentence(preview: ResyncPreview): string {
  const how =
    preview.strategy === "touch"
      ? "touches a mapped property of each, so that the native sync takes them up"
      : "writes the mapped values of each itself";
  const costs = [
    ...(preview.cost.hubspot > 0 ? [`${count(preview.cost.hubspot)} HubSpot`] : []),
    ...(preview.cost.salesforce > 0 ? [`${count(preview.cost.salesforce)} Salesforce`] : []),
  ];
  const cost = costs.length === 0 ? "no API calls" : `about ${list(costs)} API calls`;
  return (
    `A resync of ${crmText(preview.target, 200)} in ${crmText(preview.connection, 100)} covers ` +
    `${plural(preview.records, "record")}, ${how}, and costs ${cost}; then each record is verified.`
  );
}

/** What a resync would do, with the button that starts it. */
export function resyncPreview(preview: ResyncPreview, selection: ResyncSelection): Message {
  const text = previewSentence(preview);
  const records = plural(preview.records, "record");
  const large = preview.records > CONFIRM_OVER;
  return composeMessage({
    text,
    head: [section(text)],
    tail: actions(
      button(
        "confirm-resync",
        `Resync ${records}`,
        { connection: preview.connection, selection },
        {
          style: "primary",
          ...(large ? { confirm: confirmDialog(`Resync ${records}?`, text, `Resync ${records}`) } : {}),
        },
      ),
      button("dismiss", "Not now", {}),
    ),
  });
}
