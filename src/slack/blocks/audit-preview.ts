import type { Language } from "../../language/language.ts";
import type { AuditPreview } from "../../monitor/monitor.ts";
import { recordsText } from "./audit-wording.ts";
import { composeMessage, type Message } from "./message.ts";
import { actions, button, confirmDialog, section } from "./parts.ts";
import { crmText } from "./text.ts";

/** What an audit would read, what that costs and how long it takes, with the button that starts it. */
export function auditPreview(t: Language, preview: AuditPreview): Message {
  const { salesforce, hubspot } = preview.cost;
  const text = [
    whatText(t, preview),
    t.say(
      "It costs about {salesforce, number} Salesforce and {hubspot, number} HubSpot API calls and about {duration}; what differs is then looked at once more, which costs more calls the more there is.",
      { salesforce, hubspot, duration: t.duration(preview.seconds * 1000) },
    ),
  ].join(" ");
  const uncounted =
    preview.uncounted.length === 0
      ? []
      : [
          t.say("I could not count {objects}: they are not in these figures.", {
            objects: t.list(preview.uncounted.map((object) => crmText(object, 40))),
          }),
        ];
  const start = t.say("Start the audit");
  return composeMessage({
    text,
    head: [
      section([text, ...uncounted].join(" ")),
      section([t.say("It changes nothing in either system."), ...daysText(t, preview)].join(" ")),
    ],
    tail: actions(
      button(
        "confirm-audit",
        start,
        { connection: preview.connection, expected: { ...preview.records } },
        {
          style: "primary",
          confirm: confirmDialog(
            t,
            t.say("Start the audit?"),
            t.say(
              "It costs about {salesforce, number} Salesforce and {hubspot, number} HubSpot API calls at least. One message shows its progress.",
              { salesforce, hubspot },
            ),
            start,
          ),
        },
      ),
      button("dismiss", t.say("Not now"), {}),
    ),
  });
}

function whatText(t: Language, preview: AuditPreview): string {
  const connection = crmText(preview.connection, 100);
  const records = recordsText(t, preview.records);
  return records === ""
    ? t.say("An audit of {connection} compares every record on both sides.", { connection })
    : t.say("An audit of {connection} compares every record on both sides ({records}).", { connection, records });
}

function daysText(t: Language, { cost, salesforceCallsADay: calls }: AuditPreview): readonly string[] {
  const waits = t.say("It waits whenever Salesforce's calls run low or the sync is suspended.");
  if (calls === null) return [waits];
  if (cost.salesforce < calls) {
    return [t.say("Audits may make {calls, number} Salesforce calls in 24 hours.", { calls }), waits];
  }
  const days = Math.ceil(cost.salesforce / Math.max(1, calls));
  return [
    t.say(
      "Audits may make {calls, number} Salesforce calls in 24 hours, so that this one goes on for about {days, plural, one {# day} other {# days}}.",
      { calls, days },
    ),
  ];
}
