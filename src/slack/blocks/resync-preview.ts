import type { ResyncPreview, ResyncSelection } from "../../monitor/monitor.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, section } from "./parts.ts";
import { count, crmText, duration, list, plural } from "./text.ts";

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
  return [
    `A resync of ${crmText(preview.target, 200)} in ${crmText(preview.connection, 100)} covers ${plural(preview.records, "record")}, ${how}, and costs ${cost}, the look at each record's outcome included.`,
    `Sending takes about ${duration(preview.seconds * 1000)} at the present limits; what the native sync takes after that is its own.`,
    ...(preview.pause === null ? [] : [`It will wait at first: ${crmText(preview.pause, 300)}.`]),
    ...(preview.runsShort && preview.salesforceLeft !== null
      ? [
          `Salesforce has ${count(preview.salesforceLeft)} API calls left today: it will wait when they run low, and go on by itself.`,
        ]
      : []),
  ].join(" ");
}

/** What a resync would do, with the button that starts it. */
export function resyncPreview(preview: ResyncPreview, selection: ResyncSelection, earlier?: "old"): Message {
  const sentence = previewSentence(preview);
  const text = earlier === "old" ? `The earlier preview is more than an hour old; this is how it is now. ${sentence}` : sentence;
  const records = plural(preview.records, "record");
  const large = preview.records > CONFIRM_OVER;
  return composeMessage({
    text,
    head: [section(text)],
    tail: actions(
      button(
        "confirm-resync",
        `Resync ${records}`,
        { connection: preview.connection, selection, at: preview.at.toISOString() },
        {
          style: "primary",
          ...(large ? { confirm: confirmDialog(`Resync ${records}?`, text, `Resync ${records}`) } : {}),
        },
      ),
      button("dismiss", "Not now", {}),
    ),
  });
}
